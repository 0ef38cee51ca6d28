"""The channels as the process uses them: codec and sender by name, read again when they change."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.platforms.channel import (
    AibotSettings,
    CallbackCodec,
    ChannelSettings,
    DingTalkSettings,
    Outside,
    WeComSettings,
)
from bot.platforms.registry import open_codec, open_sender
from reporting.errors import LiaisonBotError, NotReady
from reporting.messages import Platform
from reporting.ports import Sender
from storage.channels import ChannelRow, ChannelsTable
from storage.database import transaction
from storage.seal import Json
from storage.unit_of_work import Store

FRESH_SECONDS = 5.0
SETTINGS: Mapping[Platform, type[ChannelSettings]] = {
    Platform.WECOM: WeComSettings,
    Platform.AIBOT: AibotSettings,
    Platform.DINGTALK: DingTalkSettings,
}
UNKNOWN_SECONDS = 1.0  # a name we do not know may be new, but strangers may not wear us out

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One channel, ready to receive and to send."""

    name: str
    office_id: int
    platform: Platform
    settings: ChannelSettings
    codec: CallbackCodec
    sender: Sender


class ChannelBook:
    """Looks channels up by name; what another process changed is seen within seconds."""

    def __init__(self, store: Store, outside: Outside) -> None:
        self._store, self._outside = store, outside
        self._rows: dict[str, ChannelRow] = {}
        self._channels: dict[str, Channel | NotReady] = {}
        self._read_at = -FRESH_SECONDS
        self._reading = asyncio.Lock()

    async def find(self, name: str) -> Channel | None:
        """The channel of this name; NotReady when its settings cannot be used."""
        await self._refresh(name)
        found = self._channels.get(name)
        if isinstance(found, NotReady):
            raise NotReady(str(found))
        return found

    async def all(self) -> list[Channel]:
        """Every channel whose settings can be used."""
        await self._refresh(next(iter(self._channels), ""))
        return [found for found in self._channels.values() if isinstance(found, Channel)]

    async def _refresh(self, name: str) -> None:
        if self._is_fresh(name):
            return
        async with self._reading:
            # Whoever waited for another's reading needs none of his own.
            if not self._is_fresh(name):
                await self._read()

    def _is_fresh(self, name: str) -> bool:
        # Not office time: how long a reading stays fresh must not follow a clock that is moved.
        age = time.monotonic() - self._read_at
        return age < (FRESH_SECONDS if name in self._channels else UNKNOWN_SECONDS)

    async def _read(self) -> None:
        async with transaction(self._store.engine) as connection:
            rows = {
                row.name: row for row in await ChannelsTable(connection, self._store.seal).all()
            }
        self._channels = {
            name: self._channels[name] if self._rows.get(name) == row else self._try_open(row)
            for name, row in rows.items()
        }
        self._rows, self._read_at = rows, time.monotonic()

    def _try_open(self, row: ChannelRow) -> Channel | NotReady:
        """One channel with bad settings must not silence all the others."""
        try:
            return self._open(row)
        except LiaisonBotError as fault:
            log.error("channel unusable", action="channel_unusable", channel=row.name)
            return NotReady(str(fault))

    def _open(self, row: ChannelRow) -> Channel:
        settings = read_channel_settings(row.platform, row.name, row.settings)
        return Channel(
            name=row.name,
            office_id=row.office_id,
            platform=row.platform,
            settings=settings,
            codec=open_codec(settings),
            sender=open_sender(settings, self._outside),
        )


def read_channel_settings(
    platform: Platform, name: str, content: Mapping[str, Json]
) -> ChannelSettings:
    """A channel's settings from their JSON; NotReady names what is missing or wrong, no value."""
    kind = SETTINGS[platform]
    unknown = sorted(content.keys() - {field.name for field in fields(kind)})
    if unknown:
        raise NotReady(f"通道“{name}”有不认识的设置项：{'、'.join(unknown)}")
    try:
        return TypeAdapter[ChannelSettings](kind).validate_python({**content, "channel": name})
    except ValidationError as fault:
        faults = fault.errors(include_input=False, include_context=False)
        named = "、".join(sorted({str(one["loc"][0]) for one in faults if one["loc"]}))
        raise NotReady(f"通道“{name}”的设置缺少或填错：{named}") from None
