"""Delivery: what the outbox holds goes out, part by part, and what became of it is kept."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.channels import Channel, ChannelBook
from bot.platforms.access import OVER_BUDGET
from bot.platforms.channel import CardSender
from bot.resting import GIVE_UP_AFTER, Rest, Rests
from bot.telemetry import Telemetry
from bot.tracing import subject_of
from reporting.errors import DeliveryFailed
from reporting.messages import AddressKind, Delivery, DeliveryState
from reporting.ports import Clock, Sender
from reporting.secrecy import screen_text
from reporting.steps import step
from storage.outbox import Parcel
from storage.unit_of_work import PostgresUnitOfWork, Store

TRIES = 12
REPEAT_WITHIN = timedelta(hours=3)  # WeCom is asked to remember a request for at least as long

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a try leads to: how many parts further, whether that was all, whether it is doubtful."""

    advance: int = 0
    finished: bool = False
    doubtful: bool = False


GIVE_UP = Step(finished=True)


def next_step(delivery: Delivery, parcel: Parcel, parts: int, *, repeatable: bool) -> Step:
    """Decide after a try; the last of `TRIES` for one part ends the message whatever came of it."""
    state = delivery.state
    if state in {DeliveryState.DELIVERED, DeliveryState.PARTLY}:
        return Step(advance=1, finished=parcel.part + 1 >= parts)
    # Waiting for our own budget is no try: nobody was asked. Nor is a channel's rest its fault.
    if _is_no_try(delivery):
        return Step()
    if parcel.attempts + 1 >= TRIES:
        return GIVE_UP
    if state is DeliveryState.RETRY:
        return Step()
    if state is DeliveryState.UNKNOWN and repeatable:
        return Step(doubtful=True)
    return GIVE_UP


def _is_no_try(delivery: Delivery) -> bool:
    return delivery.code == OVER_BUDGET or delivery.rests_channel


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
        self._rests = Rests()

    async def deliver(self, parcel_id: int) -> None:
        """Send a message, then whatever waits for the same address; DeliveryFailed: call again.

        Jobs of one address follow each other only at the engine's polling, so one does it all.
        """
        waiting: int | None = parcel_id
        try:
            while waiting is not None:
                structlog.contextvars.unbind_contextvars("id")
                waiting = await self._deliver_part(waiting)
        finally:
            structlog.contextvars.unbind_contextvars("id")

    async def _deliver_part(self, parcel_id: int) -> int | None:
        """Send the next part of a message; the message to go on with, None when none waits."""
        began = time.time_ns()
        begun = await self._begin(parcel_id)
        if begun is None:
            return await self._next_in_line(parcel_id)
        parcel, channel = begun
        subject = subject_of(parcel.about)
        structlog.contextvars.bind_contextvars(id=subject)
        tracing = self._telemetry.tracing
        with tracing.span("deliver", subject, since=began, parcel=parcel.id) as note:
            delivery, following = await self._try(parcel, channel)
            note(channel=parcel.address.channel, part=parcel.part)
            note(state=delivery.state.value, code=delivery.code)
            return await self._end(parcel, delivery, following)

    async def _try(self, parcel: Parcel, channel: Channel | None) -> tuple[Delivery, Step]:
        """Send a part, unless there is a reason not to; what came of it, and what that leads to."""
        if channel is None:
            return _refused("通道已删除，消息未发送"), GIVE_UP
        if screen_text(parcel.text).marked:
            detail = "内容带有密级或内部标志，未发送；请核对分解表和通讯录"
            return _refused(detail, code="secrecy"), GIVE_UP
        sender = channel.sender
        parts = sender.parts(parcel.address, parcel.text)
        repeatable = sender.repeatable(parcel.address) and self._is_recent(parcel)
        if parcel.sending and not repeatable:
            return _interrupted(), GIVE_UP
        rest = self._rests.find(parcel.address.channel, self._clock.now())
        if rest is not None and self._is_outdated(parcel):
            return _outdated(rest), GIVE_UP
        with step("send"):
            delivery = await self._send(sender, parcel, parts)
        return delivery, next_step(delivery, parcel, len(parts), repeatable=repeatable)

    def _is_recent(self, parcel: Parcel) -> bool:
        """A platform drops repeats for some hours only, and no try is older than the message."""
        return self._clock.now() - parcel.written_at < REPEAT_WITHIN

    async def _send(self, sender: Sender, parcel: Parcel, parts: Sequence[str]) -> Delivery:
        address, part, key = parcel.address, parts[parcel.part], f"{parcel.id}.{parcel.part}"
        # A text of several parts is too long for a card.
        if parcel.card is not None and isinstance(sender, CardSender) and len(parts) == 1:
            if address.kind is AddressKind.CARD:
                return await sender.renew_card(address, part, parcel.card)
            return await sender.send_card(address, part, parcel.card, key=key)
        return await sender.send(address, part, again=parcel.sending, key=key)

    async def _begin(self, parcel_id: int) -> tuple[Parcel, Channel | None] | None:
        """The message and its channel, if anything is left to send; from now on a try is under way.

        What fails before the mark was surely not sent, so the mark comes last.
        """
        async with self._store.unit_of_work(self._clock.now()) as work:
            parcel = await work.outbox.open(parcel_id)
            if parcel is None:
                return None
            channel = await self._channels.find(parcel.address.channel)
            self._require_awake(parcel)
            await work.outbox.mark(parcel_id, sending=True, attempts=parcel.attempts + 1)
        return parcel, channel

    def _require_awake(self, parcel: Parcel) -> None:
        """While the channel rests nobody is asked, and no try is counted."""
        now = self._clock.now()
        rest = self._rests.find(parcel.address.channel, now)
        if rest is None or self._is_outdated(parcel):
            return
        # Spread out, so that the messages that waited do not come all at once.
        wait = (rest.until - now).total_seconds() * random.uniform(1.0, 1.2)  # noqa: S311
        raise DeliveryFailed(rest.detail, code=rest.code, retry_after=wait)

    def _is_outdated(self, parcel: Parcel) -> bool:
        return self._clock.now() - parcel.written_at > GIVE_UP_AFTER

    async def _next_in_line(self, parcel_id: int) -> int | None:
        async with self._store.unit_of_work(self._clock.now()) as work:
            return await work.outbox.next_in_line(parcel_id)

    async def _end(self, parcel: Parcel, delivery: Delivery, step: Step) -> int | None:
        """Keep the outcome; raise DeliveryFailed when the same part is to be tried again.

        The message to go on with: this one while parts are left, else the next in line.
        """
        now, channel = self._clock.now(), parcel.address.channel
        if delivery.rests_channel:
            self._rests.begin(channel, delivery, now)
        over = self._rests.end(channel) if delivery.state is DeliveryState.DELIVERED else None
        async with self._store.unit_of_work(now) as work:
            await work.outbox.log(parcel.id, parcel.part, delivery)
            await work.outbox.mark(parcel.id, **_columns(parcel, delivery, step, now))
            if delivery.grant is not None:
                await work.cards.keep(parcel.id, delivery.grant)
            if step.finished or delivery.rests_channel:
                await _draw_consequences(work, parcel, delivery)
            if over is not None:
                await work.alarms.settle(parcel.office_id, channel, {_alarm(over.code)})
            following = await work.outbox.next_in_line(parcel.id) if step.finished else parcel.id
        self._report(parcel, delivery)
        if not step.finished and not step.advance:
            raise DeliveryFailed(
                delivery.detail, code=delivery.code, retry_after=delivery.retry_after
            )
        return following

    def _report(self, parcel: Parcel, delivery: Delivery) -> None:
        state = delivery.state.value
        self._telemetry.deliveries.labels(channel=parcel.address.channel, state=state).inc()
        if delivery.code == OVER_BUDGET:
            self._telemetry.budget_waits.labels(parcel.address.channel).inc()
        log.info(
            "delivery tried",
            action="delivery_tried",
            parcel=parcel.id,
            about=parcel.about,
            channel=parcel.address.channel,
            state=state,
            code=delivery.code,
        )


async def _draw_consequences(work: PostgresUnitOfWork, parcel: Parcel, delivery: Delivery) -> None:
    """Whoever the platform does not know is lost to us; what it refuses altogether is an alarm."""
    if delivery.state is not DeliveryState.REFUSED and not delivery.rests_channel:
        return
    address = parcel.address
    if address.kind is AddressKind.CARD:
        return  # buttons that stay are no trouble: pressed again they say that they are old
    if address.target in delivery.missed:
        reason = f"{delivery.detail}（{delivery.code}）"
        await work.accounts.mark_stale(address.channel, address.target, reason)
    elif delivery.code:
        kind = _alarm(delivery.code)
        await work.alarms.sound(parcel.office_id, address.channel, kind, delivery.detail)


def _alarm(code: str) -> str:
    return f"delivery:{code}"


def _columns(parcel: Parcel, delivery: Delivery, step: Step, now: datetime) -> dict[str, object]:
    """What a try changes in the message's row; each part has its own tries."""
    columns: dict[str, object] = {"sending": step.doubtful, "part": parcel.part + step.advance}
    if step.advance:
        columns["attempts"] = 0
    elif _is_no_try(delivery):
        columns["attempts"] = parcel.attempts
    if step.finished:
        # Tried to the end in vain: nobody tries again but the operator.
        in_vain = delivery.state is DeliveryState.RETRY
        state = DeliveryState.REFUSED if in_vain else delivery.state
        columns |= {"state": state.value, "finished_at": now}
    return columns


def _interrupted() -> Delivery:
    return Delivery(
        state=DeliveryState.UNKNOWN,
        detail="发送途中进程中断，平台是否收到不明；为免重复未再发送，请人工确认",
    )


def _refused(detail: str, code: str = "") -> Delivery:
    return Delivery(state=DeliveryState.REFUSED, code=code, detail=detail)


def _outdated(rest: Rest) -> Delivery:
    detail = f"通道暂停发送超过一天，消息已过时，没有发送；暂停原因：{rest.detail}"
    return Delivery(state=DeliveryState.REFUSED, code=rest.code, detail=detail)
