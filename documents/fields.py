"""What a text says about a task besides its title: units, leader, due date, kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.due_text import is_due
from documents.page import one_line
from documents.unit_cell import Duties, read_duties
from documents.unit_names import has_unit_ending

_LENGTH_LIMIT = 4000  # longer texts are no task, and patterns over them would take long
_UNIT_LABEL = (
    r"(?:第一)?(?:牵头|主办|主责|承办|责任|配合|协办|协助|参与|参加)(?:责任)?(?:单位|部门|主体)"
)
_LEADER_LABEL = r"(?:责任|分管|牵头|包联|包保|联系|主管)?(?:[县区市]级?)?(?:领导|[县区市]长)"
_DUE_LABEL = r"(?:完成|办结|截止|整改)?(?:时限|时间节点|时间|期限|节点|日期)(?:要求)?"
_KIND_LABEL = r"(?:任务|目标)?(?:类别|类型)"
_ANY_LABEL = re.compile(
    rf"(?P<unit>{_UNIT_LABEL})[:：]|(?P<leader>{_LEADER_LABEL})[:：]|(?P<due>{_DUE_LABEL})[:：]"
    rf"|(?P<kind>{_KIND_LABEL})[:：]"
)
_SPOKEN = re.compile(r"牵头|负责(?=$|[,，;；、。)）])|主办|配合|协办|协助")
_BRACKETED = re.compile(
    r"[(（\[【]([^()（）【】\[\]]*(?:[(（][^()（）]*[)）][^()（）【】\[\]]*)*)[)）\]】]\s*[。;；.]?\s*$"
)
_CLAUSE = re.compile(r"[;；。,，]\s*([^;；。,，]*?)\s*[;；。.]?$")
_UNITS_ONLY = re.compile(
    r"(?:[、\s]*[县区市州旗省]?[一-龥]{2,14}(?:局|委|办|镇|乡|街道|政府|公司|委员会))+"
)
_ENDS = " ,，;；。.、:："


@dataclass(slots=True)
class _Fields:
    units: list[str] = field(default_factory=list)
    leader: str = ""
    due: str = ""
    kind: str = ""
    in_clause: bool = False  # the units stood in a clause of their own, commas between them


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text taken apart; `rest` is what remains of it, the title of a task."""

    rest: str
    duties: Duties = field(default_factory=Duties)
    leader: str = ""
    due: str = ""
    kind: str = ""


def take_fields(text: str) -> Said:
    """Take what is said about the task off the end of its text."""
    if len(text) > _LENGTH_LIMIT:
        return Said(rest=text)
    fields = _Fields()
    rest = _take_fields(text, fields)
    return Said(
        rest=rest.strip(_ENDS + "\n"),
        duties=_duties(fields.units),
        leader=fields.leader,
        due=fields.due,
        kind=fields.kind,
    )


def is_labelled(text: str) -> bool:
    """Whether a text names units behind a label (牵头单位：…)."""
    return any(found["unit"] for found in _ANY_LABEL.finditer(text[:_LENGTH_LIMIT]))


def tells_more(text: str) -> bool:
    """Whether a line only adds to the task before it: 牵头单位：… or （…牵头）."""
    text = text[:_LENGTH_LIMIT]
    in_brackets = text[:1] in {"(", "（", "【"} and bool(_SPOKEN.search(text))
    return in_brackets or bool(_ANY_LABEL.match(text.lstrip("(（【[ ")))


def _take_fields(body: str, fields: _Fields) -> str:
    """Take what is said about the task off the end of its text; what remains is the title."""
    rest = body.strip()
    while True:
        shorter = _take_bracket(rest, fields)
        shorter = _take_labels(shorter, fields)
        shorter = _take_clause(shorter, fields)
        if shorter == rest:
            return rest.strip(_ENDS + "\n")
        rest = shorter


def _take_bracket(text: str, fields: _Fields) -> str:
    found = _BRACKETED.search(text)
    if found is None:
        return text
    inner = found[1]
    if _ANY_LABEL.search(inner):
        _take_labels(inner, fields)
    elif _SPOKEN.search(inner):
        _take_spoken(inner, fields)
    elif is_due(inner) and not fields.due:
        fields.due = inner.strip(_ENDS)
    else:
        return text
    return text[: found.start()].rstrip()


def _take_labels(text: str, fields: _Fields) -> str:
    """Everything from the first label on: 牵头单位：…；完成时限：…"""
    labels = list(_ANY_LABEL.finditer(text))
    if not labels:
        return text
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        value = _unbracketed(text[label.end() : end])
        match label.lastgroup:
            case "unit":
                fields.units.append(f"{label['unit']}:{value}")
            case "leader":
                fields.leader = fields.leader or one_line(value)
            case "due":
                fields.due = fields.due or one_line(value)
            case _:
                fields.kind = fields.kind or one_line(value)
    return text[: labels[0].start()].rstrip(" (（【[\n")


def _unbracketed(text: str) -> str:
    """The value without the brackets of the list it stood in; its own stay."""
    text = text.strip(_ENDS + "\n【】[]")
    for opening, closing in ("()", "（）"):
        if text.count(closing) > text.count(opening):
            text = text.removesuffix(closing)
        elif text.count(opening) > text.count(closing):
            text = text.removesuffix(opening)
    return text.strip(_ENDS + "\n")


def _take_spoken(text: str, fields: _Fields) -> None:
    """县发改局牵头，县财政局配合，12月底前完成: units by verb and perhaps a date among them."""
    kept = []
    for clause in re.split(r"[,，;；。]", text):
        if is_due(clause) and not fields.due:
            fields.due = clause.strip()
        elif clause.strip():
            kept.append(clause)
    fields.units.append(",".join(kept))


def _take_clause(text: str, fields: _Fields) -> str:
    """The last clause, where it is a due date or tells who does the work."""
    found = _CLAUSE.search(text)
    if found is None or not found[1]:
        return text
    clause = found[1]
    if is_due(clause) and not fields.due:
        fields.due = clause
    elif _tells_duty(clause):
        fields.units.insert(0, clause)
        fields.in_clause = True
    elif fields.in_clause and _UNITS_ONLY.fullmatch(clause):
        fields.units[0] = f"{clause}、{fields.units[0]}"
    else:
        return text
    return text[: found.start()]


def _tells_duty(clause: str) -> bool:
    """Whether a clause says who does the work, and does not just use the same verbs."""
    said = read_duties(clause)
    names = said.leads + said.supports + said.units
    verb = re.search(r"(?:牵头|配合|协办|协助|负责)(?:负责|落实|实施)?$", clause)
    return verb is not None and all(has_unit_ending(name) or len(name) <= 6 for name in names)


def _duties(texts: Sequence[str]) -> Duties:
    return sum(map(read_duties, texts), Duties())
