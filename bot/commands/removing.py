"""Taking away what was set up: a channel, or the account a liaison was bound to."""

from typing import Annotated

import typer

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import run, screen, settings_and_logs, with_store
from reporting.errors import UserMistake
from storage.unit_of_work import Store


def remove_channel(
    name: Annotated[str, typer.Argument(help="通道名")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False,
) -> None:
    """删除一个通道：密钥、群和账号绑定一并清除，已记的进展、附件和留痕不动。

    例：liaison-bot channel remove qinghe-wx-7f3a
    """
    settings = settings_and_logs()
    if not yes:
        typer.confirm(f"删除通道{name}和它上面的全部账号绑定？", abort=True)

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            removed = await unit.channels.remove(name)
            if removed is None:
                raise UserMistake(f"没有名为“{name}”的通道；用 liaison-bot channel list 查看")
            details = {"platform": removed.platform.value, "accounts": removed.accounts}
            await unit.audit.note(
                removed.office_id, "operator", "channel_removed", f"channel:{name}", details
            )
        screen().print(
            f"已删除通道{name}，解除{removed.accounts}个账号绑定；请到平台后台停用相应的应用或机器人。"
        )

    run(with_store(settings, work))


def unbind(
    channel: Annotated[str, typer.Argument(help="通道名")],
    user_id: Annotated[str, typer.Argument(help="平台上的账号，不分大小写")],
    office: OfficeName,
) -> None:
    """解除平台账号与联络员的绑定；联络员和他报过的进展不动。

    例：liaison-bot liaison unbind qinghe-wx-7f3a zhangsan --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            if not await unit.accounts.unbind(office_id, channel, user_id):
                raise UserMistake(
                    f"{channel}上没有绑定账号“{user_id}”；用 liaison-bot liaison list 查看"
                )
            await unit.audit.note(
                office_id,
                "operator",
                "account_unbound",
                f"account:{user_id}",
                {"channel": channel},
            )
        screen().print(f"已解除{channel}上{user_id}的绑定，他发来的消息不再记录。")

    run(with_store(settings, work))
