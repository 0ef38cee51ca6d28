"""What an answer of any WeCom API means [D 90313]."""

from bot.platforms.exchange import Answer, unreadable
from bot.platforms.outcome import Action, Reading
from bot.platforms.reading import string
from bot.platforms.wecom.taxonomy import ERRORS, UNLICENSED, read_error


def read_answer(answer: Answer) -> Reading:
    """What an answer of any WeCom API means."""
    if answer.body is None or "errcode" not in answer.body:
        return unreadable(answer)
    code = str(answer.body["errcode"])
    if code != "0":
        return read_error(code, string(answer.body, "errmsg"))
    unlicensed = _people(answer.body.get("unlicenseduser"))
    invalid = _people(answer.body.get("invaliduser"))
    code, detail = "", ""
    if unlicensed or invalid:
        code = "unlicenseduser" if unlicensed else "invaliduser"
        detail = UNLICENSED if unlicensed else ERRORS["81013"].text
    return Reading(
        action=Action.DONE,
        code=code,
        reference=string(answer.body, "msgid"),
        missed=(*invalid, *unlicensed),
        detail=detail,
    )


def _people(named: object) -> tuple[str, ...]:
    """Ids joined by bars in the answer to a message, in an array in that to a renewed card."""
    if isinstance(named, list):
        return tuple(person for person in named if isinstance(person, str))
    return tuple(filter(None, named.split("|"))) if isinstance(named, str) else ()
