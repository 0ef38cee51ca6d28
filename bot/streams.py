"""Long connections: one task for each channel that is set to receive by one."""

import asyncio
import time

import structlog

from bot.arrivals import Arrivals
from bot.channels import Channel, ChannelBook
from bot.platforms.channel import AibotSettings, DingTalkSettings, Outside
from bot.platforms.dingtalk.stream import StreamClient
from bot.platforms.wecom.aibot_stream import AibotClient, HeldLine
from bot.telemetry import Telemetry
from reporting.errors import NotReady
from reporting.messages import IncomingMessage
from storage.inbox import Arrival

LOOK_SECONDS = 3.0

log = structlog.get_logger()


class Streams:
    """Connects what is to be connected, and follows the operator's changes within seconds."""

    def __init__(
        self,
        channels: ChannelBook,
        arrivals: Arrivals,
        outside: Outside,
        line: HeldLine,
        telemetry: Telemetry,
    ) -> None:
        self._channels, self._arrivals, self._outside = channels, arrivals, outside
        self._line, self._telemetry = line, telemetry
        self._running: dict[str, tuple[Channel, asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Until cancelled; every connection is closed in good order."""
        try:
            while True:
                try:
                    await self._follow()
                except Exception as fault:
                    # Whatever it is, the connections that stand must not go down with it.
                    trouble = type(fault).__name__
                    log.warning("streams not looked up", action="streams_stumbled", error=trouble)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await self._stop([*self._running])

    async def _follow(self) -> None:
        wanted = {channel.name: channel for channel in await self._channels.all()}
        changed = [
            name
            for name, (channel, task) in self._running.items()
            if wanted.get(name) is not channel or task.done()
        ]
        await self._stop(changed)
        for name, channel in wanted.items():
            if name not in self._running and _is_stream(channel):
                client = self._client(channel)
                self._running[name] = (channel, asyncio.create_task(client.run()))

    def _client(self, channel: Channel) -> StreamClient | AibotClient:
        settings, outside = channel.settings, self._outside

        async def receive(message: IncomingMessage) -> None:
            await self._keep(channel, message)

        if isinstance(settings, AibotSettings):
            return AibotClient(settings, outside.session, receive, outside.clock, self._line)
        assert isinstance(settings, DingTalkSettings)
        return StreamClient(settings, outside.session, receive, outside.clock)

    async def _keep(self, channel: Channel, message: IncomingMessage) -> None:
        """Return once the message is committed; NotReady when it is not."""
        arrival = Arrival(
            office_id=channel.office_id,
            channel=channel.name,
            message=message,
            received_at=self._outside.clock.now(),
        )
        came = time.time_ns()
        try:
            message_id = await self._arrivals.keep(arrival)
        except NotReady:
            self._telemetry.callbacks.labels(channel.name, "not_ready").inc()
            raise
        self._telemetry.callbacks.labels(channel.name, "accepted").inc()
        if message_id is not None:
            self._telemetry.tracing.arrived(message_id, channel.name, came, came)

    async def _stop(self, names: list[str]) -> None:
        stopped = [self._running.pop(name)[1] for name in names]
        for task in stopped:
            task.cancel()
        for outcome in await asyncio.gather(*stopped, return_exceptions=True):
            if isinstance(outcome, Exception):
                fault = type(outcome).__name__
                log.error("stream ended", action="stream_ended", error=fault)


def _is_stream(channel: Channel) -> bool:
    settings = channel.settings
    return isinstance(settings, DingTalkSettings | AibotSettings) and settings.stream
