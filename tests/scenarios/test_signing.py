"""A round's notice is signed for in chat; the office sees who was reached and who signed."""

import sqlalchemy as sa

from bot.demo.stage import CHANNELS, DINGTALK, Stage
from reporting.overseer import Post
from storage.tables import outbox
from tests.scenarios.chat import Chat
from tests.scenarios.test_escalation import allow
from tests.scenarios.test_inquiry import bind
from tests.scenarios.test_leave import person


async def test_a_notice_is_signed_for_once_and_signing_reports_nothing(
    chat: Chat, stage: Stage
) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    name = (await person(stage, "l35")).name
    await chat.play(
        f"""
        == 06-08 10:00
        l35：收到
          → （不回）
        duban：谁还没签收？
          → 还没有发报送通知
        duban：下发通知
          → 已向 … 名联络员下发2026年6月报送通知
        l35 ← {name}您好，2026年6月请报送1项任务 … 第42项 … 请回复“收到”签收
        duban：下发通知
          → 已经发过
        l35「签收」：收到，谢谢！
          → 已签收2026年6月报送通知（6月8日（周一）10:00） … 还有1项待报
        l35：签收
          → 没有待您签收的通知
        l35：我的任务
          → 未报1项
        l26：107号完成60%
          → 已记录1项
        duban：谁还没签收
          → 未签收
        """
    )
    unsigned = chat.last_answer()
    assert name not in unsigned
    assert (await person(stage, "l26")).name not in unsigned
    assert (await person(stage, "l11")).name in unsigned


async def test_who_has_not_signed_is_reminded_once_and_only_he(chat: Chat, stage: Stage) -> None:
    await allow(stage, {"notice_at_opening": "是", "signing_days": "2"})
    await chat.play(
        """
        == 06-08 10:00
        l35 ← 请回复“收到”签收
        l35：已收到，马上办
          → 已签收
        l26：107号完成60%，108号完成10%
          → 已记录2项
        == 06-10 10:00
        l11 ← （无）
        == 06-11 09:01
        l11 ← 还没有签收，请回复“收到” … 也算签收
        l35 ← （无）
        l26 ← （无）
        == 06-12 09:01
        l11 ← （无）
        """
    )


async def test_the_office_sees_who_was_reached_and_what_it_cost(chat: Chat, stage: Stage) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    lost = await person(stage, "l35")
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        for channel in CHANNELS.values():
            await work.accounts.mark_stale(channel, "l35", "离职")
    await chat.play(
        f"""
        == 06-08 10:00
        duban：送达情况
          → 未送达1人，未通知 … 请电话联系（1人） … {lost.name}（{lost.units[0]}，电话
        duban：提醒了多少次
          → 还没有主动提醒
        == 06-17 09:01
        l26：完成60%
          → 1. 第107项 … 2. 第108项
        l03：81、86完成,84还在做三层,82 40%，83、85正常推进
          → 已记录6项
        duban：退回 81 数据不实
          → 已退回1项
        duban：送达情况
          → 未送达1人，已送达 … 待确认1人 … 退回2人 … 退回待补（2人） … 待本人确认（1人）
        duban：提醒次数
          → 本月主动提醒共 … 最多1条，上限每人8条
        duban：谁在休假
          → 目前没有人休假
        l11：我14号到30号休假
          → 已登记休假
        duban：休假名单
          → 休假1人 … 6月14日 … 由B角代报
        """
    )
    async with stage.bot.store.engine.connect() as connection:
        written = await connection.scalar(
            sa.select(sa.func.count()).where(outbox.c.key.like("reminder:%"))
        )
    assert written


async def test_a_liaison_sees_how_his_own_unit_stands_and_no_other(
    chat: Chat, stage: Stage
) -> None:
    own = (await person(stage, "l26")).units
    await chat.play(
        f"""
        == 06-08 10:00
        l26：107号全部完成
          → 已记录1项
        l26：我们单位本月怎么样
          → {own[0]}2026年6月：牵头2项，未报1项（第108项） … 已完成1项：第107项 … 截止时间
        l26：我单位情况
          → 牵头2项
        """
    )
    assert "县教育体育局" not in chat.last_answer()
