"""Photographs without the place and device they were taken with (Exif, XMP, IPTC)."""

from collections.abc import Iterator

_START, _SCAN = b"\xff\xd8", 0xDA
# APP1 holds Exif and XMP, APP13 the IPTC fields with town and country; FFFE is a comment.
_PRIVATE = frozenset({0xE1, 0xED, 0xFE})
_ORIENTATION = 0x0112
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def without_position(data: bytes) -> bytes:
    """The same picture without metadata but how to hold it; what is no JPEG stays as it is.

    Only an undamaged head is taken apart: ValueError where its segments do not add up.
    """
    if not data.startswith(_START):
        return data
    kept, orientation = [_START], 1
    for marker, segment in _segments(data):
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            orientation = _orientation(segment[10:]) or orientation
        if marker not in _PRIVATE:
            kept.append(segment)
    if orientation != 1:
        kept.insert(1, _exif(orientation))
    return b"".join(kept)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every segment with its marker; the last one is all from the scan to the end."""
    at = 2
    while True:
        if len(data) < at + 4 or data[at] != 0xFF:
            raise ValueError("not a whole JPEG")
        marker = data[at + 1]
        if marker == _SCAN:
            yield marker, data[at:]
            return
        length = 2
        if marker not in _STANDALONE:
            length += int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at : at + length]
        at += length


def _orientation(tiff: bytes) -> int | None:
    """How the picture is to be held, 1 to 8; None where the tags do not say."""
    order = "little" if tiff[:2] == b"II" else "big"

    def number(start: int, size: int) -> int:
        piece = tiff[start : start + size]
        return int.from_bytes(piece, "little" if order == "little" else "big")

    first = number(4, 4)
    for entry in range(min(number(first, 2), 200)):
        place = first + 2 + entry * 12
        if number(place, 2) == _ORIENTATION:
            value = number(place + 8, 2)
            return value if 1 <= value <= 8 else None
    return None


def _exif(orientation: int) -> bytes:
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\0\0"
    body = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
