"""A clause in its role: progress, problem, next step or suggestion."""

from dataclasses import dataclass
from enum import StrEnum

from reporting.understanding.words import leads as lead
from reporting.understanding.words.spans import Clause


class Role(StrEnum):
    """What a clause is for."""

    PROGRESS = "progress"
    PROBLEM = "problem"
    NEXT = "next"
    SUGGESTION = "suggestion"


TOLD = (Role.PROBLEM, Role.NEXT, Role.SUGGESTION)  # what a report tells beside the progress


@dataclass(frozen=True, slots=True)
class Told:
    """A clause in its role; `start` to `end` are its own words, without a lead-in.

    `weight`: 0 carried on from the clause before, 1 by its own words, 2 a stated cause or lead-in,
    3 a lead-in with a colon. From 2 on it opens a part that lasts to the end of the sentence or
    line. `lag`: it states no more than that the task is behind.
    """

    clause: Clause
    role: Role
    start: int
    end: int
    weight: int = 1
    lag: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether the part is only named, to say that there is none (问题:无)."""
        words = self.clause.words[self.start - self.clause.start :].strip()
        return not words or bool(lead.NOTHING.fullmatch(words))
