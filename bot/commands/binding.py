"""One-time codes: how the office lets a person bind an account of his own."""

import secrets
from typing import Annotated

import typer

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import run, screen, settings_and_logs, with_store
from reporting.binding import Grant, new_code
from reporting.errors import UserMistake
from reporting.plan import Directory
from storage.unit_of_work import Store


def issue_code(
    office: OfficeName,
    unit: Annotated[str, typer.Option(help="联络员所在单位，全称或通讯录里的简称")],
    name: Annotated[str, typer.Option(help="联络员姓名")] = "",
    key: Annotated[
        str, typer.Option("--liaison", help="绑定到已有联络员（编号见 liaison list）")
    ] = "",
) -> None:
    """给一个单位发一次性绑定码；联络员在聊天里把它发给机器人即完成绑定。

    例：liaison-bot liaison code --office 青河县人民政府督查室 --unit 县教育局 --name 张三
    """
    settings = settings_and_logs()
    code = new_code(secrets.choice)

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as work:
            office_id = await office_id_of(work, office)
            known = await work.registry.directory(office_id)
            grant = Grant(id=0, unit=full_name(known, unit), name=name, liaison_key=key)
            if key and not any(liaison.key == key for liaison in known.liaisons):
                raise UserMistake(f"没有编号为“{key}”的联络员；用 liaison-bot liaison list 查看")
            expires = await work.accounts.issue(office_id, code, grant)
            await work.audit.note(
                office_id, "operator", "code_issued", f"unit:{grant.unit}", {"name": name}
            )
        until = expires.astimezone(settings.timezone)
        screen().print(
            f"绑定码：{code}\n"
            f"请{grant.unit}{name or '联络员'}在聊天里单独发给机器人：绑定 {code}\n"
            f"只能用一次，{until:%m月%d日 %H:%M}前有效；系统只存摘要，离开本屏不再显示。"
        )

    run(with_store(settings, work))


def full_name(known: Directory, said: str) -> str:
    """The unit of this name or short name; UserMistake where it is none or several."""
    found = [unit.name for unit in known.units if said == unit.name or said in unit.aliases]
    if len(found) == 1:
        return found[0]
    raise UserMistake(
        f"“{said}”同时是{'、'.join(found)}的简称，请写全称"
        if found
        else f"没有名为“{said}”的单位；先用 liaison-bot import 或 liaison import 导入"
    )
