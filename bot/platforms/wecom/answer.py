"""What an answer of any WeCom API means [D 90313]."""

from collections.abc import Mapping

from bot.platforms.exchange import Answer, unreadable
from bot.platforms.outcome import Action, Reading
from bot.platforms.reading import string
from bot.platforms.wecom.taxonomy import ERRORS, UNLICENSED, read_error
from reporting.messages import CardGrant

CARD_SECONDS = 72 * 3600.0


def read_answer(answer: Answer) -> Reading:
    """What an answer of any WeCom API means."""
    if answer.body is None or "errcode" not in answer.body:
        return unreadable(answer)
    return read_body(answer.body)


def read_body(body: Mapping[str, object]) -> Reading:
    """The same for the JSON alone, as it comes over a long connection too."""
    code = str(body.get("errcode", ""))
    if code != "0":
        return read_error(code, string(body, "errmsg"))
    unlicensed = _people(body.get("unlicenseduser"))
    invalid = _people(body.get("invaliduser"))
    code, detail = "", ""
    if unlicensed or invalid:
        code = "unlicenseduser" if unlicensed else "invaliduser"
        detail = UNLICENSED if unlicensed else ERRORS["81013"].text
    return Reading(
        action=Action.DONE,
        code=code,
        reference=string(body, "msgid"),
        missed=(*invalid, *unlicensed),
        detail=detail,
        grant=_grant(body),
    )


def _grant(body: Mapping[str, object]) -> CardGrant | None:
    """Leave to renew the card that was sent: 72 hours, one use [D 94888]."""
    code = string(body, "response_code")
    return CardGrant(code=code, seconds=CARD_SECONDS) if code else None


def _people(named: object) -> tuple[str, ...]:
    """Ids joined by bars in the answer to a message, in an array in that to a renewed card."""
    if isinstance(named, list):
        return tuple(person for person in named if isinstance(person, str))
    return tuple(filter(None, named.split("|"))) if isinstance(named, str) else ()
