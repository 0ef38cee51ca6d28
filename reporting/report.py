"""A report: what one reply says about one task in one round."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a task stands, only as far as the text says so."""

    DONE = "done"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_STARTED = "not_started"


STATUS_WORDS = {
    Status.DONE: "已完成",
    Status.ON_TRACK: "正常推进",
    Status.BEHIND: "滞后",
    Status.NOT_STARTED: "未启动",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value reached now, in base units: 万 and 亿 expanded, 公里 and 亩 kept, ratios in "%"."""

    name: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an item of a reply says: progress, problem, next step, suggestion (四报).

    `percent` is the overall completion of the task and may exceed 100. The three texts are literal
    parts of the reply. All empty means the reply names the task and no more.
    """

    percent: float | None = None
    status: Status | None = None
    problem: str | None = None
    next_step: str | None = None
    suggestion: str | None = None
    figures: tuple[Figure, ...] = ()
