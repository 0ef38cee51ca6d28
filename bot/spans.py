"""Traces as OpenTelemetry spans over OTLP/HTTP; the only module that knows OpenTelemetry.

What the `OTEL_…` variables say about names, sampling, queues, headers and certificates holds: the
SDK and its exporter read them.
"""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import Decision
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)

from bot.tracing import Fingerprint, Note, subject_of_message
from reporting.steps import followed

NAME = "liaison-bot"
MESSAGE = "message:"
CLOSING_SECONDS = 5.0


class DerivedIds(RandomIdGenerator):
    """Random ids, but those of the next root are given."""

    def __init__(self) -> None:
        self._trace: int | None = None
        self._span: int | None = None

    def give(self, trace: int, span: int | None = None) -> None:
        """The next root has this trace's id and, if given, this span's."""
        self._trace, self._span = trace, span

    def generate_trace_id(self) -> int:
        """The given one, once."""
        given, self._trace = self._trace, None
        return given or super().generate_trace_id()

    def generate_span_id(self) -> int:
        """The given one, once."""
        given, self._span = self._span, None
        return given or super().generate_span_id()


class Spans:
    """Spans of a message hang below its callback's; those of a reminder or a digest stand alone."""

    def __init__(self, exporter: OTLPSpanExporter, fingerprint: Fingerprint) -> None:
        self._fingerprint, self._ids = fingerprint, DerivedIds()
        # What the environment says of the service comes before our own name for it.
        resource = Resource({SERVICE_NAME: NAME}).merge(OTELResourceDetector().detect())
        self._provider = TracerProvider(
            resource=resource, id_generator=self._ids, shutdown_on_exit=False
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer(NAME)

    def arrived(self, message_id: int, channel: str, came: int, verified: int) -> None:
        """The root of a message's trace, with its two steps."""
        subject, kept = subject_of_message(message_id), time.time_ns()
        self._ids.give(*self._ids_of(subject))
        facts = {"liaison.subject": subject, "liaison.channel": channel}
        root = self._tracer.start_span(
            "callback", Context(), SpanKind.SERVER, facts, start_time=came
        )
        within = set_span_in_context(root, Context())
        self._tracer.start_span("verify", within, start_time=came).end(verified)
        self._tracer.start_span("commit", within, start_time=verified).end(kept)
        root.end(kept)

    @contextmanager
    def span(
        self, name: str, subject: str, *, since: int | None = None, **facts: str | int
    ) -> Iterator[Note]:
        """A span below the callback of the message it is about, if it is about one."""
        # Other keys may end in a name: their kind must do.
        shown = subject if subject.startswith(MESSAGE) else subject.partition(":")[0]
        with (
            self._tracer.start_as_current_span(
                name,
                self._above(subject, name),
                attributes={"liaison.subject": shown, **_named(facts)},
                start_time=since,
                # An error's text may hold anything: its kind must do.
                record_exception=False,
                set_status_on_exception=False,
            ) as span,
            followed(self._step),
        ):

            def note(**more: str | int) -> None:
                span.set_attributes(_named(more))

            try:
                yield note
            except Exception as fault:
                span.set_status(Status(StatusCode.ERROR, type(fault).__name__))
                raise

    def _step(self, name: str) -> AbstractContextManager[object]:
        return self._tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False
        )

    def _above(self, subject: str, name: str) -> Context:
        """Where a span belongs: below the callback, which another process may have written."""
        trace, root = self._ids_of(subject)
        if not subject.startswith(MESSAGE):
            self._ids.give(trace)
            return Context()
        decision = self._provider.sampler.should_sample(None, trace, name).decision
        sampled = decision is Decision.RECORD_AND_SAMPLE
        flags = TraceFlags(TraceFlags.SAMPLED if sampled else TraceFlags.DEFAULT)
        above = SpanContext(trace, root, is_remote=True, trace_flags=flags)
        return set_span_in_context(NonRecordingSpan(above), Context())

    def _ids_of(self, subject: str) -> tuple[int, int]:
        """Keyed, so that two installations do not meet in one trace."""
        digits = self._fingerprint(f"trace:{subject}")
        return int(digits[:32], 16), int(digits[32:48], 16)

    async def close(self) -> None:
        """Send what is left; a collector that is away holds up the end for seconds only."""
        closing = threading.Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        await asyncio.to_thread(closing.join, CLOSING_SECONDS)


def _named(facts: dict[str, str | int]) -> dict[str, str | int]:
    return {f"liaison.{name}": value for name, value in facts.items()}


def open_spans(address: str, fingerprint: Fingerprint) -> Spans:
    """Spans to a collector; the address is that of its traces."""
    return Spans(OTLPSpanExporter(endpoint=address), fingerprint)
