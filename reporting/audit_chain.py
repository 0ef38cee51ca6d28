"""The audit's hash chain: each line is sealed over its content and the seal of the line before.

Whoever changes, removes, inserts or reorders a line breaks the chain of his office at that place.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what to what: a line before it is sealed."""

    office_id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """A sealed line; `number` counts the office's lines from 1 without a gap."""

    number: int
    entry: AuditEntry
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """How far an office's chain has come: the number and seal of its last line."""

    number: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """Where a chain is broken, and how, in words."""

    number: int
    words: str


def seal_entry(entry: AuditEntry, head: ChainHead) -> AuditLine:
    """The line that follows the head."""
    number = head.number + 1
    return AuditLine(
        number=number, entry=entry, prev_hash=head.hash, hash=_seal(entry, number, head.hash)
    )


def head_after(line: AuditLine) -> ChainHead:
    """The head once this line stands."""
    return ChainHead(number=line.number, hash=line.hash)


def chain_faults(lines: Iterable[AuditLine], head: ChainHead) -> Iterator[ChainFault]:
    """Every broken place of a chain, in order; `lines` by number, `head` as it is kept."""
    before = ChainHead()
    for line in lines:
        yield from _line_faults(line, before)
        before = head_after(line)
    if before != head:
        yield ChainFault(
            number=head.number,
            words=f"链尾应为第{head.number}条，实际到第{before.number}条，末尾有缺失、新增或改动",
        )


def _line_faults(line: AuditLine, before: ChainHead) -> Iterator[ChainFault]:
    expected = before.number + 1
    if line.number > expected:
        yield ChainFault(number=expected, words=f"第{expected}条至第{line.number - 1}条缺失")
    elif line.number < expected:
        yield ChainFault(number=line.number, words=f"第{line.number}条重复，有插入")
    elif line.prev_hash != before.hash:
        yield ChainFault(number=line.number, words=f"第{line.number}条与上一条不衔接")
    if line.hash != _seal(line.entry, line.number, line.prev_hash):
        yield ChainFault(number=line.number, words=f"第{line.number}条内容与封印不符")


def _seal(entry: AuditEntry, number: int, prev_hash: str) -> str:
    content = (
        prev_hash,
        number,
        entry.office_id,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.action,
        entry.subject,
        entry.details,
    )
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
