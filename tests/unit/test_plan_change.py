"""A second import names what changed, and every task that lives on keeps its reports."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reporting.plan_change import compare_plans, describe_change
from reporting.task import Milestone, Task, TaskKind


def a_task(code: str, title: str, section: str = "") -> Task:
    return Task(
        code=code, title=title, section=section, leads=("县住建局",), due=date(2026, 12, 31)
    )


ROAD = a_task("1", "打通人民路东延断头路")
PARK = a_task("2", "新建口袋公园6个")
PLANT = a_task("3", "建成县城第二污水处理厂(日处理2万吨)")
PLAN = (ROAD, PARK, PLANT)


def test_the_same_plan_has_no_change() -> None:
    change = compare_plans(PLAN, PLAN)
    assert not change
    assert describe_change(change) == ("与现有分解表没有差别",)


def test_added_and_removed_tasks_are_named() -> None:
    school = a_task("4", "新建城北实验小学")
    change = compare_plans(PLAN, (ROAD, PLANT, school))
    assert (change.added, change.removed) == ((school,), (PARK,))
    assert describe_change(change) == (
        "新增 4“新建城北实验小学”（县住建局）",
        "删除 2“新建口袋公园6个”（县住建局）",
    )


def test_renumbered_tasks_keep_their_identity_by_title() -> None:
    new = (replace(PARK, code="1"), replace(ROAD, code="2"), PLANT)
    change = compare_plans(PLAN, new)
    assert change.codes == {"1": "2", "2": "1", "3": "3"}
    assert not change.added
    assert not change.removed
    assert "改号 2 → 1“新建口袋公园6个”" in describe_change(change)


def test_a_reworded_task_under_another_code_is_still_the_same() -> None:
    new = (ROAD, replace(PARK, code="9", title="新建城区口袋公园8个"))
    change = compare_plans((ROAD, PARK), new)
    assert change.codes == {"1": "1", "2": "9"}
    assert describe_change(change) == (
        "改号 2 → 9“新建城区口袋公园8个”",
        "修改 9 任务：新建口袋公园6个 → 新建城区口袋公园8个",
    )


def test_every_changed_field_is_named_before_and_after() -> None:
    new = replace(
        PARK,
        kind=TaskKind.LIVELIHOOD,
        leads=("县城管局",),
        supports=("城投",),
        leader="孙红旗",
        due=None,
        due_text="全年",
        milestones=(Milestone(period="Q2", text="开工"),),
    )
    assert describe_change(compare_plans([PARK], [new])) == (
        "修改 2 类别：无 → 民生实事类",
        "修改 2 牵头单位：县住建局 → 县城管局",
        "修改 2 配合单位：无 → 城投",
        "修改 2 责任领导：无 → 孙红旗",
        "修改 2 完成时限：2026-12-31 → 全年",
        "修改 2 节点：无 → Q2 开工",
    )


def test_another_task_under_an_old_code_is_new() -> None:
    school = a_task("2", "为适龄女生免费接种疫苗")
    change = compare_plans([PARK], [school])
    assert (change.added, change.removed) == ((school,), (PARK,))


def test_equal_titles_are_told_apart_by_section_and_code() -> None:
    old = [a_task("1", "完成投资", section="一"), a_task("2", "完成投资", section="二")]
    new = [replace(old[1], code="5"), replace(old[0], code="6")]
    assert compare_plans(old, new).codes == {"1": "6", "2": "5"}


@given(st.permutations(range(3)), st.sets(st.integers(0, 2)))
def test_no_task_is_lost_or_counted_twice(order: list[int], dropped: set[int]) -> None:
    new = [replace(PLAN[at], code=str(n)) for n, at in enumerate(order) if at not in dropped]
    change = compare_plans(PLAN, new)
    assert len(change.kept) == len(new)
    assert {task.title for task in change.removed} == {PLAN[at].title for at in dropped}
    assert all(kept.old.title == kept.new.title for kept in change.kept)
