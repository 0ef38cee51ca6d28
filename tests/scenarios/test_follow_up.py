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
          → 已记录1项 … 第42项 … 贷款
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
