"""Binding a chat account to a unit by a one-time code the office has issued.

Names are not unique and mobile numbers are not to be had from the platforms, so an account is
bound only by the directory or by a code; the callback's user id is the one thing authenticated.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from reporting.ledger import Desk

# Neither 0, 1, I, L nor O: the code is read out over the telephone and typed on one.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
HALF = 4
CODE_LIVES = timedelta(hours=24)
ATTEMPTS_AT_MOST = 5
ATTEMPTS_WITHIN = timedelta(hours=1)

_CODE = re.compile(
    rf"(?P<asked>(?:我的)?绑定码?(?:是|为)?)?[\s:,]*"
    rf"(?P<first>[A-Z0-9]{{{HALF}}})[\s-]?(?P<second>[A-Z0-9]{{{HALF}}})[\s。.!]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a code gives: a place in a unit, for a named liaison or a known one (`liaison_key`)."""

    id: int
    unit: str
    name: str = ""
    liaison_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A bound liaison with all his units."""

    liaison_id: int
    name: str
    units: tuple[str, ...]


def new_code(choose: Callable[[str], str]) -> str:
    """A fresh code, "K7M2-9QRT"; `choose` draws one letter from a cryptographic source."""
    while True:
        drawn = "".join(choose(ALPHABET) for _ in range(2 * HALF))
        if _is_mixed(drawn):
            return f"{drawn[:HALF]}-{drawn[HALF:]}"


def read_code(text: str) -> str | None:
    """The code that is all of a message, as it was issued; None when the message is none."""
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    bare = (found["first"] + found["second"]).upper()
    # Eight digits or letters by themselves may be a figure or a word; a code has both.
    return bare if found["asked"] or _is_mixed(bare) else None


def bare_code(code: str) -> str:
    """An issued code without its dash, as `read_code` gives it."""
    return code.replace("-", "")


def _is_mixed(bare: str) -> bool:
    return any(c.isdigit() for c in bare) and any(c.isalpha() for c in bare)


def compose_bound(name: str, units: Sequence[str]) -> str:
    """The account is bound."""
    return (
        f"绑定成功：{name}，{'、'.join(units)}联络员。\n"
        "发一句话即可报进展，回复“我的任务”查看事项，回复“帮助”看用法。"
    )


def compose_code_refused(attempts: int, desk: Desk) -> str:
    """A wrong, used or expired code; `attempts` failed so far."""
    left = ATTEMPTS_AT_MOST - attempts
    if left <= 0:
        return f"输错次数过多，请一小时后再试，或联系{desk.words}。"
    return (
        f"没有绑定：绑定码不对、已用过或已过期，还可以试{left}次。请向{desk.words}核对或重新领取。"
    )


def compose_code_in_group() -> str:
    """A code was shown to a whole group: it is not taken there."""
    return "绑定码请单独发给我，不要发在群里；发出来的这个码请联系督查室作废重发。"
