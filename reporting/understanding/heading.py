"""Whether words stand under a heading with a colon: 老旧小区改造:甲院…;乙院加装路灯42盏."""

import re
from collections.abc import Collection

from reporting.understanding.assign import Block
from reporting.understanding.scene import Scene

_COLON = re.compile(r"(?<!\d):|:(?!\d)")
_STOPS = ",。;!?\n"
_OWN = 12  # letters within which a heading of its own ends
_NAMING = 0.5  # weight of a name
_LATER = 0.5  # in a sentence after the heading's


def is_headed(block: Block, scene: Scene) -> bool:
    """Whether words begin with a heading of their own: 断头路:工农路北延征拆剩余3户."""
    first = block.clauses[0]
    return bool(_COLON.search(scene.reading.text, first.head, min(first.head + _OWN, block.end)))


def under_heading(block: Block, tasks: Collection[int], scene: Scene) -> float:
    """1 where a heading names one of these tasks and not the likeliest; a half a sentence later."""
    text, start = scene.reading.text, block.start
    if is_headed(block, scene):
        return 0.0
    line = text.rfind("\n", 0, start) + 1
    colons = [found.start() for found in _COLON.finditer(text, line, start)]
    if not colons:
        return 0.0
    opening = max(text.rfind(stop, line, colons[-1]) for stop in _STOPS) + 1
    named = _named(max(opening, line), colons[-1], scene)
    if named.isdisjoint(tasks) or scene.match(block).best in named:
        return 0.0
    return _LATER if "。" in text[colons[-1] : start] else 1.0


def _named(start: int, end: int, scene: Scene) -> frozenset[int]:
    """The tasks that these letters name."""
    return frozenset(
        number
        for hit in scene.reading.within([(start, end)])
        if hit.kind in {"gram", "skip"}
        for number, weight in hit.pointing
        if weight >= _NAMING
    )
