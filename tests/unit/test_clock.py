"""The clocks tell an aware office time, and the movable one only moves forward."""

import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock, SystemClock
from reporting.errors import UserMistake

A_DAY = timedelta(days=1)
A_MOMENT = timedelta(seconds=5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "demo" / "clock"


def is_near(moment: datetime, expected: datetime) -> bool:
    return abs(moment - expected) < A_MOMENT


def test_the_system_clock_tells_the_office_time() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(hours=8)
    assert is_near(now, datetime.now(UTC))


def test_an_unmoved_clock_tells_real_time(path: Path) -> None:
    now = MovableClock(path).now()
    assert is_near(now, datetime.now(UTC))
    assert now.utcoffset() == timedelta(hours=8)


def test_a_moved_clock_goes_on_from_there(path: Path) -> None:
    clock = MovableClock(path)
    first = clock.move(A_DAY)
    assert is_near(first, datetime.now(UTC) + A_DAY)
    assert clock.now() >= first


def test_moves_add_up(path: Path) -> None:
    clock = MovableClock(path)
    clock.move(A_DAY)
    assert is_near(clock.move(A_DAY), datetime.now(UTC) + 2 * A_DAY)


def test_the_clock_moves_to_a_moment(path: Path) -> None:
    clock = MovableClock(path)
    cutoff = datetime.now(UTC) + 30 * A_DAY
    assert is_near(clock.move_to(cutoff), cutoff)


def test_a_demonstration_begins_in_a_month_gone_by_and_only_once(path: Path) -> None:
    clock, first = MovableClock(path), datetime.now(UTC) - 90 * A_DAY
    assert is_near(clock.begin(first), first)
    clock.move(A_DAY)
    assert is_near(MovableClock(path).begin(first), first + A_DAY)


def test_another_process_and_a_restarted_one_see_the_move(path: Path) -> None:
    other = MovableClock(path)
    other.now()
    MovableClock(path).move(A_DAY)
    assert is_near(other.now(), datetime.now(UTC) + A_DAY)
    assert is_near(MovableClock(path).now(), datetime.now(UTC) + A_DAY)


def test_the_clock_never_goes_back(path: Path) -> None:
    clock = MovableClock(path)
    clock.move(A_DAY)
    with pytest.raises(UserMistake, match="只能向前"):
        clock.move(-timedelta(seconds=1))
    with pytest.raises(UserMistake, match="已经过去"):
        clock.move_to(datetime.now(UTC))
    assert is_near(clock.now(), datetime.now(UTC) + A_DAY)


def move_often(path: Path, times: int) -> None:
    clock = MovableClock(path)
    for _ in range(times):
        clock.move(A_DAY)


def test_processes_that_move_at_once_lose_no_move(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    movers = [context.Process(target=move_often, args=(path, 5)) for _ in range(2)]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join(30)
    assert is_near(MovableClock(path).now(), datetime.now(UTC) + 10 * A_DAY)
