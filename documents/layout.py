"""Where a grid's headers stand and which column holds what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.column import Role, role_of
from documents.due_text import is_due
from documents.heading import is_numbered
from documents.page import Grid, Row, one_line
from documents.unit_names import has_unit_ending

_HEADER_WIDTH = 40
_WORD_WIDTH = 14
_NOTE = re.compile(r"[(（][^()（）]*[)）]")
# A bare number, or 填表日期：2026年1月5日: something filled in, not the name of a column.
_VALUE = re.compile(r"^[\d.%-]+$|^[^(（]*[:：]\s*\S")
_DIRECTORY_ROLES = frozenset(
    {Role.NAME, Role.ALIAS, Role.FULL_NAME, Role.WECOM, Role.DINGTALK, Role.PHONE, Role.POST}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The rows that stand under one header; `headers` are the columns' full texts."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    grid: Grid
    above: tuple[Row, ...] = ()
    roles: tuple[Role | None, ...] = field(default=())

    def columns(self, *roles: Role) -> tuple[int, ...]:
        """The columns with one of these roles, from the left."""
        return tuple(at for at, role in enumerate(self.roles) if role in roles)


def is_header(row: Row) -> bool:
    """Whether a row names columns: short words, half of them known, of two sorts at least."""
    texts = tuple(_NOTE.sub("", one_line(text)) for text in row.texts)
    if len(texts) < 2 or any(len(text) > _HEADER_WIDTH or _VALUE.search(text) for text in texts):
        return False
    roles = [role_of(text) if len(text) <= _WORD_WIDTH else None for text in texts]
    if any(
        role in {None, Role.UNITS} and _is_value(text)
        for text, role in zip(texts, roles, strict=True)
    ):
        return False
    if roles.count(Role.MILESTONE) == 1:
        # 10月 alone may be a due date: then the rest must be a header without it.
        roles.remove(Role.MILESTONE)
    known = [role for role in roles if role is not None]
    return len(set(known)) >= 2 and len(known) >= 0.5 * len(roles)


def _is_value(text: str) -> bool:
    if is_numbered(text):
        return False  # 一、工业: a section's name where the header of the task column belongs
    return has_unit_ending(text) or is_due(text) or bool(re.search(r"[、，,；;。]", text))


def blocks(grid: Grid) -> tuple[Block, ...]:
    """The grid cut at its header rows; a header repeated further down continues its block."""
    parts: list[tuple[tuple[str, ...], list[Row]]] = [((), [])]
    at = 0
    while at < len(grid.rows):
        end = _header_end(grid.rows, at)
        if end == at or not _is_another(grid.rows[at], parts[-1][0]):
            end = at
        if end == at:
            parts[-1][1].append(grid.rows[at])
            at += 1
            continue
        headers = _headers(grid.rows[at:end])
        same = [part for part in parts if part[0] == headers]
        if not same or parts[-1] is not same[-1]:
            parts.append((headers, []))
        at = end
    return _with_above(grid, parts)


def _is_another(row: Row, headers: tuple[str, ...]) -> bool:
    """Whether a row under a header may be one too: the same again, or plainly of its own."""
    if not headers:
        return True
    again = sum(any(one_line(text) in header for header in headers) for text in row.texts)
    known = sum(role_of(text) is not None for text in row.texts)
    return 2 * again > len(row.texts) or (known >= 2 and known >= 0.8 * len(row.texts))


def is_directory(block: Block) -> bool:
    """Whether the block lists units, people or short names rather than tasks."""
    has_directory = bool(block.columns(*_DIRECTORY_ROLES))
    return has_directory and not block.columns(Role.TITLE, Role.DUE, Role.LEAD, Role.SUPPORT)


def _header_end(rows: Sequence[Row], at: int) -> int:
    """The row after the header that starts here; the same row when none does."""
    end = at
    while end < len(rows) and end - at < 3 and is_header(rows[end]):
        end += 1
    below = end < len(rows) and end == at and _is_second_header(rows, at)
    return at + 2 if below else end


def _is_second_header(rows: Sequence[Row], at: int) -> bool:
    """A first header row may say too little by itself (责任分工 over 牵头, 配合): look at both."""
    if at + 1 >= len(rows) or len(rows[at].texts) < 2 or not is_header(rows[at + 1]):
        return False
    shared = sum(a == b != "" for a, b in zip(rows[at].cells, rows[at + 1].cells, strict=False))
    return shared >= 2


def _headers(rows: Sequence[Row]) -> tuple[str, ...]:
    width = max(len(row.cells) for row in rows)
    columns = (
        dict.fromkeys(one_line(row.cells[at]) for row in rows if at < len(row.cells))
        for at in range(width)
    )
    return tuple("".join(parts) for parts in columns)


def _with_above(grid: Grid, parts: list[tuple[tuple[str, ...], list[Row]]]) -> tuple[Block, ...]:
    """Rows before the first header stay with the block that follows; without one they are it."""
    (_, first), rest = parts[0], parts[1:]
    if not rest:
        return (Block(headers=(), rows=tuple(first), grid=grid),)
    made = []
    for at, (headers, rows) in enumerate(rest):
        above = tuple(first) if at == 0 else ()
        roles = tuple(role_of(header) for header in headers)
        made.append(Block(headers=headers, rows=tuple(rows), grid=grid, above=above, roles=roles))
    return tuple(made)
