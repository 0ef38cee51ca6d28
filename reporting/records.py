"""What the ledger holds, as the handlers read and write it."""

from dataclasses import dataclass
from datetime import datetime

from reporting.messages import IncomingMessage
from reporting.report import Facts
from reporting.understanding.outcome import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A remembered message that is still to be answered."""

    id: int
    office_id: int
    channel: str
    message: IncomingMessage
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRound:
    """A round as the ledger has it; `noticed_at` is when it was first needed."""

    id: int
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
    """A report as the ledger holds it; `version` counts from 1 in its round."""

    task_id: int
    version: int
    liaison_id: int
    unit: str
    by_lead: bool
    late: bool
    facts: Facts
    words: str
    evidence: tuple[str, ...]
    probability: float
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that waits for its answer."""

    id: int
    doubts: tuple[Doubt, ...]
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a person says about the bot or its demands (投诉建议); `units` where he is a liaison."""

    words: str
    made_at: datetime
    name: str
    units: tuple[str, ...]
