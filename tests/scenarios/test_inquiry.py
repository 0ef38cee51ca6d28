"""The ledger is asked in chat, and tells nobody more than he may see."""

import pytest

from bot.demo.stage import DINGTALK, WECOM, Stage
from reporting.overseer import Overseer, Post
from tests.scenarios.chat import Chat


async def bind(stage: Stage, post: Post, name: str, channel: str, user_id: str) -> None:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        overseer = Overseer(
            office_id=stage.office_id, post=post, name=name, channel=channel, user_id=user_id
        )
        await work.overseers.bind(overseer)


@pytest.fixture
async def leader(stage: Stage) -> str:
    """The first leader of the directory, bound to his account."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        name = (await work.registry.directory(stage.office_id)).leaders[0].name
    await bind(stage, Post.LEADER, name, WECOM, "leader01")
    return name


async def test_the_office_asks_about_any_task_and_unit(chat: Chat, stage: Stage) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    await chat.play(
        """
        == 06-08 10:00
        l35：42号进度滞后，因贷款审批慢，完成40%
          → 已记录1项
        duban：第42项什么情况
          → 第42项 … 滞后 … 最近填报 … 40%
        duban：本月滞后的有哪些
          → 滞后：1项 … 42
        duban：县教育体育局还有几项没报
          → 县教育体育局本月未报
        duban：在吗
          → 您可查看110项任务 … 总览 … 退回
        duban：好的，谢谢
          → （不回）
        """
    )


async def test_a_leader_sees_his_own_portfolio_only(chat: Chat, stage: Stage, leader: str) -> None:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        plan_id, _ = await work.plans.plan(stage.office_id, 2026)
        tasks = [one.task for one in await work.plans.tasks(plan_id)]
    own = [task for task in tasks if task.leader == leader]
    other = next(
        t for t in tasks if t.leader != leader and t.leads[0] not in {o.leads[0] for o in own}
    )
    await chat.play(
        f"""
        == 06-08 10:00
        leader01：第{own[0].code}项什么情况
          → 第{own[0].code}项 … 未报
        leader01：第{other.code}项什么情况
          → 不在您可查看的范围内
        leader01：{other.leads[0]}还有几项没报
          → 您可查看的范围内没有{other.leads[0]}牵头的任务
        leader01：还有几项没报？
          → 本月未报：{len(own)}项
        """
    )


async def test_a_liaison_asks_about_his_own_units_only(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l35：42号怎么样了？
          → 第42项 … 未报
        l35：1号什么情况？
          → 不在您可查看的范围内
        """
    )
