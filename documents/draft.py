"""A task as a file states it, before its names and dates are resolved."""

from dataclasses import dataclass, field

from documents.heading import Heading
from documents.page import Paragraph, Problem
from documents.unit_cell import Duties
from reporting.task import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One row or paragraph that states a task; texts as written."""

    place: str
    code: str
    title: str
    path: tuple[Heading, ...] = ()
    kind: str = ""
    duties: Duties = field(default_factory=Duties)
    leader: str = ""
    due: str = ""
    milestones: tuple[Milestone, ...] = ()
    source: str = ""
    programmes: str = ""
    horizon: str = ""
    department: str = ""
    handler: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """All tasks of a file, the headings passed, and the text around them."""

    tasks: tuple[Draft, ...] = ()
    headings: tuple[Heading, ...] = ()
    remarks: tuple[Paragraph, ...] = ()
    problems: tuple[Problem, ...] = ()
