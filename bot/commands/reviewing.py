"""The office's decisions on the command line: the words are those it writes in chat."""

from typing import Annotated

import typer

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import run, screen, settings_and_logs, with_store
from handlers.conversation import task_states
from handlers.office_order import carry_out
from handlers.plan_shelf import PlanShelf
from handlers.review import Bench
from reporting.errors import UserMistake
from reporting.round import round_of
from storage.unit_of_work import PostgresUnitOfWork, Store

NO_ORDER = "请以“通过”“退回”“追问”“销号”“同意延期”“变更”“中止”“恢复”“办结”“转办”或“改记”开头"


def decide(
    words: Annotated[str, typer.Argument(help="督查室在聊天里怎么写，这里就怎么写")],
    office: OfficeName,
    by: Annotated[str, typer.Option(help="经办人姓名，记入留痕")],
) -> None:
    """督查室的决定：通过、退回、追问、销号，同意（不同意）延期，变更、中止、恢复，办结、转办，改记，登记休假；可一次多项。

    例：liaison-bot review "退回 12、15 数据不实，请核实" --by 王敏 --office 青河县人民政府督查室
        liaison-bot review "变更 12 完成时限 2026年12月31日 依据会议纪要3号" --by 王敏 --office …
        liaison-bot review "改记 70 71" --by 王敏 --office …   报在第70项的其实是第71项
        liaison-bot review "张三12号到16号休假，找李四" --by 王敏 --office …
        liaison-bot review "延期申请" --by 王敏 --office …   列出待批的延期
    """
    settings = settings_and_logs()

    async def work(store: Store) -> str:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            bench = await open_bench(unit, await office_id_of(unit, office))
            receipt = await carry_out(bench, words, f"staff:{by}")
        if not receipt:
            raise UserMistake(NO_ORDER)
        return receipt

    screen().print(run(with_store(settings, work)))


async def open_bench(unit: PostgresUnitOfWork, office_id: int) -> Bench:
    """Where the office decides without a message."""
    office = await unit.plans.office(office_id)
    month = round_of(unit.now, office.rules, office.calendar)
    try:
        plan = await PlanShelf().open(unit, office, month.year)
    except LookupError:
        raise UserMistake(f"{office.name}还没有导入任务分解") from None
    opened = await unit.rounds.ensure(office.id, plan.id, month)
    states = await task_states(unit, opened.id, month, list(plan.tasks.values()))
    return Bench(work=unit, plan=plan, round_id=opened.id, states=states)
