"""Due texts of many shapes become dates in the plan's year, or none where none is meant."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.due_text import is_due, is_undated, read_due
from documents.numeral import small_number

DATES = {
    "2026年12月底前": "2026-12-31",
    "年底前": "2026-12-31",
    "年内完成": "2026-12-31",
    "12月底": "2026-12-31",
    "11月底完成": "2026-11-30",
    "2月底": "2026-02-28",
    "上半年": "2026-06-30",
    "三季度": "2026-09-30",
    "第二季度末": "2026-06-30",
    "前三季度": "2026-09-30",
    "Q3": "2026-09-30",
    "6月30日前": "2026-06-30",
    "2026.10": "2026-10-31",
    "2026/10/8": "2026-10-08",
    "10.31": "2026-10-31",
    "20261015": "2026-10-15",
    "10月中旬": "2026-10-20",
    "9月上旬": "2026-09-10",
    "十二月底前": "2026-12-31",
    "二〇二六年十月": "2026-10-31",
    "3-10月": "2026-10-31",
    "2026年6月至10月": "2026-10-31",
    "2025年12月-2026年6月": "2026-06-30",
    "2027年3月": "2027-03-31",
    "明年3月": "2027-03-31",
    "26年11月": "2026-11-30",
    "2026年": "2026-12-31",
    "１１月底前": "2026-11-30",
    "国庆节前": "2026-09-30",
    "46356": "2026-11-30",
    "6月底前完成主体,12月底前竣工": "2026-12-31",
    "10月底前,持续推进": "2026-10-31",
}
UNDATED = [
    "全年",
    "持续推进",
    "长期",
    "长期坚持",
    "常态化推进",
    "每月25日前",
    "立行立改",
    "—",
    "2026年全年",
]


@pytest.mark.parametrize("text", DATES)
def test_a_due_text_names_its_date(text: str) -> None:
    assert str(read_due(text, 2026)) == DATES[text]


@pytest.mark.parametrize("text", UNDATED)
def test_a_text_for_having_no_date_has_none(text: str) -> None:
    assert read_due(text, 2026) is None
    assert is_undated(text)


@pytest.mark.parametrize("text", ["新增3个", "建成", "13月", "2月30日", "", "县财政局"])
def test_what_is_no_date_is_none_and_not_undated(text: str) -> None:
    assert read_due(text, 2026) is None
    assert not is_undated(text)


@pytest.mark.parametrize("text", ["新增3个口袋公园", "8月底前投用学校", "任务一", "办理12月提案"])
def test_a_title_is_not_taken_for_a_due_text(text: str) -> None:
    assert not is_due(text)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31)))
def test_every_day_is_read_back_in_every_way_of_writing_it(day: date) -> None:
    forms = (
        f"{day.year}年{day.month}月{day.day}日前",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        day.isoformat(),
        f"{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"于{day.month}月{day.day}号前完成",
    )
    for form in forms:
        assert read_due(form, day.year) == day
        assert is_due(form)


@given(st.integers(min_value=1, max_value=12), st.sampled_from(["底", "底前", "份", "", "末"]))
def test_a_month_ends_on_its_last_day(month: int, ending: str) -> None:
    due = read_due(f"{month}月{ending}", 2026)
    assert due is not None
    assert (due.month, (due + timedelta(days=1)).day) == (month, 1)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert read_due(text, 2026) is None or is_due(text) in {True, False}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", 12),
        ("二十", 20),
        ("〇", 0),
        ("二〇二六", 2026),
        ("③", 3),
        ("Ⅳ", 4),
        ("xi", 11),
        ("百", None),
    ],
)
def test_small_numerals(text: str, number: int | None) -> None:
    assert small_number(text) == number
