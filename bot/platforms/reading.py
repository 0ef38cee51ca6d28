"""Strict readers of fields that came from outside; every fault is a CallbackMalformed."""

import json
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.platforms.channel import FUTURE_SECONDS, MAX_BODY
from reporting.errors import CallbackMalformed, CallbackOversized, CallbackStale

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
MAX_IDENTIFIER = 256  # characters of a message, person or conversation id


def require_size(body: bytes) -> None:
    """Refuse a body larger than is read, before anything looks into it."""
    if len(body) > MAX_BODY:
        raise CallbackOversized


def require_number(text: str | None) -> int:
    """A plain decimal number as platforms write times and ids' parts."""
    if text is None or len(text) > 15 or not (text.isascii() and text.isdigit()):
        raise CallbackMalformed
    return int(text)


def require_fresh(sent_at: float, now: datetime, window_seconds: int) -> None:
    """Refuse a time outside the window: a captured callback must not live for ever."""
    age = now.timestamp() - sent_at
    if age > window_seconds or age < -FUTURE_SECONDS:
        raise CallbackStale


def moment(seconds: float) -> datetime:
    """A Unix time as the office's aware time."""
    try:
        return datetime.fromtimestamp(seconds, OFFICE_ZONE)
    except (ValueError, OverflowError, OSError):
        raise CallbackMalformed from None


def identifier(text: str) -> str:
    """An id that must be there and stay short enough to be a database key."""
    if not text or len(text) > MAX_IDENTIFIER:
        raise CallbackMalformed
    return text


def clean(text: str) -> str:
    """The text without NUL and lone surrogates, which neither PostgreSQL nor UTF-8 can hold."""
    if text.isascii() and "\0" not in text:
        return text
    whole = text.replace("\0", "")
    return whole.encode("utf-8", "replace").decode("utf-8")


def string(source: Mapping[str, object], name: str) -> str:
    """The string of this name, or an empty one: platforms leave out what they do not know."""
    value = source.get(name)
    return clean(value) if isinstance(value, str) else ""


def mapping(source: Mapping[str, object], name: str) -> Mapping[str, object]:
    """The object of this name, or an empty one."""
    value = source.get(name)
    return value if isinstance(value, dict) else {}


def read_json(raw: bytes) -> Mapping[str, object]:
    """One JSON object in UTF-8, without NaN, and without a name given twice."""
    try:
        body = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError):
        raise CallbackMalformed from None
    if not isinstance(body, dict):
        raise CallbackMalformed
    return body


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CallbackMalformed
    return found


def _refuse_constant(name: str) -> object:
    raise CallbackMalformed
