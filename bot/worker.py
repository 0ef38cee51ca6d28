"""The jobs: what runs after a callback was acknowledged."""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

import structlog

from bot.attachments import AttachmentDesk
from bot.delivery import Postman
from bot.telemetry import Telemetry
from bot.ticking import Ticker
from bot.tracing import Note, subject_of_message
from handlers.plan_shelf import PlanShelf
from handlers.progress_reply import answer_message
from handlers.screening import screen_message
from reporting.attachment import Attachment, NotTaken, PhotoRule
from reporting.errors import NotReady
from reporting.ports import Clock
from reporting.records import Waiting
from reporting.repositories import UnitOfWork
from reporting.second_opinion import Advisor
from reporting.secrecy import NumberRule, screen_text
from storage.files import FilesAway
from storage.inbox import ANSWER_SENDER, REPLIES
from storage.outbox import DELIVER, DELIVERIES
from storage.unit_of_work import Store

Media = Sequence[Attachment | NotTaken]
UNKEPT = "attachments"  # the alarm that there is no room for them

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """What is got from outside to answer a message: its files, a second opinion if there is one."""

    attachments: AttachmentDesk
    advisor: Advisor | None = None


class Worker:
    """Runs the handlers over the store."""

    def __init__(
        self,
        store: Store,
        postman: Postman,
        aids: Aids,
        clock: Clock,
        telemetry: Telemetry,
    ) -> None:
        self._store, self._postman, self._clock = store, postman, clock
        self._attachments, self._advisor = aids.attachments, aids.advisor
        self._telemetry = telemetry
        self._shelf = PlanShelf()
        self.ticker = Ticker(store, clock, self._shelf)

    def register(self) -> None:
        """Make the jobs known to the engine."""
        jobs = self._store.jobs
        jobs.add(ANSWER_SENDER, self.answer_sender, queue=REPLIES, attempts=20)
        jobs.add(DELIVER, self._postman.deliver, queue=DELIVERIES, attempts=40)
        self.ticker.register()

    async def answer_sender(self, channel: str, sender_id: str) -> None:
        """Answer everything that waits from one sender, in order, a transaction each."""
        try:
            await self._answer_all(channel, sender_id)
        finally:
            structlog.contextvars.unbind_contextvars("id")

    async def _answer_all(self, channel: str, sender_id: str) -> None:
        while True:
            structlog.contextvars.unbind_contextvars("id")
            try:
                if not await self._answer_next(channel, sender_id):
                    return
            except NotReady:
                raise
            except Exception as fault:
                # A message we cannot answer must not hold up its sender for ever.
                if not await self._stumble(channel, sender_id, fault):
                    raise

    async def _answer_next(self, channel: str, sender_id: str) -> bool:
        answered = await self._try_next(channel, sender_id, None)
        if isinstance(answered, Waiting):
            # A download may take long: no transaction is open meanwhile.
            media = await self._fetch(answered)
            answered = await self._try_next(channel, sender_id, (answered.id, media))
        return bool(answered)

    async def _fetch(self, waiting: Waiting) -> Media:
        """Its files; while they cannot be kept the operator is told why, and the message waits."""
        try:
            return await self._attachments.fetch(waiting, await self._photos(waiting))
        except FilesAway as trouble:
            log.error("attachment not kept", action="attachment_not_kept", reason=str(trouble))
            detail = f"{trouble}。发来的文件没有丢，存得下后自动收下。"
            async with self._store.unit_of_work(self._clock.now()) as work:
                await work.alarms.sound(waiting.office_id, waiting.channel, UNKEPT, detail)
            raise

    async def _photos(self, waiting: Waiting) -> PhotoRule:
        async with self._store.unit_of_work(self._clock.now()) as work:
            return (await work.plans.office(waiting.office_id)).photos

    async def _try_next(
        self, channel: str, sender_id: str, fetched: tuple[int, Media] | None
    ) -> bool | Waiting:
        """Answer the oldest message; whether more wait, or itself when it brings a file."""
        began = time.time_ns()
        with ExitStack() as traced:
            async with self._store.unit_of_work(self._clock.now()) as work:
                waiting = await work.inbox.take(channel, sender_id)
                if waiting is None:
                    return False
                note = traced.enter_context(self._begin(waiting, began))
                known = fetched is not None and fetched[0] == waiting.id
                if not known and await self._must_fetch(work, waiting):
                    return waiting
                media = fetched[1] if fetched and known else ()
                outcome = await self._answer(work, waiting, media)
            note(outcome=outcome)
        self._telemetry.messages.labels(outcome=outcome).inc()
        log.info(
            "message answered",
            action="message_answered",
            message_key=waiting.message.key,
            channel=waiting.channel,
            outcome=outcome,
        )
        return waiting.followed

    def _begin(self, waiting: Waiting, since: int) -> AbstractContextManager[Note]:
        """One id in every line of the log, and in the trace, from the callback to the delivery."""
        subject = subject_of_message(waiting.id)
        structlog.contextvars.bind_contextvars(id=subject)
        tracing = self._telemetry.tracing
        return tracing.span("answer", subject, since=since, channel=waiting.channel)

    async def _must_fetch(self, work: UnitOfWork, waiting: Waiting) -> bool:
        return self._attachments.wanted(waiting) and await _may_fetch(work, waiting)

    async def _answer(self, work: UnitOfWork, waiting: Waiting, media: Media) -> str:
        screened = await screen_message(work, waiting)
        outcome = "quarantined"
        if media:
            await work.alarms.settle(waiting.office_id, waiting.channel, {UNKEPT})
        if screened is not None:
            outcome = await answer_message(work, screened, self._shelf, media, self._advisor)
        await work.inbox.finish(waiting.id, outcome)
        return outcome

    async def _stumble(self, channel: str, sender_id: str, fault: Exception) -> bool:
        trouble = type(fault).__name__
        log.error("message not answered", action="message_stumbled", error=trouble, exc_info=fault)
        async with self._store.unit_of_work(self._clock.now()) as work:
            return await work.inbox.stumble(channel, sender_id, trouble)


async def _may_fetch(work: UnitOfWork, waiting: Waiting) -> bool:
    """What strangers send is not fetched, nor what comes with words that may not be kept."""
    message = waiting.message
    screened = screen_text(message.text)
    if screened.marked:
        return False
    if screened.masked:
        office = await work.plans.office(waiting.office_id)
        if office.numbers is NumberRule.QUARANTINE:
            return False
    return await work.people.correspondent(waiting.channel, message.sender_id) is not None
