"""What the ledger holds, as the handlers read and write it."""

from dataclasses import dataclass
from datetime import datetime

from reporting.messages import IncomingMessage
from reporting.report import Facts
from reporting.understanding.outcome import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A remembered message that is still to be answered; `followed` by others of its sender.

    `screened`: something in it was masked, so nothing of it may leave this machine.
    """

    id: int
    office_id: int
    channel: str
    message: IncomingMessage
    attempts: int
    followed: bool = False
    screened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRound:
    """A round as the ledger has it; `noticed_at` is when it was first needed."""

    id: int
    plan_id: int
    cutoff_at: datetime
    noticed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A report to be written: what one message says about one task."""

    task_id: int
    liaison_id: int
    unit: str
    by_lead: bool
    facts: Facts
    words: str
    evidence: tuple[str, ...]
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecord:
    """A report as the ledger holds it."""

    unit: str
    by_lead: bool
    facts: Facts
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport(ReportRecord):
    """A report with all that its row tells: whose it is, his words, and why this task."""

    task_id: int
    liaison_id: int
    version: int
    late: bool
    words: str
    evidence: tuple[str, ...]
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The reports that count of one task: in a round, and the last one before it."""

    current: ReportRecord | None = None
    earlier: ReportRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that waits for its answer to the message; once closed, `ending` says how."""

    id: int
    message_id: int
    doubts: tuple[Doubt, ...]
    asked_at: datetime
    closed_at: datetime | None = None
    ending: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a person says about the bot or its demands (投诉建议); `units` where he is a liaison."""

    words: str
    made_at: datetime
    name: str
    units: tuple[str, ...]
