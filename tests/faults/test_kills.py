"""kill -9 at random moments while replies arrive: nothing lost, nothing twice."""

import json
import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import fight
from tests.faults.campaign import Orders
from tests.faults.tally import Tally
from tests.support.servers import RunningServers

SEED = 20260622


def report(name: str, orders: Orders, tally: Tally) -> None:
    """Print the figures, so that a log of the tests shows them."""
    figures = json.dumps({"seed": orders.seed, **tally.as_json()}, ensure_ascii=False)
    sys.stdout.write(f"\n{name}: {figures}\n")


def has_kept_faith(tally: Tally) -> bool:
    return (tally.lost, tally.doubled, tally.unshown) == (0, 0, 0)


@pytest.mark.timeout(400)
async def test_ten_kills_of_the_bot_lose_and_double_none_of_250_replies(
    servers: RunningServers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders = Orders(replies=250, blows=10, seed=SEED, through_the_month=True)
    tally = await fight(orders, servers, tmp_path)
    with capsys.disabled():
        report("one process", orders, tally)
    assert has_kept_faith(tally)
    assert (tally.sent, tally.kills, tally.digests) == (250, 10, 2)
    assert tally.reminders > 0


@pytest.mark.timeout(300)
async def test_kills_of_two_workers_and_the_web_on_rough_platforms_lose_and_double_nothing(
    servers: RunningServers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roles = ("web", "worker", "worker")
    orders = Orders(
        replies=150, blows=6, roles=roles, seed=SEED, through_the_month=True, rough=True
    )
    tally = await fight(orders, servers, tmp_path)
    with capsys.disabled():
        report("two workers and the web", orders, tally)
    assert has_kept_faith(tally)
    assert (tally.sent, tally.kills, tally.digests) == (150, 6, 2)
