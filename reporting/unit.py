"""A unit: a department, town or company that leads or supports tasks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit's full name and the short names people write instead (简称)."""

    name: str
    aliases: tuple[str, ...] = ()
