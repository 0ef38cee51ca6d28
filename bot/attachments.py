"""Fetching what a message refers to from its platform, and storing it with the attachments."""

import asyncio
import contextlib
import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import structlog

from bot.channels import ChannelBook
from bot.platforms.channel import MediaSource
from bot.settings import Settings
from documents import film, photo
from documents.form import read_form
from reporting.attachment import MOST_BYTES, Attachment, NotTaken, PhotoRule, file_type
from reporting.errors import DeliveryFailed, DeliveryRefused, NotReady
from reporting.messages import IncomingKind, IncomingMessage
from reporting.records import Waiting
from reporting.secrecy import screen_text
from storage.files import Bucket, BucketFiles, Files, FolderFiles, unkept

ATTACHMENTS = "attachments"  # below it an office, a month, the file by its own hash
TRIES = 3
PAUSE_SECONDS = 1.0
# A text has files too, where it came with pictures in it.
MEDIA = frozenset({IncomingKind.TEXT, IncomingKind.IMAGE, IncomingKind.FILE, IncomingKind.VOICE})
FORMS = frozenset({".xlsx", ".docx"})

log = structlog.get_logger()


class AttachmentDesk:
    """Fetches attachments while their message is being answered: platforms keep them briefly."""

    def __init__(self, channels: ChannelBook, files: Files) -> None:
        self._channels, self._files = channels, files

    def wanted(self, waiting: Waiting) -> bool:
        """Whether the message brought something to fetch, and not its words already."""
        message = waiting.message
        heard = message.kind is IncomingKind.VOICE and bool(message.text.strip())
        return message.kind in MEDIA and bool(message.media_id) and not heard

    async def fetch(self, waiting: Waiting, photos: PhotoRule) -> Sequence[Attachment | NotTaken]:
        """The stored files, or why they are not taken; none where the channel cannot fetch any.

        FilesAway when there is no room for them now.
        """
        channel = await self._channels.find(waiting.channel)
        if channel is None or not isinstance(channel.sender, MediaSource):
            return ()
        message = waiting.message
        named = (message.media_id, *message.more_media)
        fetched = [await self._download(channel.sender, media_id) for media_id in named]
        return [await self._take(waiting, data, photos) for data in fetched]

    async def _take(
        self, waiting: Waiting, data: bytes | None, photos: PhotoRule
    ) -> Attachment | NotTaken:
        if data is None:
            reason = "平台上的文件取不到（可能已过期）"
        elif len(data) > MOST_BYTES:
            reason = f"超过{MOST_BYTES // 1024 // 1024}MB"
        elif file_type(data) is None:
            reason = "只收图片、PDF、Word、Excel、PPT、语音和视频"
        else:
            return await self._keep(waiting, data, photos)
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

    async def _keep(
        self, waiting: Waiting, data: bytes, photos: PhotoRule
    ) -> Attachment | NotTaken:
        prepared = await asyncio.to_thread(_prepare, waiting, data, photos)
        if isinstance(prepared, NotTaken):
            return prepared
        attachment, data = prepared
        await self._files.put(attachment.path, data)
        return attachment


def open_files(settings: Settings) -> Files:
    """Where this installation keeps attachments: its bucket, else its data folder."""
    if settings.s3_bucket is None:
        return FolderFiles(settings.data_folder)
    if (
        not settings.s3_access_key.get_secret_value()
        or not settings.s3_secret_key.get_secret_value()
    ):
        raise NotReady("附件放对象存储还要设置 LIAISON_S3_ACCESS_KEY 和 LIAISON_S3_SECRET_KEY")
    return BucketFiles(
        Bucket(
            name=settings.s3_bucket,
            endpoint=settings.s3_endpoint,
            region=settings.s3_region,
            access_key=settings.s3_access_key.get_secret_value(),
            secret_key=settings.s3_secret_key.get_secret_value(),
            prefix=settings.s3_prefix,
            virtual_host=settings.s3_virtual_host,
            proxy=settings.s3_proxy,
            ca_file=settings.s3_ca_file,
        )
    )


def _prepare(
    waiting: Waiting, data: bytes, photos: PhotoRule
) -> tuple[Attachment, bytes] | NotTaken:
    """What is kept of a file of a known type, and as which attachment; or why it is not."""
    known = file_type(data)
    assert known is not None
    content_type, suffix = known
    cleaned = data if photos is PhotoRule.KEEP else _without_position(data, content_type)
    if isinstance(cleaned, str):
        return NotTaken(message_id=waiting.id, reason=cleaned)
    data = cleaned
    form = _read_form(data, suffix) if suffix in FORMS else ""
    screened = screen_text(form)
    if screened.marked:
        return NotTaken(message_id=waiting.id, reason="带有密级或内部标志，不得在聊天中发送")
    digest = hashlib.sha256(data).hexdigest()
    folder = f"{ATTACHMENTS}/{waiting.office_id}/{waiting.message.sent_at:%Y-%m}"
    attachment = Attachment(
        message_id=waiting.id,
        content_type=content_type,
        size=len(data),
        sha256=digest,
        path=f"{folder}/{digest}{suffix}",
        name=_name(waiting.message),
        form=screened.text,
    )
    return attachment, data


def _without_position(data: bytes, content_type: str) -> bytes | str:
    """The file without the place it was taken at; in words why there is none such."""
    is_film = content_type.startswith("video/")
    try:
        cleaned = film.without_position(data) if is_film else photo.without_position(data)
    except ValueError:
        return f"{'视频' if is_film else '图片'}已损坏"
    return cleaned or "视频里逐秒记着拍摄地点，去不掉；请截取画面，或用聊天里的“拍摄”重拍"


def _read_form(data: bytes, suffix: str) -> str:
    """The form's words; the readers of tables open files alone."""
    with contextlib.ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            path = Path(folder) / f"form{suffix}"
            path.write_bytes(data)
        except OSError as fault:
            raise unkept(fault) from fault
        return read_form(path)


def _name(message: IncomingMessage) -> str:
    """The name the sender's file had; only of files a name is given."""
    return message.text[:200] if message.kind is IncomingKind.FILE else ""
