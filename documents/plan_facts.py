"""What a plan says about itself: title, year, number, date, cutoff, office, stated totals."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from documents.numeral import small_number
from documents.page import Paragraph, one_line

_NUMBER = r"(\d{1,4}|[一二三四五六七八九十百]{1,5})"
_DOCUMENT = re.compile(r"[一-龥]{1,10}[〔\[（(【﹝]\s*20\d{2}\s*[〕\]）)】﹞]\s*\d{1,4}\s*号")
_QUOTED = re.compile(r"《(?P<title>[^《》]*(?:<[^<>]*>[^《》]*)?)》")
_PLAN_WORDS = re.compile(
    r"分解|分工|任务|目标|责任|清单|台账|实事|重点工作|重点项目|要点|计划|一览|方案|安排"
)
_DATE = re.compile(
    r"(?P<y>20\d{2}|二[〇○零一二三四五六七八九]{3})\s*[年./-]\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"\s*[月./-]\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?"
)
_CUTOFF = re.compile(
    r"每(?:个)?月(?:的)?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]"
    r"(?:[^。;；]{0,30}?(?:报|送|反馈|填|交|汇总|提供|更新))"
)
_OFFICE = re.compile(
    r"(?:[一-龥]{2,6}?[县区市州旗])?(?:人民政府|委员会|[县区市州旗]委|政府)(?:办公室)?(?:目标)?督[查察](?:督办)?"
    r"(?:室|局|科|办|组|中心)|[一-龥]{2,6}?[县区市州旗](?:委|政府)?督[查察](?:室|局|科|办)"
)
_VERBS = re.compile(r"^.*(?:由|报送|报|向|送|请|经|交|各|将|和|至)")
_TOTAL = re.compile(
    rf"(?:共|合计|总计|分解(?:为|成)|细化(?:为|成)|梳理(?:出|为)|分成)[^。;；\d一二三四五六七八九十]{{0,8}}"
    rf"(?:{_NUMBER}\s*个?(?:大)?(?:部分|方面|板块|大类|类|篇章|领域)[、,，共计含和及\s]*(?:分解|细化|具体)?(?:为)?[^\d。;；一二三四五六七八九十]{{0,4}})?"
    rf"{_NUMBER}\s*[项条件](?!.{0, 4}(?:建议|提案|要求|措施|制度|原则|机制))"
)
_PART_ONLY = re.compile(rf"(?:共|分为|分|分解为){_NUMBER}个?(?:大)?(?:部分|方面|板块|篇章)")
_PARTS = re.compile(
    rf"第{_NUMBER}(?:部分|方面|大?类|板块|章|篇)(?:[^。;；、,，第]{{0,30}}?|[^。;；第]{{0,40}}?[,，:：为是共有]+)"
    rf"(?:共|计|有)?\s*{_NUMBER}\s*[项条件]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Control totals a text states: tasks, parts, and tasks per part by its ordinal."""

    tasks: int | None = None
    parts: int | None = None
    by_part: tuple[tuple[int, int], ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the text around the tasks says about the plan."""

    title: str
    year: int | None
    office: str = ""
    document_number: str = ""
    issued_on: date | None = None
    cutoff_day: int | None = None
    totals: Totals = Totals()


def read_facts(remarks: Sequence[Paragraph], *, name: str, texts: Iterable[str] = ()) -> Facts:
    """The facts among the remarks; `name` is the file's, due texts may tell the year too."""
    lines = [one_line(remark.text) for remark in remarks]
    title = _title(lines) or name
    numbers = [unicodedata.normalize("NFKC", text) for text in (title, *lines[:3], name, *lines)]
    return Facts(
        title=title,
        year=_year([*numbers, *texts]),
        office=_office(lines),
        document_number=_first(_DOCUMENT, lines),
        issued_on=_issued(lines),
        cutoff_day=_cutoff(lines),
        totals=_totals(remarks),
    )


def _title(lines: Sequence[str]) -> str:
    for line in lines:
        if re.search(r"印发|关于|通知", line) and len(line) < 120:
            quoted = _QUOTED.search(line)
            if quoted and _PLAN_WORDS.search(quoted["title"]):
                return quoted["title"].replace("<", "《").replace(">", "》")
            issued = re.search(r"关于(?:印发|下达|分解|做好|公布)(.+?)的(?:通知|公告|意见)", line)
            if issued and _PLAN_WORDS.search(issued[1]):
                return issued[1]
    named = [
        line
        for line in lines[:12]
        if 6 <= len(line) <= 60
        and _PLAN_WORDS.search(line)
        and not re.search(r"[。；;:：]", line)
        and not _DOCUMENT.fullmatch(line)
    ]
    best = next((line for line in named if re.search(r"20\d{2}|二〇", line)), "")
    return best or (named[0] if named else "")


def _year(texts: Iterable[str]) -> int | None:
    for text in texts:
        found = re.search(r"(?<!\d)(20\d{2})(?=年|年度|[^\d]|$)", text)
        if found:
            return int(found[1])
        spelled = re.search(r"二[〇○零][一二三四五六七八九〇○零]{2}(?=年)", text)
        if spelled:
            return small_number(spelled[0].replace("○", "〇"))
    return None


def _first(pattern: re.Pattern[str], lines: Iterable[str]) -> str:
    found = (match for line in lines if (match := pattern.search(line)))
    return re.sub(r"\s", "", next((match[0] for match in found), ""))


def _office(lines: Iterable[str]) -> str:
    found = [match[0] for line in lines for match in _OFFICE.finditer(line)]
    names = [_VERBS.sub("", name) for name in found]
    return max(names, key=len, default="")


def _issued(lines: Sequence[str]) -> date | None:
    """A date standing alone, or after 印发/填报日期 and the like."""
    for line in lines:
        found = _DATE.search(line)
        if found is None:
            continue
        before = line[: found.start()]
        alone = not before.strip() and len(line) - len(found[0]) <= 4
        if alone or re.search(r"(?:日期|时间|印发|发布|成文)[:：]?\s*$", before):
            return _date(found)
    return None


def _date(found: re.Match[str]) -> date | None:
    parts = [small_number(found[group].replace("○", "〇")) or 0 for group in ("y", "m", "d")]
    try:
        return date(*parts)
    except ValueError:
        return None


def _cutoff(lines: Iterable[str]) -> int | None:
    for line in lines:
        found = _CUTOFF.search(line)
        day = small_number(found[1]) if found else None
        if day is not None and 1 <= day <= 31:
            return day
    return None


def _totals(remarks: Iterable[Paragraph]) -> Totals:
    totals = Totals()
    for remark in remarks:
        text = one_line(remark.text)
        by_part = tuple(
            (small_number(part) or 0, small_number(count) or 0)
            for part, count in _PARTS.findall(text)
        )
        whole = _TOTAL.search(_PARTS.sub("", text))
        parts = _PART_ONLY.search(text)
        if not by_part and not whole:
            continue
        totals = Totals(
            tasks=totals.tasks or (small_number(whole[2]) if whole else None),
            parts=totals.parts
            or (small_number(whole[1]) if whole and whole[1] else None)
            or (small_number(parts[1]) if parts else None),
            by_part=totals.by_part + by_part,
            place=totals.place or remark.place,
        )
    return totals
