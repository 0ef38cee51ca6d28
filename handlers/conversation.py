"""A conversation: one waiting message with all that is known about its sender and his tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.plan_shelf import PlanShelf
from reporting.ledger import Desk, TaskState, outstanding_tasks
from reporting.messages import Address, AddressKind, Card, OutgoingKind, OutgoingMessage
from reporting.office import Correspondent, Office, OpenPlan, PlannedTask
from reporting.records import Standing, Waiting
from reporting.repositories import UnitOfWork
from reporting.round import Round, round_of
from reporting.second_opinion import Advisor

_UNTOLD = Standing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One message being answered; `states` are the sender's own tasks by code, in plan order.

    `postscript` goes below whatever is answered; `ahead`: it says to be for the next round.
    """

    work: UnitOfWork
    waiting: Waiting
    correspondent: Correspondent
    plan: OpenPlan
    month: Round
    round_id: int
    states: Mapping[str, TaskState]
    advisor: Advisor | None = None
    postscript: str = ""
    ahead: bool = False

    @property
    def office(self) -> Office:
        """The office the sender reports to."""
        return self.plan.office

    @property
    def units(self) -> tuple[str, ...]:
        """The sender's units."""
        return self.correspondent.liaison.units

    @property
    def is_ahead(self) -> bool:
        """Whether its round has not opened yet (提前报)."""
        return self.work.now < self.month.opens_at

    @property
    def owed(self) -> tuple[str, ...]:
        """The codes the sender's units still owe."""
        return tuple(task.code for task in outstanding_tasks(self.states.values(), self.units))

    @property
    def titles(self) -> Mapping[str, str]:
        """Every task's title by code."""
        return self.plan.titles

    async def reply(
        self, text: str, *, about: Sequence[str] = (), card: Card | None = None
    ) -> None:
        """Answer the message, once for ever; a card says the same as the text alone.

        In a group a card would be anybody's to press.
        """
        if self.postscript:
            text, card = f"{text}\n{self.postscript}", None
        if self.waiting.message.group_id is not None:
            card = None
        await answer(self.work, self.waiting, text, about=about, card=card)


def desk_of(office: Office) -> Desk:
    """The office as it signs what it sends."""
    return Desk(name=office.name, phone=office.phone)


def answer_key(message_id: int) -> str:
    """The key of the one answer to a message."""
    return f"receipt:{message_id}"


async def answer(
    work: UnitOfWork,
    waiting: Waiting,
    text: str,
    *,
    about: Sequence[str] = (),
    card: Card | None = None,
) -> None:
    """Write the one answer to a message, back to where it came from."""
    message = waiting.message
    address = Address(
        channel=waiting.channel,
        kind=AddressKind.SESSION if message.session_url else AddressKind.PERSON,
        target=message.sender_id,
        session_url=message.session_url,
        session_until=message.session_until,
    )
    outgoing = OutgoingMessage(
        key=answer_key(waiting.id),
        kind=OutgoingKind.RECEIPT,
        address=address,
        text=text,
        card=card,
    )
    await work.outbox.write(waiting.office_id, outgoing, about=about)


async def open_conversation(
    work: UnitOfWork, waiting: Waiting, correspondent: Correspondent, shelf: PlanShelf
) -> Conversation:
    """Everything known about a message of a liaison; LookupError when there is no plan."""
    office = await work.plans.office(correspondent.office_id)
    month = round_of(work.now, office.rules, office.calendar)
    plan = await shelf.open(work, office, month.year)
    opened = await work.rounds.ensure(office.id, plan.id, month)
    own = plan.open_to(correspondent.liaison.units)
    return Conversation(
        work=work,
        waiting=waiting,
        correspondent=correspondent,
        plan=plan,
        month=month,
        round_id=opened.id,
        states=await task_states(work, opened.id, month, own),
    )


async def task_states(
    work: UnitOfWork, round_id: int, month: Round, planned: Sequence[PlannedTask]
) -> Mapping[str, TaskState]:
    """How tasks stand in a round, by code in the given order."""
    ids = [one.id for one in planned]
    standing = await work.reports.standing(round_id, month, ids)
    returned = await work.reviews.returned(ids)
    return {
        one.task.code: _state(one, standing.get(one.id, _UNTOLD), returned.get(one.id, ""))
        for one in planned
    }


def _state(planned: PlannedTask, standing: Standing, returned: str) -> TaskState:
    current, earlier = standing.current, standing.earlier
    return TaskState(
        task=planned.task,
        # A supporting unit's word is kept, but the lead unit still owes its own (牵头单位负总责).
        reported=current is not None and current.by_lead,
        facts=current.facts if current else None,
        unit=current.unit if current else None,
        reported_at=current.reported_at if current else None,
        earlier=earlier.facts if earlier else None,
        returned=returned,
    )
