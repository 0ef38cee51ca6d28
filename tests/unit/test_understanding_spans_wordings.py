"""Obstacles, plans and requests in the many words that officials have for them."""

from pathlib import Path

from reporting.understanding.extract import extract_facts

MONTH = "2026-07"

CLAUSES = Path("tests/corpus/clauses.txt").read_text("utf-8").splitlines()


def _labelled(role: str) -> list[str]:
    return [said for label, _, said in (line.partition(": ") for line in CLAUSES) if label == role]


def _told(words: str) -> tuple[str | None, str | None, str | None]:
    facts = extract_facts(words, month=MONTH)
    return facts.problem, facts.next_step, facts.suggestion


def test_obstacles_are_told_without_a_lead_in() -> None:
    assert [words for words in _labelled("problem") if _told(words) != (words, None, None)] == []


def test_plans_are_told_without_a_lead_in() -> None:
    assert [words for words in _labelled("next") if _told(words) != (None, words, None)] == []


def test_requests_are_told_without_a_lead_in() -> None:
    assert [words for words in _labelled("suggestion") if _told(words) != (None, None, words)] == []


def test_work_done_is_neither_obstacle_nor_plan_nor_request() -> None:
    assert [words for words in _labelled("progress") if _told(words) != (None, None, None)] == []


def test_a_heading_on_its_own_line_leads_in_the_lines_below() -> None:
    text = "一、进展情况\n主体完成60%\n二、存在问题\n图纸改了两回\n三、下步打算\n逐户上门，8月签完"
    assert _told(text) == ("图纸改了两回", "逐户上门，8月签完", None)


def test_speech_without_stops_is_cut_where_it_turns_to_another_thing() -> None:
    text = "管子铺了十二公里还有三公里下雨老塌方停了半个月我们准备多上两个班组晚上干"
    problem, next_step, _ = _told(text)
    assert next_step == "多上两个班组晚上干"
    assert problem
    assert problem.endswith("停了半个月")
