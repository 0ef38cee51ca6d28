"""A photograph keeps its pixels and how it is held, and loses where it was taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.photo import without_position
from reporting.attachment import file_type

POSITION = b"GPS 35.1N 118.3E"
SCAN = b"\xff\xda\x00\x04\x00\x00pixels\xff\xd9"
TABLE = b"\xff\xdb\x00\x04qq"


def exif(orientation: int, order: str = "MM") -> bytes:
    """An APP1 segment with an orientation and a position."""
    way = "big" if order == "MM" else "little"

    def number(value: int, size: int) -> bytes:
        return value.to_bytes(size, "big" if way == "big" else "little")

    entry = number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + b"\0\0"
    tiff = order.encode() + number(42, 2) + number(8, 4) + number(1, 2) + entry + b"\0" * 4
    body = b"Exif\0\0" + tiff + POSITION
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


@pytest.mark.parametrize("order", ["MM", "II"])
def test_the_position_goes_and_the_way_to_hold_it_stays(order: str) -> None:
    iptc = b"\xff\xed\x00\x08Linyi\0"
    stripped = without_position(b"\xff\xd8" + exif(6, order) + iptc + TABLE + SCAN)
    assert POSITION not in stripped
    assert b"Linyi" not in stripped
    assert stripped.endswith(TABLE + SCAN)
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in stripped
    assert without_position(stripped) == stripped


def test_an_upright_picture_needs_no_word_about_it() -> None:
    assert without_position(b"\xff\xd8" + exif(1) + SCAN) == b"\xff\xd8" + SCAN


def test_what_a_telephone_appends_to_a_picture_goes_with_its_own_position() -> None:
    second = b"\xff\xda\x00\x04\x00\x00more \xff\x00\xff\xd3 pixels\xff\xd9"
    picture = b"\xff\xd8" + TABLE + SCAN[:-2] + TABLE + second
    film = b"\0\0\0\x18ftypmp42 " + POSITION
    assert without_position(picture + b"\xff\xd8" + exif(1) + SCAN) == picture
    assert without_position(picture + film) == picture
    assert without_position(picture[:-2]) == picture[:-2]


def test_segments_without_end_are_refused() -> None:
    with pytest.raises(ValueError, match="segments"):
        without_position(b"\xff\xd8" + b"\xff\xe0\0\2" * 10_001 + SCAN)


def test_words_about_a_screenshot_go_and_its_pixels_stay() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + b"crc."

    head, last = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)), chunk(b"IEND", b"")
    told = chunk(b"eXIf", POSITION) + chunk(b"iTXt", POSITION)
    pixels = chunk(b"IDAT", b"pixels")
    assert without_position(head + told + pixels + last + POSITION) == head + pixels + last
    for damaged in (head, head + pixels[:-1]):
        with pytest.raises(ValueError, match="PNG"):
            without_position(damaged)


def test_what_is_no_jpeg_stays_as_it_is() -> None:
    assert without_position(b"%PDF-1.7 GPS") == b"%PDF-1.7 GPS"


@given(st.binary(max_size=200))
def test_a_damaged_head_is_refused_and_nothing_else(tail: bytes) -> None:
    try:
        stripped = without_position(b"\xff\xd8" + tail)
    except ValueError:
        return
    assert stripped.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"%PDF-1.4", ".pdf"),
        (b"\0\0\0\x18ftypmp42", ".mp4"),
        (b"PK\x03\x04...word/document.xml", ".docx"),
        (b"#!AMR\n", ".amr"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(data: bytes, suffix: str) -> None:
    known = file_type(data)
    assert known is not None
    assert known[1] == suffix


@pytest.mark.parametrize("data", [b"", b"MZ\x90", b"PK\x03\x04 evil.exe", b"<html>", b"#!/bin/sh"])
def test_other_files_are_not_taken(data: bytes) -> None:
    assert file_type(data) is None
