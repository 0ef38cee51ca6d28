"""Where the office wants to see digests first, nothing goes out before it agrees, and all does."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.demo.stage import DINGTALK, SAMPLE_OFFICE, WECOM, Stage
from handlers.import_plan import import_plan
from reporting.calendar import OFFICE_ZONE
from reporting.overseer import Post
from reporting.plan import Plan
from reporting.task import Task
from tests.scenarios.chat import Chat
from tests.scenarios.conftest import SetAgain
from tests.scenarios.test_inquiry import bind


async def set_policy(stage: Stage, *, preview: bool, quarter: bool) -> None:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        policy = (await work.plans.office(stage.office_id)).policy
        policy = replace(
            policy, preview_digests=preview, quarter_digest=quarter, digest_by_source=True
        )
        await work.registry.save_policy(stage.office_id, policy)


def in_group(stage: Stage) -> list[str]:
    from_wecom = stage.simulator.chat.messages
    return [message.text for message in from_wecom if message.group is not None]


@pytest.fixture
async def office(stage: Stage) -> None:
    """A member of the office who writes from an account of the platform."""
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    await bind(stage, Post.LEADER, "孙红旗", WECOM, "leader01")


async def test_a_digest_goes_out_when_approved_and_not_before(
    chat: Chat, stage: Stage, office: None
) -> None:
    await set_policy(stage, preview=True, quarter=True)
    await chat.play(
        """
        == 06-24 10:00
        l35：42号完成40%，因贷款审批慢进度滞后
          → 已记录1项
        duban：变更 42 来源 会议议定 依据县政府常务会议纪要3号
          → 第42项
        == 06-25 18:01
        leader01 ← （无）
        duban：修改
          → 请写明要加的按语
        duban：修改 请各单位抓紧三季度
          → 已重排2026年6月月度摘要、2026年6月季度摘要 … 督查室按：请各单位抓紧三季度
        duban：缓发
          → 已缓发
        """
    )
    assert in_group(stage) == []
    await chat.play(
        """
        == 06-29 09:01
        duban ← （无）
        leader01 ← （无）
        duban：同意
          → 已发出：2026年6月月度摘要、2026年6月季度摘要
        leader01 ← 【2026年6月分管任务】孙红旗
        duban：同意
          → 没有待审的摘要
        """
    )
    assert sum("督查室按：请各单位抓紧三季度" in text for text in in_group(stage)) == 4
    assert sum("第二季度重点任务进展" in text for text in in_group(stage)) == 2
    source = "会议议定：1项，本月应报1项、已报1项，累计完成0项"
    assert sum(source in text for text in in_group(stage)) == 4


async def test_december_is_approved_under_its_own_plan_when_the_next_is_in_force(
    chat: Chat, stage: Stage, office: None
) -> None:
    await set_policy(stage, preview=True, quarter=True)
    await chat.play(
        """
        == 12-24 10:00
        l35：42号完成40%，因贷款审批慢进度滞后
          → 已记录1项
        == 12-25 18:01
        duban ← 2026年12月
        """
    )
    task = Task(code="42", title="明年的新任务", leads=("县财政局",))
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        plan = Plan(title="2027年任务", year=2027, tasks=(task,))
        await import_plan(work, plan, office=SAMPLE_OFFICE, source="2027.xlsx")
    await stage.move_clock_to(datetime(2027, 1, 5, 10, tzinfo=OFFICE_ZONE))
    await chat.player.settle()
    await chat.play(
        """
        duban：42号什么情况
          → 第42项 明年的新任务
        duban：预览
          → 2026年12月月度摘要 … 应报110项，已报1项 … 第四季度 … 柳沟镇人民政府
        duban：同意
          → 已发出：2026年12月月度摘要、2026年12月季度摘要
        """
    )
    posted = "\n".join(in_group(stage))
    assert "应报110项" in posted
    assert "明年的新任务" not in posted
    assert any("2026年12月分管任务" in m.text for m in stage.simulator.chat.messages)


async def test_what_nobody_approved_stays_over_a_restart_and_the_office_is_reminded(
    set_again: SetAgain,
) -> None:
    async with set_again() as stage:
        await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
        await set_policy(stage, preview=True, quarter=False)
        await Chat(stage=stage).play(
            """
            == 06-24 10:00
            l35：42号完成40%
              → 已记录1项
            == 06-25 18:01
            duban：总览
              → 【2026年6月全部事项】 … 各单位
            """
        )
    async with set_again() as stage:
        chat = Chat(stage=stage)
        await chat.play(
            """
            == 06-26 09:01
            duban ← 【待审】2026年6月月度摘要还没有审定，尚未发出
            == 06-26 15:00
            duban ← （无）
            == 06-29 09:01
            duban ← 还没有审定
            duban：发
              → 已发出：2026年6月月度摘要，共2处
            群 ← 应报110项，已报1项
            """
        )
