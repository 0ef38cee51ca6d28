"""Amounts brought to one spelling before anything is read: 12 公里, 1,200户, 3.2万㎡, 同比↑9.7%.

This changes how long a text is, as tables and forms brought to lines do: what is quoted from it
later on reads 12公里. The message itself is kept as it was typed.
"""

import re

from reporting.understanding.words.counters import COUNT

_MONEY = "投资|资金|经费|补贴|补助|拨|收入|产值|营收|款|钱|费|垫|花|贷|额|奖|价|税|缺口"
_SAME = (
    (re.compile(r"(?i:km²|km2|㎢|平方千米|平方\s?km)(?![a-z])"), "平方公里"),
    (re.compile(r"(?<=[\d万])\s?(?i:m²|㎡|m2)(?![a-zA-Z\d])"), "平方米"),
    (re.compile(r"(?<=[\d万])\s?(?:m³|㎥)"), "立方米"),
    (re.compile(r"(?<=\d)\s?(?i:km|㎞)(?![a-zA-Z/])"), "公里"),
    (re.compile(r"(?<=\d)千米"), "公里"),
    (re.compile(r"(?<=\d)([万亿])块钱"), r"\1元"),
    (re.compile(rf"((?:{_MONEY})[^\d,，。;；\n]{{0,6}}[\d.]+[万亿])块"), r"\1元"),
    (re.compile(r"↑\s?(?=\d)"), "增"),
    (re.compile(r"↓\s?(?=\d)"), "降"),
)
_GROUPED = re.compile(
    rf"(?<![\d.,])[1-9]\d{{0,2}}(?:,\d{{3}}){{1,4}}(?!\d)(?=[万多余]?(?![项号条])(?:{COUNT}))"
)
_UNIT = rf"(?:[万亿]\s?)?(?:元|{COUNT})"
_PARTED = re.compile(
    r"(?P<before>^|[\u4e00-\u9fff]\s*|.)"
    r"(?P<number>(?<![\d.])(?<!\d,)\d{1,9}(?:[.,]\d{1,9}){0,3})[ \u00a0\u3000]+"
    rf"(?=(?P<sign>[%％])|{_UNIT}(?P<after>.?))",
    re.MULTILINE,
)
_SURE = re.compile(r"(?:[万亿]\s?)?(?:平方米|平方公里|立方米|公里|人次|元)")
# A number that may be a code: nothing that counts stands before it.
_MAY_BE_CODE = re.compile(r"[^\u4e00-\u9fff]?|[第号项务和与及跟民实指标重案建提议]\s*")
# What follows a unit, and is no word that begins with it: 12 户,已改; not 3-2 户厕改造.
_ENDS = re.compile(r"(?![\u4e00-\u9fff])|[已均都正全按完的了左占]")


def spelled_alike(text: str) -> str:
    """The text with its amounts in one spelling, everything else as it was typed."""
    text = _GROUPED.sub(lambda found: found[0].replace(",", ""), _PARTED.sub(_closed, text))
    for spelling, same in _SAME:
        text = spelling.sub(same, text)
    return text


def _closed(found: re.Match[str]) -> str:
    """A number right before its unit, unless it may be a code before a title."""
    may_be_code = not found["sign"] and _MAY_BE_CODE.fullmatch(found["before"])
    unit = found.string[found.end() :]
    if may_be_code and not (_SURE.match(unit) or _ENDS.match(found["after"])):
        return found[0]
    return found["before"] + found["number"]
