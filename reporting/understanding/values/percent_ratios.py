"""What was counted over the goal of the task, and numbers without a sign that must be that."""

from collections.abc import Iterator

from reporting.understanding.values.figures_bare import unmeasured
from reporting.understanding.values.figures_scan import quantities
from reporting.understanding.values.figures_whole import Goals
from reporting.understanding.values.figures_words import REST_BEFORE
from reporting.understanding.words.spans import Clause

EXACTLY = 0.06  # per cent by which a share of one decimal may be rounded
_LEAST, _MOST = 1, 200  # a completion typed without its sign lies between


def ratios(clauses: list[Clause], goals: Goals) -> Iterator[tuple[float, bool]]:
    """What was counted over the goal in per cent, and whether it is what is left."""
    one = goals.quantities[:1] if len(goals.units) == 1 else goals.quantities
    words = [clause.words for clause in clauses]
    told = (
        (goal, count) for goal in one for text in words for count in quantities(text, goal.unit)
    )
    for goal, count in told:
        if count.unit == goal.unit and goal.value:
            yield 100 * count.value / goal.value, bool(REST_BEFORE.search(count.before))


def read_ratio(clauses: list[Clause], goals: Goals) -> float | None:
    """A number without sign or unit that is what was counted over the goal: 4563人,78.7."""
    bare = [n.value for clause in clauses for n, _ in unmeasured(clause) if n.value % 1]
    likely = [value for value in bare if _LEAST < value < _MOST]
    counted = [ratio for ratio, left in ratios(clauses, goals) if not left] if likely else []
    return next((v for v in likely if any(abs(ratio - v) < EXACTLY for ratio in counted)), None)
