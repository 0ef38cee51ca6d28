"""Task codes as offices write them: 12, 3-2, （五）7, 民1-2, 建12, 第3项, Ⅳ-2, ③."""

import re
import unicodedata
from dataclasses import dataclass

from documents.numeral import small_number
from documents.page import tidy

_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,4}|[ivxl]{1,6}|[①-⑳])"
_CODE = re.compile(
    rf"[a-z]{{0,4}}[一-龥]{{0,4}}-?[(]?{_NUMBER}[)]?(?:(?:[-.—–/(]+|(?<=[)])){_NUMBER}[)]?){{0,3}}(?:号|项|条)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"20\d{2}-(\d{2})-(\d{2})")
_LEADING = re.compile(
    r"^\s*(?P<code>第[\d一二三四五六七八九十百]{1,4}[条项]|[(（]?(?:[一-龥]{1,2}|[a-zA-Z]{1,2})?[-]?\d{1,4}"
    r"(?:[-—.．]\d{1,3}){0,2}[)）]?|[①-⑳]|[(（][一二三四五六七八九十]{1,3}[)）]\s*\d{0,3})"
    r"(?P<mark>[、.．:：）)\s]|(?<=[)）①-⑳条项])(?=\S))\s*(?P<rest>\S.*)$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A text with the code it began with."""

    code: str
    text: str


def is_code(text: str) -> bool:
    """Whether a cell is a task code and nothing else."""
    folded = unicodedata.normalize("NFKC", tidy(text)).replace(" ", "").rstrip("、.。")
    return bool(_DATE.fullmatch(folded) or (len(folded) <= 12 and _CODE.fullmatch(folded)))


def clean_code(text: str) -> str:
    """The code as people say it: 3-2 that Excel took for a date is 3-2 again, 3、 is 3."""
    folded = re.sub(r"\s", "", tidy(text))
    date = _DATE.fullmatch(folded)
    if date:
        return f"{int(date[1])}-{int(date[2])}"
    folded = folded.strip("、.．。,，:：")
    circled = re.fullmatch(r"[①-⑳]", folded)
    if circled:
        return str(small_number(folded))
    bare = re.fullmatch(r"[(（](\d{1,4})[)）]", folded) or re.fullmatch(
        r"第?(\d{1,4})[项条]", folded
    )
    return (
        bare[1] if bare else unicodedata.normalize("NFKC", folded) if folded.isdigit() else folded
    )


def split_code(text: str, *, expected: int = 0) -> Coded | None:
    """The code a line begins with and the rest; None where it begins with none.

    `expected` is the next number of a running list: only it may stand right before a number
    (91.60周岁以上老年人 is item 91), else the two are one decimal.
    """
    running = re.match(rf"\s*{expected}\s*[.．、]\s*(?=\S)", text) if expected else None
    if running is not None:
        return Coded(code=str(expected), text=text[running.end() :].strip())
    found = _LEADING.match(text)
    if found is None or (re.match(r"\d", found["rest"]) and found["mark"] in {".", "．"}):
        return None
    return Coded(code=clean_code(found["code"]), text=found["rest"].strip())


def running_number(code: str) -> int | None:
    """The number of a purely numeric code."""
    return int(code) if re.fullmatch(r"\d{1,4}", code) else None
