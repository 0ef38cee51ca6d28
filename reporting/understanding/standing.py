"""Where the sender of a message stands in a plan: his tasks, what he owes, what he quoted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reporting.understanding.codes import code_key
from reporting.understanding.context import Context, Quoted
from reporting.understanding.evidence import Asker
from reporting.understanding.features import Spoken
from reporting.understanding.index import PlanIndex

MOSTLY = 3  # a unit that leads less than a third of its tasks reports on the others as readily


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A context resolved against a plan; all tasks by position in the plan."""

    own: tuple[int, ...]
    asker: Asker
    leads: tuple[int, ...]
    owed: tuple[int, ...]
    owed_given: bool
    quoted: int | None
    asked_for_all: bool
    aliases: Mapping[str, str]
    counted: Mapping[str, int]  # unit of measure → how many of his tasks are counted in it
    month: str = ""

    @property
    def expected(self) -> tuple[int, ...]:
        """What a reply that names nothing may be about."""
        return self.owed if self.owed_given else tuple(n for n in self.own if n in self.at_home)

    @property
    def at_home(self) -> frozenset[int]:
        """The tasks he reports on readily."""
        mostly_supports = len(self.leads) * MOSTLY < len(self.own)
        return frozenset(self.own if mostly_supports else self.leads)

    @property
    def spoken(self) -> Spoken:
        """The standing as the features see it."""
        return Spoken(leads=self.at_home, counted=self.counted)


def stand(index: PlanIndex, context: Context) -> Standing:
    """Resolve a context; codes the plan does not know are ignored."""
    own = index.own(context.units)
    leads = tuple(n for n in own if context.units & set(index.entries[n].task.leads))
    owed = _positions(index, context.owed or ())
    reminder = context.quoted == Quoted.REMINDER
    quoted = None if reminder or context.quoted is None else context.quoted
    return Standing(
        own=own,
        asker=Asker(
            own=frozenset(own),
            units=context.units,
            names=index.names.place_pairs(context.units),
        ),
        leads=leads,
        owed=tuple(n for n in owed if n in own),
        owed_given=context.owed is not None,
        quoted=index.codes.get(code_key(quoted)) if quoted else None,
        asked_for_all=reminder or context.owed is not None,
        aliases=context.aliases,
        counted=Counter(unit for n in own for unit in index.entries[n].counted),
        month=context.month,
    )


def resolve(code: str, index: PlanIndex, standing: Standing) -> int | None:
    """The task a written code means: his own first, also 第3项 for 民3, then anybody's."""
    exact = index.codes.get(code_key(code))
    if exact is not None and exact in standing.own:
        return exact
    if code.isdigit():
        alike = [n for n in standing.own if _number_of(index, n) == code]
        plain_led = any(index.entries[n].task.code.isdigit() for n in standing.leads)
        if len(alike) == 1 and not plain_led:
            return alike[0]
    return exact


def _number_of(index: PlanIndex, number: int) -> str:
    return code_key(index.entries[number].task.code).lstrip("民生实事第")


def _positions(index: PlanIndex, codes: tuple[str, ...]) -> tuple[int, ...]:
    found = (index.codes.get(code_key(code)) for code in codes)
    return tuple(number for number in found if number is not None)
