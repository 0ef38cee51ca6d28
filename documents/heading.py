"""Section headings, notes and totals among a table's wide rows and a letter's paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.numeral import small_number
from documents.page import one_line, plain

_WORDS = "[一二三四五六七八九十]{1,3}"
_LEVELS = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (0, rf"^第({_WORDS}|\d{{1,2}})(?:部分|篇|章|编|板块|大项)[、.:：\s]*"),
        (1, rf"^({_WORDS})[、.．:：\s]+"),
        (1, r"^([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[IVX]{1,4}(?=[、.．]))[、.．\s]*"),
        (2, rf"^[(（]({_WORDS})[)）][、.．:：\s]*"),
        (3, r"^(\d{1,2})[、.．]\s*(?!\d)"),
        (4, r"^[(（](\d{1,2})[)）][、.．]?\s*"),
    )
)
_NUMBER = rf"(\d{{1,4}}|{_WORDS})"
_COUNT = re.compile(
    rf"[(（【\[]?\s*(?:共|计|合计|共计|总计)?\s*{_NUMBER}\s*(?:大)?[项条个件](?:任务|工作|事项|内容|指标|具体任务)?"
    r"\s*[)）】\]]?\s*$"
)
_BRACKETED = re.compile(r"[(（【\[]([^()（）]*)[)）】\]]\s*$")
_LEADER = re.compile(
    r"(?:责任|分管|牵头|包联|联系|包保|主管)?(?:[县区市]级?)?领导\s*[:：]\s*([一-龥](?:\s?[一-龥]){1,3})"
)
_NOTE = re.compile(
    r"^[*※★▲(（]*\s*(?:备?注(?:[:：\d、.\s]|$)|(?:填[表报])?说明[:：]?|附注|附件\s*\d*\s*$|本表|以上(?:任务|各项|事项)"
    r"|(?:联系人|联系电话|联系方式|制表|审核|填报|编制|单位|附件|抄送|主送|印发)[^，,。]{0,6}[:：]"
    r"|(?:带|标)[★▲*]|[★▲*](?:为|号|标))"
)
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section's heading: its text without the count it states, its depth and its ordinal."""

    place: str
    text: str
    level: int = 9
    ordinal: int | None = None
    count: int | None = None
    leader: str = ""


def read_heading(text: str, place: str, *, level: int | None = None) -> Heading:
    """The heading a text makes; one without a number stands below those with one."""
    line = one_line(text)
    leader = _LEADER.search(line)
    body, count = _without_count(line)
    depth, ordinal = _numbered(body)
    return Heading(
        place=place,
        text=body,
        level=depth if level is None else level,
        ordinal=ordinal,
        count=count,
        leader=re.sub(r"\s", "", leader[1]) if leader else "",
    )


def is_numbered(text: str) -> bool:
    """Whether a short line begins with the number of a section and is no sentence."""
    line = one_line(text)
    short = len(line) <= 60 and not re.search(r"[。；;]", line[:-1])
    return short and _numbered(line)[0] < 9


def is_note(text: str) -> bool:
    """Whether a wide row is a footnote, a form's head or a contact line."""
    return bool(_NOTE.match(one_line(text)))


def is_total(text: str) -> bool:
    """Whether a row only sums up."""
    return bool(_TOTAL.match(plain(text)))


def inner_path(path: Sequence[Heading], heading: Heading) -> tuple[Heading, ...]:
    """The path of headings after entering one: its equals and deeper ones are left."""
    return (*(known for known in path if known.level < heading.level), heading)


def section_of(path: Sequence[Heading]) -> str:
    """The section's name as the plan states it."""
    return " ".join(heading.text for heading in path)


def _without_count(line: str) -> tuple[str, int | None]:
    count: int | None = None
    while bracket := _BRACKETED.search(line):
        inner = bracket[1]
        counted = _COUNT.search(inner)
        if not counted and not _LEADER.search(inner):
            return line.strip(), count
        count = small_number(counted[1]) if counted else count
        line = line[: bracket.start()].strip()
    bare = re.search(rf"[,，:：\s]*共\s*{_NUMBER}\s*[项条个件](?:任务)?[。.]?$", line)
    if bare:
        return line[: bare.start()].strip(), small_number(bare[1])
    return re.sub(r"[:：]$", "", line).strip(), count


def _numbered(line: str) -> tuple[int, int | None]:
    for level, pattern in _LEVELS:
        found = pattern.match(line)
        if found and line[found.end() :].strip():
            return level, small_number(found[1])
    return 9, None
