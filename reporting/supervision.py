"""What supervision keeps and looks up: overseers, follow-up questions, reviews, as Protocols."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from typing import Protocol

from reporting.amendment import Amended
from reporting.concern import NewConcern, OpenConcern, Opened
from reporting.dossier import FiledReport
from reporting.extension import ExtensionRequest
from reporting.extension_decision import OpenExtension
from reporting.history import KeptChange
from reporting.instruction import Instruction, OpenInstruction
from reporting.merged_draft import TaskDraft
from reporting.office import Correspondent
from reporting.overseer import Overseer
from reporting.preview import DigestKind, Preview
from reporting.review import Verdict
from reporting.sanity import Reason


class Overseers(Protocol):
    """Leaders and office staff with their accounts."""

    async def find(self, channel: str, user_id: str) -> Overseer | None:
        """The overseer behind an account, or None."""

    async def all(self, office_id: int) -> Sequence[Overseer]:
        """Every overseer of the office, an account each."""


class FollowUps(Protocol):
    """What was asked after a report, so that nobody is asked the same thing twice in a round."""

    async def asked(self, round_id: int, task_ids: Sequence[int]) -> Set[tuple[int, Reason]]:
        """The (task id, reason) pairs asked about in the round."""

    async def keep(
        self, office_id: int, round_id: int, task_ids: Sequence[int], reason: Reason
    ) -> None:
        """These tasks were asked about for this reason."""


class Reviews(Protocol):
    """The office's decisions about reports."""

    async def keep(self, round_id: int, task_id: int, verdict: Verdict, by: str, words: str) -> int:
        """Keep a decision; a return takes the task's newest reports back. Its id."""

    async def latest(self, task_ids: Sequence[int]) -> Mapping[int, Verdict]:
        """The last decision about each task; questions decide nothing."""

    async def returned(self, task_ids: Sequence[int]) -> Mapping[int, str]:
        """The reason of each task that was returned and has not been reported since."""

    async def spared(self, round_id: int, task_ids: Sequence[int]) -> Set[int]:
        """The tasks reported in time in the round, returned or not: a new version is not late."""


class Instructions(Protocol):
    """Leaders' instructions that wait for an answer."""

    async def keep(
        self, leader: Overseer, task_id: int, instruction: Instruction, message_id: int
    ) -> int:
        """Keep an instruction; its id."""

    async def open_on(
        self, task_ids: Sequence[int], units: Sequence[str]
    ) -> Sequence[OpenInstruction]:
        """What waits for these units' answers on these tasks, oldest first."""

    async def answer(self, instruction_id: int, words: str) -> None:
        """The instruction has its answer."""


class Extensions(Protocol):
    """Requests for more time (延期申请)."""

    async def keep(
        self, planned_id: int, unit: str, request: ExtensionRequest, message_id: int
    ) -> int:
        """Keep a request in place of one that waited for the same task; its id."""

    async def all_open(self, office_id: int) -> Sequence[OpenExtension]:
        """Every request of the office that waits, oldest first."""

    async def decide(self, extension_id: int, *, agreed: bool) -> None:
        """The request is decided."""


class Amendments(Protocol):
    """Changes to tasks in force (变更、中止)."""

    async def apply(self, task_id: int, amended: Amended, by: str) -> int:
        """Change the task and keep what stood before; the change's id."""

    async def of_task(self, task_id: int) -> Sequence[KeptChange]:
        """What was changed about a task, oldest first."""

    async def reports_of(self, task_id: int) -> Sequence[FiledReport]:
        """Every version of the task's reports, oldest first."""


class Concerns(Protocol):
    """Problems, suggestions and what else waits for a result (问题建议台账)."""

    async def open(self, office_id: int, concern: NewConcern) -> Opened | None:
        """Open a concern, or bring the open one of its key up to date (None)."""

    async def all_open(self, office_id: int) -> Sequence[OpenConcern]:
        """Everything of the office that waits for a result, oldest first."""

    async def closed_since(self, office_id: int, since: datetime) -> int:
        """How many concerns of the office got their result since a moment."""

    async def close(self, ids: Sequence[int], result: str, by: str) -> None:
        """These concerns have their result."""

    async def assign(self, ids: Sequence[int], owner: str, due: date) -> None:
        """These concerns go to a unit, to be answered by a day."""

    async def settle(self, prefix: str, still: Sequence[str], result: str) -> None:
        """Close what is open under a key's prefix and holds no more."""

    async def drop_withdrawn(self, task_ids: Sequence[int]) -> None:
        """Close what no report of its task states any more, since it was withdrawn."""


class MergedDrafts(Protocol):
    """What was put before the leads' liaisons for confirmation."""

    async def keep(
        self, office_id: int, round_id: int, liaison_id: int, drafts: Sequence[TaskDraft]
    ) -> None:
        """Keep what is put before a liaison, once in a round."""

    async def find(self, round_id: int, liaison_id: int) -> Sequence[TaskDraft]:
        """What was put before a liaison in a round; nothing where nothing was."""


class Previews(Protocol):
    """Digests that wait for the office's approval (先审后发)."""

    async def find(self, round_id: int, kind: DigestKind) -> Preview | None:
        """What the office was shown of a round's digest, if anything."""

    async def keep(self, office_id: int, round_id: int, kind: DigestKind, text: str) -> None:
        """Keep what the office is shown, once for a round and kind."""

    async def is_posted(self, round_id: int, kind: DigestKind) -> bool:
        """Whether a leadership group has got it, before previews were asked for."""

    async def waiting(self, office_id: int) -> Sequence[Preview]:
        """Everything of the office that is not out, oldest first; locked."""

    async def revise(self, preview_id: int, text: str, note: str) -> None:
        """The office is shown this instead."""

    async def hold(self, preview_id: int, by: str) -> None:
        """The digest is to wait."""

    async def release(self, preview_id: int, by: str) -> None:
        """The digest is approved and out."""


class Reach(Protocol):
    """Who can be reached, by the platform's own word."""

    async def reached(self, office_id: int, since: datetime) -> Set[int]:
        """The liaisons with a live account to whom not everything since a moment was in vain."""

    async def first_arrival(self, sender: Correspondent, since: datetime) -> datetime | None:
        """When anything of ours first reached him or somebody of his units since a moment."""

    async def arrivals(self, office_id: int, since: datetime) -> Mapping[int, bool]:
        """Whether anything we sent since a moment arrived, for whoever was written to."""


class SupervisionWork(Protocol):
    """What supervision keeps, within one transaction."""

    @property
    def overseers(self) -> Overseers:
        """Overseers of this transaction."""

    @property
    def follow_ups(self) -> FollowUps:
        """Follow-up questions of this transaction."""

    @property
    def reviews(self) -> Reviews:
        """Reviews of this transaction."""

    @property
    def instructions(self) -> Instructions:
        """Instructions of this transaction."""

    @property
    def reach(self) -> Reach:
        """Reachability of this transaction."""

    @property
    def extensions(self) -> Extensions:
        """Requests for more time of this transaction."""

    @property
    def amendments(self) -> Amendments:
        """Changes to tasks of this transaction."""

    @property
    def concerns(self) -> Concerns:
        """Concerns of this transaction."""

    @property
    def merged_drafts(self) -> MergedDrafts:
        """Merged drafts of this transaction."""

    @property
    def previews(self) -> Previews:
        """Previews of digests of this transaction."""
