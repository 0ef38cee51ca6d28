"""A month as it is lived in chat, on both platforms at once."""

from tests.scenarios.chat import Chat
from tests.scenarios.conftest import SetAgain


async def test_one_sentence_is_recorded_and_answered_with_what_is_still_owed(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l01：第1项增长5.8%，正常推进
          → 已记录1项 … 第1项 地区生产总值 … 正常推进 … 本月还有 … 更正 1号 … 撤回 1
        l02：13号任务累计完成投资51.2亿元,占年度计划53.3%
          → 已记录1项 … 第13项 … 53.3% … 51.2亿元
        l01：我的任务
          → 2026年6月您负责 … 未报 … 第2项 … 已报 … 第1项 … 第13项
        """
    )


async def test_several_tasks_in_one_message_are_recorded_each(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l03：81、86完成,84还在做三层,82 40%
          → 已记录4项 … 第81项 … 已完成 … 第82项 … 40%
        l29：22已竣工,23完成招标,30 90%、31未动工
          → 已记录4项 … 第31项 … 未启动
        """
    )


async def test_a_doubtful_reply_is_asked_about_once_and_answered_by_number(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固60%
          → “水库除险加固60%”说的是哪一项 … 1. 第70项 … 2. 第71项 … 都不是
        l11：3
          → 没有编号3
        l11：2
          → 已记录1项 … 第71项 … 60%
        l13：疫苗打了一半了
          → 说的是哪一项
        l13：都不是
          → 没有记录
        l26：完成60%
          → 1. 第107项 … 2. 第108项
        l26：1、2
          → 已记录2项 … 第107项 … 第108项 … 本月应报事项已全部报齐
        """
    )


async def test_a_fresh_sentence_replaces_the_question(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l26：完成60%
          → 说的是哪一项
        l26：107号完成80%
          → 已记录1项 … 第107项 … 80%
        l26：1
          → 没有待您回答的编号
        """
    )


async def test_a_question_survives_a_restart_of_the_bot(set_again: SetAgain) -> None:
    async with set_again() as stage:
        await Chat(stage=stage).play(
            """
            == 06-08 10:00
            l26：完成60%
              → 1. 第107项 … 2. 第108项
            """
        )
    async with set_again() as stage:
        await Chat(stage=stage).play(
            """
            == 06-10 10:00
            l26：2
              → 已记录1项 … 第108项 … 60%
            """
        )


async def test_a_report_is_corrected_and_withdrawn(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l20：104号已完成96家，占80%
          → 已记录1项 … 第104项 … 80%
        l20：更正 104号 完成85%
          → 第104项 … 已更正 … 85%
        l20：撤回 104
          → 已撤回 … 恢复为此前记录 … 80%
        l20：撤回
          → 已撤回 … 未报
        l20：撤回
          → 无可撤回
        """
    )


async def test_what_belongs_to_another_unit_is_refused_and_written_nowhere(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l14：92号已完成
          → 没有记录 … 第92项 … 牵头：县卫生健康委员会
        stranger：第5项完成了
          → 没有记录 … 名单
        l01：收到，谢谢
          → （不回）
        l01：截止时间
          → 6月25日（周四）18:00
        l01：帮助
          → 报进展 … 撤
        l01：投诉 天天催，负担太重
          → 已登记
        """
    )


async def test_laggards_are_reminded_and_leaders_get_their_digest(chat: Chat) -> None:
    """The Dragon Boat Festival is 19 June 2026: five working days before the 25th is the 17th."""
    await chat.play(
        """
        == 06-16 09:30
        l35 ← （无）
        == 06-17 08:45
        l35 ← （无）
        == 06-17 09:01
        l35 ← 还有1项未报 … 第42项 … 6月25日（周四）18:00 … 还有5个工作日
        l10 ← 还有6项未报 … 第63项 … 第68项
        == 06-17 15:00
        l35 ← （无）
        l35：42号 牛棚已建成，因贷款审批慢进度滞后，完成70%
          → 已记录1项 … 滞后 … 本月应报事项已全部报齐
        l10「未报」：均正常推进
          → 已记录6项
        == 06-22 09:01
        l35 ← （无）
        l10 ← （无）
        l17 ← 未报
        == 06-24 09:01
        l17 ← 还有1个工作日
        == 06-25 09:01
        l17 ← 今天
        == 06-25 18:01
        l17 ← （无）
        群 ← 2026年6月重点任务进展 … 应报110项 … 未报送 … 进度滞后（1项） … 第42项 … 贷款
        == 06-26 10:00
        l17：75项PM2.5均值36微克，正常推进
          → 已记录1项（截止后补报）
        """
    )


async def test_the_next_month_starts_afresh_but_never_asks_for_what_is_done(chat: Chat) -> None:
    await chat.play(
        """
        == 06-24 10:00
        l26：107号全部完成，108号完成60%
          → 已记录2项
        == 07-20 09:01
        l26 ← 还有1项未报 … 第108项
        == 07-20 10:00
        l26：我的任务
          → 2026年7月您负责2项，未报1项 … 第108项 … 无需再报 … 第107项 … 配合事项
        """
    )
