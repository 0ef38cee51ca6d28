"""A complaint is kept whatever else is going on, and whoever makes it."""

import sqlalchemy as sa

from bot.demo.stage import DINGTALK, WECOM, Stage
from reporting.overseer import Post
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


async def complaints(stage: Stage) -> list[tuple[str, str]]:
    """Who complained of what, the newest first."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        return [(one.name, one.words) for one in await work.complaints.all(stage.office_id)]


async def test_a_complaint_is_kept_while_a_question_is_open_and_answers_nothing(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l26：完成60%
          → 1. 第107项 … 2. 第108项
        l26：投诉
          → 请把意见写在“投诉”后面
        l26：投诉：问来问去
          → 已登记
        l26：1
          → 已记录1项 … 第107项
        l26「已记录」：投诉 1号数据天天要
          → 已登记，将由专人处理，不影响考核
        == 06-26 09:30
        l26：投诉建议，截止太早
          → 已登记
        l20：104号12345投诉处理完成96家，占80%
          → 已记录1项
        """
    )
    kept = [words for _, words in await complaints(stage)]
    assert kept == ["投诉建议，截止太早", "投诉 1号数据天天要", "投诉：问来问去"]


async def test_leaders_staff_and_strangers_may_complain(chat: Chat, stage: Stage) -> None:
    await bind(stage, Post.LEADER, "李建国", WECOM, "leader01")
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    await chat.play(
        """
        == 06-08 10:00
        leader01：投诉 摘要太长
          → 已登记
        duban：投诉 审核太慢
          → 已登记
        stranger：投诉 一直登记不上
          → 已登记
        """
    )
    assert [words for _, words in await complaints(stage)] == [
        "投诉 一直登记不上",
        "投诉 审核太慢",
        "投诉 摘要太长",
    ]
    assert {name for name, _ in await complaints(stage)} >= {"李建国", "王敏"}


async def test_a_complaint_before_any_plan_is_kept(chat: Chat, stage: Stage) -> None:
    async with stage.bot.store.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE plans SET year = 2027"))
    await chat.play(
        """
        == 06-08 10:00
        l26：107号完成60%
          → 还没有导入
        l26：投诉 没有任务也催
          → 已登记
        """
    )
    assert len(await complaints(stage)) == 1
