"""Where the sender of a message stands in a plan: his tasks, what he owes, what he quoted."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reporting.understanding.choice.evidence import Asker
from reporting.understanding.choice.features import Spoken
from reporting.understanding.context import Context, Quoted
from reporting.understanding.naming.codes import code_key
from reporting.understanding.naming.index import PlanIndex

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
    reminded: bool  # it answers a reminder of what is owed
    asked_for_all: bool
    aliases: Mapping[str, str]
    spoken: Spoken  # the standing as the features see it
    month: str = ""

    @property
    def expected(self) -> tuple[int, ...]:
        """What a reply that names nothing may be about."""
        at_home = self.spoken.leads
        return self.owed if self.owed_given else tuple(n for n in self.own if n in at_home)


def stand(index: PlanIndex, context: Context) -> Standing:
    """Resolve a context; codes the plan does not know are ignored."""
    own = index.own(context.units)
    leads = tuple(n for n in own if not context.units.isdisjoint(index.entries[n].task.leads))
    mostly_supports = len(leads) * MOSTLY < len(own)
    at_home = frozenset(own if mostly_supports else leads)  # what he reports on readily
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
        reminded=reminder,
        asked_for_all=reminder or context.owed is not None,
        aliases=context.aliases,
        spoken=Spoken(
            leads=at_home,
            settled=_settled(own, owed, index, context.units),
            counted=_counted(index, own),
        ),
        month=context.month,
    )


def _settled(
    own: Collection[int], owed: Collection[int], index: PlanIndex, units: frozenset[str]
) -> frozenset[int]:
    """What has been reported, where it is known what is owed.

    The first lead owes the report (牵头单位负总责); others do only where they are asked too.
    """
    if not owed:
        return frozenset()
    firsts = ((n, index.entries[n].task.leads[:1]) for n in own)
    accountable = {n for n, first in firsts if not units.isdisjoint(first)}
    asked = accountable if accountable.issuperset(owed) else own
    return frozenset(asked).difference(owed)


def _counted(index: PlanIndex, own: Iterable[int]) -> Mapping[str, int]:
    """Unit of measure → how many of these tasks are counted in it."""
    return Counter(unit for n in own for unit in index.entries[n].counted)


def meanings(code: str, index: PlanIndex, standing: Standing) -> tuple[int, ...]:
    """The tasks a written code may mean: his own first, also 第3项 for 民3 or A3, then anybody's.

    More than one only where only the number is given, and several of his own have it.
    """
    exact = index.codes.get(code_key(code))
    if exact is not None and exact in standing.own:
        return (exact,)
    if not code.isdigit():
        return () if exact is None else (exact,)
    alike = tuple(n for n in standing.own if index.entries[n].number == code)
    plain_led = any(index.entries[n].task.code.isdigit() for n in standing.leads)
    if alike and not plain_led:
        return alike
    if exact is not None:
        return (exact,)
    others = tuple(n for n, entry in enumerate(index.entries) if entry.number == code)
    return others if len(others) == 1 and not alike else ()


def _positions(index: PlanIndex, codes: tuple[str, ...]) -> tuple[int, ...]:
    found = (index.codes.get(code_key(code)) for code in codes)
    return tuple(number for number in found if number is not None)
