"""Short names the office has been taught for its tasks: seen, added and removed."""

from typing import Annotated

import typer
from rich.table import Table

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.auditing import planned_task
from bot.commands.terminal import run, screen, settings_and_logs, show, with_store
from reporting.alias import SOURCE_WORDS, Lesson, Source
from reporting.errors import UserMistake
from reporting.office import PlannedTask
from reporting.understanding.dialogue.alias import LONGEST_NAME, SHORTEST_NAME
from reporting.understanding.words.normalise import plain
from reporting.wording import code_words, task_words
from storage.unit_of_work import PostgresUnitOfWork, Store

Words = Annotated[str, typer.Argument(help="别名，如“一中新楼”")]
TaskCode = Annotated[str, typer.Option("--task", help="任务编号")]


def aliases() -> typer.Typer:
    """The `alias` commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("list")(list_aliases)
    app.command("add")(add_alias)
    app.command("remove")(remove_alias)
    return app


def list_aliases(office: OfficeName) -> None:
    """列出已学到的别名：指哪一项、怎么学到的、确认过几次、现在用不用。

    例：liaison-bot alias list --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> Table:
        table = Table("别名", "任务", "来源", "确认", "时间", "使用")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            known = await unit.aliases.all(await office_id_of(unit, office))
        tasks: dict[str, set[str]] = {}
        for one in known:
            tasks.setdefault(one.words, set()).add(one.code)
        for one in known:
            used = "使用" if one.is_trusted else "再确认一次后使用"
            table.add_row(
                one.words,
                task_words(one.code, one.title),
                SOURCE_WORDS[one.source],
                f"{one.confirmed}次",
                f"{one.learned_at:%Y-%m-%d}",
                "指多项，仍会提问" if len(tasks[one.words]) > 1 else used,
            )
        return table

    show(run(with_store(settings, work)), "还没有别名。")


def add_alias(words: Words, task: TaskCode, office: OfficeName) -> None:
    """添加别名：联络员这样说时，就记到这一项。

    例：liaison-bot alias add 一中新楼 --task 84 --office 青河县人民政府督查室
    """
    name = plain(words).strip()
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME or name.isdigit():
        raise typer.BadParameter(f"别名应为{SHORTEST_NAME}至{LONGEST_NAME}个字，不能全是数字")
    settings = settings_and_logs()

    async def work(store: Store) -> str:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            planned = await planned_task(unit, office_id, task)
            lesson = Lesson(words=name, task_id=planned.id, source=Source.OPERATOR, by="operator")
            await unit.aliases.learn(office_id, lesson)
            await _note(unit, office_id, "alias_learned", planned, name)
        return f"以后说“{name}”，就记到{task_words(planned.task.code, planned.task.title)}。"

    screen().print(run(with_store(settings, work)))


def remove_alias(words: Words, task: TaskCode, office: OfficeName) -> None:
    """删除别名；以后不再自动学回来，要用可再添加。

    例：liaison-bot alias remove 一中新楼 --task 84 --office 青河县人民政府督查室
    """
    name, settings = plain(words).strip(), settings_and_logs()

    async def work(store: Store) -> str:
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            planned = await planned_task(unit, office_id, task)
            if not await unit.aliases.bar(planned.id, name):
                raise UserMistake(f"{code_words(task)}没有别名“{name}”；用 alias list 查看")
            await _note(unit, office_id, "alias_removed", planned, name)
        return f"已删除{code_words(task)}的别名“{name}”。"

    screen().print(run(with_store(settings, work)))


async def _note(
    unit: PostgresUnitOfWork, office_id: int, action: str, planned: PlannedTask, name: str
) -> None:
    details = {"words": name, "source": Source.OPERATOR.value}
    await unit.audit.note(office_id, "operator", action, f"task:{planned.id}", details)
