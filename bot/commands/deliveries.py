"""Messages that did not simply arrive: the operator sees why, mends it, and sends them again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import run, screen, settings_and_logs, show, with_store
from reporting.errors import UserMistake
from reporting.messages import DeliveryState
from storage.dead_letters import DeadLetters, Letter
from storage.roster import list_troubled
from storage.unit_of_work import PostgresUnitOfWork, Store

STILL_OF_USE = timedelta(days=3)  # an older reminder or digest would only confuse
DOUBTFUL = {DeliveryState.UNKNOWN, DeliveryState.PARTLY}


def deliveries() -> typer.Typer:
    """The `deliveries` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("list")(list_deliveries)
    app.command("resend")(resend)
    return app


def list_deliveries(
    office: OfficeName, limit: Annotated[int, typer.Option(help="最多列出几条")] = 50
) -> None:
    """列出没有顺利送达的消息和平台的说法。

    例：liaison-bot deliveries list --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("编号", "时间", "通道", "发给", "类型", "结果", "代码", "说明")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            for one in await list_troubled(unit.connection, office_id, limit):
                written = one.written_at.astimezone(settings.timezone).strftime("%m-%d %H:%M")
                cells = (one.channel, one.target, one.kind, one.state, one.code, one.detail)
                table.add_row(str(one.id), written, *map(escape, cells))
        show(table, "没有没送达的消息。")

    run(with_store(settings, work))


def resend(
    numbers: Annotated[
        list[int] | None, typer.Argument(help="消息编号，见 deliveries list")
    ] = None,
    refused_of: Annotated[
        str, typer.Option("--refused-of", help="重发此督查室近三天所有被拒绝的消息")
    ] = "",
    sure: Annotated[
        bool, typer.Option("--yes", help="已确认对方没有收到，允许重发结果不明的消息")
    ] = False,
) -> None:
    """改正原因后重发消息；结果不明的须先确认对方没有收到，再加 --yes。

    例：liaison-bot deliveries resend 17 18 --yes
    """
    settings = settings_and_logs()
    if not numbers and not refused_of:
        raise typer.BadParameter("请写消息编号，或用 --refused-of 指定督查室")

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            letters = DeadLetters(unit.connection, store.jobs)
            if refused_of:
                office_id = await office_id_of(unit, refused_of)
                found = await letters.refused(office_id, unit.now - STILL_OF_USE)
            else:
                found = await letters.find(numbers or [])
                require_resendable(numbers or [], found, sure=sure)
            for letter in found:
                await letters.reopen(letter)
                await _note(unit, letter)
        screen().print(f"已重新放入发送队列：{len(found)}条。")

    run(with_store(settings, work))


def require_resendable(numbers: Sequence[int], found: Sequence[Letter], *, sure: bool) -> None:
    """UserMistake for whatever must not be sent again, or not without a second thought."""
    missing = set(numbers) - {letter.id for letter in found}
    problems = [f"没有编号为{number}的消息" for number in sorted(missing)]
    for letter in found:
        if letter.state is None:
            problems.append(f"消息{letter.id}仍在自动发送，不用重发")
        elif letter.state is DeliveryState.DELIVERED:
            problems.append(f"消息{letter.id}已经送达")
        elif letter.state in DOUBTFUL and not sure:
            problems.append(f"消息{letter.id}可能已经送达：确认对方没有收到后，加 --yes 重发")
    if problems:
        raise UserMistake("；".join(problems))


async def _note(unit: PostgresUnitOfWork, letter: Letter) -> None:
    details = {
        "channel": letter.channel,
        "target": letter.target,
        "state": letter.state.value if letter.state else "",
    }
    await unit.audit.note(
        letter.office_id, "operator", "delivery_resent", f"message {letter.id}", details
    )
