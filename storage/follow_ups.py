"""Questions that followed a report, kept so that each is asked once in a round."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.sanity import Reason
from storage.statement import Statement
from storage.tables import follow_ups

_ASKED = Statement(
    "SELECT task_id, reason FROM follow_ups"
    " WHERE round_id = %(round_id)s AND task_id = ANY(%(task_ids)s)"
)


@dataclass(frozen=True, slots=True)
class FollowUpsTable:
    """What was asked after a report, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def asked(self, round_id: int, task_ids: Sequence[int]) -> Set[tuple[int, Reason]]:
        """The (task id, reason) pairs asked about in the round."""
        rows = await _ASKED.run(self.connection, round_id=round_id, task_ids=list(task_ids))
        return {(row["task_id"], Reason(row["reason"])) for row in rows}

    async def keep(
        self, office_id: int, round_id: int, task_ids: Sequence[int], reason: Reason
    ) -> None:
        """These tasks were asked about for this reason."""
        rows = [
            {
                "office_id": office_id,
                "round_id": round_id,
                "task_id": task_id,
                "reason": reason.value,
                "asked_at": self.now,
            }
            for task_id in task_ids
        ]
        await self.connection.execute(insert(follow_ups).on_conflict_do_nothing(), rows)
