"""A round as the office keeps an eye on it: its notice, who was reached, who was asked."""

from typing import Annotated

import typer
from rich.table import Table

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import run, screen, settings_and_logs, show, with_store
from handlers.contact import find_contacts
from handlers.conversation import task_states
from handlers.plan_shelf import PlanShelf
from handlers.signing import announce
from reporting.calendar import OFFICE_ZONE
from reporting.contact import compose_budget
from reporting.errors import UserMistake
from reporting.office import OpenPlan
from reporting.round import Round, round_before, round_of
from reporting.signing import compose_announced
from reporting.wording import moment_words
from storage.unit_of_work import PostgresUnitOfWork, Store

By = Annotated[str, typer.Option(help="经办人姓名，记入留痕")]
Before = Annotated[bool, typer.Option("--before", help="看上一轮")]


def rounds() -> typer.Typer:
    """The `round` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("announce")(announce_round)
    app.command("signatures")(list_signatures)
    app.command("contacts")(list_contacts)
    app.command("escalations")(list_escalations)
    return app


def announce_round(office: OfficeName, by: By = "operator") -> None:
    """向所有联络员下发本轮报送通知，请其回复“收到”签收；每人一次。

    例：liaison-bot round announce --by 王敏 --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> str:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            plan, month, round_id = await _open(unit, office)
            told = await announce(unit, plan, (month, round_id))
            subject, details = f"round:{round_id}", {"told": told}
            await unit.audit.note(plan.office.id, by, "round_announced", subject, details)
            return compose_announced(month, told)

    screen().print(run(with_store(settings, work)))


def list_signatures(office: OfficeName) -> None:
    """列出本轮报送通知的签收情况。

    例：liaison-bot round signatures --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("姓名", "单位", "通知时间", "签收")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            plan, _, round_id = await _open(unit, office)
            people = {p.liaison_id: p.liaison for p in await unit.people.liaisons(plan.office.id)}
            for one in await unit.signings.all(round_id):
                person = people.get(one.liaison_id)
                if person is None:
                    continue
                signed = "已填报" if one.reported else "未签收"
                if one.signed_at is not None:
                    signed = moment_words(one.signed_at.astimezone(OFFICE_ZONE))
                told = moment_words(one.told_at.astimezone(OFFICE_ZONE))
                table.add_row(person.name, "、".join(person.units), told, signed)
        show(table, "本轮还没有通知谁。")

    run(with_store(settings, work))


def list_contacts(office: OfficeName) -> None:
    """列出每个联络员的状态（未送达、未通知、已送达、待确认、已报、退回）和本月提醒条数。

    例：liaison-bot round contacts --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("编号", "姓名", "单位", "状态", "本月提醒", "电话")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            plan, month, round_id = await _open(unit, office)
            states = await task_states(unit, round_id, month, list(plan.tasks.values()))
            contacts = await find_contacts(unit, plan.office.id, month, list(states.values()))
        for one in contacts:
            cells = (one.key, one.name, "、".join(one.units), one.state.value, str(one.sent))
            table.add_row(*cells, one.phone)
        show(table, "还没有联络员。")
        screen().print(compose_budget(contacts, plan.office.policy.reminder_budget))

    run(with_store(settings, work))


def list_escalations(office: OfficeName, before: Before = False) -> None:
    """列出截止后逐级提醒到了哪一层、何时送达。

    例：liaison-bot round escalations --before --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("单位", "层级", "提醒时间", "送达时间")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            plan, month, round_id = await _open(unit, office)
            if before:
                last = round_before(month, plan.office.rules, plan.office.calendar)
                found = await unit.rounds.find(plan.id, last)
                round_id = found.id if found else 0
            for name, asked in (await unit.escalations.asked(round_id)).items():
                for one in asked:
                    moments = (one.asked_at, one.reached_at)
                    told = [moment_words(m.astimezone(OFFICE_ZONE)) if m else "" for m in moments]
                    table.add_row(name, one.rung.value, told[0], told[1] or "未送达")
        show(table, "还没有逐级提醒过。")

    run(with_store(settings, work))


async def _open(unit: PostgresUnitOfWork, name: str) -> tuple[OpenPlan, Round, int]:
    """The office's plan and the round of this moment."""
    office = await unit.plans.office(await office_id_of(unit, name))
    month = round_of(unit.now, office.rules, office.calendar)
    try:
        plan = await PlanShelf().open(unit, office, month.year)
    except LookupError:
        raise UserMistake(f"{office.name}还没有导入任务分解") from None
    opened = await unit.rounds.ensure(office.id, plan.id, month)
    return plan, month, opened.id
