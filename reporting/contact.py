"""How each liaison stands in a round: not reached, reached, to confirm, reported, returned.

A person who was not reached owes an answer to nobody (送达才算数): the office rings him.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.ledger import TaskState
from reporting.round import Round


class ContactState(StrEnum):
    """Where a liaison stands; before the first message nobody has been told."""

    UNREACHED = "未送达"
    UNTOLD = "未通知"
    REACHED = "已送达"
    TO_CONFIRM = "待确认"
    REPORTED = "已报"
    RETURNED = "退回"
    EXEMPT = "无须报"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the platforms and the ledger say of one person; `arrived` None: nothing was sent."""

    reachable: bool
    arrived: bool | None
    answering: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person who is asked, his state, and how many messages came due for him this month."""

    key: str
    name: str
    units: tuple[str, ...]
    phone: str
    state: ContactState
    sent: int = 0

    @property
    def words(self) -> str:
        """The person with his unit and telephone."""
        return f"{self.name}（{'、'.join(self.units)}，电话{self.phone or '未登记'}）"


def contact_state(states: Iterable[TaskState], evidence: Evidence) -> ContactState:
    """Where a person stands who answers for these tasks."""
    states = tuple(states)
    outstanding = [state for state in states if state.is_outstanding]
    if any(state.returned for state in outstanding):
        return ContactState.RETURNED
    if evidence.answering:
        return ContactState.TO_CONFIRM
    if not outstanding:
        reported = any(state.reported for state in states)
        return ContactState.REPORTED if reported else ContactState.EXEMPT
    if evidence.arrived:
        return ContactState.REACHED
    return ContactState.UNTOLD if evidence.reachable else ContactState.UNREACHED


def compose_contacts(this_round: Round, contacts: Sequence[Contact]) -> str:
    """Every state counted, and by name whom to ring and whose answer waits."""
    counts = Counter(contact.state for contact in contacts)
    told = "，".join(f"{state.value}{counts[state]}人" for state in ContactState if counts[state])
    lines = [f"{this_round.label}联络员{len(contacts)}人：{told}。"]
    named = (
        (ContactState.UNREACHED, "请电话联系"),
        (ContactState.RETURNED, "退回待补"),
        (ContactState.TO_CONFIRM, "待本人确认"),
    )
    for state, heading in named:
        people = [contact.words for contact in contacts if contact.state is state]
        lines += [f"{heading}（{len(people)}人）：", *people] if people else []
    return "\n".join(lines)


def compose_budget(contacts: Sequence[Contact], budget: int | None) -> str:
    """How many messages went to liaisons this month of our own accord, against the budget."""
    sent = [contact.sent for contact in contacts]
    if not any(sent):
        return "本月还没有主动提醒过联络员。"
    most = max(sent)
    lines = [
        f"本月主动提醒共{sum(sent)}条，人均{sum(sent) / len(sent):.1f}条，最多{most}条，"
        f"上限每人{budget}条。"
    ]
    full = [contact for contact in contacts if budget is not None and contact.sent >= budget]
    if full:
        lines.append(f"已达上限、不再提醒（{len(full)}人）：")
        lines += [contact.words for contact in full]
    return "\n".join(lines)
