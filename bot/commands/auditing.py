"""The audit trail (留痕): verifying its chain, exporting a task's dossier."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import remarks, run, screen, settings_and_logs, show, with_store
from documents.dossier import dossier_as_json, write_dossier
from reporting.audit_chain import ChainFault, ChainHead, chain_faults
from reporting.dossier import Dossier, FiledReport
from reporting.errors import UserMistake
from reporting.office import PlannedTask
from storage.dossier import filed_messages, filed_reports
from storage.unit_of_work import PostgresUnitOfWork, Store

FOUND = 1


def audits() -> typer.Typer:
    """The `audit` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("verify")(verify)
    app.command("export")(export)
    app.command("why")(explain)
    return app


def verify(office: OfficeName) -> None:
    """核验留痕链：任何一条被改动、删除、插入或调换都会指出位置。

    例：liaison-bot audit verify --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> tuple[ChainHead, list[ChainFault]]:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            head = await unit.audit.head(office_id)
            return head, list(chain_faults(await unit.audit.lines(office_id), head))

    head, faults = run(with_store(settings, work))
    for fault in faults:
        remarks().print(f"[red]断链[/] {fault.words}")
    if faults:
        raise typer.Exit(FOUND)
    screen().print(f"留痕完整：共{head.number}条，链尾{head.hash[:16] or '空'}。")


def export(
    office: OfficeName,
    task: Annotated[str, typer.Option(help="任务编号")],
    to: Annotated[
        Path | None, typer.Option(help="写成 xlsx 的路径；不填则输出 JSON", dir_okay=False)
    ] = None,
) -> None:
    """导出一项任务的卷宗：任务、历次填报、往来消息、留痕。

    例：liaison-bot audit export --office 青河县人民政府督查室 --task 12 --to 第12项卷宗.xlsx
    """
    settings = settings_and_logs()

    async def work(store: Store) -> Dossier:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            return await open_dossier(unit, office, task)

    dossier = run(with_store(settings, work))
    if to is None:
        typer.echo(json.dumps(dossier_as_json(dossier), ensure_ascii=False, indent=1))
    else:
        write_dossier(dossier, to)
        remarks().print(f"已写入 {to}")


def explain(office: OfficeName, task: Annotated[str, typer.Option(help="任务编号")]) -> None:
    """说明一项任务历次填报的依据：原话、记成什么、为什么记到这一项。

    例：liaison-bot audit why --office 青河县人民政府督查室 --task 12
    """
    settings = settings_and_logs()

    async def work(store: Store) -> Sequence[FiledReport]:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            found = await planned_task(unit, await office_id_of(unit, office), task)
            return await filed_reports(unit.connection, found.id)

    table = Table("月份", "单位", "原话", "记为", "依据", "把握")
    for one in run(with_store(settings, work)):
        sure = f"{one.probability:.0%}"
        table.add_row(one.month, one.unit, one.words, one.said, one.evidence, sure)
    show(table, "还没有填报。")


async def planned_task(unit: PostgresUnitOfWork, office_id: int, code: str) -> PlannedTask:
    """The task of this code in the plan in force."""
    try:
        plan_id, _ = await unit.plans.plan(office_id, unit.now.year)
    except LookupError:
        raise UserMistake("还没有导入任务分解") from None
    found = [one for one in await unit.plans.tasks(plan_id) if one.task.code == code]
    if not found:
        raise UserMistake(f"没有编号为“{code}”的任务")
    return found[0]


async def open_dossier(unit: PostgresUnitOfWork, office: str, code: str) -> Dossier:
    """Everything kept about a task of the plan in force; taking it out is noted as well."""
    office_id = await office_id_of(unit, office)
    found = await planned_task(unit, office_id, code)
    subject = f"task:{found.id}"
    await unit.audit.note(office_id, "operator", "dossier_exported", subject, {})
    return Dossier(
        office=office,
        task=found.task,
        reports=tuple(await filed_reports(unit.connection, found.id)),
        messages=tuple(await filed_messages(unit.connection, office_id, code)),
        lines=tuple(await unit.audit.about(office_id, subject, code)),
    )
