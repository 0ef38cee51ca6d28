"""Shares: which one is the overall completion of the task, which are figures, which are neither."""

import re
from dataclasses import dataclass

from reporting.report import Figure
from reporting.understanding import percent_words as say
from reporting.understanding.numerals import Numeral, find_shares
from reporting.understanding.spans import Clause

FIGURE, PLAIN, MONEY, TASK, OVERALL = range(5)  # how strongly a share claims to be the overall one
_RATIO_TITLE = re.compile(r"(?:率|比重|比例|占比)\S{0,6}(?:\d|百分之)")


@dataclass(frozen=True, slots=True)
class Share:
    """A share, the strength of its claim to be the overall completion, and its value's sign."""

    numeral: Numeral
    value: float
    claim: int
    name: str


def read_shares(clauses: list[Clause], title: str) -> tuple[float | None, list[tuple[int, Figure]]]:
    """The overall completion, and the other shares as figures with their places."""
    shares = [share for clause in clauses for share in _in_clause(clause, title)]
    best = max((share.claim for share in shares), default=FIGURE)
    winners = [share for share in shares if share.claim == best > FIGURE]
    percent: float | None = None
    if winners and not (best == PLAIN and len({share.value for share in winners}) > 1):
        percent = winners[0].value
    rest = [
        (share.numeral.start, Figure(name=share.name, value=share.value, unit="%"))
        for share in shares
        if share.value != percent
    ]
    return percent, rest


def _in_clause(clause: Clause, title: str) -> list[Share]:
    shares, left = [], 0
    for numeral in find_shares(clause.words):
        before, after = clause.words[left : numeral.start], clause.words[numeral.end :]
        left = numeral.end
        if _is_aside(before, after):
            continue
        falls = bool(say.FALL.search(before))
        value = -numeral.value if falls else numeral.value
        claim = FIGURE if falls else _claim(before, title)
        place = Numeral(clause.start + numeral.start, clause.start + numeral.end, value)
        shares.append(Share(place, value, claim, before.strip("、: ,")[-12:]))
    return shares


def _is_aside(before: str, after: str) -> bool:
    return bool(
        say.TARGET_AFTER.search(after)
        or say.TARGET_BEFORE.search(before)
        and re.search(r"[低高少]于\S*$|目标(?:为|是|值)?$|要求\S*$", before)
        or say.LAST_YEAR.search(before)
        or say.DENIED.search(before)
        or after.startswith("有误")
    )


def _claim(before: str, title: str) -> int:
    if say.GROWTH.search(before) or say.RATE.search(before):
        return FIGURE
    if any(part in before and part not in title for part in say.PARTS):
        return FIGURE
    if say.OVERALL.search(before):
        return OVERALL
    if say.SHARE_OF_TASK.search(before):
        return TASK
    if say.SHARE_OF_MONEY.search(before):
        return MONEY
    return FIGURE if _RATIO_TITLE.search(title) else PLAIN
