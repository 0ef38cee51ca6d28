"""Plans and replies without a chat: `import`, `understand`, `rehearse`."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import (
    MISTAKE,
    progress_bar,
    remarks,
    run,
    screen,
    settings_and_logs,
    with_store,
)
from bot.importing import read_for_import, with_kinds
from bot.rehearsal import Rehearsed, rehearse_month
from documents.directory_reader import read_directory
from documents.plan_json import plan_as_json
from documents.plan_reader import PlanReading
from handlers.import_plan import Imported, import_plan
from reporting.errors import UserMistake
from reporting.plan import Directory
from reporting.understanding.corpus import understand_lines
from storage.unit_of_work import Store


def import_table(
    file: Annotated[Path, typer.Argument(help="任务分解表：xlsx、docx、txt", exists=True)],
    office: Annotated[str, typer.Option(help="督查室名称")],
    directory: Annotated[Path | None, typer.Option(help="通讯录 xlsx", exists=True)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结果，不写入")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    force: Annotated[bool, typer.Option("--force", help="有问题也照样导入")] = False,
) -> None:
    """导入任务分解表；再次导入显示差异并形成新版本。

    例：liaison-bot import 分解表.xlsx --office 青河县人民政府督查室 --directory 通讯录.xlsx
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        now = choose_clock(settings).now()
        async with store.unit_of_work(now) as unit:
            known = await unit.registry.find(office)
            held = Directory() if known is None else await unit.registry.directory(known)
            given = held if directory is None else read_directory(directory)
            reading = read_for_import(file, office=office, directory=given, now=now)
            _show_reading(reading, as_json=as_json)
            if reading.problems and not force:
                raise UserMistake(
                    f"有{len(reading.problems)}处问题，没有导入；核对无误后可加 --force"
                )
            if dry_run:
                remarks().print(f"试读完毕，没有写入：{_counted(reading)}")
                return
            plan = with_kinds(reading.plan)
            imported = await import_plan(unit, plan, office=office, source=file.name)
            await unit.channels.bind_all(imported.office_id)
        _show_import(imported, reading)

    run(with_store(settings, work))


def _show_reading(reading: PlanReading, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(plan_as_json(reading), ensure_ascii=False, indent=1))
    for problem in reading.problems:
        remarks().print(f"[red]问题[/] {problem}")
    for warning in reading.warnings:
        remarks().print(f"[yellow]提醒[/] {warning}")


def _show_import(imported: Imported, reading: PlanReading) -> None:
    same = "" if imported.change else "（与上一次相同，没有新版本）"
    remarks().print(f"已导入第{imported.version}版{same}：{_counted(reading)}")
    for line in imported.described:
        remarks().print(f"  {line}")


def _counted(reading: PlanReading) -> str:
    plan = reading.plan
    return (
        f"《{plan.title}》{len(plan.tasks)}项任务，"
        f"{len(plan.directory.units)}个单位，{len(plan.directory.liaisons)}名联络员。"
    )


def understand_messages(
    office: Annotated[Path, typer.Argument(help="office.json", exists=True)],
    messages: Annotated[Path, typer.Argument(help="messages.jsonl", exists=True)],
) -> None:
    """读懂一批回复，每条输出一行结果（JSON）。

    例：liaison-bot understand office.json messages.jsonl > outcomes.jsonl
    """
    try:
        data = json.loads(office.read_text("utf-8"))
        rows = [json.loads(row) for row in messages.read_text("utf-8").splitlines() if row.strip()]
    except ValueError as fault:
        remarks().print(f"[red]错误：[/]文件不是有效的 JSON：{fault}")
        raise typer.Exit(MISTAKE) from fault
    with progress_bar("读回复", len(rows)) as step:
        for line in understand_lines(data, rows):
            typer.echo(json.dumps(line, ensure_ascii=False))
            step("")


def rehearse(
    office: OfficeName,
    month: Annotated[str, typer.Option(help="月份，如 2026-06")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """预演一个月：按现有台账，谁会在何时收到什么，一条都不真发。

    例：liaison-bot rehearse --office 青河县人民政府督查室 --month 2026-06
    """
    settings = settings_and_logs()
    year, number = read_month(month)

    async def work(store: Store) -> list[Rehearsed]:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
        return await rehearse_month(store, office_id, year, number)

    rehearsed = run(with_store(settings, work))
    if as_json:
        rows = [one.as_json() for one in rehearsed]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _show_rehearsal(rehearsed)


def read_month(text: str) -> tuple[int, int]:
    """The year and month of 2026-06; ends the command on anything else."""
    year, _, number = text.partition("-")
    if not (year.isdigit() and number.isdigit() and 1 <= int(number) <= 12):
        remarks().print(f"[red]错误：[/]月份“{text}”应写作 2026-06")
        raise typer.Exit(MISTAKE)
    return int(year), int(number)


def _show_rehearsal(rehearsed: list[Rehearsed]) -> None:
    table = Table(title=f"预演：共{len(rehearsed)}条消息")
    for heading in ("时间", "通道", "发给", "依据", "首行"):
        table.add_column(heading)
    for one in rehearsed:
        first = one.text.splitlines()[0]
        table.add_row(f"{one.at:%m-%d %H:%M}", one.channel, one.to, one.rule, first)
    screen().print(table)
