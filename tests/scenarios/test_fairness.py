"""Nobody is written to more often than his office's budget allows."""

import sqlalchemy as sa

from bot.demo.stage import BEGINNING, CHANNELS, Stage
from reporting.guards import Policy
from reporting.policy import change_policy
from storage.tables import audit
from tests.scenarios.chat import Chat


async def test_a_reminder_over_the_months_budget_is_held_back_and_on_record(
    chat: Chat, stage: Stage
) -> None:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        policy = change_policy(Policy(), {"reminder_budget": "2"})
        await work.registry.save_policy(stage.office_id, policy)
    await chat.play(
        """
        == 06-17 09:01
        l35 ← 还有5个工作日
        == 06-22 09:01
        l35 ← 还有3个工作日
        == 06-24 09:01
        l35 ← （无）
        == 06-24 10:00
        l35：投诉 催得太多
          → 已登记
        """
    )
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        assert [one.words for one in await work.complaints.all(stage.office_id)] == [
            "投诉 催得太多"
        ]
        held = await work.connection.scalar(
            sa.select(sa.func.count()).where(audit.c.action == "reminder_held_back")
        )
    assert held
    assert held > 1


async def test_who_was_not_reached_is_rung_and_not_counted_late(chat: Chat, stage: Stage) -> None:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        for channel in CHANNELS.values():
            await work.accounts.mark_stale(channel, "l35", "离职")
    await chat.play(
        """
        == 06-17 09:01
        l35 ← （无）
        == 06-25 18:01
        群 ← 应报110项 … 未报送 … 通知未送达，不计迟报（1个单位 … 第42项
        """
    )
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        unreached = await work.reach.unreached(stage.office_id, BEGINNING)
    assert [one.key for one in unreached] == ["l35"]
