"""The people: liaisons (联络员), who owe progress, and leaders (分管领导), who read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Liaison:
    """A person who reports for one or more units; `key` is unique within the office.

    `wecom` and `dingtalk` are his ids on the platforms where the directory gives them.
    """

    key: str
    name: str
    units: tuple[str, ...]
    post: str = ""
    phone: str = ""
    wecom: str = ""
    dingtalk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A leader in charge of part of the plan."""

    name: str
    title: str = ""
