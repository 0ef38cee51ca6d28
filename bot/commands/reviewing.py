"""The office's decisions on the command line: the words are those it writes in chat."""

from typing import Annotated

import typer

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import run, screen, settings_and_logs, with_store
from handlers.conversation import task_states
from handlers.plan_shelf import PlanShelf
from handlers.review import Bench, review
from reporting.errors import UserMistake
from reporting.review import compose_reviewed, read_review
from reporting.round import round_of
from storage.unit_of_work import PostgresUnitOfWork, Store


def decide(
    words: Annotated[str, typer.Argument(help="退回、通过、追问或销号，加编号和理由")],
    office: OfficeName,
    by: Annotated[str, typer.Option(help="经办人姓名，记入留痕")],
) -> None:
    """审核填报：通过、退回（写明原因）、追问、销号，可一次多项。

    例：liaison-bot review "退回 12、15 数据不实，请核实" --by 王敏 --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> str:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            bench = await _bench(unit, await office_id_of(unit, office))
            order = read_review(words, bench.states)
            if order is None:
                raise UserMistake("请以“通过”“退回”“追问”或“销号”开头")
            return compose_reviewed(await review(bench, order, f"staff:{by}"))

    screen().print(run(with_store(settings, work)))


async def _bench(unit: PostgresUnitOfWork, office_id: int) -> Bench:
    office = await unit.plans.office(office_id)
    month = round_of(unit.now, office.rules, office.calendar)
    try:
        plan = await PlanShelf().open(unit, office, month.year)
    except LookupError:
        raise UserMistake(f"{office.name}还没有导入任务分解") from None
    opened = await unit.rounds.ensure(office.id, plan.id, month)
    states = await task_states(unit, opened.id, month, list(plan.tasks.values()))
    return Bench(work=unit, plan=plan, round_id=opened.id, states=states)
