"""Fetching what a message refers to from its platform, and storing it in the data folder."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import structlog

from bot.channels import ChannelBook
from bot.platforms.channel import MediaSource
from documents.form import read_form
from documents.photo import without_position
from reporting.attachment import MOST_BYTES, Attachment, NotTaken, file_type
from reporting.errors import DeliveryFailed, DeliveryRefused, NotReady
from reporting.messages import IncomingKind, IncomingMessage
from reporting.records import Waiting
from reporting.secrecy import screen_text

TRIES = 3
PAUSE_SECONDS = 1.0
# A text has files too, where it came with pictures in it.
MEDIA = frozenset({IncomingKind.TEXT, IncomingKind.IMAGE, IncomingKind.FILE, IncomingKind.VOICE})
FORMS = frozenset({".xlsx", ".docx"})

log = structlog.get_logger()


class AttachmentDesk:
    """Fetches attachments while their message is being answered: platforms keep them briefly."""

    def __init__(self, channels: ChannelBook, folder: Path) -> None:
        self._channels, self._folder = channels, folder

    def wanted(self, waiting: Waiting) -> bool:
        """Whether the message brought something to fetch, and not its words already."""
        message = waiting.message
        heard = message.kind is IncomingKind.VOICE and bool(message.text.strip())
        return message.kind in MEDIA and bool(message.media_id) and not heard

    async def fetch(self, waiting: Waiting) -> Sequence[Attachment | NotTaken]:
        """The stored files, or why they are not taken; none where the channel cannot fetch any."""
        channel = await self._channels.find(waiting.channel)
        if channel is None or not isinstance(channel.sender, MediaSource):
            return ()
        message = waiting.message
        named = (message.media_id, *message.more_media)
        return [await self._take(channel.sender, waiting, media_id) for media_id in named]

    async def _take(
        self, source: MediaSource, waiting: Waiting, media_id: str
    ) -> Attachment | NotTaken:
        data = await self._download(source, media_id)
        if data is None:
            reason = "平台上的文件取不到（可能已过期）"
        elif len(data) > MOST_BYTES:
            reason = f"超过{MOST_BYTES // 1024 // 1024}MB"
        elif file_type(data) is None:
            reason = "只收图片、PDF、Word、Excel、PPT、语音和视频"
        else:
            return await asyncio.to_thread(self._store, waiting, data)
        log.warning("attachment not taken", action="attachment_not_taken", id=waiting.id)
        return NotTaken(message_id=waiting.id, reason=reason)

    async def _download(self, source: MediaSource, media_id: str) -> bytes | None:
        """The bytes; None when the platform has them no more, or does not answer."""
        for again in range(1, TRIES + 1):
            try:
                return await source.fetch_media(media_id, MOST_BYTES)
            except DeliveryRefused:
                return None
            except DeliveryFailed:
                await asyncio.sleep(PAUSE_SECONDS * again)
        return None

    def _store(self, waiting: Waiting, data: bytes) -> Attachment | NotTaken:
        known = file_type(data)
        assert known is not None
        content_type, suffix = known
        try:
            data = without_position(data)
        except ValueError:
            return NotTaken(message_id=waiting.id, reason="图片已损坏")
        digest = hashlib.sha256(data).hexdigest()
        path = self._place(waiting.office_id, waiting.message.sent_at, digest + suffix)
        _write(path, data)
        form = read_form(path) if suffix in FORMS else ""
        if screen_text(form).marked:
            path.unlink()
            return NotTaken(message_id=waiting.id, reason="带有密级或内部标志，不得在聊天中发送")
        return Attachment(
            message_id=waiting.id,
            content_type=content_type,
            size=len(data),
            sha256=digest,
            path=path.relative_to(self._folder).as_posix(),
            name=_name(waiting.message),
            form=screen_text(form).text,
        )

    def _place(self, office_id: int, sent_at: datetime, name: str) -> Path:
        return self._folder / "attachments" / str(office_id) / f"{sent_at:%Y-%m}" / name


def _name(message: IncomingMessage) -> str:
    """The name the sender's file had; only of files a name is given."""
    return message.text[:200] if message.kind is IncomingKind.FILE else ""


def _write(path: Path, data: bytes) -> None:
    """The file whole or not at all; the same bytes are stored once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as fault:
        raise NotReady("附件存不下：请检查数据目录的空间和权限") from fault
