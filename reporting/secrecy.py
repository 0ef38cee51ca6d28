"""What must not travel over a chat: marked documents and people's card numbers.

A secrecy mark is its grade and a star before the term (国家秘密定密管理规定 and 党政机关公文格式
GB/T 9704-2012, 7.2.2); such a text must not enter a network without that grade at all.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_GRADE = "(?:绝密|机密|秘密|内部)"
_MARKS = re.compile(
    rf"{_GRADE}\s*[★☆]|[【\[(（]\s*{_GRADE}\s*[】\])）]|^\s*{_GRADE}\s*$"
    r"|内部(?:资料|文件)\W{0,3}(?:注意保存|不得外传|严禁外传|请勿外传)|(?:不得|严禁|请勿)外传",
    re.MULTILINE,
)
_DIGITS = re.compile(
    r"(?<![0-9A-Za-z.])(?:[0-9]{17}[Xx]|[0-9]{16,19}|(?:[0-9]{4}[ -]){3,4}[0-9]{1,4})"
    r"(?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class NumberRule(StrEnum):
    """What an office wants done with a message that holds somebody's card number."""

    MASK = "mask"
    QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """A text as it may be kept: `marked` by a grade, with this many card numbers masked in it."""

    text: str
    marked: bool = False
    masked: int = 0


def screen_text(text: str) -> Screened:
    """Look for marks and mask every identity or bank card number."""
    flat = unicodedata.normalize("NFKC", text)
    if _MARKS.search(flat):
        return Screened(text="", marked=True)
    masked = sum(found[0] != _mask(found) for found in _DIGITS.finditer(flat))
    return Screened(text=_DIGITS.sub(_mask, flat) if masked else text, masked=masked)


def _mask(found: re.Match[str]) -> str:
    """The number with its middle hidden where its check digit proves it a card's."""
    bare = re.sub(r"[ -]", "", found[0]).upper()
    if not (_is_identity(bare) or _is_bank_card(bare)):
        return found[0]
    return f"{bare[:3]}{'*' * (len(bare) - 5)}{bare[-2:]}"


def _is_identity(number: str) -> bool:
    """A citizen identity number: birth date and check digit are right (GB 11643-1999)."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    try:
        date.fromisoformat(number[6:14])
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17]


def _is_bank_card(number: str) -> bool:
    """A bank card number: UnionPay or a card network's first digits, Luhn's check digit."""
    if not (16 <= len(number) <= 19 and number.isdigit() and number[0] in "3456"):
        return False
    doubled = (int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def compose_marked(desk_words: str) -> str:
    """A marked text came in: nothing of it is kept."""
    return (
        "没有记录：您发来的内容带有密级或内部标志，已从系统中清除。"
        f"涉密和内部材料不得通过聊天发送，请按保密规定办理，并联系{desk_words}。"
    )


def compose_number_quarantined(desk_words: str) -> str:
    """A card number came in and the office wants nothing kept of such messages."""
    return (
        "没有记录：您发来的内容里有身份证号或银行卡号，已从系统中清除。"
        f"请去掉号码后重发；确需提供的，请直接送{desk_words}。"
    )


def compose_number_masked() -> str:
    """A card number came in and was masked before anything was recorded."""
    return "您刚才发来的内容里有身份证号或银行卡号，已遮盖后处理；请在聊天中撤回原消息，今后勿发。"
