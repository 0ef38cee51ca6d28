"""The port of a second opinion: which of a few tasks a text is about, asked of a model outside.

Off unless the operator sets an address. It chooses among what would be asked about anyway, and
never says a figure, percent or status (数字一律不取自模型).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reporting.secrecy import screen_text
from reporting.understanding.outcome import Doubt

ADVISED = 0.9  # what a report is kept with that rests on it
MOST_OPTIONS = 12
LONGEST_WORDS = 500
_MASKED = re.compile(r"\*{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A task it may choose."""

    code: str
    title: str


class Advisor(Protocol):
    """Whoever is asked; silent about everything that goes wrong."""

    async def choose(self, words: str, options: Sequence[Option]) -> str | None:
        """The code of the option the words are about; None where it cannot or does not say."""


def may_be_asked(doubt: Doubt) -> bool:
    """Whether there is a choice to make, and nothing in the words that must stay here."""
    screened = screen_text(doubt.words)
    return (
        2 <= len(doubt.candidates) <= MOST_OPTIONS
        and len(doubt.words) <= LONGEST_WORDS
        and not (screened.marked or screened.masked or _MASKED.search(doubt.words))
    )
