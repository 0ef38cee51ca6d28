"""Obstacles, plans and requests in the many words that officials have for them."""

from pathlib import Path

import pytest

from reporting.understanding.parts.extract import extract_facts

MONTH = "2026-07"
FEW = 0.02

CLAUSES = Path("tests/corpus/clauses.txt").read_text("utf-8").splitlines()


def _labelled(role: str) -> list[str]:
    return [said for label, _, said in (line.partition(": ") for line in CLAUSES) if label == role]


def _told(words: str) -> tuple[str | None, str | None, str | None]:
    facts = extract_facts(words, month=MONTH)
    return facts.problem, facts.next_step, facts.suggestion


def _missed(role: str) -> float:
    """The share of the clauses of a role that are not told in it, in it alone and as a whole."""
    labelled, place = _labelled(role), ("problem", "next", "suggestion", "progress").index(role)
    wanted = [tuple(words if at == place else None for at in range(3)) for words in labelled]
    return sum(_told(w) != want for w, want in zip(labelled, wanted, strict=True)) / len(labelled)


def test_obstacles_are_told_without_a_lead_in() -> None:
    assert _missed("problem") <= FEW


def test_plans_are_told_without_a_lead_in() -> None:
    assert _missed("next") <= FEW


def test_requests_are_told_without_a_lead_in() -> None:
    assert _missed("suggestion") <= FEW


def test_work_done_is_neither_obstacle_nor_plan_nor_request() -> None:
    assert _missed("progress") <= FEW


def test_a_heading_on_its_own_line_leads_in_the_lines_below() -> None:
    text = "一、进展情况\n主体完成60%\n二、存在问题\n图纸改了两回\n三、下步打算\n逐户上门，8月签完"
    assert _told(text) == ("图纸改了两回", "逐户上门，8月签完", None)


def test_speech_without_stops_is_cut_where_it_turns_to_another_thing() -> None:
    text = "管子铺了十二公里还有三公里下雨老塌方停了半个月我们准备多上两个班组晚上干"
    problem, next_step, _ = _told(text)
    assert next_step == "多上两个班组晚上干"
    assert problem
    assert problem.endswith("停了半个月")


@pytest.mark.parametrize(
    ("trouble", "asked"),
    [
        ("渔船还有六条没报废船主不肯签字", "请海事局出面做工作"),
        ("牧道冲断两处拉草车上不去", "希望交通局派台挖机"),
        ("疫苗冷库坏了两台药苗没地方放", "请市里协调一台"),
        ("戏台的音响坏了三个月没人修", "请文旅局帮忙解决一下"),
        ("渡口趸船漏水没钱修", "请县里给予支持"),
    ],
)
def test_a_request_at_the_end_of_speech_without_stops_is_told_apart(
    trouble: str, asked: str
) -> None:
    problem, _, suggestion = _told(trouble + asked)
    assert problem
    assert trouble.endswith(problem)
    assert suggestion
    assert asked.endswith(suggestion)


def test_the_points_of_a_list_stay_together() -> None:
    words = "存在问题：一是窖池老化漏水；二是年轻人不愿学；三是商标被抢注。"
    problem, next_step, _ = _told(words + "下一步：1.请老师傅带徒；2.申请复审。")
    assert problem == "一是窖池老化漏水；二是年轻人不愿学；三是商标被抢注"
    assert next_step == "1.请老师傅带徒；2.申请复审"


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("低于年度目标2.1个百分点，主力养殖场空栏三个月", "主力养殖场空栏三个月"),
        ("比计划慢了半个月，航标灯备件断货", "航标灯备件断货"),
    ],
)
def test_a_lag_before_its_cause_is_no_part_of_the_problem(words: str, cause: str) -> None:
    assert _told(words)[0] == cause
