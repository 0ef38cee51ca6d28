"""Photographs without the place and device they were taken with (Exif, XMP, IPTC).

What telephones append to a picture, a short film or a second picture, goes too.
"""

import re
from collections.abc import Iterator

_START, _SCAN, _END = b"\xff\xd8", 0xDA, 0xD9
_PNG = b"\x89PNG\r\n\x1a\n"
# What a PNG says about itself in words or Exif [PNG, third edition, 11.3].
_PNG_PRIVATE = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
# In a scan 0xFF is followed by zero or a restart; anything else begins the next segment.
_SEGMENT = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
# APP1 holds Exif and XMP, APP13 the IPTC fields with town and country; FFFE is a comment.
_PRIVATE = frozenset({0xE1, 0xED, 0xFE})
_ORIENTATION = 0x0112
_MOST_SEGMENTS = 10_000
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def without_position(data: bytes) -> bytes:
    """The same picture without metadata but how to hold it; what is no JPEG or PNG stays as it is.

    Only an undamaged picture is taken apart: ValueError where its segments do not add up.
    """
    if data.startswith(_PNG):
        return _PNG + b"".join(chunk for chunk in _chunks(data) if chunk[4:8] not in _PNG_PRIVATE)
    if not data.startswith(_START):
        return data
    kept, orientation = [_START], 1
    for count, (marker, segment) in enumerate(_segments(data)):
        if count == _MOST_SEGMENTS:
            raise ValueError("not a JPEG but segments")
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            orientation = _orientation(segment[10:]) or orientation
        if marker not in _PRIVATE:
            kept.append(segment)
    if orientation != 1:
        kept.insert(1, _exif(orientation))
    return b"".join(kept)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every segment with its marker, a scan with its pixels, up to the end of the picture."""
    at = 2
    while True:
        if len(data) < at + 2 or data[at] != 0xFF:
            raise ValueError("not a whole JPEG")
        marker = data[at + 1]
        if marker == _END:
            yield marker, data[at : at + 2]
            return
        end = at + 2
        if marker not in _STANDALONE:
            end += int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            found = _SEGMENT.search(data, end)
            end = found.end() - 2 if found else len(data)
        yield marker, data[at:end]
        if marker == _SCAN and end == len(data):
            return  # cut off within its pixels, as a picture sent in haste may be
        at = end


def _chunks(data: bytes) -> Iterator[bytes]:
    """Every chunk of a PNG up to its last one."""
    at = len(_PNG)
    while True:
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            raise ValueError("not a whole PNG")
        yield data[at:end]
        if data[at + 4 : at + 8] == b"IEND":
            return
        at = end


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
