"""Counting calls against documented limits."""

from collections import defaultdict, deque
from collections.abc import Callable

from reporting.ports import Limit


class Meter:
    """Sliding windows by name; `seconds` tells the time the limits are measured in."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._taken: defaultdict[str, deque[float]] = defaultdict(deque)

    def allows(self, name: str, *limits: Limit) -> bool:
        """Count one use of this name; False if a limit is exceeded by it."""
        now = self._seconds()
        taken = self._taken[name]
        oldest = now - max((limit.seconds for limit in limits), default=0)
        while taken and taken[0] <= oldest:
            taken.popleft()
        taken.append(now)
        return all(
            sum(1 for moment in taken if moment > now - limit.seconds) <= limit.count
            for limit in limits
        )
