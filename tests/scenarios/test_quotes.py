"""A quote says which message is meant, and gives nobody a right to another unit's tasks."""

import sqlalchemy as sa

from bot.demo.stage import Stage
from reporting.messages import Platform
from storage.database import transaction
from tests.scenarios.chat import Chat

D = Platform.DINGTALK
FIRST_OF = "SELECT min(code) FROM tasks WHERE leads = jsonb_build_array(CAST(:unit AS text))"


async def ask(stage: Stage, statement: str, **values: str) -> object:
    """One value of the database."""
    async with transaction(stage.bot.store.engine) as connection:
        return await connection.scalar(sa.text(statement), values)


async def test_d5_whoever_quotes_anothers_receipt_reports_on_his_own_tasks_alone(
    chat: Chat, stage: Stage
) -> None:
    owner, other = stage.simulator.people(D)[:2]
    code = await ask(stage, FIRST_OF, unit=owner.unit)
    await chat.play(f"{owner.user_id}：第{code}项完成50%\n  → 已记录1项 … 第{code}项")
    shown = stage.simulator.chat.with_person(D, owner.user_id)
    await stage.simulator.say(D, owner.user_id, "完成55%", quote=shown[-1].id)
    await chat.player.settle()
    assert await ask(stage, "SELECT count(*) FROM reports") == 2
    await stage.simulator.say(D, other.user_id, "完成60%", quote=shown[-1].id)
    await chat.player.settle()
    asked = stage.simulator.chat.with_person(D, other.user_id)[-1].text
    assert f"第{code}项" not in asked
    assert await ask(stage, "SELECT count(*) FROM reports") == 2
