"""Leaders' instructions and their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.calendar import OFFICE_ZONE
from reporting.instruction import Instruction, OpenInstruction
from reporting.overseer import Overseer
from storage.conversion import Row
from storage.statement import Statement
from storage.tables import instructions

_OPEN_ON = Statement(
    sa.select(instructions)
    .where(
        instructions.c.task_id == sa.any_(sa.bindparam("task_ids", type_=sa.ARRAY(sa.BigInteger))),
        instructions.c.unit == sa.any_(sa.bindparam("units", type_=sa.ARRAY(sa.Text))),
        instructions.c.answered_at.is_(None),
    )
    .order_by(instructions.c.id)
)


@dataclass(frozen=True, slots=True)
class InstructionsTable:
    """Instructions, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def keep(
        self, leader: Overseer, task_id: int, instruction: Instruction, message_id: int
    ) -> int:
        """Keep an instruction; its id."""
        statement = (
            sa.insert(instructions)
            .values(
                office_id=leader.office_id,
                task_id=task_id,
                inbox_id=message_id,
                leader=leader.name,
                channel=leader.channel,
                user_id=leader.user_id,
                unit=instruction.unit,
                words=instruction.words,
                due=instruction.due,
                made_at=self.now,
            )
            .returning(instructions.c.id)
        )
        return int((await self.connection.execute(statement)).scalar_one())

    async def open_on(
        self, task_ids: Sequence[int], units: Sequence[str]
    ) -> Sequence[OpenInstruction]:
        """What waits for these units' answers on these tasks, oldest first."""
        rows = await _OPEN_ON.run(self.connection, task_ids=list(task_ids), units=list(units))
        return [_open(row) for row in rows]

    async def all_open(self, office_id: int) -> Sequence[OpenInstruction]:
        """Everything of the office that waits for an answer, oldest first."""
        rows = await self.connection.execute(
            sa.select(instructions)
            .where(instructions.c.office_id == office_id, instructions.c.answered_at.is_(None))
            .order_by(instructions.c.id)
        )
        return [_open(row._asdict()) for row in rows]

    async def answer(self, instruction_id: int, words: str) -> None:
        """The instruction has its answer."""
        await self.connection.execute(
            sa.update(instructions)
            .where(instructions.c.id == instruction_id)
            .values(answered_at=self.now, answer=words)
        )


def _open(row: Row) -> OpenInstruction:
    return OpenInstruction(
        id=row["id"],
        task_id=row["task_id"],
        leader=row["leader"],
        channel=row["channel"],
        user_id=row["user_id"],
        unit=row["unit"],
        words=row["words"],
        due=row["due"],
        made_at=row["made_at"].astimezone(OFFICE_ZONE),
    )
