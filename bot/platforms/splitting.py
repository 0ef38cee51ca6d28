"""Cutting a text into parts a platform takes, measured in the bytes that are sent."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, chain

Measure = Callable[[str], int]

# Where a line too long for one part is best cut: after these, the strongest first.
PAUSES = ("。！？", "；;", "，,、 ")
JOINERS = {"\u200d", "\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))}


def utf8(text: str) -> int:
    """The bytes of a text in UTF-8."""
    return len(text.encode("utf-8", "replace"))


def split_text(text: str, limit: int, measure: Measure = utf8) -> tuple[str, ...]:
    """The text as it is if it fits, else parts headed （1/3）, cut between lines where possible.

    `measure` must be additive over characters. There is always at least one part.
    """
    text = text.strip("\n")
    if measure(text) <= limit:
        return (text,)
    room = limit - measure(_mark(999, 999))
    parts = list(_pack(text.split("\n"), room, measure))
    return tuple(_mark(at, len(parts)) + part for at, part in enumerate(parts, start=1))


def _mark(at: int, total: int) -> str:
    return f"（{at}/{total}）\n"


def _pack(lines: list[str], room: int, measure: Measure) -> Iterator[str]:
    """Fill each part with whole lines; only a line longer than a part is cut itself."""
    part = ""
    for line in chain.from_iterable(_cut(whole, room, measure) for whole in lines):
        longer = f"{part}\n{line}" if part else line
        if part and measure(longer) > room:
            yield part.rstrip("\n")
            longer = line
        part = longer
    yield part.rstrip("\n")


def _cut(line: str, room: int, measure: Measure) -> Iterator[str]:
    """A line in pieces that fit, each cut after a pause if one stands in its later half."""
    while measure(line) > room:
        end = _longest(line, room, measure)
        end = _after_pause(line, end)
        yield line[:end]
        line = line[end:]
    yield line


def _longest(line: str, room: int, measure: Measure) -> int:
    """How many characters fit, without parting what shows as one character; at least one."""
    end = bisect_right(list(accumulate(map(measure, line))), room)
    best = end
    while best > 1 and not _is_boundary(line, best):
        best -= 1
    return best if best > 1 else max(end, 1)


def _is_boundary(line: str, at: int) -> bool:
    """Whether a character may end before this position: not inside an emoji or an accent."""
    following = line[at]
    joined = following in JOINERS or unicodedata.combining(following) != 0
    return not joined and line[at - 1] != "\u200d"


def _after_pause(line: str, end: int) -> int:
    for pauses in PAUSES:
        at = max(line.rfind(pause, end // 2, end) for pause in pauses)
        if at > 0:
            return at + 1
    return end
