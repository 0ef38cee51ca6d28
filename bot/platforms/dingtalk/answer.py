"""What an answer of a DingTalk API or session address means."""

from collections.abc import Mapping

from bot.platforms.dingtalk.taxonomy import (
    BLOCKED,
    FILTERED,
    FREQUENCY,
    NO_CARD,
    NO_PERSON,
    read_error,
)
from bot.platforms.exchange import Answer, unreadable
from bot.platforms.outcome import Action, Reading, reading_of
from bot.platforms.reading import clean, mapping, string

# Those named in these lists were not sent to, though the answer is a success.
MISSED_LISTS = (
    ("flowControlledStaffIdList", FREQUENCY),
    ("invalidStaffIdList", NO_PERSON),
    ("filteredStaffIdList", FILTERED),
)


def read_answer(answer: Answer, reference_name: str) -> Reading:
    """The reading of one answer; a success must hold `reference_name` (empty: an errcode of 0)."""
    body = answer.body
    if body is None:
        return unreadable(answer)
    if string(body, "source") == "x5" or "punish" in body:
        return reading_of("x5", BLOCKED)
    code, holder = _error_code(body)
    if code not in {"", "0"}:
        return _error(answer, code, holder)
    reference = _reference(body, reference_name)
    if answer.status != 200 or (code == "" and not reference):
        return unreadable(answer)
    return _missed(body) or _undelivered(body) or Reading(action=Action.DONE, reference=reference)


def _reference(body: Mapping[str, object], name: str) -> str:
    """The field a good answer has, there or in its result: a text, a number, or just "true"."""
    value = mapping(body, "result").get(name) or body.get(name)
    return clean(str(value)) if isinstance(value, str | int) and value else ""


def _error(answer: Answer, code: str, holder: Mapping[str, object]) -> Reading:
    """A code we know decides; with one we do not, a gateway's status still tells more."""
    reading = read_error(code, holder)
    if answer.status >= 500 and reading.action is Action.OPERATOR:
        return unreadable(answer)
    return reading


def _error_code(body: Mapping[str, object]) -> tuple[str, Mapping[str, object]]:
    """The code, and the object that holds it: the old gateway wraps its errors once more."""
    holder = mapping(body, "error_response") or body
    for name in ("errcode", "code"):
        value = holder.get(name)
        if isinstance(value, str | int) and value != "":
            return str(value), holder
    return "", holder


def _undelivered(body: Mapping[str, object]) -> Reading | None:
    """A card that was made and yet could not be put before its reader."""
    results = mapping(body, "result").get("deliverResults")
    for one in results if isinstance(results, list) else []:
        if isinstance(one, dict) and one.get("success") is False:
            return reading_of("card", NO_CARD)
    return None


def _missed(body: Mapping[str, object]) -> Reading | None:
    """We send to one person a call, so whoever is named is that one."""
    for name, remedy in MISSED_LISTS:
        if body.get(name):
            return reading_of(name, remedy)
    return None
