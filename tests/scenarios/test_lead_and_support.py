"""Supporting units' words reach the lead merged; what does not fit together reaches the office."""

import pytest

from bot.demo.stage import DINGTALK, Stage
from reporting.overseer import Post
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


@pytest.fixture(autouse=True)
async def office(stage: Stage) -> None:
    """A member of the office who writes from an account of the platform."""
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")


async def test_a_lead_confirms_once_what_his_supporting_unit_said(chat: Chat) -> None:
    await chat.play(
        """
        == 06-10 10:00
        l09：42号育肥牛舍完成60%，因贷款审批慢，存在资金缺口
          → 已记录1项 … 第42项
        == 06-10 10:05
        l35 ← 配合单位已反馈2026年6月进展 … 第42项 … 县农业农村局： … 拟填： … 回复“确认”
        l35：我的任务
          → 未报1项
        l35：确认
          → 已记录1项 … 第42项 … 县农业农村局： … 已全部报齐
        == 06-10 11:00
        l35 ← （无）
        l35：42号完成65%
          → 已记录1项
        l35：确认
          → （不回）
        """
    )


async def test_a_lead_who_leads_more_gets_all_at_the_last_call(chat: Chat) -> None:
    await chat.play(
        """
        == 06-10 10:00
        l17：52号设备安装完成70%
          → 已记录1项
        == 06-22 09:01
        l07 ← 还有10项未报
        == 06-23 09:01
        l07 ← 配合单位已反馈2026年6月进展，请您汇总确认（1项） … 第52项 … 市生态环境局青河分局
        l07：52号完成72%，正常推进
          → 已记录1项 … 72%
        """
    )


async def test_units_that_contradict_each_other_are_told_to_the_office(chat: Chat) -> None:
    await chat.play(
        """
        == 06-10 10:00
        l07：52号完成40%，等环保局批复
          → 已记录1项
        l17：52号我局已批复，完成40%
          → 已记录1项
        == 06-10 10:01
        duban：未办结问题
          → 未办结事项 … 协调 … 第52项办理情况说法不一 … 等环保局批复 … 已批复
        l07：52号 完成45%，已取得批复
          → 已记录1项
        duban：未办结问题
          → 未办结事项（1项） … 问题1
        """
    )
