"""Pictures, files and recordings that belong to a report: what is taken, and how it is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from reporting.ledger import Desk
from reporting.messages import IncomingKind
from reporting.task import Task
from reporting.wording import task_words

MOST_BYTES = 20 * 1024 * 1024  # what the platforms themselves take for a file [D 96484]
WAITS = timedelta(hours=1)  # how long one sent before its report waits for it
_WORDS = {
    IncomingKind.TEXT: "图片",  # those in a rich text
    IncomingKind.IMAGE: "图片",
    IncomingKind.VOICE: "语音",
    IncomingKind.FILE: "文件",
}
# The first bytes of what is taken; a file's own name is the sender's word and decides nothing.
_KINDS = (
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"GIF8", "image/gif", ".gif"),
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"#!AMR", "audio/amr", ".amr"),
    (b"OggS", "audio/ogg", ".ogg"),
    (bytes.fromhex("d0cf11e0a1b11ae1"), "application/x-ole-storage", ".ole"),
)
_REFERS = re.compile(
    r"(?:见|如|看|附|上|下|以下|以上)(?:上|下|附)?(?:图(?![书纸版审形们])|照片|附件|截图)"
    r"|照片(?:已|另)?(?:附|发)"
)
# Pictures in a film's clothes (HEIF): their position cannot be taken out, so they are not taken.
_STILLS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"})
_PACKAGES = (
    (b"xl/workbook.xml", ".xlsx"),
    (b"word/document.xml", ".docx"),
    (b"ppt/presentation.xml", ".pptx"),
)


class PhotoRule(StrEnum):
    """What becomes of the place and device a photograph was taken with."""

    STRIP = "strip"
    KEEP = "keep"  # where the office wants to see that the liaison was there


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A stored file; `form` is its text where it is a progress form, else empty."""

    message_id: int
    content_type: str
    size: int
    sha256: str
    path: str
    name: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """A file that was not taken; `reason` is for its sender."""

    message_id: int
    reason: str


class Attachments(Protocol):
    """Stored files and the reports they belong to."""

    async def add(self, office_id: int, liaison_id: int, attachment: Attachment) -> None:
        """Keep a file; it waits for a report."""

    async def join(self, liaison_id: int, round_id: int, message_id: int) -> Sequence[int]:
        """Give a message's files to the sender's latest report; the tasks it reports on."""

    async def adopt(self, liaison_id: int, message_id: int) -> int:
        """Give a new report what its sender sent shortly before; how many files."""


def file_type(data: bytes) -> tuple[str, str] | None:
    """The content type and suffix by the first bytes; None for what is not taken."""
    for start, content_type, suffix in _KINDS:
        if data.startswith(start):
            return content_type, suffix
    if data[4:8] == b"ftyp" and data[8:12] not in _STILLS:
        return "video/mp4", ".mp4"
    if data.startswith(b"PK\x03\x04"):
        # An Office document names its main part in the clear; any other archive is not taken.
        for part, suffix in _PACKAGES:
            if part in data:
                return "application/vnd.openxmlformats", suffix
    return None


def speaks_of_picture(text: str) -> bool:
    """Whether a text refers to a picture or file that should have come with it (见图)."""
    return _REFERS.search(text) is not None


def compose_send_alone() -> str:
    """A group message came without its picture: platforms hand on the words alone."""
    return "群里的图片和文件我收不到，请单独（一对一）发给我，会附在您最近报送的事项上。"


def compose_attached(kind: IncomingKind, tasks: Sequence[Task], count: int = 1) -> str:
    """The files are kept, with these tasks' report or until there is one."""
    word = _WORDS.get(kind, "文件") + (f"{count}张" if count > 1 else "")
    if not tasks:
        return f"已收到{word}。请在一小时内再发一句话写明是哪一项的进展，{word}会附在那一项上。"
    named = "、".join(task_words(task.code, task.title) for task in tasks)
    return f"已收到{word}，附在：{named}。"


def compose_not_taken(kind: IncomingKind, reason: str, desk: Desk) -> str:
    """The file is not kept, why, and where it can go instead."""
    word = _WORDS.get(kind, "文件")
    closing = "。" if kind is IncomingKind.TEXT else "；进展请用文字发一句。"
    return f"{word}没有收下：{reason}。请处理后重发，或直接送{desk.words}{closing}"
