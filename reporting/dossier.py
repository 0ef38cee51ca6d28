"""The dossier (卷宗) of one task: what was reported, sent and decided, line by line."""

from dataclasses import dataclass
from datetime import datetime

from reporting.audit_chain import AuditLine
from reporting.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledReport:
    """One version of a report as the ledger holds it, withdrawn ones too.

    `evidence` says in words why it was kept under this task.
    """

    month: str
    version: int
    unit: str
    liaison: str
    words: str
    said: str
    evidence: str
    probability: float
    late: bool
    reported_at: datetime
    withdrawn_at: datetime | None
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledMessage:
    """One message of ours about the task; `state` says what became of it."""

    kind: str
    channel: str
    target: str
    text: str
    state: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything kept about one task."""

    office: str
    task: Task
    reports: tuple[FiledReport, ...]
    messages: tuple[FiledMessage, ...]
    lines: tuple[AuditLine, ...]
