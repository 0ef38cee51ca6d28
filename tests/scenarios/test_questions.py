"""One numbered question for each message; answered in many ways, remembered, never repeated."""

from tests.scenarios.chat import Chat


async def test_the_choices_are_answered_in_many_ways(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固60%
          → “水库除险加固60%”说的是哪一项？ … 1. 第70项 完成石桥 … 2. 第71项 完成红旗 … 都不是
        l11：说的是红旗水库那个
          → 已记录1项 … 第71项 … 60%
        l11：水库除险加固做到65%
          → 说的是哪一项
        l11：第70项
          → 已记录1项 … 第70项 … 65%
        l26：完成60%
          → 1. 第107项 … 2. 第108项
        l26：两项都是
          → 已记录2项 … 第107项 … 第108项
        """
    )


async def test_an_unanswered_question_is_not_asked_again(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固60%
          → 说的是哪一项
        == 06-09 10:00
        l11：水库除险加固 60%。
          → “水库除险加固60%”已经问过，不再重复：请回复上次提问的编号（1、2） … 70号
        l11：2
          → 已记录1项 … 第71项 … 60%
        """
    )


async def test_after_none_of_them_the_code_is_enough_and_nothing_is_asked_again(
    chat: Chat,
) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固60%
          → 说的是哪一项
        l11：都不是
          → 没有记录 … 请回复是第几项 … 您负责的事项 … 第69项 … 请联系青河县人民政府督查室
        l11：水库除险加固60%
          → 已经问过，没有记录，不再重复提问 … 请写明编号重发 … 请联系青河县人民政府督查室
        l11：69号
          → 已记录1项 … 第69项 … 60%
        """
    )


async def test_a_code_alone_after_another_report_is_no_answer_to_an_old_question(
    chat: Chat,
) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固60%
          → 说的是哪一项
        l11：都不是
          → 没有记录
        == 06-08 10:05
        l11：72号完成75%
          → 已记录1项 … 第72项
        l11：69号
          → 已记录1项 … 第69项
        """
    )
    assert "进度60%" not in chat.last_answer()


async def test_a_question_is_remembered_for_a_week(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固60%
          → 说的是哪一项
        l26：完成60%
          → 说的是哪一项
        == 06-15 09:59
        l11：2
          → 已记录1项 … 第71项
        == 06-15 10:01
        l26：2
          → 没有待您回答的编号提问
        l26：完成60%
          → 说的是哪一项
        """
    )


async def test_an_older_question_is_answered_by_quoting_it(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固60%
          → 1. 第70项 … 2. 第71项
        l11：完成一半了
          → 说的是哪一项
        l11「水库除险加固60%」：1
          → 已记录1项 … 第70项 … 60%
        """
    )


async def test_parts_that_were_asked_about_are_not_asked_again_beside_what_is_recorded(
    chat: Chat,
) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：72号完成75%；水库除险加固60%
          → 已记录1项 … 第72项 … “水库除险加固60%”说的是哪一项 … 1. 第70项
        l11：72号完成76%；水库除险加固60%
          → 已记录1项 … 第72项 … （已更正） … 76% … “水库除险加固60%”已经问过 … （1、2）
        l11：1
          → 已记录1项 … 第70项 … 60%
        """
    )


async def test_what_is_left_of_a_question_keeps_its_numbers(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固60%；水厂和饮水30%
          → 1. 第70项 … 2. 第71项 … 3. 第73项 … 4. 第72项
        l11：1
          → 已记录1项 … 第70项 … 60% … “水厂和饮水30%”说的是哪一项？ … 3. 第73项 … 4. 第72项
        l11：2
          → 没有编号2，可选编号：3、4
        l11：4
          → 已记录1项 … 第72项
        """
    )


async def test_once_it_is_answered_the_other_choices_are_of_the_rest(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：水库除险加固60%，其余正常推进
          → 已记录 … “水库除险加固60%”说的是哪一项？ … 1. 第70项 … 2. 第71项
        l11：2
          → 已记录2项 … 第71项 … 60% … 第70项 … 正常推进 … 本月应报事项已全部报齐
        """
    )
