"""What the bot knows about a message before reading it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Quoted(StrEnum):
    """What a quoted message was, when it was not a card about one task."""

    REMINDER = "owed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The sender's place in the plan.

    `units` are full names; `quoted` is the task code of the quoted card, `Quoted.REMINDER` for the
    list of all tasks owed, or None; `owed` are the codes still owed in this round (None: every
    task of his units); `month` is "2026-06"; `aliases` are short names this office has
    confirmed, as `plain` writes them, alias → task code.
    """

    units: frozenset[str]
    quoted: str | None = None
    owed: tuple[str, ...] | None = None
    month: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
