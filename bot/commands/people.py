"""The people of the units: who holds which duty, who is away, who takes over."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated

import typer
from rich.table import Table

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.binding import full_name
from bot.commands.terminal import run, screen, settings_and_logs, show, with_store
from handlers.hand_over import hand_over
from handlers.office_leave import enter_leave
from reporting.calendar import OFFICE_ZONE
from reporting.errors import UserMistake
from reporting.hand_over import compose_handed_over
from reporting.leave import Leave, span_words
from reporting.liaison import Liaison, Rung
from reporting.office import Correspondent
from reporting.plan import Directory
from storage.unit_of_work import PostgresUnitOfWork, Store

Key = Annotated[str, typer.Argument(help="联络员编号，见 liaison list")]
By = Annotated[str, typer.Option(help="经办人姓名，记入留痕")]
Duty = Annotated[Rung, typer.Option(help="联络员、B角、科室负责人或单位主要负责人")]


def add_to(app: typer.Typer) -> None:
    """Add these to the `liaison` commands."""
    app.command("add")(add_person)
    app.command("duty")(set_duty)
    app.command("leave")(keep_absence)
    app.command("leaves")(list_leaves)
    app.command("hand-over")(give_away)


def add_person(
    name: Annotated[str, typer.Argument(help="姓名")],
    office: OfficeName,
    unit: Annotated[str, typer.Option(help="单位全称或简称")],
    duty: Duty = Rung.LIAISON,
    phone: Annotated[str, typer.Option(help="电话")] = "",
    wecom: Annotated[str, typer.Option(help="企业微信账号")] = "",
    dingtalk: Annotated[str, typer.Option(help="钉钉账号")] = "",
) -> None:
    """登记一个单位的联络员、B角或负责人；有账号的自动绑定。

    例：liaison-bot liaison add 周明 --unit 县教育局 --duty 科室负责人 --wecom zm --office 督查室
    """
    _require_of_unit(duty)

    async def work(unit_of_work: PostgresUnitOfWork, office_id: int) -> str:
        known = await unit_of_work.registry.directory(office_id)
        own = full_name(known, unit)
        person = Liaison(
            key=wecom or dingtalk or phone or f"{name}·{own}",
            name=name,
            units=(own,),
            phone=phone,
            wecom=wecom,
            dingtalk=dingtalk,
            duty=duty,
        )
        if any(one.key == person.key for one in known.liaisons):
            raise UserMistake(f"已有编号为“{person.key}”的人；改职责用 liaison duty")
        await unit_of_work.registry.save_directory(office_id, Directory(liaisons=(person,)))
        await unit_of_work.channels.bind_all(office_id)
        await unit_of_work.registry.touch(office_id)
        return f"已登记：{own}{duty.value}{name}，编号{person.key}。"

    _do(office, work)


def set_duty(
    key: Key, duty: Annotated[Rung, typer.Argument(help="职责")], office: OfficeName
) -> None:
    """改一个人的职责：只提醒联络员；B角在他休假或联系不上时顶替，负责人在逾期后才通知。

    例：liaison-bot liaison duty l02 B角 --office 青河县人民政府督查室
    """
    _require_of_unit(duty)

    async def work(unit: PostgresUnitOfWork, office_id: int) -> str:
        person = await person_of(unit, office_id, key)
        await unit.people.change(person.liaison_id, units=person.liaison.units, duty=duty)
        await unit.audit.note(
            office_id, "operator", "duty_set", f"liaison:{person.liaison_id}", {"duty": duty.value}
        )
        return f"{person.liaison.name}（{'、'.join(person.liaison.units)}）现为{duty.value}。"

    _do(office, work)


def keep_absence(
    key: Key,
    office: OfficeName,
    starts: Annotated[str, typer.Option("--from", help="第一天，如 2026-06-12")] = "",
    ends: Annotated[str, typer.Option("--until", help="最后一天")] = "",
    stand_in: Annotated[str, typer.Option(help="顶替人编号；不写则由B角顶替")] = "",
    cancel: Annotated[bool, typer.Option("--cancel", help="销假")] = False,
    by: By = "operator",
) -> None:
    """登记联络员休假，期间的提醒和通知发给顶替人；--cancel 销假。

    例：liaison-bot liaison leave l01 --from 2026-06-12 --until 2026-06-16 --office 督查室
    """
    if not cancel and not (starts and ends):
        raise typer.BadParameter("请写 --from 和 --until，或 --cancel")

    async def work(unit: PostgresUnitOfWork, office_id: int) -> str:
        person = await person_of(unit, office_id, key)
        if cancel:
            return await enter_leave(unit, person, None, by)
        other = await person_of(unit, office_id, stand_in) if stand_in else None
        leave = Leave(
            liaison_id=person.liaison_id,
            starts=_day(starts),
            ends=_day(ends),
            stand_in=other.liaison_id if other else None,
        )
        if leave.ends < leave.starts or (other and other.liaison_id == person.liaison_id):
            raise UserMistake("最后一天须不早于第一天，顶替人须是另一个人")
        return await enter_leave(unit, person, leave, by)

    _do(office, work)


def list_leaves(office: OfficeName) -> None:
    """列出正在和将要休假的联络员。

    例：liaison-bot liaison leaves --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("编号", "姓名", "单位", "休假", "顶替人")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            people = {one.liaison_id: one for one in await unit.people.liaisons(office_id)}
            today = unit.now.astimezone(OFFICE_ZONE).date()
            for leave in await unit.leaves.ahead(office_id, today):
                one = people[leave.liaison_id].liaison
                other = people[leave.stand_in].liaison.name if leave.stand_in else "B角"
                table.add_row(one.key, one.name, "、".join(one.units), span_words(leave), other)
        show(table, "还没有联络员。")

    run(with_store(settings, work))


def give_away(
    key: Annotated[str, typer.Argument(help="移交人编号")],
    to: Annotated[str, typer.Argument(help="接手人编号")],
    office: OfficeName,
    unit: Annotated[str, typer.Option(help="只移交这个单位的任务；不写则全部")] = "",
    by: By = "operator",
) -> None:
    """把一个联络员的任务移交给另一个人，双方都会收到通知。

    例：liaison-bot liaison hand-over l01 l02 --by 王敏 --office 青河县人民政府督查室
    """

    async def work(unit_of_work: PostgresUnitOfWork, office_id: int) -> str:
        units: tuple[str, ...] = ()
        if unit:
            units = (full_name(await unit_of_work.registry.directory(office_id), unit),)
        person = await person_of(unit_of_work, office_id, key)
        other = await person_of(unit_of_work, office_id, to)
        given = await hand_over(unit_of_work, (person, other), units, by)
        return compose_handed_over(person.liaison.name, other.liaison.name, given)

    _do(office, work)


async def person_of(unit: PostgresUnitOfWork, office_id: int, key: str) -> Correspondent:
    """The liaison of this number; UserMistake where there is none."""
    found = await unit.people.by_key(office_id, key)
    if found is None:
        raise UserMistake(f"没有编号为“{key}”的联络员；用 liaison-bot liaison list 查看")
    return found


def _do(office: str, work: Callable[[PostgresUnitOfWork, int], Awaitable[str]]) -> None:
    """Do something for an office in one transaction and say what came of it."""
    settings = settings_and_logs()

    async def within(store: Store) -> str:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            return await work(unit, await office_id_of(unit, office))

    screen().print(run(with_store(settings, within)))


def _require_of_unit(duty: Rung) -> None:
    if duty is Rung.LEADER:
        raise typer.BadParameter("分管领导用 liaison-bot leader bind 登记")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserMistake(f"日期“{text}”应写作 2026-06-12") from None
