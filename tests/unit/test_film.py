"""A film keeps its pictures where they are, and loses where and with what it was taken."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.film import without_position

PLACE = b"+35.1040+118.3564/"
PIXELS = bytes(range(1, 200))


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box with this content."""
    body = b"".join(parts)
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def track(handler: bytes, *more: bytes, described: bytes = b"") -> bytes:
    """A track for this handler; `more` are boxes of its own."""
    hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
    media = box(b"mdia", hdlr, box(b"minf", box(b"stbl", box(b"stsd", described))))
    return box(b"trak", box(b"tkhd", bytes(84)), media, *more)


def film(*boxes: bytes, more: bytes = b"") -> bytes:
    """A film whose moov holds these boxes, with `more` at the top."""
    moov = box(b"moov", box(b"mvhd", bytes(100)), track(b"vide"), *boxes)
    return box(b"ftyp", b"mp42", bytes(4)) + moov + more + box(b"mdat", PIXELS)


@pytest.mark.parametrize(
    "told",
    [
        film(box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7", PLACE))),
        film(box(b"udta", box(b"loci", bytes(6), PLACE), bytes(4))),
        film(box(b"meta", box(b"keys", b"location.ISO6709"), box(b"ilst", PLACE))),
        film(track(b"soun", box(b"udta", PLACE), box(b"meta", PLACE))),
        film(more=box(b"uuid", bytes(16), b"<x:xmpmeta>", PLACE)),
        film(more=box(b"free", PLACE) + box(b"skip", PLACE)),
        film(more=b"\0\0\0\1uuid" + (16 + len(PLACE)).to_bytes(8, "big") + PLACE),
        film(more=box(b"moof", box(b"traf", box(b"udta", PLACE)))),
        film() + b"\0\0\0\0udta" + PLACE,
    ],
)
def test_wherever_the_place_stands_it_goes_and_nothing_moves(told: bytes) -> None:
    cleaned = without_position(told)
    assert cleaned is not None
    assert PLACE not in cleaned
    assert len(cleaned) == len(told)
    assert cleaned.index(PIXELS) == told.index(PIXELS)
    assert without_position(cleaned) == cleaned


def test_a_film_that_tells_nothing_stays_as_it_is() -> None:
    for quiet in (film(), film(track(b"soun")), film(track(b"meta", described=b"mebx faces"))):
        assert without_position(quiet + bytes(8)) == quiet + bytes(8)


@pytest.mark.parametrize(
    "telling",
    [
        track(b"meta", described=b"gpmd"),
        track(b"meta", described=b"mebx mdta com.apple.quicktime.location.ISO6709"),
        track(b"camm"),
        track(b"text"),
        track(b"sbtl"),
        box(b"trak", box(b"tkhd")),
        box(b"cmov", b"zlib"),
    ],
)
def test_a_track_that_tells_the_place_as_it_runs_cannot_be_cleaned(telling: bytes) -> None:
    assert without_position(film(telling)) is None


@pytest.mark.parametrize(
    "damaged",
    [film()[:-1], b"\0\0\0\x18ftypmp42", b"\0\0\0\x04ftyp", b"\0\0\0\1mdat\0\0\0\0\0\0\0\x08"],
)
def test_a_damaged_film_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match="film"):
        without_position(damaged)


def test_boxes_without_end_are_refused_before_they_cost_anything() -> None:
    nested = b"".join((8 * (9000 - n)).to_bytes(4, "big") + b"moov" for n in range(9000))
    assert without_position(nested) == nested
    with pytest.raises(ValueError, match="boxes"):
        without_position(b"\0\0\0\x08wide" * 100_001)


@given(st.data())
def test_whatever_is_changed_in_a_film_it_is_cleaned_or_refused(data: st.DataObject) -> None:
    whole = film(box(b"udta", PLACE), track(b"soun", box(b"meta", PLACE)))
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = whole[:at] + data.draw(st.binary(max_size=9)) + whole[at + 1 :]
    with contextlib.suppress(ValueError):
        cleaned = without_position(spoilt)
        assert cleaned is None or len(cleaned) == len(spoilt)
