"""The office accepts, returns, asks and closes; the liaison is told and owes again."""

import pytest
import sqlalchemy as sa

from bot.demo.stage import DINGTALK, Stage
from reporting.overseer import Post
from storage.tables import reports
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


@pytest.fixture(autouse=True)
async def office(stage: Stage) -> None:
    """A member of the office who writes from his own account."""
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")


async def test_a_returned_report_is_owed_again_and_is_not_late_when_put_right(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(
        """
        == 06-24 10:00
        l35：42号完成70%
          → 已全部报齐
        == 06-25 19:00
        duban：退回 42 数据不实，请核实
          → 已退回1项：第42项 … 已通知
        l35 ← 第42项 … 已退回，原因：数据不实，请核实 … 不影响考核
        l35：我的任务
          → 未报1项 … 第42项
        l35「已退回」：完成60%
          → 已记录1项： … 第42项 … 60% … 已全部报齐
        l17：75项PM2.5均值36微克，正常推进
          → 已记录1项（截止后补报）
        """
    )
    async with stage.bot.store.engine.connect() as connection:
        rows = await connection.execute(
            sa.select(reports.c.late, reports.c.returned_at).order_by(reports.c.id)
        )
        assert [(row.late, row.returned_at is not None) for row in rows] == [
            (False, True),
            (False, False),
            (True, False),
        ]


async def test_a_task_is_closed_with_evidence_and_reopened_by_a_return(chat: Chat) -> None:
    await chat.play(
        """
        == 06-24 10:00
        l35：42号完成70%
          → 已记录1项
        duban：销号 42 依据验收报告
          → 最近填报不是已完成，不能销号
        l35：42号全部完成
          → 已记录1项
        duban：销号 42
          → 未经审核通过，也没有写明佐证
        duban：通过 42
          → 已通过1项
        duban：销号 42
          → 已销号1项 … 已通知
        == 07-08 10:00
        l35：我的任务
          → 未报0项
        duban：退回42项，现场核查发现未投用
          → 已退回1项
        l35 ← （无）
        l35：我的任务
          → 未报1项 … 第42项
        """.replace("l35 ← （无）", "l35 ← 现场核查发现未投用")
    )


async def test_orders_in_bulk_are_carried_out_as_a_whole_or_not_at_all(chat: Chat) -> None:
    await chat.play(
        """
        == 06-24 10:00
        l26：107号完成50%，108号完成60%
          → 已记录2项
        duban：退回 107、108、42 请补充佐证
          → 第42项还没有填报，不能退回
        l26：我的任务
          → 未报0项
        duban：退回 107、108，3月份数据有误
          → 已退回2项：第107、108项
        l26 ← 第108项 … 原因：3月份数据有误
        l26：107号完成50%，108号完成60%
          → 已记录2项
        duban：通过 全部
          → 已通过2项：第107、108项
        duban：追问 107 资金到位了吗？
          → 已追问1项
        l26 ← 第107项 … 请补充说明：资金到位了吗
        duban：退回 107
          → 请写明退回的原因
        duban：退回 9999 不实
          → 没有第9999项
        """
    )


async def test_nobody_else_can_return_a_report(chat: Chat) -> None:
    await chat.play(
        """
        == 06-24 10:00
        l26：107号完成50%
          → 已记录1项
        stranger：退回 107 数据不实
          → 名单
        l26：我的任务
          → 未报1项 … 第108项
        """
    )
