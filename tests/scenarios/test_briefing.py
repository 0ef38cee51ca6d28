"""The office is told whom to ring before a round opens, and how everybody stands at its end."""

from bot.demo.stage import CHANNELS, DINGTALK, Stage
from reporting.overseer import Post
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind
from tests.scenarios.test_leave import person


async def test_the_office_is_briefed_before_the_round_and_told_how_it_ended(
    chat: Chat, stage: Stage
) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    lost = await person(stage, "l35")
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        for channel in CHANNELS.values():
            await work.accounts.mark_stale(channel, "l35", "离职")
    await chat.play(
        f"""
        == 06-24 10:00
        l11：我7月6日到8日休假，找{(await person(stage, "l26")).name}
          → 已登记休假
        == 06-25 18:01
        duban ← 2026年6月联络员38人：未送达1人 … {lost.name} … 本月主动提醒共 … 上限每人8条
        == 06-26 09:01
        duban ← （无）
        == 06-30 08:50
        duban ← （无）
        == 06-30 09:01
        duban ← 2026年7月报送前提示】7月1日 … 请先打电话（1） … {lost.name} … 休假（1） … 提醒最多
        == 07-01 09:01
        duban ← （无）
        """
    )
