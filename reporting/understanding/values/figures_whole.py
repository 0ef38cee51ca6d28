"""Whether a number is the size of the whole of which another number is a part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reporting.report import Figure
from reporting.understanding.values import figures_words as say
from reporting.understanding.values.figures_scan import Quantity, quantities
from reporting.understanding.values.figures_units import UNITS, as_written
from reporting.understanding.words.spans import fold

_NEARLY = 0.95
_TOLD = 4  # letters: 治理完成2.4万亩 repeats no title that says 完成…治理2.4万亩
_LARGE = 100  # a number as large that the title names too is the title's, whatever its unit


@dataclass(frozen=True, slots=True)
class Goals:
    """A task's title and what it sets out to reach."""

    title: str  # folded
    quantities: tuple[Quantity, ...]

    @property
    def usual(self) -> str:
        """The unit of a number that names none."""
        return next((goal.unit for goal in self.quantities if goal.value > 1), "")

    @property
    def units(self) -> frozenset[str]:
        """What the task is counted in."""
        return frozenset(goal.unit for goal in self.quantities)

    def shown(self, quantity: Quantity) -> str:
        """How the unit of a quantity is put down beside the task's own."""
        return as_written(quantity.unit, quantity.written, self.units)

    @property
    def wholes(self) -> Mapping[float, str]:
        """The numbers that the task sets, with their units."""
        return {goal.value: goal.unit for goal in self.quantities if goal.value > 1}


@lru_cache(maxsize=4_096)
def goals_of(title: str) -> Goals:
    """What the title of a task, as it is written, sets out to reach."""
    folded = fold(title)
    return Goals(folded, tuple(quantities(folded)))


def is_total(quantity: Quantity, later: Sequence[Quantity], goals: Goals) -> bool:
    """Whether it is the size of the whole: "26个已开工24个", or what the title sets as target."""
    part = next((q for q in later if q.unit == quantity.unit != "元"), None)
    if part and (part.value > quantity.value or say.ASIDE.search(part.before)):
        part = None
    if say.DUTY_AFTER.match(quantity.after) and any("实际" in q.before for q in later):
        return True  # 8000亩任务已全部完成,实际整治8126亩
    if part and say.OF_THEM.match(quantity.after):
        return True
    if part and part.reached_before and not _is_told_apart(quantity):
        return True
    if say.KEPT.search(goals.title) and not say.TASKED.search(quantity.before):
        return False  # 稳定菜地8600亩: as much is what is reached
    return not quantity.over and _is_goal(quantity, goals) and not _is_met(quantity, goals.title)


def falls_short(figures: Iterable[Figure], goals: Goals) -> bool:
    """Whether all that is counted as the task is counted is well below what it sets out to do."""
    pairs = [
        (figure.value, goal.value)
        for goal in goals.quantities
        for figure in figures
        if UNITS.get(figure.unit, figure.unit) == goal.unit
    ]
    return bool(pairs) and all(value < _NEARLY * goal for value, goal in pairs)


def is_sum(quantity: Quantity, earlier: Sequence[Quantity]) -> bool:
    """Whether it names the whole after its part: 完成120根(总共260根)."""
    parts = [q for q in earlier if q.unit == quantity.unit and q.value < quantity.value]
    smaller = parts and not any(say.MORE.search(part.before) for part in parts)
    return bool(smaller) and bool(say.SUM_BEFORE.search(quantity.before))


def is_divided(quantity: Quantity, later: Sequence[Quantity]) -> bool:
    """Whether those behind make it up and nothing was done with all: 9个点位,7个接入,2个在改."""
    parts = [q.value for q in later if q.unit == quantity.unit != "元"]
    if any(say.INNER.search(q.before) for q in later[:1]):
        return False
    sums = [sum(parts[:count]) for count in (2, 3) if len(parts) >= count]
    return quantity.value in sums and not _is_told_apart(quantity)


def _is_told_apart(quantity: Quantity) -> bool:
    """Whether a larger number before its part says itself what was done: 开工120户,竣工97户."""
    words = say.IN_ALL.sub("", quantity.before)
    if words != quantity.before and not say.REACHED.search(words):
        return False  # 一共21个,开工19个
    nearby = say.DONE_NEARBY.search(quantity.before)
    done = (
        quantity.reached
        or quantity.did
        or say.FOUND.search(quantity.before)
        or (nearby and not say.CONCERNED.search(quantity.before))
    )
    return bool(
        say.ASIDE.search(quantity.before)
        or quantity.after.startswith(("了", "啦", "、"))
        or quantity.before.endswith(("本月", "当月"))
        or (done and not say.NOMINAL.search(quantity.before))
    )


def _is_goal(quantity: Quantity, goals: Goals) -> bool:
    return any(
        goal.value == quantity.value and (goal.unit == quantity.unit or goal.value >= _LARGE)
        for goal in goals.quantities
    )


def _is_met(quantity: Quantity, title: str) -> bool:
    """Whether as many as the title sets are done: 开工120户 is, 老旧小区改造26个 names the task."""
    if quantity.did or say.ALL.match(quantity.after) or say.ALREADY.search(quantity.before):
        return True
    verb = say.REACHED.search(quantity.before)
    told = quantity.before[-_TOLD:]
    anew = verb and (verb[0][:2] not in title or (told.endswith("完成") and told not in title))
    return bool(anew and not say.NOMINAL.search(quantity.before))
