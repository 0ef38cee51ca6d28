"""One message of an overseer with all that he may see."""

from dataclasses import dataclass

from handlers.conversation import answer
from reporting.ledger import TaskState
from reporting.office import OpenPlan
from reporting.overseer import Overseer
from reporting.records import Waiting
from reporting.repositories import UnitOfWork
from reporting.round import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversight:
    """One message of an overseer; `states` are the tasks he may see, by code in plan order."""

    work: UnitOfWork
    waiting: Waiting
    overseer: Overseer
    plan: OpenPlan
    month: Round
    round_id: int
    states: dict[str, TaskState]

    @property
    def actor(self) -> str:
        """The overseer as the audit names him."""
        return f"{self.overseer.post.value}:{self.overseer.name}"

    async def reply(self, text: str) -> None:
        """Answer the message, once for ever."""
        await answer(self.work, self.waiting, text)
