"""How orders name tasks: codes first (“12、15”, “第3-2项”), what is said about them after."""

import re
from collections.abc import Iterable

from reporting.errors import AnswerRefused
from reporting.wording import code_words

_BETWEEN = r"\s*[、，,和及]\s*第?"
# “3月”, “15个点位” and “1号楼” are no tasks.
_NOT_A_COUNT = r"(?![0-9.%％年月日万亿个家户]|号[楼线地路桥院区])[项号]?"
_EDGES = " ：:，,。；;"
_BASIS = re.compile(
    r"[，,。；;\s]*(?:依据|根据|因为|由于|原因是?|理由是?|因)\s*[：:]?\s*(\S.*)$", re.S
)


def leading_codes(text: str, known: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """The codes a text begins with, and what follows them; AnswerRefused for an unknown one."""
    codes = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    if not codes:
        return (), text
    first = re.match(rf"\s*第?\s*({codes}){_NOT_A_COUNT}", text)
    if first is None:
        unknown = re.match(r"\s*第?\s*([0-9]+)", text)
        if unknown is not None:
            raise AnswerRefused(f"没有{code_words(unknown[1])}，或不在您可处理的范围内。")
        return (), text
    found, place = [first[1]], first.end()
    following = re.compile(rf"{_BETWEEN}\s*({codes}){_NOT_A_COUNT}")
    while (more := following.match(text, place)) is not None:
        found.append(more[1])
        place = more.end()
    return tuple(dict.fromkeys(found)), text[place:].strip(_EDGES)


def split_basis(text: str) -> tuple[str, str]:
    """What is ordered, and its basis or reason (“…，依据县政府常务会议纪要3号”)."""
    found = _BASIS.search(text)
    if found is None:
        return text.strip(_EDGES), ""
    return text[: found.start()].strip(_EDGES), found[1].strip(_EDGES)
