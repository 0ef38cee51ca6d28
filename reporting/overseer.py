"""The overseers: leaders in charge (分管领导) and the office's own staff, who ask and decide.

What each may see is decided here and nowhere else: a leader his own portfolio, the office all.
"""

from dataclasses import dataclass
from enum import StrEnum

from reporting.task import Task


class Post(StrEnum):
    """What an overseer is."""

    LEADER = "leader"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overseer:
    """A leader or member of the office, known by an account; a leader's name is the plan's."""

    office_id: int
    post: Post
    name: str
    channel: str
    user_id: str

    def may_see(self, task: Task) -> bool:
        """Whether the task is any of his business."""
        return self.post is Post.STAFF or task.leader == self.name
