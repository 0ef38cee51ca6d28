"""What belongs to no task is forgotten in time; the ledger, its dossiers and its trail are not."""

from datetime import timedelta

from bot.app import Role
from bot.forgetting import NOTHING, Forgetter
from reporting.guards import Policy
from reporting.policy import change_policy
from tests.support.town import Town, W
from tests.support.town_at_work import Place, rows, settle


async def keep(town: Town, months: str) -> None:
    """The office decides how long."""
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        policy = change_policy(Policy(), {"keep_months": months})
        await work.registry.save_policy(town.office_id, policy)


async def forget(town: Town, *, only_count: bool = False) -> tuple[int, int]:
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        office = await work.plans.office(town.office_id)
    forgetter = Forgetter(store=town.bot.store, clock=town.clock)
    gone = await (forgetter.count(office) if only_count else forgetter.forget(office))
    return gone.messages, gone.sendings


async def talk(town: Town) -> None:
    """A report, a command and small talk."""
    for text in ("第1项完成50%", "帮助", "好的，收到"):
        await town.simulator.say(W, "Liaison00", text)
    await settle(town)


async def test_by_default_everything_is_kept_for_ever(place: Place) -> None:
    async with place.at_work() as (town, _):
        await talk(town)
        town.clock.move(timedelta(days=9999))
        assert await forget(town) == (NOTHING.messages, NOTHING.sendings)
        assert await rows(town, "SELECT count(*) FROM inbox") == [(3,)]


async def test_after_its_time_only_what_belongs_to_a_task_is_left(place: Place) -> None:
    async with place.at_work(Role.ALL) as (town, _):
        await keep(town, "14")
        await talk(town)
        town.clock.move(timedelta(days=14 * 31 - 1))
        assert await forget(town) == (0, 0)
        await talk(town)
        town.clock.move(timedelta(days=1, minutes=1))
        assert await forget(town, only_count=True) == (2, 1)
        assert await forget(town) == (2, 1)
        assert await forget(town) == (0, 0)
        kept = await rows(town, "SELECT outcome FROM inbox ORDER BY id")
        assert kept[0] == ("record",)
        assert len(kept) == 4
        assert await rows(town, "SELECT count(*) FROM reports") == [(2,)]
        noted = "SELECT details->>'messages', details->>'sendings' FROM audit"
        assert await rows(town, f"{noted} WHERE action = 'forgotten'") == [("2", "1")]
