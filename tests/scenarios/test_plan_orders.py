"""The plan in force lives: more time is asked for and decided, tasks change, pause and resume."""

import pytest
import sqlalchemy as sa

from bot.demo.stage import DINGTALK, Stage
from reporting.overseer import Post
from storage.tables import amendments, audit, extensions
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


@pytest.fixture(autouse=True)
async def office(stage: Stage) -> None:
    """A member of the office who writes from an account of the platform."""
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")


async def test_an_extension_is_asked_for_in_time_and_agreed(chat: Chat, stage: Stage) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l07：申请延期 52号 到10月31日
          → 请写明延期原因
        l07：申请延期 52号 到2026年10月30日，因设备到货推迟
          → 已收到延期申请：第52项 … 由2026年9月30日（周三）延至2026年10月30日 … 批复前仍按原时限
        duban ← 【延期申请】县住房和城乡建设局：第52项 … 回复“同意延期 52”
        duban：延期申请
          → 待批的延期申请（1项） … 第52项 … 设备到货推迟
        duban：同意延期 52
          → 已批准延期1项：第52项 … 已通知
        l07 ← 第52项 … 延期申请已批准，完成时限改为2026年10月30日
        duban：同意延期 52
          → 第52项没有待批的延期申请
        l07：申请延期 52号 到2026年10月30日，因设备到货推迟
          → 不晚于现有时限2026年10月30日
        """
    )
    async with stage.bot.store.engine.connect() as connection:
        kept = (await connection.execute(sa.select(amendments))).one()
        assert (kept.field, kept.old, kept.new, kept.made_by) == (
            "due", "2026年9月30日（周三）", "2026年10月30日（周五）", "staff:王敏",
        )  # fmt: skip
        actions = await connection.scalars(sa.select(audit.c.action).order_by(audit.c.id))
        assert [one for one in actions if one.startswith("extension")] == [
            "extension_asked",
            "extension_decided",
        ]


async def test_an_extension_is_refused_and_a_late_or_foreign_one_not_taken(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l17：52号申请延期到10月31日，因设备未到
          → 延期由牵头单位申请
        l07：52号申请延期到10月30日，因设备未到
          → 已收到延期申请
        duban：不同意延期 52
          → 请写明不同意的理由
        duban：不同意延期 52 汛期前必须通水
          → 未批准延期1项
        l07 ← 第52项 … 未获批准，原因：汛期前必须通水 … 仍按2026年9月30日
        == 10-09 10:00
        l07：52号申请延期到10月30日，因设备未到
          → 完成时限2026年9月30日（周三）已过（2个工作日），延期须在时限前申请
        """
    )
    async with stage.bot.store.engine.connect() as connection:
        endings = await connection.scalars(sa.select(extensions.c.ending))
        assert list(endings) == ["refused"]


async def test_a_task_changes_its_lead_pauses_and_resumes(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l07：我的任务
          → 第52项
        duban：变更 52 牵头单位 市生态环境局青河分局 依据县政府常务会议纪要3号
          → 已变更1项：第52项，牵头单位改为“市生态环境局青河分局” … 已通知
        l07 ← 第52项 … 牵头单位由“县住房和城乡建设局”变更为“市生态环境局青河分局”
        l17 ← 第52项 … 县政府常务会议纪要3号
        l17：我的任务
          → 未报 … 第52项
        duban：中止 52
          → 请写明依据
        duban：中止 52 依据县政府常务会议纪要5号
          → 已中止1项：第52项
        l17 ← 第52项 … 已中止 … 中止期间不要求报送
        duban：52号什么情况
          → 已中止：依据县政府常务会议纪要5号
        duban：恢复 52 依据县政府常务会议纪要8号
          → 已恢复1项
        duban：52号什么情况
          → 第52项 … 未报
        """
    )
