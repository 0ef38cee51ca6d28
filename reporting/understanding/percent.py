"""Shares: which one is the overall completion of the task, which are figures, which are neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import islice

from reporting.report import Figure
from reporting.understanding import percent_words as say
from reporting.understanding.figures_scan import quantities
from reporting.understanding.figures_whole import Goals
from reporting.understanding.numerals import MOST, Numeral, find_shares, read_number
from reporting.understanding.spans import Clause

BESIDE = 30  # characters read on either side of a share
_NEAR = 0.5  # per cent by which a share of the goal may be rounded
_VAGUE_AFTER = re.compile(r"\s*(?:多|几|来|有余|出头|开外)")
_PASSED = re.compile(r"(?:过|超|超过|破)了?$")
_JOINED = re.compile(r"\s*[和与及、]\s*")


class Claim(IntEnum):
    """How strongly a share claims to be the overall completion."""

    NONE = 0
    VAGUE = 1
    MONTH = 2
    PLAIN = 3
    MONEY = 4
    PROGRESS = 5
    TASK = 6
    RATIO = 7
    OVERALL = 8


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent at a place of the text, what it is of, and its claim."""

    start: int
    value: float
    claim: Claim
    name: str


def read_shares(
    clauses: list[Clause], goals: Goals
) -> tuple[float | None, list[tuple[int, Figure]]]:
    """The overall completion, and the other shares as figures with their places."""
    shares = _weighed(list(_gathered(clauses, goals.title)), clauses, goals)
    best = max((share.claim for share in shares), default=Claim.NONE)
    winners = [share.value for share in shares if share.claim == best > Claim.VAGUE]
    # Two parts or goals (接待人次和收入分别完成52%、48%), neither of them the whole.
    each = best <= Claim.PLAIN or any("分别" in share.name for share in shares)
    rivals = each and len(set(winners)) > 1
    percent = winners[0] if winners and not rivals else None
    others = [share for share in shares if share.value != percent and share.claim != Claim.VAGUE]
    return percent, [(s.start, Figure(name=s.name, value=s.value, unit="%")) for s in others]


def _gathered(clauses: list[Clause], title: str) -> Iterator[Share]:
    """Every share; 其中… speaks of parts until the sentence ends."""
    inner, before = False, ""
    for clause in clauses:
        inner = inner or "其中" in clause.words
        part = inner or _tells_part(before, title)
        money = say.INVESTING.search(before)
        for share in _in_clause(clause, title):
            told = _of_part(share) if part else share
            yield _of_money(told) if money else told
        inner, before = inner and not clause.last, clause.words


def _weighed(shares: list[Share], clauses: list[Clause], goals: Goals) -> list[Share]:
    """A share said to be 占 is the completion if it is what was reached over the goal."""
    names = [share.name.rstrip().endswith(("占", "占比")) for share in shares]
    ratios = [
        100 * reached.value / goal.value
        for goal in (goals.quantities if any(names) else ())
        for clause in clauses
        for reached in quantities(clause.words, goal.unit)
        if reached.unit == goal.unit and goal.value
    ]
    return [
        replace(share, claim=max(share.claim, Claim.RATIO))
        if named and any(abs(ratio - share.value) < _NEAR for ratio in ratios)
        else share
        for share, named in zip(shares, names, strict=True)
    ]


def _tells_part(words: str, title: str) -> bool:
    """Whether a clause counts a part of the work (成桩312根), of which 占43% is a share."""
    counted = say.COUNTED_PART.search(words)
    return bool(counted) and any(part[0] not in title for part in say.PARTS.finditer(words))


def _of_part(share: Share) -> Share:
    return replace(share, claim=Claim.NONE) if share.name.strip() in {"占", "占比"} else share


def _of_money(share: Share) -> Share:
    """A share of the year's plan behind a sum that was invested."""
    return replace(share, claim=Claim.MONEY) if share.claim == Claim.TASK else share


def _shares_in(words: str) -> list[Numeral]:
    """The shares of a clause, with a sign or said aloud."""
    bare = [
        Numeral(f.start(1), f.end(1), read_number(f[1]) or 0.0) for f in say.SAID.finditer(words)
    ]
    return sorted([*find_shares(words), *bare], key=lambda share: share.start)


def _in_clause(clause: Clause, title: str) -> Iterator[Share]:
    left, last = 0, None
    for numeral in islice(_shares_in(clause.words), MOST):
        before = clause.words[max(left, numeral.start - BESIDE) : numeral.start]
        before = "" if before.rstrip().endswith("、") and not left else before  # 装修收尾、92%
        after = clause.words[numeral.end : numeral.end + BESIDE]
        left = numeral.end
        half = clause.words.startswith("一半", numeral.start)
        if _is_aside(before, after) or (half and not say.HALF_OF_WORK.search(before)):
            continue
        claim = _claim(before, numeral.value, title)
        if claim == Claim.PLAIN and (_VAGUE_AFTER.match(after) or _is_rough(before, numeral)):
            claim = Claim.VAGUE
        if half and say.PART_HALF.search(before):
            claim = Claim.NONE
        share = Share(clause.start + numeral.start, _signed(before, numeral), claim, before)
        if last and _JOINED.fullmatch(before):  # 分别下降25%和33.3%
            share = replace(last, start=share.start, value=_like(last.value, share.value))
        last = share
        yield share


def _is_rough(before: str, numeral: Numeral) -> bool:
    """Whether it only says what was passed: 过四成."""
    return not numeral.arabic and numeral.value % 10 == 0 and bool(_PASSED.search(before))


def _like(last: float, value: float) -> float:
    return -value if last < 0 else value


def _is_aside(before: str, after: str) -> bool:
    """Whether the share is a target, an earlier value or a slip that is being corrected."""
    asides = (
        say.TARGET_BEFORE,
        say.LAST_YEAR,
        say.DENIED,
        say.AHEAD,
        say.LACKED,
        say.TIME_GONE,
    )
    return (
        any(aside.search(before) for aside in asides)
        or bool(say.REPLACED.match(after))
        or bool(say.TARGET_AFTER.match(after) and not before.rstrip().endswith(("完成", "占")))
    )


def _signed(before: str, numeral: Numeral) -> float:
    falls = say.FALL.search(before) or say.NEGATIVE.search(before)
    return -numeral.value if falls else numeral.value


def _claim(before: str, value: float, title: str) -> Claim:
    rates = (say.GROWTH, say.FALL, say.CHANGE, say.OWN_RATE)
    of_part = say.OF_PART_TOTAL.search(before)
    if any(rate.search(before) for rate in rates) or (
        of_part and (of_part[1] or of_part[2]) not in title
    ):
        return Claim.NONE
    if say.OF_MONTH.search(before):
        return Claim.MONTH
    if say.OVERALL.search(before):
        whole = say.OF_WORK.search(before) or not say.TITLE_RATE.search(title)
        return Claim.OVERALL if whole else Claim.NONE
    if say.OF_TASK.search(before):
        return Claim.MONEY if say.INVESTED.search(before) else Claim.TASK
    return _claim_of_words(before, value, title)


def _claim_of_words(before: str, value: float, title: str) -> Claim:
    """The claim of a share that is not said to be that of the task."""
    whole = any(say_so.search(before) for say_so in say.OF_WHOLE)
    parts = () if whole else say.PARTS.finditer(before)
    if any(part[0] not in title for part in parts):
        return Claim.NONE
    if say.OF_MONEY.search(before):
        return Claim.MONEY
    if _is_indicator_value(before, value, title):
        return Claim.NONE
    if say.PROGRESS.search(before):
        return Claim.PROGRESS
    return Claim.NONE if _is_of_group(before, title) else Claim.PLAIN


def _is_of_group(before: str, title: str) -> bool:
    """Whether the share is that of one group in the whole, which the title does not name."""
    group = say.GROUP.search(before)
    if say.OF_PART.search(before) or not group:
        return bool(say.OF_PART.search(before))
    words = group[1]
    named = any(words[i : i + 2] in title for i in range(len(words) - 1))
    return not named and not say.OWN_WORDS.search(words)


def _is_indicator_value(before: str, value: float, title: str) -> bool:
    """Whether a bare share is the indicator itself: "72.3%" for a ratio to be kept above 72%."""
    rate = say.TITLE_RATE.search(title)
    if not rate:
        return False
    if say.GROWTH_TITLE.search(title) and (
        say.SAID_DONE.search(before) or value > 3 * float(rate[1]) > 0
    ):
        return before.endswith("占")
    return True
