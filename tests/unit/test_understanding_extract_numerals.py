"""Numbers as officials write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.understanding.numerals import find_numbers, find_shares, read_number

WRITTEN = [
    ("百分之八十", 80),
    ("百分之四十点五", 40.5),
    ("八成", 80),
    ("六成五", 65),
    ("七成半", 75),
    ("一半", 50),
    ("一百八十", 180),
    ("一百八", 180),
    ("两千三", 2300),
    ("两千零三", 2003),
    ("二十万零五百", 200_500),
    ("1.2万", 12_000),
    ("3.2亿", 320_000_000),
    ("三亿五千万", 350_000_000),
    ("一点五亿", 150_000_000),
    ("41万8千6百", 418_600),
    ("5万3", 53_000),
    ("1,860", 1860),
    ("67点2%", 67.2),
    ("十二", 12),
    ("二〇二六", 2026),
    ("92%", 92),
]


@pytest.mark.parametrize(("text", "value"), WRITTEN)
def test_a_written_number_has_its_value(text: str, value: float) -> None:
    assert read_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["过半", "若干", "", "万", "百姓", "三分之一", "1" * 60, "一" * 60]
)
def test_what_is_no_exact_number_has_no_value(text: str) -> None:
    assert read_number(text) is None


def test_numbers_are_found_where_they_stand() -> None:
    text = "新建1,860户和两千三百亩"
    found = [(text[n.start : n.end], n.value) for n in find_numbers(text)]
    assert found == [("1,860", 1860), ("两千三百", 2300)]


def test_shares_are_found_where_they_stand() -> None:
    text = "土建七成，设备45.5%，占一半"
    found = [(text[n.start : n.end], n.value) for n in find_shares(text)]
    assert found == [("七成", 70), ("45.5%", 45.5), ("一半", 50)]


@given(st.integers(min_value=0, max_value=99_999_999))
def test_every_whole_number_reads_as_itself(number: int) -> None:
    assert read_number(str(number)) == number
    assert read_number(f"{number:,}") == number


@given(st.text(alphabet="零一二三四五六七八九十百千万亿点两半成%0123456789.,多 ", max_size=60))
def test_any_jumble_of_digits_is_read_or_left(text: str) -> None:
    read_number(text)
    for found in [*find_numbers(text), *find_shares(text)]:
        assert 0 <= found.start < found.end <= len(text)
