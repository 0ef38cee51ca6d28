"""Servers killed, restarted and emptied, clocks set wrongly: nothing lost, nothing twice."""

import json
import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import fight_on_own_ground
from tests.faults.campaign import Orders
from tests.faults.trouble import Trouble

TROUBLES = (
    Trouble.KILL_BOT,
    Trouble.KILL_DATABASE,
    Trouble.RESTART_DATABASE,
    Trouble.KILL_CACHE,
    Trouble.FLUSH_CACHE,
    Trouble.CLOCK_FORWARD,
    Trouble.CLOCK_BACK,
    Trouble.CROSS_MONTH,
)


@pytest.mark.timeout(400)
async def test_troubles_of_every_kind_in_turn_lose_and_double_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders = Orders(
        replies=120,
        blows=len(TROUBLES),
        roles=("web", "worker", "worker"),
        seed=20260701,
        through_the_month=True,
        troubles=TROUBLES,
    )
    tally = await fight_on_own_ground(orders, tmp_path, away=3.0)
    with capsys.disabled():
        figures = json.dumps({"seed": orders.seed, **tally.as_json()}, ensure_ascii=False)
        sys.stdout.write(f"\ntroubles of every kind: {figures}\n")
    assert (tally.lost, tally.doubled, tally.unshown) == (0, 0, 0)
    assert (tally.sent, tally.kills) == (120, 1)
