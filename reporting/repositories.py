"""What the handlers keep and look up, as small Protocols; one unit of work is one transaction."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Protocol

from reporting.account import Accounts, Alarms
from reporting.alias import Aliases
from reporting.attachment import Attachments
from reporting.fairness import FairnessWork
from reporting.liaison import Rung
from reporting.messages import Address, Card, OutgoingMessage
from reporting.office import Account, Correspondent, LeadershipGroup, Office, PlannedTask
from reporting.records import NewReport, OpenedRound, OpenQuestion, Standing, Waiting, WrittenReport
from reporting.registry import Registry
from reporting.round import Round
from reporting.supervision import SupervisionWork
from reporting.understanding.outcome import Doubt
from reporting.unit import Unit


class Inbox(Protocol):
    """Messages remembered before they were acknowledged."""

    async def take(self, channel: str, sender_id: str) -> Waiting | None:
        """The sender's oldest message not yet answered, locked until the transaction ends."""

    async def redact(self, message_id: int, text: str, quoted_text: str) -> None:
        """Keep these words instead of what was written."""

    async def finish(self, message_id: int, outcome: str) -> None:
        """The message is answered."""

    async def keep_order(self, office_id: int, by: str, words: str) -> int:
        """Keep an order that came in no message as one that is answered; its id."""


class People(Protocol):
    """Liaisons and their accounts."""

    async def correspondent(self, channel: str, user_id: str) -> Correspondent | None:
        """The liaison behind an account, or None for a stranger."""

    async def change(self, liaison_id: int, *, units: Sequence[str], duty: Rung) -> None:
        """Give a liaison these units and this duty in them."""

    async def liaisons(self, office_id: int) -> Sequence[Correspondent]:
        """Every active liaison of the office, in the directory's order."""

    async def accounts(self, office_id: int) -> Sequence[Account]:
        """Every account of the office's liaisons that can be reached."""

    async def leadership_groups(self, office_id: int) -> Sequence[LeadershipGroup]:
        """The groups that get the digest."""


class Plans(Protocol):
    """Offices and their plans."""

    async def office(self, office_id: int) -> Office:
        """The office; LookupError when there is none."""

    async def offices(self) -> Sequence[Office]:
        """Every office."""

    async def units(self, office_id: int) -> Sequence[Unit]:
        """The units the office knows, with their short names."""

    async def plan(self, office_id: int, year: int) -> tuple[int, str]:
        """The id and title of the plan in force in a year; LookupError without one."""

    async def year(self, plan_id: int) -> int:
        """The year a plan is of; LookupError when there is none."""

    async def tasks(self, plan_id: int) -> Sequence[PlannedTask]:
        """The plan's open tasks in its order."""


class Rounds(Protocol):
    """Monthly rounds."""

    async def find(self, plan_id: int, month: Round) -> OpenedRound | None:
        """The round's row, or None when nobody has needed it yet."""

    async def kept(self, office_id: int, month: Round) -> OpenedRound | None:
        """The office's round of a month, under whatever plan it was kept."""

    async def ensure(self, office_id: int, plan_id: int, month: Round) -> OpenedRound:
        """The round's row, opened on first use; its dates follow the office's rules."""


class Reports(Protocol):
    """The ledger."""

    async def lock(self, task_ids: Sequence[int]) -> None:
        """Make others who would write on these tasks wait."""

    async def add(self, round_id: int, report: NewReport, message_id: int, *, late: bool) -> int:
        """Write a report as the task's next version in the round; the version."""

    async def standing(
        self, round_id: int, month: Round, task_ids: Sequence[int]
    ) -> Mapping[int, Standing]:
        """What counts of each task reported: a round's newest by a lead, else its newest."""

    async def by_liaison(self, round_id: int, liaison_id: int) -> Sequence[WrittenReport]:
        """His reports of the round that count, the newest first."""

    async def counting(self, round_id: int, task_id: int) -> WrittenReport | None:
        """The report of a task that counts in the round: the newest by a lead, else the newest."""

    async def by_units(self, round_id: int, task_ids: Sequence[int]) -> Sequence[WrittenReport]:
        """The newest report of each unit on each task in the round, leads' first."""

    async def withdraw(
        self, round_id: int, liaison_id: int, task_ids: Sequence[int] | None
    ) -> Sequence[int]:
        """Withdraw his newest report on each task (None: those of his last message)."""


class Questions(Protocol):
    """Numbered questions that wait for an answer."""

    async def open_for(self, liaison_id: int) -> OpenQuestion | None:
        """The question the liaison has not answered yet, unless it has expired."""

    async def waiting(self, office_id: int) -> Set[int]:
        """The liaisons who have a question to answer."""

    async def recent(self, liaison_id: int) -> Sequence[OpenQuestion]:
        """Every question of the last days, closed or not, the newest first."""

    async def ask(
        self,
        office_id: int,
        liaison_id: int,
        message_id: int,
        doubts: Sequence[Doubt],
    ) -> None:
        """Remember a question; any older one of the liaison is superseded."""

    async def close(self, question_id: int, ending: str) -> None:
        """The question is answered or dropped."""


class Outbox(Protocol):
    """Messages to be sent."""

    async def write(
        self, office_id: int, message: OutgoingMessage, *, about: Sequence[str]
    ) -> bool:
        """Keep a message and its delivery job; False when its key was written before.

        `about` are the task codes it speaks of, or "owed" for a reminder, so that a reply which
        quotes it can be understood.
        """

    async def about(self, channel: str, reference: str) -> Sequence[str]:
        """What a sent message, named by the platform's own id, was about."""


class Cards(Protocol):
    """Cards that are out and may still be renewed."""

    async def take(self, office_id: int, key: str) -> tuple[Address, Card] | None:
        """The card a message of this key went out as, and where it is renewed; once."""


class Audit(Protocol):
    """Who did what: append-only."""

    async def note(
        self, office_id: int, actor: str, action: str, subject: str, details: Mapping[str, object]
    ) -> None:
        """Add a line."""


class Complaints(Protocol):
    """What people say about the bot or its demands (投诉建议)."""

    async def add(
        self, office_id: int, liaison_id: int | None, sender: str, waiting: Waiting
    ) -> None:
        """Keep what a message complains of; `sender` is his name where he is no liaison."""


class UnitOfWork(SupervisionWork, FairnessWork, Protocol):
    """Everything above within one transaction, at one moment."""

    @property
    def now(self) -> datetime:
        """The moment all of it happens at."""

    @property
    def inbox(self) -> Inbox:
        """Inbox of this transaction."""

    @property
    def people(self) -> People:
        """People of this transaction."""

    @property
    def plans(self) -> Plans:
        """Plans of this transaction."""

    @property
    def rounds(self) -> Rounds:
        """Rounds of this transaction."""

    @property
    def reports(self) -> Reports:
        """Reports of this transaction."""

    @property
    def questions(self) -> Questions:
        """Questions of this transaction."""

    @property
    def aliases(self) -> Aliases:
        """Aliases of this transaction."""

    @property
    def cards(self) -> Cards:
        """Cards of this transaction."""

    @property
    def outbox(self) -> Outbox:
        """Outbox of this transaction."""

    @property
    def audit(self) -> Audit:
        """Audit of this transaction."""

    @property
    def registry(self) -> Registry:
        """Registry of this transaction."""

    @property
    def accounts(self) -> Accounts:
        """Accounts of this transaction."""

    @property
    def alarms(self) -> Alarms:
        """Alarms of this transaction."""

    @property
    def attachments(self) -> Attachments:
        """Attachments of this transaction."""

    @property
    def complaints(self) -> Complaints:
        """Complaints of this transaction."""
