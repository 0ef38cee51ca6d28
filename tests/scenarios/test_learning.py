"""What an answer or a correction teaches is used next time, and can be seen and taken back."""

import pytest

from bot.commands.reviewing import open_bench
from bot.demo.stage import DINGTALK, Stage
from handlers.office_order import carry_out
from reporting.alias import Source
from reporting.overseer import Post
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


async def learned(stage: Stage) -> list[tuple[str, str, Source]]:
    """What the office has been taught: alias, code, by what."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        known = await work.aliases.all(stage.office_id)
    return [(alias.words, alias.code, alias.source) for alias in known]


async def test_a_short_name_is_asked_about_once_and_recorded_the_next_month(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：三道沟的加固完成60%
          → “三道沟的加固完成60%”说的是哪一项 … 1. 第70项 … 2. 第71项
        l11：2
          → 已记录1项 … 第71项 … 60% … 以后说“三道沟”，就记到第71项。
        == 07-08 10:00
        l11：三道沟的加固完成80%
          → 已记录1项 … 第71项 … 80%
        l11：70号三道沟对面的加固完成30%
          → 已记录1项 … 第70项
        """
    )
    assert await learned(stage) == [("三道沟", "71", Source.ANSWER)]


async def test_a_correction_takes_back_what_a_wrong_answer_taught(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：三道沟的加固完成60%
          → 说的是哪一项
        l11：1
          → 已记录1项 … 第70项 … 以后说“三道沟”
        l11：不是70是71
          → 已记录1项 … 第71项 … 60% … 原记在第70项的这条已撤回 … 以后说“三道沟”，就记到第71项
        l11：三道沟的加固完成65%
          → 已记录1项 … 第71项 … 65%
        """
    )


async def test_a_correction_moves_what_was_reported_and_teaches_its_words(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l26：107号 北环路口完成40%
          → 已记录1项 … 第107项
        l26：107号报错了，应该是108号
          → 已记录1项 … 第108项 … 40% … 原记在第107项的这条已撤回 … 还有1项未报：第107项
        l26：不是107是108
          → 第107项本月没有您的填报记录，无可改记 … 108号
        == 07-08 10:00
        l26：北环路口完成70%
          → 已记录1项 … 第108项 … 70%
        """
    )
    assert await learned(stage) == [("北环", "108", Source.CORRECTION)]


async def test_a_correction_may_bring_the_right_value_and_needs_no_report(chat: Chat) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l26：不是107，是108，完成20%
          → 已记录1项 … 第108项 … 20% … 还有1项未报：第107项
        l26：不是108，是107，完成30%
          → 已记录1项 … 第107项 … 30% … 原记在第108项的这条已撤回 … 还有1项未报：第108项
        l26：记错了，应该是108号
          → 已记录1项 … 第108项 … 30% … 原记在第107项的这条已撤回
        l26：不是30%，是35%，108号
          → 已记录1项 … 第108项 … 35%
        """
    )


async def test_the_office_moves_a_report_and_the_bot_learns(chat: Chat, stage: Stage) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    await chat.play(
        """
        == 06-08 10:00
        l11：70号 三道沟的加固完成60%
          → 已记录1项 … 第70项
        duban：改记 70 71
          → 已改记：第70项 → 第71项 … 以后说“三道沟”，就记到第71项 … 已通知
        l11 ← 您报在第70项 … 属于第71项 … 已改记
        l11：三道沟的加固完成65%
          → 已记录1项 … 第71项 … 65%
        duban：改记 70 71
          → 第70项本月没有填报，不能改记
        duban：改记 71 12
          → 第12项不由县水利局承担，不能改记
        """
    )
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        bench = await open_bench(work, stage.office_id)
        assert "已改记：第71项 → 第70项" in await carry_out(bench, "改记 71 70", "staff:王敏")
    await chat.play(
        """
        duban：为什么记成70
          → 65% … 王敏由第71项改记
        """
    )


async def test_an_operator_adds_and_removes_a_name_for_good(chat: Chat, stage: Stage) -> None:
    await chat.play(
        """
        == 06-08 10:00
        l11：三道沟的加固完成60%
          → 说的是哪一项
        l11：2
          → 以后说“三道沟”
        """
    )
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        known = await work.aliases.all(stage.office_id)
        assert await work.aliases.bar(known[0].task_id, "三道沟")
    await chat.play(
        """
        l11：三道沟的加固完成65%
          → 说的是哪一项
        l11：2
          → 已记录1项 … 第71项
        """
    )
    assert "以后说" not in chat.last_answer()
    assert await learned(stage) == []


@pytest.mark.parametrize(
    "words",
    ["完成60%", "水库除险加固60%", "6月底前完成", "县水利局按计划推进，完成60%"],
)
async def test_words_that_name_nothing_teach_nothing(chat: Chat, stage: Stage, words: str) -> None:
    await chat.play(
        f"""
        == 06-08 10:00
        l11：{words}
          → 说的是哪一项
        l11：2
          → 已记录1项
        """
    )
    assert "以后说" not in chat.last_answer()
    assert await learned(stage) == []
