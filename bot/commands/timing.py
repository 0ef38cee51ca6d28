"""When an office reminds and counts: its ladder, its quiet hours, its own days off and on."""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from bot.app import choose_clock
from bot.commands.administration import office_id_of, read_time
from bot.commands.terminal import run, screen, settings_and_logs, with_store
from reporting.errors import UserMistake
from reporting.round import RoundRules
from reporting.wording import day_words
from storage.unit_of_work import Store

Name = Annotated[str, typer.Argument(help="督查室名称")]
ON, OFF = frozenset({"上班", "on"}), frozenset({"放假", "off"})


def set_ladder(
    name: Name,
    steps: Annotated[
        str, typer.Option(help="截止前几个工作日提醒，如 5,3,1,0；写“无”则截止前不提醒")
    ] = "",
    remind_at: Annotated[str, typer.Option(help="每天几点提醒，如 09:00")] = "",
    quiet: Annotated[str, typer.Option(help="免打扰时段，如 20:00-08:30")] = "",
    opens_day: Annotated[int | None, typer.Option(help="每月几日开始报送")] = None,
) -> None:
    """查看或修改提醒档次、提醒时刻、免打扰时段和每月开始日；没写的保持原样。

    例：liaison-bot office ladder 青河县人民政府督查室 --steps 5,3,1,0 --quiet 20:00-08:30
    """
    settings = settings_and_logs()

    async def work(store: Store) -> RoundRules:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office = await unit.plans.office(await office_id_of(unit, name))
            rules = _changed(office.rules, steps, remind_at, quiet)
            if opens_day is not None:
                rules = replace(rules, opens_day=opens_day)
            if rules != office.rules:
                await unit.registry.save_office(name, rules, office.phone)
                details = {"steps": list(rules.reminder_days), "at": f"{rules.remind_at:%H:%M}"}
                subject = f"office:{office.id}"
                await unit.audit.note(office.id, "operator", "ladder_set", subject, details)
        return rules

    rules = run(with_store(settings, work))
    days = "、".join(map(str, rules.reminder_days)) or "无"
    screen().print(
        f"每月{rules.opens_day}日开始；截止前{days}个工作日的{rules.remind_at:%H:%M}提醒；"
        f"{rules.quiet_from:%H:%M}至{rules.quiet_until:%H:%M}不打扰。"
    )


def set_days(
    name: Name,
    days: Annotated[
        list[str] | None, typer.Argument(help="如 2026-06-19=放假 2026-06-21=上班")
    ] = None,
) -> None:
    """查看或登记本单位自己的放假与上班日（国务院办公厅的安排已内置）。

    例：liaison-bot office days 青河县人民政府督查室 2026-10-23=放假
    """
    settings = settings_and_logs()
    given = dict(_day(text) for text in days or ())

    async def work(store: Store) -> dict[date, bool]:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office = await unit.plans.office(await office_id_of(unit, name))
            known = {**office.calendar.overrides, **given}
            if given:
                await unit.registry.save_days(office.id, known)
                details = {day.isoformat(): works for day, works in given.items()}
                subject = f"office:{office.id}"
                await unit.audit.note(office.id, "operator", "days_set", subject, details)
        return known

    known = run(with_store(settings, work))
    for day, works in sorted(known.items()):
        screen().print(f"{day.year}年{day_words(day)} {'上班' if works else '放假'}")
    if not known:
        screen().print("没有登记自己的放假或上班日，按国务院办公厅的安排计算。")


def _changed(rules: RoundRules, steps: str, remind_at: str, quiet: str) -> RoundRules:
    if steps:
        parts = [] if steps == "无" else steps.replace("，", ",").replace("、", ",").split(",")
        if not all(part.strip().isdigit() for part in parts):
            raise UserMistake(f"提醒档次“{steps}”应写作 5,3,1,0")
        rules = replace(rules, reminder_days=tuple(int(part) for part in parts))
    begins, _, ends = quiet.partition("-")
    return replace(
        rules,
        remind_at=read_time(remind_at) if remind_at else rules.remind_at,
        quiet_from=read_time(begins) if quiet else rules.quiet_from,
        quiet_until=read_time(ends) if quiet else rules.quiet_until,
    )


def _day(text: str) -> tuple[date, bool]:
    day, _, word = text.partition("=")
    try:
        found = date.fromisoformat(day)
    except ValueError:
        raise typer.BadParameter(f"“{text}”应写作 2026-06-19=放假") from None
    if word not in ON | OFF:
        raise typer.BadParameter(f"“{text}”应写作 2026-06-19=放假 或 =上班")
    return found, word in ON
