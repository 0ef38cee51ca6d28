"""What numbers and sides tell of a task: values that add up to its target, the part it is."""

import pytest

from reporting.understanding.naming.titles import phase
from reporting.understanding.values.measure import Target, amounts, is_counted, wholes


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("开工了,11个完工,剩下4个没进场", Target(15.0, "个")),
        ("签了212户,还有48户在谈", Target(260.0, "户")),
        ("换了18台,还差12台", Target(30.0, "台")),
    ],
)
def test_what_is_done_and_what_is_left_make_the_whole(said: str, whole: Target) -> None:
    found = [(amount.start, amount.target) for amount in amounts(said)]
    assert list(wholes(said, found)) == [whole]


@pytest.mark.parametrize("said", ["完工11个,开工4个", "剩4个", "修了11公里,还有4户没签"])
def test_numbers_of_other_things_make_no_whole(said: str) -> None:
    found = [(amount.start, amount.target) for amount in amounts(said)]
    assert not list(wholes(said, found))


def test_ships_and_vehicles_are_counted_as_people_speak() -> None:
    assert is_counted(Target(60.0, "艘"), "条")
    assert is_counted(Target(30.0, "辆"), "台")
    assert not is_counted(Target(5.0, "条"), "艘")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("沟西边那段挖完了", "西段"), ("东头段铺油", "东段"), ("北侧的段", "北段"), ("西边的事", "")],
)
def test_a_stretch_is_known_by_the_side_it_lies_on(said: str, meant: str) -> None:
    assert phase(said) == meant
