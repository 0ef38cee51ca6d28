"""Numbers as Chinese officials write them: 1,860, 1.2万, 两千三, 六成五, 百分之四十点五.

Every function reads simplified, half-width text; see `spans.fold` for the folding.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

MOST = 30  # numbers read of one clause
LONGEST = 32  # no written amount is longer; it bounds the work on hostile runs of digits
_PLAINEST = 15  # digits that a number of digits alone may have

_MAY_DAY = "五一"  # and no 51: 五一人都挤爆了
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_SCORES = str.maketrans({"廿": "二十", "卅": "三十"})
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_ARABIC = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?(?!\d)|\d{1,15}(?:[.点]\d{1,9})?"
_CHINESE = "零〇一二两俩仨三四五六七八九"
_RUN = re.compile(
    rf"(?:{_ARABIC}|[{_CHINESE}廿卅]|十(?![分足几来多字]))"
    rf"(?:(?![\d.,]+%)(?:{_ARABIC})|[{_CHINESE}十万亿]|百(?!分)|千(?![瓦米克伏卡焦])|"
    rf"个(?=[万亿](?!元(?:[项企产工的]|以上)))|(?<=\d)[多余来](?=[万亿])|点[{_CHINESE}])*"
)
_TOKEN = re.compile(rf"({_ARABIC})|点([{_CHINESE}]+)|([{_CHINESE}]+)|([十百千万亿])")
# 三四十, 十七八, 一千五六百 are no exact numbers; 二〇二三 is one.
_BETWEEN = re.compile(
    rf"(?<![{_CHINESE}点])(?:一二|[一二两]三|三四|四五|五六|六七|七八|八九)(?![{_CHINESE}])"
)
_PER_CENT = re.compile(
    rf"百分(?:之|(?=\d))(\d{{1,4}}(?:[.点]\d{{1,9}})?|[{_CHINESE}十百点]{{1,16}})"
)
_SIGN = re.compile(
    rf"(?<![\d.])({_ARABIC}|[{_CHINESE}十百点]{{1,8}})(?:多|左右)?(?:\s?%|趴|\s?(?i:percent))"
)
_TENTHS = re.compile(
    rf"(?<![{_CHINESE}])([{_CHINESE}]|\d(?:\.\d)?|10|十)成(?:([{_CHINESE}]{{1,2}}|半|"
    rf"\d(?![\d.%]))(?![个项户处家期月]))?"
    r"(?![功立员果本为交品效片熟型都])"
)
_WHOLE = re.compile(
    r"(?<!个)百分百(?=$|[了的]?[,;。、)\s]|[了地]?(?:完|办结|竣工|交付|到位|达标|落实))"
)
_HALF = re.compile(r"一半(?!多|以上|以下|左右)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: `text[start:end]` reads as `value`; `arabic` if it begins with 0-9."""

    start: int
    end: int
    value: float
    arabic: bool = True


def read_number(text: str) -> float | None:
    """The value of a text that is one number or share and nothing else; None for 过半, 若干."""
    words = text.strip()
    share = read_share(words)
    if share and share.end == len(words):
        return share.value
    return _value(words) if _RUN.fullmatch(words) else None


def find_numbers(text: str) -> Iterator[Numeral]:
    """Every number of the text from left to right, whatever it counts."""
    for run in islice(_RUN.finditer(text), MOST):
        value = None if run[0] == _MAY_DAY else _value(run[0])
        if value is not None:
            yield Numeral(run.start(), run.end(), value, run[0][0].isascii())


def find_shares(text: str) -> Iterator[Numeral]:
    """Every share of the text in per cent: 80%, 百分之八十, 八成, 六成五, 一半."""
    position = 0
    while found := _ANY_SHARE.search(text, position):
        share = read_share(text, found.start())
        if share:
            yield share
        position = share.end if share else found.end()


def read_share(text: str, start: int = 0) -> Numeral | None:
    """The share that begins at `start`, in per cent."""
    for pattern, read in _SHARES:
        if found := pattern.match(text, start):
            value = read(found)
            if value is not None:
                return Numeral(start, found.end(), value, found[0][0].isascii())
    return None


def _tenths(found: re.Match[str]) -> float | None:
    tens = _value(found[1])
    rest = (found[2] or "零").replace("半", "五")
    units = float(rest if rest.isdecimal() else _plain(rest)) / 10 ** (len(rest) - 1)  # 三成六五
    return None if tens is None else round(tens * 10 + units, 6)


_SHARES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], float | None]], ...] = (
    (_PER_CENT, lambda found: _value(found[1])),
    (_SIGN, lambda found: _value(found[1])),
    (_TENTHS, _tenths),
    (_HALF, lambda _: 50.0),
    (_WHOLE, lambda _: 100.0),
)
_ANY_SHARE = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _SHARES))


def _value(run: str) -> float | None:
    """Read one run of digits and multipliers: 1.2万, 41万8千6百, 两千三, 二〇二六."""
    if len(run) <= _PLAINEST and run.isascii() and run.isdecimal():
        return float(run)
    if len(run) > LONGEST or _BETWEEN.search(run):
        return None
    whole = part = 0.0
    current: float | None = None
    unit, short = 1, False
    for arabic, fraction, digits, multiplier in _TOKEN.findall(run.translate(_SCORES)):
        if fraction:
            current = (current or 0) + float(f"0.{_plain(fraction)}")
            short = False
        elif multiplier:
            unit = _UNITS[multiplier]
            if unit < 10_000:
                part += (1 if current is None else current) * unit
            else:
                below = part + (current or 0)
                whole = whole + below * unit if unit == 10_000 else (whole + below) * unit
                part = 0.0
            current = None
        else:
            text = arabic.replace(",", "").replace("点", ".") or _plain(digits)
            current, short = float(text), len(text) == 1 and text != "0"
    if current is not None and short and unit >= 100:
        current *= unit // 10  # 两千三 is 2300, 一百八 is 180
    return round(whole + part + (current or 0), 4)


def _plain(digits: str) -> str:
    return "".join(str(_DIGITS[c]) for c in digits)
