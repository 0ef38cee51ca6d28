"""What is rehearsed is what happens, message for message."""

from datetime import timedelta

import sqlalchemy as sa

from bot.demo.stage import WECOM, Stage
from bot.rehearsal import rehearse_month
from reporting.calendar import OFFICE_ZONE
from reporting.overseer import Post
from storage.tables import outbox
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


async def test_the_real_month_equals_the_rehearsed_one_message_for_message(
    chat: Chat, stage: Stage
) -> None:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        leaders = (await work.registry.directory(stage.office_id)).leaders
    for number, leader in enumerate(leaders, 1):
        await bind(stage, Post.LEADER, leader.name, WECOM, f"leader{number:02}")
    rehearsed = await rehearse_month(stage.bot.store, stage.office_id, 2026, 6)
    for moment in sorted({one.at for one in rehearsed}):
        for before in (timedelta(minutes=-2), timedelta(), timedelta(minutes=2)):
            await stage.move_clock_to(moment + before)
    async with stage.bot.store.engine.connect() as connection:
        rows = await connection.execute(sa.select(outbox).order_by(outbox.c.id))
        real = [
            (
                row.written_at.astimezone(OFFICE_ZONE).strftime("%m-%d %H:%M"),
                row.channel,
                row.target,
                row.kind,
                row.text,
            )
            for row in rows
        ]
    expected = [
        (one.at.strftime("%m-%d %H:%M"), one.channel, one.to, one.kind.value, one.text)
        for one in rehearsed
    ]
    assert len(real) >= 150
    assert sorted(real) == sorted(expected)
