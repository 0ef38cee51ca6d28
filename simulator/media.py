"""Files people sent to the bot: a platform keeps them for three days under a media id."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_LIVES = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One file as somebody sent it."""

    data: bytes = field(repr=False)
    name: str
    sent_at: datetime
    content_type: str = "application/octet-stream"
    owner: str = ""


@dataclass(slots=True)
class MediaShelf:
    """All files, by media id."""

    files: dict[str, Media] = field(default_factory=dict)

    def put(self, data: bytes, name: str, now: datetime, owner: str = "") -> str:
        """Keep a file, the bot's own for its app or one group (`owner`); its media id."""
        media_id = secrets.token_urlsafe(32)
        self.files[media_id] = Media(data=data, name=name, sent_at=now, owner=owner)
        return media_id

    def find(self, media_id: str, now: datetime) -> Media | None:
        """The file, unless it is unknown or too old."""
        media = self.files.get(media_id)
        return media if media and now - media.sent_at < _LIVES else None
