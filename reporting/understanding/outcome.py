"""What understanding a message ends in: exactly one of five outcomes."""

from dataclasses import dataclass
from enum import StrEnum

from reporting.report import Facts


class CommandName(StrEnum):
    """What a person can ask of the bot instead of reporting."""

    MY_TASKS = "my_tasks"
    HELP = "help"
    WITHDRAW = "withdraw"
    DEADLINE = "deadline"
    COMPLAIN = "complain"
    BIND = "bind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing said about one task; `words` is its literal text, `evidence` why this task.

    `probability` is the calibrated chance that the task is right, 0..1.
    """

    task: str
    facts: Facts
    words: str
    probability: float = 1.0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing said that may be about any of `candidates` (task codes, likeliest first).

    `first` is the number its first choice was asked under before: it keeps it when asked again;
    `rest` is what the message says of whatever it does not speak of (其余正常).
    """

    words: str
    facts: Facts
    candidates: tuple[str, ...]
    first: int | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Items sure enough to write, and the doubts of the same message that must be asked about."""

    items: tuple[Item, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Nothing is sure: ask one question that covers every doubt."""

    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """It names tasks of other units (`tasks`), or, with none, work that no task of the plan is."""

    why: str
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command to the bot in these words, which may name a code to withdraw."""

    name: CommandName
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """A greeting, thanks or talk that reports nothing."""


Outcome = Record | Ask | Refuse | Command | Nothing
