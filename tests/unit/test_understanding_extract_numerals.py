"""Numbers as officials write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.understanding.parts.extract import extract_facts
from reporting.understanding.words.numerals import find_numbers, find_shares, read_number

WRITTEN = [
    ("百分之八十", 80),
    ("百分之四十点五", 40.5),
    ("八成", 80),
    ("六成五", 65),
    ("七成半", 75),
    ("六成२", 62),
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
    ("廿六", 26),
    ("卅五", 35),
    ("6成5", 65),
]
DIGITS = "零一二三四五六七八九"


def _below_ten_thousand(number: int) -> str:
    """How a number below ten thousand is said, without a leading zero."""
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        said += f"{'零' if gap else ''}{DIGITS[digit]}{name}" if digit else ""
        gap = not digit and bool(said)
    return said


def said_aloud(number: int) -> str:
    """How a number is said: 10_305 is 一万零三百零五."""
    said, gap = "", False
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, unit)
        lead = "零" if said and (gap or group < 1000) else ""
        said += f"{lead}{_below_ten_thousand(group)}{name}" if group else ""
        gap = not group and bool(said)
    return said


@pytest.mark.parametrize(("text", "value"), WRITTEN)
def test_a_written_number_has_its_value(text: str, value: float) -> None:
    assert read_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        *("过半", "若干", "", "万", "百姓", "三分之一", "1" * 60, "一" * 60),
        *("三四十", "十七八", "两三百", "一千五六百", "六七成", "百分之七八十"),
    ],
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


@given(st.integers(min_value=1, max_value=9_999_999_999))
def test_every_number_said_aloud_reads_as_itself(number: int) -> None:
    said = said_aloud(number)
    assert read_number(said) == number
    assert read_number(said.replace("二千", "两千").replace("二百", "两百")) == number
    assert read_number(said.removeprefix("一") if said.startswith("一十") else said) == number


@given(st.integers(min_value=11, max_value=9_999_999))
def test_a_number_said_or_typed_is_the_same_figure(number: int) -> None:
    for written in (str(number), f"{number:,}", said_aloud(number)):
        figures = extract_facts(f"完成{written}亩").figures
        assert [(figure.value, figure.unit) for figure in figures] == [(number, "亩")]


@given(st.integers(min_value=0, max_value=1000).map(lambda tenths: tenths / 10))
def test_a_share_said_or_typed_is_the_same_completion(share: float) -> None:
    whole, tenth = divmod(round(share * 10), 10)
    said = f"百分之{said_aloud(whole) or '零'}" + (f"点{DIGITS[tenth]}" if tenth else "")
    assert extract_facts(f"总体{said}").percent == share
    assert extract_facts(f"总体{share:g}%").percent == share


@given(st.text(alphabet="零一二三四五六七八九十百千万亿点两半成%0123456789.,多 ", max_size=60))
def test_any_jumble_of_digits_is_read_or_left(text: str) -> None:
    read_number(text)
    for found in [*find_numbers(text), *find_shares(text)]:
        assert 0 <= found.start < found.end <= len(text)
