"""Tasks out of prose: numbered paragraphs that name units, under numbered headings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.draft import Draft, Drafts
from documents.fields import take_fields, tells_more
from documents.heading import Heading, inner_path, is_note, is_numbered, read_heading
from documents.page import Page, Paragraph, Problem, one_line
from documents.task_code import Coded, running_number, split_code

_ENDS = " ,，;；。.、:："


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
        elif _is_heading(item) and not _follows(item, tasks):
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
        bracketed = paragraph.text[:1] in {"(", "（", "【"}
        if items and tells_more(paragraph.text) and (bracketed or not starts):
            items[-1].lines.append(paragraph.text)
        else:
            items.append(_Item(place=paragraph.place, lines=[paragraph.text], coded=coded))
    return items


def _is_heading(item: _Item) -> bool:
    return len(item.lines) == 1 and is_numbered(item.text) and not is_note(item.text)


def _follows(item: _Item, tasks: Sequence[Draft]) -> bool:
    """Whether the item's number goes on from the last task: it is a task too, not a heading."""
    number = running_number(item.coded.code) if item.coded else None
    return bool(tasks) and number is not None and running_number(tasks[-1].code) == number - 1


def _draft(item: _Item, path: tuple[Heading, ...]) -> Draft | None:
    """The task an item states; None where it names nobody to do it or has no number."""
    coded = item.coded
    if coded is None and not is_numbered(item.lines[0]):
        return None
    said = take_fields("\n".join([coded.text, *item.lines[1:]]) if coded else item.text)
    if not said.duties:
        return None
    code, title = (coded.code, said.rest) if coded else _spelled_code(said.rest)
    leader = said.leader or next((h.leader for h in reversed(path) if h.leader), "")
    return Draft(
        place=item.place,
        code=code,
        title=one_line(title).strip(_ENDS),
        path=path,
        kind=said.kind,
        duties=said.duties,
        leader=leader,
        due=said.due,
    )


def _spelled_code(text: str) -> tuple[str, str]:
    """A task numbered like a heading: （一）新建…（某单位牵头）."""
    number = re.match(r"[(（]?[一二三四五六七八九十]+[)）]?", text)
    code = number[0] if number else ""
    return code, text[len(code) :].lstrip(_ENDS)
