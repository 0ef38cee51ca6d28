"""Lateness in working days, only of who was reached; what puts an earlier report right is none."""

import sqlalchemy as sa

from bot.demo.stage import CHANNELS, DINGTALK, Stage
from reporting.overseer import Post
from storage.tables import reports
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


async def test_a_report_is_late_by_working_days_and_only_where_its_unit_was_reached(
    chat: Chat, stage: Stage
) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        for channel in CHANNELS.values():
            await work.accounts.mark_stale(channel, "l35", "离职")
    await chat.play(
        """
        == 06-17 09:01
        l26：107号完成50%，进度滞后，因贷款审批慢
          → 已记录1项
        duban：追问 107 完成多少了？
          → 台账已有，没有再次发问：第107项本月已报：进度50%
        l26：107号进度滞后，完成52%
          → 已记录1项 … 52%
        == 06-26 10:00
        l35：42号完成70%，正常推进
          → 已记录1项：
        l26：107号完成55%，正常推进
          → 已记录1项：
        l17：75项PM2.5均值36微克，正常推进
          → 已记录1项（截止后补报） … 不足1个工作日
        == 06-29 18:00
        l13：90号完成70%，正常推进
          → 已记录1项（截止后补报） … 迟报2个工作日
        """
    )
    async with stage.bot.store.engine.connect() as connection:
        rows = await connection.execute(sa.select(reports.c.late).order_by(reports.c.id))
        assert [row.late for row in rows] == [False, False, False, False, True, True]
