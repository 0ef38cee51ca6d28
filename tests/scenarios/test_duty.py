"""The office completes a task's duty and plan in chat; everybody may ask how it went before."""

import pytest

from bot.demo.stage import DINGTALK, Stage
from reporting.overseer import Post
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


@pytest.fixture(autouse=True)
async def office(stage: Stage) -> None:
    """A member of the office who writes from an account of the platform."""
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")


async def test_a_duty_is_completed_and_a_plan_by_months_is_the_pace(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        duban：缺项
          → 五要素不全的有110项
        duban：变更 42 科室 农业服务中心 依据单位来函
          → 已变更1项：第42项，责任科室改为“农业服务中心”
        duban：变更 42 5月计划 完成60% 依据实施方案
          → 已变更1项：第42项，节点目标改为“5月 完成60%”
        l35 ← 第42项 … 节点目标由“无”变更为“5月 完成60%”
        l35：42号完成40%，正常推进
          → 已记录1项
        duban：42号什么情况
          → 第42项 … 滞后：5月目标“完成60%”未达到 … 科室：农业服务中心
        l35：42号完成65%
          → 已记录1项
        duban：42号历次
          → 第42项 … 2026-06 第1版 柳沟镇人民政府：进度40% … 第2版 … 65% … 变更节点目标
        l35：42号历次填报情况？
          → 第42项 … 第1版 … 第2版
        l07：42号历次填报情况？
          → 不在您可查看的范围内
        """
    )


async def test_an_indicator_without_a_value_is_asked_for_it_once(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l17：75号正常推进
          → 已记录1项 … 请补充目前数值和截至日期
        l17：75号按计划正常推进
          → 已记录1项
        """
    )
    assert "请补充目前数值" not in chat.last_answer()
