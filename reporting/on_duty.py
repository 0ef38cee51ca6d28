"""Who is asked for a unit on a day: its liaisons, whoever stands in for them, else its B角."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reporting.leave import Leave
from reporting.liaison import Rung
from reporting.office import Account, Correspondent


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRoster:
    """The office's people on one day; `leaves` are those of the day, by liaison.

    `accounts` are where people can be written to, one for each.
    """

    people: Sequence[Correspondent]
    accounts: Mapping[int, Account]
    leaves: Mapping[int, Leave]
    _held: dict[tuple[str, Rung], list[Correspondent]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Find people by unit and duty without searching everybody for every unit."""
        for person in self.people:
            for unit in person.liaison.units:
                self._held.setdefault((unit, person.liaison.duty), []).append(person)

    def on_rung(self, unit: str, rung: Rung) -> tuple[Correspondent, ...]:
        """Who holds this duty in a unit and is not away; a liaison may have named a stand-in."""
        held = self._held.get((unit, rung), [])
        if rung is Rung.LIAISON:
            return _each_once(one for person in held for one in self._himself_or_stand_in(person))
        return tuple(person for person in held if person.liaison_id not in self.leaves)

    def asked_for(self, unit: str) -> tuple[Correspondent, ...]:
        """Who is reminded for a unit: its liaisons who can be written to, else its deputies."""
        return self.within_reach(unit, Rung.LIAISON) or self.within_reach(unit, Rung.DEPUTY)

    def within_reach(self, unit: str, rung: Rung) -> tuple[Correspondent, ...]:
        """Who of a rung has an account."""
        return tuple(p for p in self.on_rung(unit, rung) if p.liaison_id in self.accounts)

    def asked(self) -> tuple[tuple[Correspondent, tuple[str, ...]], ...]:
        """Everybody who is asked today with the units he is asked for, in directory order."""
        units: dict[int, list[str]] = {}
        for unit in self.units():
            for person in self.asked_for(unit):
                units.setdefault(person.liaison_id, []).append(unit)
        return tuple(
            (person, tuple(units[person.liaison_id]))
            for person in self.people
            if person.liaison_id in units
        )

    def units(self) -> tuple[str, ...]:
        """Every unit somebody answers for."""
        own = (u for p in self.people if p.liaison.duty in _ANSWERING for u in p.liaison.units)
        return tuple(dict.fromkeys(own))

    def unattended(self) -> tuple[str, ...]:
        """The units for which nobody can be written to today."""
        return tuple(unit for unit in self.units() if not self.asked_for(unit))

    def _himself_or_stand_in(self, person: Correspondent) -> Iterable[Correspondent]:
        leave = self.leaves.get(person.liaison_id)
        if leave is None:
            return (person,)
        present = (p for p in self.people if p.liaison_id not in self.leaves)
        return (p for p in present if p.liaison_id == leave.stand_in)


_ANSWERING = frozenset({Rung.LIAISON, Rung.DEPUTY})


def _each_once(people: Iterable[Correspondent]) -> tuple[Correspondent, ...]:
    return tuple({person.liaison_id: person for person in people}.values())
