"""The one numbered question about a doubtful message, and reading its answer."""

from dataclasses import dataclass

from reporting.understanding.outcome import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One numbered line of a question: choosing it says that `doubt` is about `task`."""

    number: int
    doubt: int
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All doubts of one message; numbers run on over the doubts, from 1."""

    doubts: tuple[Doubt, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The answer picked these choices."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NoneOfThem:
    """The answer says that no choice is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongNumber:
    """The answer is a number that the question does not offer."""

    number: int


@dataclass(frozen=True, slots=True)
class NotAnAnswer:
    """The text is a message of its own."""


Answer = Chosen | NoneOfThem | WrongNumber | NotAnAnswer
