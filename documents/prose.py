"""Tasks out of prose: numbered paragraphs that name units, under numbered headings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from documents.draft import Draft, Drafts
from documents.due_text import is_due
from documents.heading import Heading, inner_path, is_note, is_numbered, read_heading
from documents.page import Page, Paragraph, Problem, one_line
from documents.task_code import Coded, running_number, split_code
from documents.unit_cell import Duties, read_duties
from documents.unit_names import has_unit_ending

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


@dataclass(slots=True)
class _Item:
    place: str
    lines: list[str]
    coded: Coded | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def read_prose(page: Page) -> Drafts:
    """The tasks of a text without tables."""
    paragraphs = [block for block in page.blocks if isinstance(block, Paragraph)]
    path: tuple[Heading, ...] = ()
    headings: list[Heading] = []
    remarks: list[Paragraph] = []
    tasks: list[Draft] = []
    doubtful: list[tuple[int, _Item]] = []
    for item in _items(paragraphs):
        draft = _draft(item, path)
        if draft is not None:
            tasks.append(draft)
        elif _is_heading(item):
            heading = read_heading(item.lines[0], item.place)
            path = inner_path(path, heading)
            headings.append(heading)
        else:
            remarks.append(Paragraph(place=item.place, text=one_line(item.text)))
            if tasks and item.coded is not None:
                doubtful.append((len(tasks), item))
    used = {heading for draft in tasks for heading in draft.path}
    return Drafts(
        tasks=tuple(tasks),
        headings=tuple(heading for heading in headings if heading in used),
        remarks=tuple(remarks),
        problems=tuple(_nobody(item) for before, item in doubtful if before < len(tasks)),
    )


def _nobody(item: _Item) -> Problem:
    code = item.coded.code if item.coded else ""
    return Problem(
        place=item.place,
        text=f"第 {code} 项没有读出牵头单位，请写成“（某单位牵头，某单位配合）”或删去此项。",
    )


def _items(paragraphs: Iterable[Paragraph]) -> Sequence[_Item]:
    """Each numbered line with the unnumbered lines that tell more about it."""
    items: list[_Item] = []
    last = 0
    for paragraph in paragraphs:
        coded = split_code(paragraph.text, expected=last + 1)
        last = (running_number(coded.code) if coded else None) or last
        starts = coded is not None or is_numbered(paragraph.text)
        more = bool(_ANY_LABEL.match(paragraph.text.lstrip("(（【[ "))) or (
            paragraph.text[:1] in "(（【" and bool(_SPOKEN.search(paragraph.text))
        )
        if (more and items and not starts) or (more and items and paragraph.text[:1] in "(（【"):
            items[-1].lines.append(paragraph.text)
        else:
            items.append(_Item(place=paragraph.place, lines=[paragraph.text], coded=coded))
    return items


def _is_heading(item: _Item) -> bool:
    return len(item.lines) == 1 and is_numbered(item.text) and not is_note(item.text)


def _draft(item: _Item, path: tuple[Heading, ...]) -> Draft | None:
    """The task an item states; None where it names nobody to do it or has no number."""
    coded = item.coded
    heading = read_heading(item.text, item.place) if is_numbered(item.lines[0]) else None
    if coded is None and heading is None:
        return None
    body = "\n".join([coded.text, *item.lines[1:]]) if coded is not None else item.text
    fields = _Fields()
    title = _take_fields(body, fields)
    duties = _duties(fields.units)
    if not (duties.leads or duties.supports or duties.units):
        return None
    if coded is None:
        number = re.match(r"^[(（]?[一二三四五六七八九十]+[)）]?", title)
        code = number[0] if number else ""
        title = title[len(code) :].lstrip(_ENDS)
    else:
        code = coded.code
    leader = fields.leader or next((h.leader for h in reversed(path) if h.leader), "")
    return Draft(
        place=item.place,
        code=code,
        title=one_line(title).strip(_ENDS),
        path=path,
        kind=fields.kind,
        duties=duties,
        leader=leader,
        due=fields.due,
    )


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
    leads: list[str] = []
    supports: list[str] = []
    units: list[str] = []
    for text in texts:
        said = read_duties(text)
        leads.extend(said.leads)
        supports.extend(said.supports)
        units.extend(said.units)
    return Duties(leads=tuple(leads), supports=tuple(supports), units=tuple(units))
