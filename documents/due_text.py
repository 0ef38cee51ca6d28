"""Due dates as offices write them: 2026年12月底前, 年内完成, 三季度, 10月中旬, 全年."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from documents.numeral import small_number
from documents.page import plain

_NUMERAL = re.compile(r"[〇零○一二三四五六七八九十]+(?=年|月|日|号|季度)")
_FOUND = re.compile(
    r"(?P<compact>(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d))"
    r"|(?P<y>(?<!\d)(?:20)?\d{2}(?=年)|(?<!\d)20\d{2}(?=[-./])|今年|本年|当年|明年|次年)"
    r"(?:年度?|[-./])?(?:(?P<ym>1[0-2]|0?[1-9])(?!\d|个?季度)(?:月份?|[-./](?=\d)|(?=$|\D))"
    r"(?:(?P<yd>[12]\d|3[01]|0?[1-9])(?!\d)[日号]?|(?P<ypart>底|末|初|上旬|中旬|下旬|中))?"
    r"|(?P<yend>底|末|内|终|年底|年内|度内)|第?(?P<yq>[1-4])季度|前?(?P<yfq>[1-4])个?季度"
    r"|(?P<yhalf>[上下]半年))"
    r"|(?P<m>(?<!\d)(?:1[0-2]|0?[1-9]))月份?"
    r"(?:(?P<d>[12]\d|3[01]|0?[1-9])(?!\d)[日号]?|(?P<part>底|末|初|上旬|中旬|下旬|中))?"
    r"|第?(?P<q>[1-4])个?季度|q(?P<q1>[1-4])|(?P<q2>[1-4])q"
    r"|(?P<half>[上下]半年)|(?P<end>年(?:底|末|内|终|度内))"
    r"|(?P<feast>国庆|五一|七一|八一|元旦)节?"
)
_MONTH_DAY = re.compile(r"(?:1[0-2]|0?[1-9])[./-](?:[12]\d|3[01]|0?[1-9])(?=前|之前|$)")
# A day count since 1899-12-30 is what Excel keeps of a date whose format was lost.
_SERIAL = re.compile(r"4[0-9]\d{3}|5[0-4]\d{3}")
_YEAR_ALONE = re.compile(r"(?P<y>20\d{2})年?度?(?:完成|内完成|前|底前)?")
_RECURRING = re.compile(r"每(?:个?月|季|年|周|半年|旬|天|日)|逐月|按月|按季")
_UNDATED = re.compile(
    r"全年|持续|长期|常年|常态|长效|经常|贯穿|不间断|日常|每(?:个?月|季|年|周|半年|旬|天|日)"
    r"|逐月|按月|按季|适时|及时|即时|立行立改|立即|随时|按(?:上级|时间节点|照|要求|计划|进度|序时)"
    r"|^[-—/无]+$"
)
_FILLER = re.compile(
    r"\d{1,2}[-~至到]|前|之前|以前|底|末|完成|全面|全部|基本|年度|力争|确保|争取|预计|计划|于|在|至|到|[-—~～、,。;:()]"
    r"|(?:完成|办结|截止)?(?:时限|时间|日期|节点)|办结|达到|左右|每?日|推进|实施|工作|落实|坚持|任务"
)
_PART_DAYS = {"初": 10, "上旬": 10, "中": 15, "中旬": 20}
_FEASTS = {"国庆": (9, 30), "五一": (4, 30), "七一": (6, 30), "八一": (7, 31), "元旦": (12, 31)}


def read_due(text: str, year: int) -> date | None:
    """The last date a due text names, in the plan's year unless it names another; else None."""
    folded = _folded(text)
    if _SERIAL.fullmatch(folded):
        return date(1899, 12, 30) + timedelta(days=int(folded))
    if _RECURRING.search(folded):
        return None
    return max(_dates(folded, year), default=None)


def is_undated(text: str) -> bool:
    """Whether the text says on purpose that there is no date (全年, 持续推进, 长期坚持)."""
    return bool(_UNDATED.search(_folded(text)))


def is_due(text: str) -> bool:
    """Whether the text is nothing but a due date or a word for having none."""
    folded = _folded(text)
    if not folded or len(folded) > 40:
        return False
    if _SERIAL.fullmatch(folded) or _YEAR_ALONE.fullmatch(folded) or _MONTH_DAY.fullmatch(folded):
        return True
    rest = _UNDATED.sub("", _FOUND.sub("", folded))
    return rest != folded and not _FILLER.sub("", rest)


def _folded(text: str) -> str:
    folded = plain(text).replace("－", "-").replace("—", "-").replace("–", "-")
    return _NUMERAL.sub(lambda found: str(small_number(found[0])), folded)


def _dates(text: str, year: int) -> Iterator[date]:
    alone = _YEAR_ALONE.fullmatch(text)
    if alone:
        yield date(int(alone["y"]), 12, 31)
        return
    if _MONTH_DAY.fullmatch(re.sub(r"之?前$", "", text)):
        text = re.sub(r"[./-]", "月", text)
    current = year
    for found in _FOUND.finditer(text):
        current = _year(found, current, year)
        moment = _date(found, current)
        if moment is not None:
            yield moment


def _year(found: re.Match[str], current: int, plan_year: int) -> int:
    word = found["y"] or ""
    if word in {"明年", "次年"}:
        return plan_year + 1
    if word.isdigit():
        return int(word) if len(word) == 4 else 2000 + int(word)
    return plan_year if word else current


def _date(found: re.Match[str], year: int) -> date | None:
    if found["compact"]:
        digits = found["compact"]
        return _day(int(digits[:4]), int(digits[4:6]), digits[6:], "")
    month = found["ym"] or found["m"]
    if month:
        day, part = found["yd"] or found["d"], found["ypart"] or found["part"]
        return _day(year, int(month), day or "", part or "")
    quarter = found["yq"] or found["yfq"] or found["q"] or found["q1"] or found["q2"]
    if quarter:
        return _day(year, int(quarter) * 3, "", "")
    half = found["yhalf"] or found["half"]
    if half:
        return _day(year, 6 if half.startswith("上") else 12, "", "")
    if found["feast"]:
        return date(year, *_FEASTS[found["feast"]])
    return date(year, 12, 31)


def _day(year: int, month: int, day: str, part: str) -> date | None:
    last = monthrange(year, month)[1]
    number = int(day) if day else _PART_DAYS.get(part, last)
    return date(year, month, number) if 1 <= number <= last else None
