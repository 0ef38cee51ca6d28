"""Shares: which one is the overall completion of the task, which are figures, which are neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from reporting.report import Figure
from reporting.understanding.values import percent_words as say
from reporting.understanding.values.figures_whole import Goals
from reporting.understanding.values.percent_claims import Claim, claim_of
from reporting.understanding.values.percent_ratios import EXACTLY, ratios
from reporting.understanding.words.numerals import MOST, Numeral, find_shares, read_number
from reporting.understanding.words.spans import Clause

BESIDE = 30  # characters read on either side of a share
_NEAR = 0.5  # per cent by which a share of the goal may be rounded
_VAGUE_AFTER = re.compile(r"\s*(?:多|几|来|有余|出头|开外|还?不到)")
_PASSED = re.compile(r"(?:过|超|超过|破|逾|小)了?$")
_AGAINST = re.compile(r"\s*(?:/|对|(?i:vs\.?))\s*(?:(?i:plan|target)|序时|计划|目标)?\s*")
_WHOSE = re.compile(r"都?是(?!按)[\u4e00-\u9fff]{2,8}的")  # 六成是系统自动推的
_JOINED = re.compile(r"\s*[和与及、]\s*")


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
    each = each or (best == Claim.RATIO and len(goals.units) > 1)
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
    """A share is the completion if it is what was reached over the goal: 销了178个,销号率55.6%.

    Where it is said to be 占 it may be rounded; what is left over the goal is no completion.
    """
    likely = any(_may_be_ratio(share) for share in shares) and len(goals.quantities) > 0
    counted = list(ratios(clauses, goals)) if likely else []
    return [replace(share, claim=_weight(share, counted)) for share in shares]


def _weight(share: Share, counted: list[tuple[float, bool]]) -> Claim:
    near = _NEAR if share.name.rstrip().endswith(("占", "占比")) else EXACTLY
    told = [left for ratio, left in counted if abs(ratio - share.value) < near]
    if not told or not _may_be_ratio(share):
        return share.claim
    return Claim.NONE if all(told) else max(share.claim, Claim.RATIO)


def _may_be_ratio(share: Share) -> bool:
    """Whether the share is said to be one of the goal, or is told behind a count."""
    name = share.name.strip()
    behind = not name or name.endswith(("完成", "("))
    return bool(say.OF_GOAL.search(name)) or (behind and share.claim >= Claim.PLAIN)


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
    left = 0
    last: Share | None = None
    for numeral in islice(_shares_in(clause.words), MOST):
        before = clause.words[max(left, numeral.start - BESIDE) : numeral.start]
        before = "" if before.rstrip().endswith("、") and not left else before  # 装修收尾、92%
        after = clause.words[numeral.end : numeral.end + BESIDE]
        left = numeral.end
        half = clause.words.startswith("一半", numeral.start)
        against = last and _AGAINST.fullmatch(before)  # 82%/90%: of what was planned
        if against or _is_aside(before, after) or (half and not say.HALF_OF_WORK.search(before)):
            continue
        claim = claim_of(before, numeral.value, title)
        if claim <= Claim.PLAIN and (_VAGUE_AFTER.match(after) or _is_rough(before, numeral)):
            claim = Claim.VAGUE
        if (half and say.PART_HALF.search(before)) or (not numeral.arabic and _WHOSE.match(after)):
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
