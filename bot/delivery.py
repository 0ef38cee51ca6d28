"""Delivery: what the outbox holds goes out, part by part, and what became of it is kept."""

from dataclasses import dataclass

import structlog

from bot.channels import ChannelBook
from bot.telemetry import Telemetry
from reporting.errors import DeliveryFailed
from reporting.messages import Delivery, DeliveryState
from reporting.ports import Clock, Sender
from storage.outbox import Parcel
from storage.unit_of_work import Store

TRIES = 12

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a try leads to: how many parts further, whether that was all, whether it is doubtful."""

    advance: int = 0
    finished: bool = False
    doubtful: bool = False


GIVE_UP = Step(finished=True)


def next_step(state: DeliveryState, parcel: Parcel, parts: int, *, repeatable: bool) -> Step:
    """Decide after a try; the last of `TRIES` ends the message whatever came of it."""
    if state in {DeliveryState.DELIVERED, DeliveryState.PARTLY}:
        return Step(advance=1, finished=parcel.part + 1 >= parts)
    if parcel.attempts + 1 >= TRIES:
        return GIVE_UP
    if state is DeliveryState.RETRY:
        return Step()
    if state is DeliveryState.UNKNOWN and repeatable:
        return Step(doubtful=True)
    return GIVE_UP


class Postman:
    """Delivers one outgoing message at a time for each address.

    Before every request the row says that it is being sent, and after it what the platform
    answered: a process killed between the two leaves an *unknown* outcome, which is repeated only
    where the platform itself drops a repeat.
    """

    def __init__(
        self, store: Store, channels: ChannelBook, clock: Clock, telemetry: Telemetry
    ) -> None:
        self._store, self._channels, self._clock = store, channels, clock
        self._telemetry = telemetry

    async def deliver(self, parcel_id: int) -> None:
        """Send what is left of a message; DeliveryFailed when it is to be tried again."""
        while True:
            parcel = await self._begin(parcel_id)
            if parcel is None:
                return
            channel = await self._channels.find(parcel.address.channel)
            if channel is None:
                await self._end(parcel, _refused("通道已删除，消息未发送"), GIVE_UP)
                return
            sender = channel.sender
            parts = sender.parts(parcel.address, parcel.text)
            repeatable = sender.repeatable(parcel.address)
            if parcel.sending and not repeatable:
                await self._end(parcel, _interrupted(), GIVE_UP)
                return
            delivery = await self._send(sender, parcel, parts[parcel.part])
            step = next_step(delivery.state, parcel, len(parts), repeatable=repeatable)
            await self._end(parcel, delivery, step)

    async def _send(self, sender: Sender, parcel: Parcel, part: str) -> Delivery:
        return await sender.send(
            parcel.address, part, again=parcel.sending, key=f"{parcel.id}.{parcel.part}"
        )

    async def _begin(self, parcel_id: int) -> Parcel | None:
        """The message, if there is anything left to send; from now on a try is under way."""
        async with self._store.unit_of_work(self._clock.now()) as work:
            parcel = await work.outbox.open(parcel_id)
            if parcel is not None:
                await work.outbox.mark(parcel_id, sending=True, attempts=parcel.attempts + 1)
        return parcel

    async def _end(self, parcel: Parcel, delivery: Delivery, step: Step) -> None:
        """Keep the outcome; raise DeliveryFailed when the same part is to be tried again."""
        now = self._clock.now()
        columns: dict[str, object] = {"sending": step.doubtful, "part": parcel.part + step.advance}
        if step.finished:
            columns |= {"state": delivery.state.value, "finished_at": now}
        async with self._store.unit_of_work(now) as work:
            await work.outbox.log(parcel.id, parcel.part, delivery)
            await work.outbox.mark(parcel.id, **columns)
        self._report(parcel, delivery)
        if not step.finished and not step.advance:
            raise DeliveryFailed(
                delivery.detail, code=delivery.code, retry_after=delivery.retry_after
            )

    def _report(self, parcel: Parcel, delivery: Delivery) -> None:
        state = delivery.state.value
        self._telemetry.deliveries.labels(channel=parcel.address.channel, state=state).inc()
        log.info(
            "delivery tried",
            action="delivery_tried",
            parcel=parcel.id,
            channel=parcel.address.channel,
            state=state,
            code=delivery.code,
        )


def _interrupted() -> Delivery:
    return Delivery(
        state=DeliveryState.UNKNOWN,
        detail="发送途中进程中断，平台是否收到不明；为免重复未再发送，请人工确认",
    )


def _refused(detail: str) -> Delivery:
    return Delivery(state=DeliveryState.REFUSED, detail=detail)
