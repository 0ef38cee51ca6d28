"""After the cutoff a unit that owes is asked person by person, each once, until it answers."""

import sqlalchemy as sa

from bot.demo.stage import CHANNELS, WECOM, Stage
from reporting.guards import Policy
from reporting.liaison import Rung
from reporting.overseer import Post
from reporting.policy import change_policy
from storage.tables import escalations, outbox
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind
from tests.scenarios.test_leader import tasks_of
from tests.scenarios.test_leave import add_person

UP_TO_THE_LEADER = {"escalates_to": "分管领导", "escalation_approved_by": "李建国"}


async def allow(stage: Stage, settings: dict[str, str]) -> None:
    """The office changes its settings."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        await work.registry.save_policy(stage.office_id, change_policy(Policy(), settings))


async def staff_the_ladder(stage: Stage) -> None:
    """Give the unit of task 42 everybody a ladder can have."""
    await add_person(stage, "赵副", "l35", Rung.DEPUTY, "leader03")
    await add_person(stage, "钱科", "l35", Rung.SECTION_HEAD, "leader04")
    await add_person(stage, "孙局", "l35", Rung.UNIT_HEAD, "leader05")
    charge = next(task for task in await tasks_of(stage) if task.code == "42").leader or ""
    await bind(stage, Post.LEADER, charge, WECOM, "leader01")


async def rungs(stage: Stage) -> list[str]:
    """What was asked of the unit of task 42, in order."""
    unit = next(task for task in await tasks_of(stage) if task.code == "42").leads[0]
    async with stage.bot.store.engine.connect() as connection:
        rows = await connection.execute(
            sa.select(escalations.c.rung)
            .where(escalations.c.unit == unit)
            .order_by(escalations.c.id)
        )
        return [row.rung for row in rows]


async def test_a_unit_that_never_answers_is_asked_up_to_the_leader(
    chat: Chat, stage: Stage
) -> None:
    await staff_the_ladder(stage)
    await allow(stage, UP_TO_THE_LEADER)
    await chat.play(
        """
        == 06-08 10:00
        == 06-25 18:01
        l35 ← （无）
        == 06-26 09:01
        l35 ← （无）
        == 06-29 09:01
        l35 ← 2026年6月进展还有1项未报 … 第42项 … 直接回复一句话补报
        leader03 ← （无）
        == 06-30 09:01
        leader03 ← （无）
        == 07-01 09:01
        leader03 ← 第42项 … 直接回复一句话补报
        == 07-03 09:01
        leader04 ← 第42项 … 联络员尚未补报，请协助督促
        leader05 ← （无）
        == 07-07 09:01
        leader05 ← 第42项 … 请协助督促
        == 07-09 09:01
        leader01 ← 第42项 … 已逐级提醒，尚未收到进展，请知悉
        == 07-10 09:01
        leader01 ← （无）
        l35 ← （无）
        """
    )
    assert await rungs(stage) == [rung.value for rung in Rung]


async def test_a_late_reply_in_the_next_month_stops_the_ladder(chat: Chat, stage: Stage) -> None:
    await staff_the_ladder(stage)
    await chat.play(
        """
        == 06-08 10:00
        == 06-25 18:01
        == 06-29 09:01
        l35 ← 第42项
        == 07-01 09:01
        leader03 ← 第42项
        leader03「补报」：完成40%，正常推进
          → 已记录1项 … 第42项
        == 07-03 09:01
        leader04 ← （无）
        """
    )
    assert await rungs(stage) == ["联络员", "B角"]


async def test_by_default_the_ladder_ends_before_the_unit_s_head(chat: Chat, stage: Stage) -> None:
    await staff_the_ladder(stage)
    await chat.play(
        """
        == 06-08 10:00
        == 06-25 18:01
        == 06-29 09:01
        == 07-01 09:01
        == 07-03 09:01
        leader04 ← 请协助督促
        == 07-07 09:01
        leader05 ← （无）
        == 07-09 09:01
        leader01 ← （无）
        """
    )
    assert await rungs(stage) == ["联络员", "B角", "科室负责人"]


async def test_nobody_is_reported_to_his_head_for_a_message_that_never_came(
    chat: Chat, stage: Stage
) -> None:
    await add_person(stage, "钱科", "l35", Rung.SECTION_HEAD, "leader04")
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        for channel in CHANNELS.values():
            await work.accounts.mark_stale(channel, "l35", "离职")
    await chat.play(
        """
        == 06-08 10:00
        == 06-25 18:01
        == 06-29 09:01
        == 07-03 09:01
        leader04 ← （无）
        l35：在吗
          → 您好
        == 07-06 09:01
        l35 ← 第42项 … 补报
        == 07-08 09:01
        leader04 ← 第42项 … 请协助督促
        """
    )


async def test_who_has_answered_and_owes_but_a_number_is_not_escalated(
    chat: Chat, stage: Stage
) -> None:
    await add_person(stage, "钱科", "l26", Rung.SECTION_HEAD, "leader04")
    await chat.play(
        """
        == 06-08 10:00
        == 06-25 18:01
        == 06-29 09:01
        l26 ← 第107项
        l26：完成60%
          → 1. 第107项 … 2. 第108项
        == 07-01 09:01
        leader04 ← （无）
        l26：1、2
          → 已记录2项
        == 07-03 09:01
        leader04 ← （无）
        """
    )


async def test_the_ladder_counts_against_the_budget(chat: Chat, stage: Stage) -> None:
    await allow(stage, {"reminder_budget": "2"})
    await chat.play(
        """
        == 06-17 09:01
        l35 ← 第42项
        == 06-22 09:01
        l35 ← 第42项
        == 06-25 18:01
        == 06-29 09:01
        l35 ← （无）
        """
    )


async def test_replicas_and_late_ticks_ask_each_rung_once(chat: Chat, stage: Stage) -> None:
    await chat.play("== 06-08 10:00")
    for minute in range(3):
        await chat.play(f"== 06-30 16:0{minute}")
    await chat.play("== 07-20 10:00")
    async with stage.bot.store.engine.connect() as connection:
        asked = await connection.execute(sa.select(escalations.c.unit))
        written = await connection.execute(
            sa.select(outbox.c.target).where(outbox.c.key.like("escalation:%"))
        )
        units, targets = [row.unit for row in asked], [row.target for row in written]
    assert len(units) == len(set(units)) > 20
    assert len(targets) == len(set(targets)) > 20
