"""Codes, figures and days in the words an office uses."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.report import Facts, Figure, Status
from reporting.round import RoundRules, open_round
from reporting.wording import (
    amount_words,
    code_in_command,
    code_list,
    cutoff_words,
    display_width,
    facts_words,
    figure_words,
    moment_words,
    shorten,
    task_words,
)

CALENDAR = WorkCalendar()
JUNE = open_round(2026, 6, RoundRules(cutoff_day=25), CALENDAR)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (230_000_000, "元", "2.3亿元"),
        (86_000_000, "元", "8600万元"),
        (1_234_567_890, "元", "1234567890元"),
        (418_600, "人", "41.86万人"),
        (12_345, "人", "12345人"),
        (3_128, "人", "3128人"),
        (28_000, "平方米", "2.8万平方米"),
        (19.6, "公里", "19.6公里"),
        (-1.5, "%", "-1.5%"),
        (100_000, "%", "100000%"),
        (86_000_860, "元", "86000860元"),
        (0.1 + 0.2, "公里", "0.3公里"),
        (0, "户", "0户"),
    ],
)
def test_amounts_are_short_and_exact(value: float, unit: str, words: str) -> None:
    assert amount_words(value, unit) == words


@settings(deadline=None)
@given(value=st.integers(-(10**12), 10**12))
def test_no_amount_is_ever_rounded(value: int) -> None:
    words = amount_words(value, "元").removesuffix("元")
    for word, scale in (("亿", 10**8), ("万", 10**4)):
        if words.endswith(word):
            assert round(float(words.removesuffix(word)) * scale) == value
            return
    assert int(words) == value


def test_codes_read_as_in_the_plan() -> None:
    assert code_list(("3", "12")) == "第3、12项"
    assert code_list(("3", "民5", "3-2", "民7")) == "第3、3-2项，民5、民7项"
    assert code_list(()) == ""
    assert code_list(map(str, range(1, 8))) == "第1至7项"
    assert code_list(("2", "3", "4", "5", "7", "8", "9", "10", "11")) == "第2、3、4、5、7至11项"
    assert code_in_command("12") == "12号"
    assert code_in_command("民5") == "民5"
    assert task_words("（五）7", "清欠") == "（五）7项 清欠"


@settings(deadline=None)
@given(text=st.text(max_size=60), width=st.integers(4, 60))
def test_a_shortened_text_fits_on_one_line(text: str, width: int) -> None:
    short = shorten(text, width)
    assert display_width(short) <= width
    assert "\n" not in short


def test_shortening_does_not_end_on_a_comma() -> None:
    assert shorten("桩基完成，正在浇筑", 12) == "桩基完成…"


def test_facts_read_as_a_clerk_would_say_them() -> None:
    facts = Facts(
        percent=80,
        status=Status.ON_TRACK,
        problem="资金未落实",
        next_step="尽快拨付",
        suggestion="协调财政",
        figures=(
            Figure(name="投资", value=2.3e8, unit="元"),
            Figure(name="路面", value=19.6, unit="公里"),
        ),
    )
    assert facts_words(facts) == (
        "进度80%，正常推进，投资2.3亿元、路面19.6公里；"
        "问题：资金未落实；下步：尽快拨付；建议：协调财政"
    )
    assert facts_words(Facts(percent=50.45)) == "进度50.45%"
    assert not facts_words(Facts())
    twice = (Figure(name="开工率", value=94.4, unit="%"),) * 2
    assert facts_words(Facts(figures=twice)) == "开工率94.4%"


def test_a_figures_name_loses_what_only_led_up_to_it() -> None:
    assert figure_words(Figure(name="、完工", value=9, unit="个")) == "完工9个"
    assert figure_words(Figure(name="里", value=420, unit="套")) == "420套"
    assert figure_words(Figure(name="进展:闲置处置", value=288, unit="亩")) == "闲置处置288亩"


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        (22, 9, "6月25日（周四）18:00，还有3个工作日"),
        (23, 20, "6月25日（周四）18:00，还有2个工作日"),
        (24, 20, "明天（6月25日）18:00，还有1个工作日"),
        (25, 9, "今天（6月25日）18:00"),
        (25, 19, "6月25日（周四）18:00，已截止"),
    ],
)
def test_the_cutoff_is_said_with_the_days_left(day: int, hour: int, words: str) -> None:
    now = datetime(2026, 6, day, hour, tzinfo=OFFICE_ZONE)
    assert cutoff_words(JUNE, now, CALENDAR) == words


def test_a_sunday_is_a_sunday() -> None:
    assert moment_words(datetime(2026, 6, 28, 8, 5, tzinfo=OFFICE_ZONE)) == "6月28日（周日）08:05"
