"""Reports that say they are for the month to come, and talk of that month that does not."""

import pytest

from reporting.ahead import asks_ahead, compose_ahead_help, read_ahead, with_ahead, without_ahead
from reporting.calendar import WorkCalendar
from reporting.round import RoundRules, open_round

JUNE = open_round(2026, 6, RoundRules(cutoff_day=25), WorkCalendar())
DECEMBER = open_round(2026, 12, RoundRules(cutoff_day=25), WorkCalendar())


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("提前报7月：42号完成80%", "42号完成80%"),
        ("提前报七月份的进展 42号完成80%", "42号完成80%"),
        ("先报一下7月进展，42号完成80%，正常推进", "42号完成80%，正常推进"),
        ("提前填报下月进展：42号完成80%", "42号完成80%"),
        ("提前报下个月的，42号完成80%", "42号完成80%"),
        ("7月份进展：42号完成80%", "42号完成80%"),
        ("7月重点任务进展情况如下\n42号完成80%", "42号完成80%"),
        ("7月提前报：42号完成80%", "42号完成80%"),
        ("现报送7月进展情况：42号完成80%", "42号完成80%"),
        ("42号完成80%，提前报7月。", "42号完成80%"),
        ("42号完成80%（提前报下月进展）", "42号完成80%"),
        ("提前报7月", ""),
    ],
)
def test_a_report_for_the_next_month_is_told_from_its_words(text: str, rest: str) -> None:
    assert read_ahead(text, JUNE) == rest
    assert without_ahead(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "42号完成80%",
        "42号7月底完成主体",
        "7月进展加快，预计完成",
        "提前7月完成封顶",
        "6月进展：42号完成80%",
        "提前报8月：42号完成80%",
        "42号预计7月竣工",
        "7月：完成主体封顶",
        "42号7月进展顺利",
        "下月完成招标",
    ],
)
def test_talk_of_the_next_month_is_no_report_for_it(text: str) -> None:
    assert read_ahead(text, JUNE) is None


def test_after_december_comes_january() -> None:
    assert read_ahead("提前报1月 42号完成80%", DECEMBER) == "42号完成80%"
    assert "提前报1月 42号" in compose_ahead_help(DECEMBER, "42")


def test_the_month_stays_with_words_that_are_asked_about() -> None:
    assert with_ahead("完成80%", 7) == "提前报7月：完成80%"
    assert with_ahead("提前报7月：完成80%", 7) == "提前报7月：完成80%"
    assert without_ahead("完成80%") == "完成80%"
    assert asks_ahead("可以提前报7月的吗？")
    assert not asks_ahead("可以提前完成吗？")
