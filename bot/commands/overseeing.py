"""Accounts of leaders and of the office's own staff."""

from typing import Annotated

import typer
from rich.table import Table

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import run, screen, settings_and_logs, show, with_store
from reporting.errors import UserMistake
from reporting.overseer import Overseer, Post
from reporting.wording import code_list
from storage.unit_of_work import PostgresUnitOfWork, Store

Name = Annotated[str, typer.Argument(help="姓名")]
Channel = Annotated[str, typer.Argument(help="通道名")]
UserId = Annotated[str, typer.Argument(help="平台上的账号")]


def leaders() -> typer.Typer:
    """The `leader` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("bind")(bind_leader)
    app.command("unbind")(unbind_leader)
    app.command("list")(list_leaders)
    return app


def staff() -> typer.Typer:
    """The `office staff` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("add")(add_staff)
    app.command("remove")(remove_staff)
    app.command("list")(list_staff)
    return app


def bind_leader(name: Name, channel: Channel, user_id: UserId, office: OfficeName) -> None:
    """把平台账号绑定到分管领导；他只看得到自己分管的任务。

    例：liaison-bot leader bind 李建国 qinghe-wx-7f3a lijianguo --office 青河县人民政府督查室
    """
    _bind(Post.LEADER, name, (channel, user_id), office)


def add_staff(name: Name, channel: Channel, user_id: UserId, office: OfficeName) -> None:
    """登记督查室工作人员的账号；他看得到全部任务。

    例：liaison-bot office staff add 王敏 qinghe-wx-7f3a wangmin --office 青河县人民政府督查室
    """
    _bind(Post.STAFF, name, (channel, user_id), office)


def unbind_leader(channel: Channel, user_id: UserId, office: OfficeName) -> None:
    """解除平台账号与分管领导的绑定；他不再收到摘要，也看不到任务。

    例：liaison-bot leader unbind qinghe-wx-7f3a lijianguo --office 青河县人民政府督查室
    """
    _unbind(Post.LEADER, (channel, user_id), office)


def remove_staff(channel: Channel, user_id: UserId, office: OfficeName) -> None:
    """取消督查室工作人员的账号；他不再看得到任务，也不能再审核。

    例：liaison-bot office staff remove qinghe-wx-7f3a wangmin --office 青河县人民政府督查室
    """
    _unbind(Post.STAFF, (channel, user_id), office)


def list_leaders(office: OfficeName) -> None:
    """列出分管领导的账号。

    例：liaison-bot leader list --office 青河县人民政府督查室
    """
    _list(Post.LEADER, office)


def list_staff(office: OfficeName) -> None:
    """列出督查室工作人员的账号。

    例：liaison-bot office staff list --office 青河县人民政府督查室
    """
    _list(Post.STAFF, office)


def list_instructions(office: OfficeName) -> None:
    """列出还没有答复的领导批示。

    例：liaison-bot instructions --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("时间", "领导", "单位", "批示", "时限")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            for one in await unit.instructions.all_open(await office_id_of(unit, office)):
                due = one.due.isoformat() if one.due else ""
                table.add_row(f"{one.made_at:%m-%d %H:%M}", one.leader, one.unit, one.words, due)
        show(table, "没有待答复的批示。")

    run(with_store(settings, work))


def list_concerns(office: OfficeName) -> None:
    """列出未办结的问题、建议、协调事项和联席会议建议；办结、转办用 liaison-bot review。

    例：liaison-bot concerns --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("编号", "事项", "内容", "责任单位", "时限")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            for one in await unit.concerns.all_open(await office_id_of(unit, office)):
                due = one.due.isoformat()
                table.add_row(one.name, code_list(one.tasks), one.words, one.owner, due)
        show(table, "没有未办结的事项。")

    run(with_store(settings, work))


def _bind(post: Post, name: str, account: tuple[str, str], office: str) -> None:
    settings = settings_and_logs()
    channel, user_id = account

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            await _check(unit, office_id, channel, name if post is Post.LEADER else None)
            overseer = Overseer(
                office_id=office_id, post=post, name=name, channel=channel, user_id=user_id
            )
            await unit.overseers.bind(overseer)
            details = {"channel": channel, "account": user_id}
            subject = f"{post.value}:{name}"
            await unit.audit.note(office_id, "operator", "overseer_bound", subject, details)
        screen().print(f"已把{channel}上的{user_id}绑定到{name}。")

    run(with_store(settings, work))


def _unbind(post: Post, account: tuple[str, str], office: str) -> None:
    settings = settings_and_logs()
    channel, user_id = account

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            if not await unit.overseers.unbind(office_id, post, channel, user_id):
                group = "leader" if post is Post.LEADER else "office staff"
                raise UserMistake(
                    f"{channel}上没有登记账号“{user_id}”；用 liaison-bot {group} list 查看"
                )
            subject = f"account:{user_id}"
            details = {"channel": channel, "post": post.value}
            await unit.audit.note(office_id, "operator", "overseer_unbound", subject, details)
        screen().print(f"已解除{channel}上{user_id}的绑定。")

    run(with_store(settings, work))


async def _check(
    unit: PostgresUnitOfWork, office_id: int, channel: str, leader: str | None
) -> None:
    """Refuse a channel of another office, and a leader whom the directory does not name."""
    own = {row.name for row in await unit.channels.all() if row.office_id == office_id}
    if channel not in own:
        raise UserMistake(f"本督查室没有名为“{channel}”的通道；用 liaison-bot channel list 查看")
    known = [one.name for one in (await unit.registry.directory(office_id)).leaders]
    if leader is not None and leader not in known:
        raise UserMistake(f"通讯录里没有领导“{leader}”；已有：{'、'.join(known) or '无'}")


def _list(post: Post, office: str) -> None:
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("姓名", "通道", "账号")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            for one in await unit.overseers.all(office_id):
                if one.post is post:
                    table.add_row(one.name, one.channel, one.user_id)
        show(table, "还没有登记谁。")

    run(with_store(settings, work))
