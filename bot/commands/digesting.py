"""What the ledger holds, printed and not sent: `digest` and `history`."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.planning import read_month
from bot.commands.terminal import run, screen, settings_and_logs, with_store
from handlers.digest_text import office_view, text_of
from handlers.inquiry import tell_history
from handlers.plan_shelf import PlanShelf
from reporting.errors import UserMistake
from reporting.preview import DigestKind
from reporting.round import open_round, round_of
from storage.unit_of_work import Store


class View(StrEnum):
    """Which digest is wanted, as the operator names it."""

    GROUP = "群"
    QUARTER = "季度"
    OFFICE = "全部"


def print_digest(
    office: OfficeName,
    month: Annotated[str | None, typer.Option(help="月份，如 2026-06；默认本轮")] = None,
    view: Annotated[View, typer.Option(help="群：领导群月度摘要；季度；全部：督查室")] = View.GROUP,
) -> None:
    """按现在的台账打印摘要，不发出。

    例：liaison-bot digest --view 季度 --month 2026-06 --office 青河县人民政府督查室
    """
    settings = settings_and_logs()
    wanted = read_month(month) if month else None

    async def work(store: Store) -> str:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            held = await unit.plans.office(await office_id_of(unit, office))
            this = (
                open_round(*wanted, held.rules, held.calendar)
                if wanted
                else round_of(unit.now, held.rules, held.calendar)
            )
            try:
                await unit.plans.plan(held.id, this.year)
            except LookupError:
                raise UserMistake(f"{held.name}还没有导入任务分解") from None
            opened = await unit.rounds.kept(held.id, this)
            if opened is None:
                raise UserMistake(f"{this.label}还没有开始报送")
            plan = await PlanShelf().of_round(unit, held, opened.plan_id)
            if view is View.OFFICE:
                return await office_view(unit, plan, this, opened.id)
            kind = DigestKind.QUARTER if view is View.QUARTER else DigestKind.CUTOFF
            return await text_of(kind, unit, plan, this, opened.id)

    screen().print(run(with_store(settings, work)), markup=False)


def print_history(
    code: Annotated[str, typer.Argument(help="任务编号，如 12")], office: OfficeName
) -> None:
    """列出一项任务历次填报（含撤回、退回的版本）和历次变更。

    例：liaison-bot history 12 --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> str:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            held = await unit.plans.office(await office_id_of(unit, office))
            month = round_of(unit.now, held.rules, held.calendar)
            try:
                plan = await PlanShelf().open(unit, held, month.year)
            except LookupError:
                raise UserMistake(f"{held.name}还没有导入任务分解") from None
            if code not in plan.tasks:
                raise UserMistake(f"没有编号为“{code}”的任务")
            return await tell_history(unit, plan, code)

    screen().print(run(with_store(settings, work)), markup=False)
