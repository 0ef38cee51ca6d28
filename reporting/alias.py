"""Short names (别名) that an office has been taught for its tasks, and which of them count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from reporting.understanding.dialogue.alias import looks_like_name

ENOUGH = 2  # confirmations of a word that does not look like a name


class Source(StrEnum):
    """Who taught it."""

    ANSWER = "answer"  # a liaison answered which task was meant
    CORRECTION = "correction"  # a liaison said that another task was meant
    OFFICE = "office"  # the office moved a report to the right task
    OPERATOR = "operator"


SOURCE_WORDS = {
    Source.ANSWER: "联络员回答提问",
    Source.CORRECTION: "联络员更正",
    Source.OFFICE: "督查室改记",
    Source.OPERATOR: "管理员添加",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedAlias:
    """One short name of one task; `confirmed` counts how often it was taught."""

    words: str
    task_id: int
    code: str
    title: str
    source: Source
    confirmed: int
    made_by: str
    learned_at: datetime

    @property
    def is_trusted(self) -> bool:
        """Taught outright, or by answers: a name by one, any other word by two."""
        taught = self.source is not Source.ANSWER or self.confirmed >= ENOUGH
        return taught or looks_like_name(self.words, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Words that someone said are about a task."""

    words: str
    task_id: int
    source: Source
    by: str

    def named(self, word: str) -> "Lesson":
        """The lesson for one word of what was said."""
        return replace(self, words=word)


def usable_aliases(known: Iterable[LearnedAlias]) -> Mapping[str, str]:
    """Alias → task code; one taught for two tasks counts for neither, and is asked about again."""
    tasks: dict[str, set[str]] = {}
    for alias in known:
        tasks.setdefault(alias.words, set()).add(alias.code)
    return {
        alias.words: alias.code
        for alias in known
        if alias.is_trusted and len(tasks[alias.words]) == 1
    }


class Aliases(Protocol):
    """What the office has been taught."""

    async def of(self, task_ids: Sequence[int]) -> Sequence[LearnedAlias]:
        """The aliases of these tasks that are in force."""

    async def learn(self, office_id: int, lesson: Lesson) -> bool:
        """Keep a lesson or count it again; False where the operator barred it."""

    async def carry(self, office_id: int, tasks: Mapping[int, int]) -> None:
        """What was taught of the first of each pair of tasks holds of the second as well."""

    async def forget(self, task_id: int, words: Sequence[str]) -> Sequence[str]:
        """These aliases of a task are wrong; those that were in force."""
