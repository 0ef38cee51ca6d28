"""What is taken as an attachment, and which texts speak of one that is missing."""

import pytest

from reporting.attachment import file_type, speaks_of_picture


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"OggS\0\x02", ".ogg"),
        (b"\0\0\0\x18ftypmp42", ".mp4"),
        (b"\0\0\0\x18ftypheic", None),
        (b"\0\0\0\x18ftypmif1", None),
        (b"PK\x03\x04 any archive", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_its_first_bytes(data: bytes, suffix: str | None) -> None:
    found = file_type(data)
    assert (found[1] if found else None) == suffix


@pytest.mark.parametrize(
    "text", ["完成60%，见图", "情况如图", "见附件", "照片已发", "详见照片", "附图"]
)
def test_a_text_may_speak_of_its_picture(text: str) -> None:
    assert speaks_of_picture(text)


@pytest.mark.parametrize("text", ["新建如图书馆等场所", "地图测绘完成", "已绘制图纸", "完成60%"])
def test_other_pictures_are_no_attachment(text: str) -> None:
    assert not speaks_of_picture(text)
