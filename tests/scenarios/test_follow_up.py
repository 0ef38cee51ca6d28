"""After a report at most one question follows, about what is implausible, and never twice."""

from tests.scenarios.chat import Chat


async def test_a_delay_without_a_reason_is_recorded_and_its_reason_asked_for_once(
    chat: Chat,
) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l35：42号进度滞后，完成40%
          → 已记录1项 … 第42项 … 滞后 … 滞后的原因是什么
        l35「原因是什么」：因贷款审批慢，预计8月底赶上
          → 已记录1项 … 第42项 … （已补充）：进度40%，滞后；问题：因贷款审批慢；下步：预计8月底赶上
        l35：42号进度滞后，完成45%
          → 已记录1项 … 45%
        """
    )
    assert "原因是什么" not in chat.last_answer()


async def test_a_value_below_last_months_is_recorded_and_asked_about(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l26：108号完成60%
          → 已记录1项
        == 07-08 10:00
        l26：108号完成50%
          → 已记录1项 … 50% … 低于上次的60%，请核对
        l26：108号完成130%
          → 已记录1项 … 130% … 超过100%，请核对
        """
    )


async def test_what_is_in_doubt_is_asked_first_and_what_is_implausible_after(
    chat: Chat,
) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固完成160%
          → 说的是哪一项
        """
    )
    assert "请核对" not in chat.last_answer()
    await chat.play(
        """
        l11：2
          → 已记录1项 … 第71项 … 超过100%，请核对
        """
    )


async def test_a_slip_of_units_is_recorded_and_asked_about_once(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l02：13号任务累计完成投资51.2万元
          → 已记录1项 … 51.2万元 … 目标为96亿元，相差过大，单位是否有误
        l02：13号任务累计完成投资51.2万元，正常推进
          → 已记录1项 … 51.2万元
        """
    )
    assert "单位是否有误" not in chat.last_answer()
    await chat.play(
        """
        l02：更正 13号 累计完成投资51.2亿元
          → 已记录1项 … （已更正） … 51.2亿元
        == 07-08 10:00
        l02：13号任务累计完成投资50亿元
          → 已记录1项 … 50亿元，低于上次的51.2亿元，请核对或说明原因
        l02：13号任务累计完成投资50亿元
          → 已记录1项
        """
    )
    assert "请核对" not in chat.last_answer()


async def test_done_below_the_target_is_asked_about(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l26：108号已全部完成，新增监控1100路
          → 已记录1项 … 少于目标1200路，请确认是否全部完成
        """
    )


async def test_a_months_share_is_not_the_whole_task(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l26：107号本月任务已完成
          → 已记录1项 … 第107项 … 整项任务到多少
        l26「整项任务」：总体60%
          → 已记录1项 … 第107项 … 60%
        == 07-08 10:00
        l26：我的任务
          → 未报2项 … 第107项
        """
    )


async def test_empty_talk_gets_one_question_that_fits_its_status(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l26：107号高度重视，扎实推进，狠抓落实
          → 已记录1项 … 目前到什么程度？请补一个数字、节点或时间
        l26：107号高度重视，扎实推进，狠抓落实
          → 已记录1项
        """
    )
    assert "到什么程度" not in chat.last_answer()
