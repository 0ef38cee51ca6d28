"""What an office wants done with card numbers that people send in chat."""

from typing import Annotated

import typer

from bot.app import choose_clock
from bot.commands.administration import office_id_of
from bot.commands.terminal import run, screen, settings_and_logs, with_store
from reporting.secrecy import NumberRule
from storage.unit_of_work import Store


def set_number_rule(
    office: Annotated[str, typer.Argument(help="督查室名称")],
    rule: Annotated[NumberRule, typer.Argument(help="mask 遮盖后记录，quarantine 整条不记录")],
) -> None:
    """消息里出现身份证号、银行卡号时怎么办；带密级或内部标志的消息一律不记录。

    例：liaison-bot office numbers 青河县人民政府督查室 quarantine
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        async with store.unit_of_work(choose_clock(settings).now()) as work:
            office_id = await office_id_of(work, office)
            await work.registry.set_number_rule(office_id, rule)
            details = {"rule": rule.value}
            await work.audit.note(office_id, "operator", "number_rule_set", "office", details)
        said = "遮盖后记录" if rule is NumberRule.MASK else "整条不记录"
        screen().print(f"已保存：{office}，证件号和银行卡号{said}。")

    run(with_store(settings, work))
