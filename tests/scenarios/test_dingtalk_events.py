"""What DingTalk tells of the organisation's people, and what the office makes of it."""

from bot.demo.stage import CHANNELS, Stage
from reporting.messages import Platform
from storage.roster import list_liaisons
from tests.scenarios.chat import Chat

D = Platform.DINGTALK


async def stale(stage: Stage) -> dict[str, str]:
    """Whose account is stale, and why."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        listed = await list_liaisons(work.connection, stage.office_id)
    return {one.key: one.stale[0] for one in listed if one.stale}


async def test_d14_everybody_who_left_is_stale_until_he_returns(chat: Chat, stage: Stage) -> None:
    first, second, third = (one.user_id for one in stage.simulator.people(D)[:3])
    push = stage.simulator.dingtalk_events.push
    # A stranger's number looks like a bank card's, and is still an account.
    left = await push("user_leave_org", [first, "6222020200112233445", second.upper()])
    assert left.acknowledged
    await chat.player.settle()
    told = await stale(stage)
    assert set(told) == {first, second}
    assert "离职" in told[first]
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        reached = await work.people.accounts(stage.office_id)
    ids = {one.user_id for one in reached if one.channel == CHANNELS[D]}
    assert {first, second, third} & ids == {third}
    await push("user_add_org", [first])
    await push("user_modify_org", [second, third])
    await chat.player.settle()
    assert await stale(stage) == {}
