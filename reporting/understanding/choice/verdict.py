"""What a block of a message may turn out to be about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """The block is about these tasks."""

    tasks: tuple[int, ...]
    probability: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """The block is about one of these, or none; `turning` if the first are those told last."""

    candidates: tuple[int, ...]
    turning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """The block is about a task of another unit."""

    task: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """The block names nothing; `ranked` are the sender's tasks, likeliest first."""

    ranked: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclaimed:
    """The block is about work of a kind that no task of the plan is of; `ranked` as in a blank."""

    kind: str
    ranked: tuple[int, ...]


Verdict = Sure | Unsure | Foreign | Blank | Unclaimed
