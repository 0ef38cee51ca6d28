"""What is rehearsed is what happens, message for message."""

from datetime import timedelta

import sqlalchemy as sa

from bot.demo.stage import DINGTALK, WECOM, Stage
from bot.rehearsal import Rehearsed, rehearse_month
from reporting.calendar import OFFICE_ZONE
from reporting.liaison import Rung
from reporting.overseer import Post
from reporting.round import RoundRules
from storage.tables import outbox
from tests.scenarios.chat import Chat
from tests.scenarios.test_escalation import UP_TO_THE_LEADER, allow, staff_the_ladder
from tests.scenarios.test_inquiry import bind

Message = tuple[str, str, str, str, str]


async def live_through(chat: Chat, rehearsed: list[Rehearsed]) -> None:
    """Let the clock strike before, at and after every rehearsed moment, all messages delivered."""
    for moment in sorted({one.at for one in rehearsed}):
        for before in (timedelta(minutes=-2), timedelta(), timedelta(minutes=2)):
            await chat.stage.move_clock_to(moment + before)
            await chat.player.settle()


async def written(stage: Stage) -> list[Message]:
    """Everything in the outbox: when, where, to whom, of which kind, in which words."""
    async with stage.bot.store.engine.connect() as connection:
        rows = await connection.execute(sa.select(outbox).order_by(outbox.c.id))
        return [
            (
                row.written_at.astimezone(OFFICE_ZONE).strftime("%m-%d %H:%M"),
                row.channel,
                row.target,
                row.kind,
                row.text,
            )
            for row in rows
        ]


def foretold(rehearsed: list[Rehearsed]) -> list[Message]:
    """The same of a rehearsal."""
    return [
        (one.at.strftime("%m-%d %H:%M"), one.channel, one.to, one.kind.value, one.text)
        for one in rehearsed
    ]


async def test_the_real_month_equals_the_rehearsed_one_message_for_message(
    chat: Chat, stage: Stage
) -> None:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        leaders = (await work.registry.directory(stage.office_id)).leaders
    for number, leader in enumerate(leaders, 1):
        await bind(stage, Post.LEADER, leader.name, WECOM, f"leader{number:02}")
    rehearsed = await rehearse_month(stage.bot.store, stage.office_id, 2026, 6)
    await live_through(chat, rehearsed)
    real = await written(stage)
    assert len(real) >= 150
    assert sorted(real) == sorted(foretold(rehearsed))


async def test_a_month_with_everything_on_is_rehearsed_as_it_happens(
    chat: Chat, stage: Stage
) -> None:
    """An early cutoff, so that the ladder is climbed to the leader within the month."""
    await staff_the_ladder(stage)
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    settings = {**UP_TO_THE_LEADER, "notice_at_opening": "是", "reminder_budget": "7"}
    await allow(stage, settings)
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        office = await work.plans.office(stage.office_id)
        await work.registry.save_office(office.name, RoundRules(cutoff_day=13), office.phone)
    await chat.play("== 06-30 08:00")
    await chat.player.settle()
    rehearsed = await rehearse_month(stage.bot.store, stage.office_id, 2026, 7)
    await live_through(chat, rehearsed)
    # Of what is written in June only the briefing is July's.
    real = [one for one in await written(stage) if one[0] >= "07-01" or "7月报送前" in one[4]]
    assert sorted(real) == sorted(foretold(rehearsed))
    rules = {one.rule for one in rehearsed}
    assert {f"逾期逐级提醒（{rung.value}）" for rung in Rung} < rules
    assert {"开轮前告知督查室", "开轮报送通知", "签收提醒"} < rules
    briefing, *_ = [one.text for one in rehearsed if one.rule == "开轮前告知督查室"]
    reminders = [one for one in rehearsed if one.rule.startswith("截止前提醒")]
    assert f"提醒最多{len(reminders)}条" in briefing
