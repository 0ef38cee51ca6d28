"""The people: liaisons (联络员), who owe progress, and leaders (分管领导), who read it."""

from dataclasses import dataclass
from enum import StrEnum


class Rung(StrEnum):
    """Who can be asked for a unit's report, from the first to the last."""

    LIAISON = "联络员"
    DEPUTY = "B角"
    SECTION_HEAD = "科室负责人"
    UNIT_HEAD = "单位主要负责人"
    LEADER = "分管领导"


@dataclass(frozen=True, slots=True, kw_only=True)
class Liaison:
    """A person who reports for one or more units; `key` is unique within the office.

    `wecom` and `dingtalk` are his ids on the platforms where the directory gives them. `duty` is
    his place in his units: only liaisons are reminded, the others are asked when their turn comes.
    """

    key: str
    name: str
    units: tuple[str, ...]
    post: str = ""
    phone: str = ""
    wecom: str = ""
    dingtalk: str = ""
    duty: Rung = Rung.LIAISON


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A leader in charge of part of the plan."""

    name: str
    title: str = ""
