"""Pictures and files as WeCom takes them: by kind, size and way [D 96484, 91770]."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reporting.errors import DeliveryRefused

MEGABYTE = 1024 * 1024
LEAST = 6  # bytes; a file of five or fewer is refused
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
LONGEST_NAME = 60  # characters; the rest of a first line adds nothing
FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t\0', " "))


class Way(StrEnum):
    """How a file goes out."""

    APP = "app"
    WEBHOOK = "webhook"


MOST = {
    (Way.APP, "image"): 10 * MEGABYTE,
    (Way.APP, "file"): 20 * MEGABYTE,
    (Way.WEBHOOK, "image"): 2 * MEGABYTE,
    (Way.WEBHOOK, "file"): 20 * MEGABYTE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    """A file of a kind and size that is taken."""

    name: str
    kind: str
    data: bytes = field(repr=False)


def check_file(name: str, data: bytes, way: Way) -> OutgoingFile:
    """The file as it can go out: a picture too large for one goes as a file.

    DeliveryRefused for one that cannot, with the limit in its text.
    """
    is_picture = data.startswith(PICTURES) and len(data) <= MOST[way, "image"]
    kind = "image" if is_picture else "file"
    most = MOST[way, kind]
    if not LEAST <= len(data) <= most:
        detail = f"文件须大于5字节、不超过{most // MEGABYTE}MB"
        raise DeliveryRefused(detail, code="file_size")
    return OutgoingFile(name=file_name(name), kind=kind, data=data)


def file_name(words: str) -> str:
    """A name any client can store; its ending is kept."""
    stem, dot, ending = words.translate(FORBIDDEN).strip().rpartition(".")
    return (
        f"{(stem if dot else ending)[:LONGEST_NAME].strip() or '文件'}{dot}{ending if dot else ''}"
    )


def text_file(text: str) -> tuple[str, bytes]:
    """A long text as a file named by its first line; the mark tells Windows its coding."""
    title = text.strip().split("\n", 1)[0].strip("【】 ")
    return f"{title[:LONGEST_NAME]}.txt", text.encode("utf-8-sig", "replace")


def as_picture(file: OutgoingFile) -> Mapping[str, object]:
    """A picture inside a webhook's message itself."""
    digest = hashlib.md5(file.data, usedforsecurity=False).hexdigest()
    return {
        "msgtype": "image",
        "image": {"base64": base64.b64encode(file.data).decode(), "md5": digest},
    }


def as_uploaded(file: OutgoingFile, media_id: str) -> Mapping[str, object]:
    """A file that was uploaded before."""
    return {"msgtype": file.kind, file.kind: {"media_id": media_id}}
