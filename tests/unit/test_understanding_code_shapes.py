"""One task by its code: however the plan numbers it, people write it, and the rest is worded."""

from collections.abc import Iterator

import pytest

from reporting.report import Status
from reporting.task import Task, TaskKind
from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand
from reporting.unit import Unit

UNIT = "市水务局"
TITLES = (
    "青龙水库除险加固 白鹤水库除险加固 城区供水老旧管网改造 农村供水提升工程 河道整治 "
    "污水处理厂扩建 高效节水灌溉 节水型单位创建"
)
# By how a plan numbers its tasks: two of its codes, and how people write the first and the second.
WRITTEN = {
    "plain": (
        ("12", "35"),
        "12|12号|12项|第12项|第十二项|任务12|12号任务|编号12|序号12|【12】|１２|No.12|#12|第12条",
        "35|35号|35项|第35项|第三十五项|任务35|35号任务|编号35|序号35|【35】|３５|No.35|#35|第35条",
    ),
    "hundred": (("105", "112"), "第一百零五项|105|一百零五号", "第一百一十二项|112|一百一十二号"),
    "section": (("302", "411"), "302|302号|第302项|【302】", "411|411号|第411项|【411】"),
    "dash": (
        ("3-2", "4-11"),
        "3-2|3—2|3－2|第3-2项|任务3-2|3-2号|（3-2）|【3-2】|三-2|3_2|3 - 2|三杠二|3之2",
        "4-11|4—11|4－11|第4-11项|任务4-11|4-11号|（4-11）|【4-11】|四-11|4_11|4 - 11|四杠十一"
        "|4之11",
    ),
    "dot": (
        ("3.2", "4.11"),
        "3.2|第3.2项|任务3.2|3.2项|3．2|3-2|【3.2】|3.2号",
        "4.11|第4.11项|任务4.11|4.11项|4．11|4-11|【4.11】|4.11号",
    ),
    "bracket": (
        ("（三）2", "（四）11"),
        "（三）2|(三)2|三2|三-2|（三）-2|3-2|（三）第2项|三（2）|第三部分第2项",
        "（四）11|(四)11|四11|四-11|（四）-11|4-11|（四）第11项|四（11）|第四部分第11项",
    ),
    "letter": (
        ("A02", "D11"),
        "A02|A2|a02|a2|A-02|A-2|A 02|Ａ０２|第A02项|任务A2|A2号|【A02】",
        "D11|D11|d11|d11|D-11|D-11|D 11|Ｄ１１|第D11项|任务D11|D11号|【D11】",
    ),
    "kind": (
        ("民2", "民11"),
        "民2|民 2|民2项|民二|民-2|民生2|民生实事2|民生实事第2项|民生第2件|民2号|【民2】|任务民2",
        "民11|民 11|民11项|民十一|民-11|民生11|民生实事11|民生实事第11项|民生第11件|民11号|【民11】"
        "|任务民11",
    ),
    "letters": (
        ("ZB-02", "MS-11"),
        "ZB-02|ZB02|zb02|zb2|ZB-2|【ZB-02】|第ZB-02项|ZB 02",
        "MS-11|MS11|ms11|ms11|MS-11|【MS-11】|第MS-11项|MS 11",
    ),
}
GOOD, BEHIND, NOT_BEGUN, DONE = Status.ON_TRACK, Status.BEHIND, Status.NOT_STARTED, Status.DONE
ONE: tuple[tuple[str, float | None, Status | None], ...] = (
    ("{0}完成80%", 80, None),
    ("{0} 80%", 80, None),
    ("{0}：80%", 80, None),
    ("{0}，完成率80%", 80, None),
    ("{0}进度80%，正常", 80, GOOD),
    ("{0}正常", None, GOOD),
    ("{0}未开工", None, NOT_BEGUN),
    ("{0}滞后了", None, BEHIND),
    ("{0}全部完成", None, DONE),
    ("{0}搞完了", None, DONE),
    ("{0}完成了百分之八十", 80, None),
    ("关于{0}，目前完成80%", 80, None),
    ("我单位{0}完成80%", 80, None),
    ("报一下{0}，完成80%", 80, None),
    ("{0}这项完成80%", 80, None),
    ("完成80%（{0}）", 80, None),
    ("更正：{0}应为80%", 80, None),
    ("{0}累计完成80%，比上月多5个点", 80, None),
    ("{0}\n进度：80%\n问题：无", 80, None),
)
TWO: tuple[tuple[str, tuple[float | None, Status | None], tuple[float | None, Status | None]], ...]
TWO = (
    ("{0}完成80%，{1}正常", (80, None), (None, GOOD)),
    ("{0}、{1}都完成了", (None, DONE), (None, DONE)),
    ("{0}和{1}正常", (None, GOOD), (None, GOOD)),
    ("{0}跟{1}都滞后", (None, BEHIND), (None, BEHIND)),
    ("{0} {1} 均正常", (None, GOOD), (None, GOOD)),
    ("1、{0}完成80%\n2、{1}正常", (80, None), (None, GOOD)),
    ("（1）{0}完成80%（2）{1}完成75%", (80, None), (75, None)),
    ("{0}、{1}分别完成80%、75%", (80, None), (75, None)),
    ("{0}：80%；{1}：75%", (80, None), (75, None)),
    ("{0}，80%。{1}，75%。", (80, None), (75, None)),
)


def plan_of(codes: tuple[str, str]) -> PlanIndex:
    """A plan of one unit in which these number the third task and the sixth."""
    spare = iter(code.replace("1", "7") for code in ("91", "92", "93", "94", "95", "96"))
    numbers = [codes[0] if n == 2 else codes[1] if n == 5 else next(spare) for n in range(8)]
    tasks = [
        Task(code=code, title=title, kind=TaskKind.MATTER, leads=(UNIT,), supports=())
        for code, title in zip(numbers, TITLES.split(), strict=True)
    ]
    return PlanIndex.build(tasks, (Unit(name=UNIT, aliases=()),))


def recorded(text: str, index: PlanIndex) -> list[tuple[str, float | None, Status | None]]:
    """What a message of the unit is recorded as; nothing where it is asked about."""
    outcome = understand(text, index, Context(units=frozenset({UNIT}), month="2026-06"))
    if not isinstance(outcome, Record) or outcome.doubts:
        return []
    return [(item.task, item.facts.percent, item.facts.status) for item in outcome.items]


def shapes(plan: str) -> Iterator[tuple[str, str]]:
    """How people write its two codes, both in the same way."""
    _, first, second = WRITTEN[plan]
    return zip(first.split("|"), second.split("|"), strict=True)


@pytest.mark.parametrize("plan", WRITTEN)
def test_one_task_is_recorded_however_its_code_is_written(plan: str) -> None:
    codes = WRITTEN[plan][0]
    index, wrong = plan_of(codes), []
    for first, _ in shapes(plan):
        for shape, percent, status in ONE:
            text = shape.format(first)
            if recorded(text, index) != [(codes[0], percent, status)]:
                wrong.append((text, recorded(text, index)))
    assert not wrong


@pytest.mark.parametrize("said", ["三、2完成80%", "关于三、2，目前完成80%", "我单位三、2：80%"])
def test_an_item_under_a_heading_may_be_written_as_in_the_plan(said: str) -> None:
    assert recorded(said, plan_of(WRITTEN["bracket"][0])) == [("（三）2", 80, None)]


@pytest.mark.parametrize("plan", WRITTEN)
def test_two_tasks_are_told_apart_however_their_codes_are_written(plan: str) -> None:
    codes = WRITTEN[plan][0]
    index, wrong = plan_of(codes), []
    for first, second in shapes(plan):
        for shape, *said in TWO:
            text = shape.format(first, second)
            if recorded(text, index) != [(c, *s) for c, s in zip(codes, said, strict=True)]:
                wrong.append((text, recorded(text, index)))
    assert not wrong
