"""The virtual clock as the chat page moves it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """A moment to jump to: `name` for the API (cutoff), `label` for the button (到截止时刻)."""

    name: str
    label: str
    at: datetime


MoveClock = Callable[[timedelta], Awaitable[None]]
FindLandmarks = Callable[[datetime], Awaitable[Sequence[Landmark]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The clock, how to move it (None: it cannot be moved) and the moments worth jumping to."""

    clock: Clock
    move: MoveClock | None = None
    find_landmarks: FindLandmarks | None = None

    async def landmarks(self) -> tuple[Landmark, ...]:
        """The landmarks that still lie ahead."""
        if self.move is None or self.find_landmarks is None:
            return ()
        now = self.clock.now()
        return tuple(one for one in await self.find_landmarks(now) if one.at > now)
