"""Counts and sizes: a target's number and unit, and the same in a reply."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporting.understanding.values.figures_words import POINTS_BEFORE
from reporting.understanding.words.numerals import find_numbers, find_shares

_ALIKE = {
    "平方": "平方米",
    "平": "平方米",
    "㎡": "平方米",
    "方": "立方米",
    "立方": "立方米",
    "千米": "公里",
    "km": "公里",
    "位": "人",
    "名": "人",
    "例": "人",
    "针": "剂",
    "只": "头",
    "支": "个",
    "部": "台",
    "幢": "栋",
    "口": "眼",
    "千瓦时": "度",
    "箱": "标箱",
}
_UNITS = (
    *("平方公里", "平方米", "立方米", "公里", "千米", "人次", "批次", "美元", "标准煤", "平方"),
    *("立方", "公顷", "亩", "吨", "户", "个", "家", "套", "座", "台", "条", "处", "所", "间", "场"),
    *("人", "名", "位", "头", "路", "盏", "辆", "件", "项", "张", "只", "元", "平", "方", "米"),
    *(
        "km",
        "㎡",
        "例",
        "剂",
        "部",
        "支",
        "栋",
        "幢",
        "块",
        "针",
        "对",
        "班",
        "期",
        "标箱",
        "袋",
        "张",
    ),
    *(
        "艘",
        "株",
        "架",
        "斤",
        "眼",
        "箱",
        "千瓦时",
        "度",
        "千瓦",
        "兆瓦",
        "空方",
        "把",
        "羽",
        "尾",
        "口",
    ),
)
_UNIT = re.compile("|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)))
# 两个都, 两个月, 三个工作日 count tasks or time; 一个乡镇, 一家企业 no more than an article does.
_NO_COUNT = re.compile(
    r"[^a-z%]{1,3}?个(?:项目|工程|任务|事项)?[都均]"
    r"|[^a-z%]{1,6}?个(?:多)?(?:月|小时|星期|礼拜|工作日|季度|钟头|半月)"
    r"|一[个家](?:乡镇|镇|乡|村|社区|街道|企业|公司|单位|部门|项目)"
)
_POINTS = re.compile(r"[\d.一二两三四五六七八九十]{1,4}个(?:百分)?点")
GROWTH, RATE = "增长", "率"  # what per cent are counted in where a title sets them as its target
_GROWS = re.compile(
    r"(?:增长|增速|增幅|同比|上升|提高|下降|减少|降低|上涨)[\u4e00-\u9fff]{0,2}[为是:]?\s*[+-]?$|[+↑↓]$"
)
_RATES = re.compile(
    r"(?:(?<!完成)(?<!签约)(?<!销号)(?<!完工)(?<!办结)(?<!开工)率|比例|比重|强度)"
    r"[\u4e00-\u9fff]{0,3}[为是:]?\s*$"
)
_BEFORE = 8  # letters before a number that tell what it is of
COMMON = frozenset({"个", "家", "项", "元", "人", "米", "期", "班", "%"})
_COUNTED_TOO = {"辆": "台", "艘": "条"}  # what a plan counts so is counted otherwise in speech
_LEFT = re.compile(r"(?:剩|还有|[还相]差|还缺|余|欠|另|没|未)[^,。;!?\s]{0,4}$")
_NEAR = 3  # amounts that may be done, before the one that is left


@dataclass(frozen=True, slots=True)
class Target:
    """So many of something."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Amount:
    """So many of something, at a place of the text."""

    start: int
    target: Target


def amounts(text: str) -> Iterator[Amount]:
    """Every number of the text with the unit that follows it."""
    for number in find_numbers(text):
        unit = _UNIT.match(text, number.end + (text[number.end : number.end + 1] == "多"))
        if unit and (_NO_COUNT.match(text, number.start) or _are_points(text, number.start)):
            continue
        if unit:
            name = _ALIKE.get(unit[0], unit[0])
            yield Amount(number.start, Target(number.value, name))
        elif text[number.end - 1] == "亿":  # of nothing but money does one say so many 亿
            yield Amount(number.start, Target(number.value, "元"))


def _are_points(text: str, start: int) -> bool:
    """Whether per cent are compared: 比上月多5个点 counts nothing, 建成5个点 does."""
    return bool(_POINTS.match(text, start) and POINTS_BEFORE.search(text, 0, start))


def rates(text: str) -> Iterator[Amount]:
    """Every growth (增长8%) and every rate (优良率95%) of the text."""
    for share in find_shares(text):
        before = text[max(share.start - _BEFORE, 0) : share.start]
        if _GROWS.search(before):
            yield Amount(share.start, Target(share.value, GROWTH))
        elif _RATES.search(before):
            yield Amount(share.start, Target(share.value, RATE))


def is_counted(target: Target, unit: str) -> bool:
    """Whether what a target sets out may be said in this unit: 艘 also as 条."""
    return unit in (target.unit, _COUNTED_TOO.get(target.unit))


def wholes(text: str, found: Sequence[tuple[int, Target]]) -> Iterator[Target]:
    """What is done and what is left together: 完工11个,还有4个 are 15个."""
    for number, (place, left) in enumerate(found):
        if not _LEFT.search(text, max(place - _BEFORE, 0), place):
            continue
        before = (target for _, target in found[max(number - _NEAR, 0) : number])
        done = (target.value for target in before if target.unit == left.unit)
        yield from (Target(value + left.value, left.unit) for value in done)


def targets(title: str) -> tuple[Target, ...]:
    """What a title sets out to reach."""
    return tuple(dict.fromkeys(amount.target for amount in amounts(title)))
