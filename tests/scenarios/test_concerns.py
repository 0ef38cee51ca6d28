"""A problem in a report stays open, on the leaders' digest too, until it has a result."""

import pytest
import sqlalchemy as sa

from bot.demo.stage import DINGTALK, Stage
from reporting.overseer import Post
from storage.tables import audit, concerns
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


@pytest.fixture(autouse=True)
async def office(stage: Stage) -> None:
    """A member of the office who writes from an account of the platform."""
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")


async def test_a_problem_is_opened_handed_over_and_closed_with_a_result(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(
        """
        == 06-24 10:00
        l35：42号完成40%，进度滞后，因贷款审批慢，建议县财政局协调贴息
          → 已记录1项
        duban：未办结问题
          → 未办结事项（2项） … 问题1 第42项 … 柳沟镇人民政府，7月8日 … 建议2 第42项
        duban：转办 建议2 县财政局 7月3日前
          → 已转办：建议2 → 县财政局，7月3日（周五）前，已通知
        l12 ← 【建议转办】第42项 … 请县财政局于7月3日（周五）前办理
        == 06-25 18:01
        群 ← 建议2 第42项：县财政局协调贴息（县财政局，7月3日（周五）前办结）
        duban：办结 问题1
          → 请写明办理结果
        duban：办结 问题1、建议2 县长办公会已研究，贴息资金列入追加预算
          → 已办结：问题1、建议2，结果：县长办公会已研究
        duban：未办结问题
          → 没有未办结的问题建议
        """
    )
    async with stage.bot.store.engine.connect() as connection:
        closed = (await connection.execute(sa.select(concerns).order_by(concerns.c.id))).all()
        assert {row.closed_by for row in closed} == {"staff:王敏"}
        actions = list(await connection.scalars(sa.select(audit.c.action)))
        assert [actions.count(f"concern_{verb}") for verb in ("opened", "assigned", "closed")] == [
            2, 1, 2,
        ]  # fmt: skip


async def test_a_withdrawn_report_takes_its_problem_back(chat: Chat) -> None:
    await chat.play(
        """
        == 06-24 10:00
        l35：42号完成40%，因贷款审批慢进度滞后
          → 已记录1项
        l35：撤回
          → 已撤回
        duban：未办结问题
          → 没有未办结的问题建议
        """
    )


async def test_a_blocker_of_three_units_is_proposed_for_a_joint_meeting(chat: Chat) -> None:
    await chat.play(
        """
        == 06-24 10:00
        duban：共性问题
          → 没有三个以上单位反映的共性问题
        l35：42号完成40%，进度滞后，存在问题：资金缺口大
          → 已记录1项
        l25：46号完成30%，进度滞后，存在问题：资金缺口500万元
          → 已记录1项
        l17：75号均值36微克，存在问题：监测资金没到位
          → 已记录1项
        duban：共性问题
          → 资金保障：3个单位反映 … 涉及第42、46、75项，建议提交联席会议研究
        == 06-25 18:01
        群 ← 联席会议4 资金保障：3个单位反映 … 建议提交联席会议研究
        """
    )
