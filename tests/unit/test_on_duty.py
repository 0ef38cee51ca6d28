"""Who is asked for a unit on a day."""

from datetime import date

from reporting.leave import Leave
from reporting.liaison import Liaison, Rung
from reporting.office import Account, Correspondent
from reporting.on_duty import DutyRoster

DAY = date(2026, 6, 12)
EDUCATION, WATER = "县教育局", "县水利局"


def person(number: int, unit: str, duty: Rung = Rung.LIAISON) -> Correspondent:
    liaison = Liaison(key=str(number), name=f"人{number}", units=(unit,), duty=duty)
    return Correspondent(office_id=1, liaison_id=number, liaison=liaison)


def away(liaison_id: int, stand_in: int | None = None) -> Leave:
    return Leave(liaison_id=liaison_id, starts=DAY, ends=DAY, stand_in=stand_in)


def roster(*leaves: Leave, without_account: tuple[int, ...] = ()) -> DutyRoster:
    people = (
        person(1, EDUCATION),
        person(2, EDUCATION, Rung.DEPUTY),
        person(3, WATER),
        person(4, EDUCATION, Rung.SECTION_HEAD),
    )
    return DutyRoster(
        people=people,
        accounts={
            one.liaison_id: Account(channel="wx", user_id=one.liaison.key, liaison_id=1)
            for one in people
            if one.liaison_id not in without_account
        },
        leaves={leave.liaison_id: leave for leave in leaves},
    )


def asked(of: DutyRoster) -> dict[int, tuple[str, ...]]:
    return {one.liaison_id: units for one, units in of.asked()}


def test_only_liaisons_are_asked_while_they_are_there() -> None:
    assert asked(roster()) == {1: (EDUCATION,), 3: (WATER,)}


def test_the_deputy_is_asked_during_a_leave_and_where_a_liaison_has_no_account() -> None:
    assert asked(roster(away(1))) == {2: (EDUCATION,), 3: (WATER,)}
    assert asked(roster(without_account=(1,))) == {2: (EDUCATION,), 3: (WATER,)}


def test_a_named_stand_in_of_another_unit_is_asked_for_both_in_one_message() -> None:
    assert asked(roster(away(1, stand_in=3))) == {3: (EDUCATION, WATER)}


def test_a_stand_in_who_is_away_himself_gives_way_to_the_deputy() -> None:
    assert asked(roster(away(1, stand_in=3), away(3))) == {2: (EDUCATION,)}
    assert roster(away(1, stand_in=3), away(3)).unattended() == (WATER,)


def test_a_unit_of_which_nobody_is_there_is_left_to_the_telephone() -> None:
    nobody = roster(away(1), without_account=(2,))
    assert nobody.unattended() == (EDUCATION,)
    assert [one.liaison_id for one in nobody.on_rung(EDUCATION, Rung.SECTION_HEAD)] == [4]
