"""The year 2026 of two offices, day by day: what an office lives through, and what must hold."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.demo.stage import CHANNELS, DINGTALK, WECOM
from bot.settings import Settings
from reporting.audit_chain import chain_faults
from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.liaison import Rung
from reporting.overseer import Post
from storage.database import transaction
from storage.seal import new_key
from storage.tables import digests, escalations, inbox, outbox, reports, rounds, tasks
from tests.scenarios.test_escalation import UP_TO_THE_LEADER, allow
from tests.scenarios.test_inquiry import bind
from tests.scenarios.test_leader import tasks_of
from tests.scenarios.test_leave import add_person, person
from tests.scenarios.year import Year, open_year

MONTHS = range(1, 13)


async def set_up(year: Year) -> dict[str, str]:
    """The people of the stories; the words the stories need."""
    stage = year.stage
    task = next(one for one in await tasks_of(stage) if one.code == "42")
    assert task.leader is not None
    await add_person(stage, "赵副", "l35", Rung.DEPUTY, "leader03")
    await add_person(stage, "钱科", "l35", Rung.SECTION_HEAD, "leader04")
    await add_person(stage, "孙局", "l35", Rung.UNIT_HEAD, "leader05")
    await bind(stage, Post.LEADER, task.leader, WECOM, "leader01")
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    await allow(stage, UP_TO_THE_LEADER)
    return {
        "unit": task.leads[0],
        "leader": task.leader,
        "own": (await person(stage, "l35")).name,
        "stand_in": (await person(stage, "l26")).name,
    }


STORIES = {
    1: """
        == 01-12 10:00
        l35：42号完成5%，正常推进
          → 已记录1项 … 第42项
    """,
    # Spring Festival: 15 to 23 February; nothing is sent, and the ladder counts working days.
    2: """
        == 02-24 09:01
        l35：42号完成10%，正常推进
          → 已记录1项 … 第42项
    """,
    # Away on leave: the stand-in is reminded and reports.
    3: """
        == 03-12 10:00
        l35：我16号到27号休假，找{stand_in}
          → 已登记休假 … 发给{stand_in}
        l26 ← {own} … 期间由您代报
        == 03-18 09:01
        l35 ← （无）
        l26：42号完成15%，107号完成20%，108号完成20%
          → 已记录3项 … 第42项
    """,
    # Nobody answers: the ladder up to the leader, past the May holiday and its worked Saturday.
    4: """
        == 04-28 09:01
        l35 ← 第42项 … 直接回复一句话补报
        == 04-30 09:01
        leader03 ← 第42项 … 直接回复一句话补报
        == 05-06 09:01
        leader04 ← （无）
        == 05-07 09:01
        leader04 ← 第42项 … 联络员尚未补报，请协助督促
        == 05-09 09:01
        leader05 ← 第42项 … 请协助督促
        == 05-12 09:01
        leader01 ← 第42项 … 已逐级提醒，尚未收到进展，请知悉
    """,
    # Unreachable: on the office's list, and not counted late.
    5: """
        == 05-25 18:01
        群 ← 通知未送达，不计迟报 … 第42项
    """,
    # A returned report is owed again and put right.
    6: """
        == 06-24 10:00
        l35：42号完成70%
          → 已记录1项
        == 06-25 19:00
        duban：退回 42 数据不实，请核实
          → 已退回1项：第42项 … 已通知
        l35「已退回」：完成45%
          → 已记录1项： … 第42项 … 45%
    """,
    # Units that contradict each other: the office is told to bring them together.
    7: """
        == 07-20 10:00
        l35：42号完成50%，正常推进
          → 已记录1项 … 第42项
        l07：52号完成60%，等环保局批复
          → 已记录1项
        l17：52号我局已批复，完成60%
          → 已记录1项
        == 07-20 10:01
        duban：未办结问题
          → 第52项办理情况说法不一 … 等环保局批复 … 已批复
    """,
    # A leader's instruction, with a day the calendar resolves, and its answer.
    8: """
        == 08-17 10:00
        leader01：42号请{unit}周五前说明滞后原因
          → 已登记批示：第42项，{unit}，8月21日（周五）前答复，已通知
        l35 ← 领导批示】{leader} … 第42项
        l35「领导批示」：因贷款审批慢，已协调银行，8月底前放款，完成55%
          → 已记录1项 … 第42项
        leader01 ← 批示 … 第42项 … 因贷款审批慢
    """,
    # The cutoff falls on Mid-Autumn Day and is a working day earlier.
    9: """
        == 09-24 17:00
        l35：42号完成65%，正常推进
          → 已记录1项
        == 09-24 18:01
        群 ← 2026年9月
    """,
    # Late, and said so; not forgotten.
    10: """
        == 10-27 10:00
        l35：42号完成80%，正常推进
          → 已记录1项（截止后补报）
    """,
    11: """
        == 11-20 10:00
        l35：42号完成90%，正常推进
          → 已记录1项
    """,
    # Done, accepted, closed.
    12: """
        == 12-21 10:00
        l35：42号完成100%，已通过验收
          → 已记录1项
        duban：通过 42
          → 已通过1项
        duban：销号 42 依据验收报告
          → 已销号1项
    """,
}


async def make_unreachable(year: Year) -> None:
    """The platform no longer knows the account of the liaison of task 42."""
    stage = year.stage
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        for channel in CHANNELS.values():
            for account in ("l35", "leader03"):
                await work.accounts.mark_stale(channel, account, "离职")


@pytest.mark.timeout(600)
async def test_a_year_of_two_offices(database_url: str, redis_url: str, tmp_path: Path) -> None:
    settings = Settings(
        database_url=database_url,
        redis_url=redis_url,
        secret_key=SecretStr(new_key()),
        data_folder=tmp_path,
        port=0,
    )
    async with open_year(settings) as year:
        words = await set_up(year)
        for month in MONTHS:
            await year.live_until(datetime(2026, month, 8, 10, tzinfo=OFFICE_ZONE))
            await year.reply(month)
            if month == 5:
                await make_unreachable(year)
            await year.play(STORIES[month].format(**words))
        await year.live_until(datetime(2027, 1, 9, 10, tzinfo=OFFICE_ZONE))
        await check_that_nothing_is_lost(year)
        await check_the_town_s_ledger(year)
        await check_the_county_s_ledger(year)
        await check_that_each_step_came_once_on_working_days(year)
        await check_the_audit(year)


async def check_that_nothing_is_lost(year: Year) -> None:
    """Every message answered, every answer out."""
    async with transaction(year.stage.bot.store.engine) as connection:
        failed = sa.select(sa.func.count()).select_from(inbox).where(inbox.c.outcome == "failed")
        assert await connection.scalar(failed) == 0
        states = await connection.scalars(sa.select(outbox.c.state).distinct())
        assert set(states) == {"delivered"}


async def ledger(year: Year, office_id: int) -> dict[int, dict[str, float | None]]:
    """The newest percent of each task, by month and code."""
    statement = (
        sa.select(rounds.c.month, tasks.c.code, reports.c.percent)
        .join(reports, reports.c.round_id == rounds.c.id)
        .join(tasks, tasks.c.id == reports.c.task_id)
        .where(reports.c.office_id == office_id, reports.c.withdrawn_at.is_(None))
        .order_by(reports.c.version)
    )
    kept: dict[int, dict[str, float | None]] = {month: {} for month in MONTHS}
    async with transaction(year.stage.bot.store.engine) as connection:
        for row in await connection.execute(statement):
            kept[row.month][row.code] = row.percent
    return kept


async def check_the_town_s_ledger(year: Year) -> None:
    """It says what was said, month by month, and nothing else."""
    assert await ledger(year, year.town.office_id) == year.of_the_town


async def check_the_county_s_ledger(year: Year) -> None:
    """The stories word for word; of ordinary replies at least as many as a reader gets right."""
    kept = await ledger(year, year.stage.office_id)
    story = [kept[month].get("42") for month in MONTHS]
    assert story == [5, 10, 15, None, None, 45, 50, 55, 65, 80, 90, 100]
    told = [(month, code) for month, codes in year.told.items() for code in codes]
    found = [(month, code) for month, code in told if code in kept[month]]
    assert len(told) > 80
    assert len(found) >= 0.9 * len(told)


async def check_that_each_step_came_once_on_working_days(year: Year) -> None:
    """Nobody is written to of our own accord on a day off; every digest and rung once."""
    calendar = WorkCalendar()
    async with transaction(year.stage.bot.store.engine) as connection:
        written = await connection.execute(
            sa.select(outbox.c.written_at, outbox.c.key).where(outbox.c.kind == "reminder")
        )
        days = {row.written_at.astimezone(OFFICE_ZONE).date() for row in written}
        posted = await connection.execute(
            sa.select(digests.c.office_id, digests.c.round_id, digests.c.channel).where(
                digests.c.kind != "portfolio"
            )
        )
        count = Counter((row.office_id, row.channel) for row in posted)
        asked = await connection.execute(
            sa.select(escalations.c.round_id, escalations.c.unit, escalations.c.rung)
        )
        rungs = Counter(tuple(row) for row in asked)
    assert [day for day in days if not calendar.is_working_day(day)] == []
    assert len(days) > 40
    assert set(count.values()) == {len(MONTHS)}
    assert max(rungs.values()) == 1


async def check_the_audit(year: Year) -> None:
    """Both chains are whole."""
    async with year.stage.bot.store.unit_of_work(year.stage.clock.now()) as work:
        for office_id in (year.stage.office_id, year.town.office_id):
            lines = await work.audit.lines(office_id)
            assert lines
            assert list(chain_faults(lines, await work.audit.head(office_id))) == []
