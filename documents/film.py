"""Films (MP4, MOV, 3GP) without the place and device they were taken with.

Boxes that may tell are blanked in place and become `free` ones, as ISO/IEC 14496-12 allows:
nothing moves, so every offset into the pictures stays right and the film plays on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

# Copyright-xyz and loci stand in udta, Apple's keys in meta, XMP in uuid, leftovers in free.
_TELLING = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
_OPENED = frozenset({b"moov", b"trak", b"moof", b"traf"})
_SEEN_OR_HEARD = frozenset({b"vide", b"soun", b"hint", b"tmcd", b"auxv"})
_LONG, _TO_THE_END = 1, 0
_DEEPEST, _MOST_BOXES = 2, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """Where a box begins, its content begins and it ends."""

    kind: bytes
    start: int
    body: int
    end: int


def without_position(data: bytes) -> bytes | None:
    """The same film without metadata; None where a track of its own tells the place as it runs.

    ValueError where its boxes do not add up.
    """
    telling = []
    for count, box in enumerate(_walk(data, 0, len(data))):
        if count == _MOST_BOXES:
            raise ValueError("not a film but boxes")
        if box.kind == b"cmov" or (box.kind == b"trak" and _tells_as_it_runs(data, box)):
            return None
        if box.kind in _TELLING:
            telling.append(box)
    blanked = bytearray(data)
    for box in telling:
        blanked[box.start + 4 : box.start + 8] = b"free"
        blanked[box.body : box.end] = bytes(box.end - box.body)
    return bytes(blanked)


def _walk(data: bytes, start: int, end: int, depth: int = 0) -> Iterator[_Box]:
    """Every box, and those within the ones that hold tracks."""
    for box in _boxes(data, start, end):
        yield box
        if box.kind in _OPENED and depth < _DEEPEST:
            yield from _walk(data, box.body, box.end, depth + 1)


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    while start < end:
        if not any(data[start : min(start + 8, end)]):
            return  # QuickTime may close a list of boxes with zeros
        size, kind = int.from_bytes(data[start : start + 4], "big"), data[start + 4 : start + 8]
        body = start + 8
        if size == _LONG:
            size, body = int.from_bytes(data[body : body + 8], "big"), body + 8
        elif size == _TO_THE_END:
            size = end - start
        if body > start + size or start + size > end:
            raise ValueError("not a whole film")
        yield _Box(kind=kind, start=start, body=body, end=start + size)
        start += size


def _tells_as_it_runs(data: bytes, track: _Box) -> bool:
    """A track of words or measurements, whose samples lie among the pictures out of our reach.

    Telephones add tracks about faces and how the film is held; those name no location.
    """
    handler = _handler(data, track)
    if handler in _SEEN_OR_HEARD:
        return False
    described = data[track.body : track.end]
    return not (handler == b"meta" and b"mebx" in described and b"location" not in described)


def _handler(data: bytes, track: _Box) -> bytes:
    """What a track is for: the type in the hdlr box of its mdia."""
    found: _Box | None = track
    for kind in (b"mdia", b"hdlr"):
        within = _boxes(data, found.body, found.end) if found else ()
        found = next((box for box in within if box.kind == kind), None)
    return data[found.body + 8 : found.body + 12] if found else b""
