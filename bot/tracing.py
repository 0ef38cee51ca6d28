"""Traces, optional: one of each message, from its callback over its answer to its deliveries.

No id travels with the jobs: every process derives the trace from what it is about, which the rows
name anyway. OpenTelemetry is imported by `bot/spans.py` alone, and that only where an address to
send traces to is set.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Protocol

import structlog

from bot.settings import Settings

Fingerprint = Callable[[str], str]
# What is sent because of a message carries its number in its key.
_CAUSED = re.compile(r"(?:receipt|card|secrecy|moved):(\d+)")

log = structlog.get_logger()


class Note(Protocol):
    """Adds facts to a span."""

    def __call__(self, **facts: str | int) -> None:
        """Add these; never a text, a name or a secret."""


class Tracing(Protocol):
    """Where spans go."""

    def arrived(self, message_id: int, channel: str, came: int, verified: int) -> None:
        """A new message came, was verified (nanoseconds of the epoch), and is kept now."""

    def span(
        self, name: str, subject: str, *, since: int | None = None, **facts: str | int
    ) -> AbstractContextManager[Note]:
        """A piece of work on a subject, with the steps named within it."""

    async def close(self) -> None:
        """Send what is left, within seconds."""


class Untraced:
    """Traces go nowhere."""

    def arrived(self, message_id: int, channel: str, came: int, verified: int) -> None:
        """Nothing."""

    def span(
        self, name: str, subject: str, *, since: int | None = None, **facts: str | int
    ) -> AbstractContextManager[Note]:
        """Nothing."""
        return nullcontext(_forget)

    async def close(self) -> None:
        """Nothing."""


def _forget(**facts: str | int) -> None:
    pass


def subject_of_message(message_id: int) -> str:
    """The one id of an incoming message, in logs and traces."""
    return f"message:{message_id}"


def subject_of(key: str) -> str:
    """What an outgoing message is about: the message it answers, else itself."""
    caused = _CAUSED.fullmatch(key)
    return key if caused is None else f"message:{caused[1]}"


def open_tracing(settings: Settings, fingerprint: Fingerprint) -> Tracing:
    """Traces to where the environment says (`OTEL_EXPORTER_OTLP_…`), or nowhere."""
    if settings.traces_address is None:
        return Untraced()
    try:
        open_spans: Callable[[str, Fingerprint], Tracing] = import_module("bot.spans").open_spans
    except ModuleNotFoundError as missing:
        # Clusters set these variables for everything that runs: no reason not to start.
        log.warning("no traces", action="tracing_missing", module=missing.name)
        return Untraced()
    return open_spans(settings.traces_address, fingerprint)
