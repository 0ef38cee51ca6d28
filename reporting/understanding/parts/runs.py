"""The words of a part of a report: the neighbouring clauses likeliest to tell it."""

from collections.abc import Sequence
from dataclasses import replace

from reporting.understanding.parts import plans as plan
from reporting.understanding.parts import trouble
from reporting.understanding.parts.letters import Chances
from reporting.understanding.parts.told import TOLD, Role, Told
from reporting.understanding.values.stated import stated
from reporting.understanding.values.status import is_bare_lag
from reporting.understanding.values.status_words import NOT_STARTED
from reporting.understanding.words import leads as lead
from reporting.understanding.words.spans import Clause

LIKELY = 0.36  # chance of the likeliest clause from which on a part is told at all
UNRULED = 0.45  # the same where no rule says so
_EDGE = 0.1  # of that chance: no run begins with less

Runs = dict[Role, range]


def runs_of(told: Sequence[Told], chances: Chances) -> Runs:
    """Where each part is told, of those that are."""
    found = {role: _likeliest_run(told, chances, role) for role in TOLD}
    return {role: _with_points(told, run, role) for role, run in found.items() if run}


def _is_lag_of(one: Told, cause: Told | None) -> bool:
    """Whether it is a mere lag whose cause is told next: a lag is a trouble if nothing else is."""
    if cause is None or one.clause.last or not one.lag:
        return False
    return cause.role == Role.PROBLEM and not cause.lag


def _with_points(told: Sequence[Told], run: range, role: Role) -> range:
    """The run with the other points of its numbered list (一是…;二是…), which stay together."""
    start, end = run.start, run.stop
    while start and told[start].role == told[start - 1].role == role:
        start -= 1
    while end < len(told) and told[end].role == told[end - 1].role == role:
        end += 1
    if any(lead.NEXT_POINT.match(one.clause.words) for one in told[start + 1 : end]):
        return range(start, end)
    return run


def _likeliest_run(told: Sequence[Told], chances: Chances, role: Role) -> range:
    """The neighbours that share most letters with what is told, as far as their chances say."""
    said = [
        0.0 if one.says_nothing or _is_lag_of(one, after) else chance[role]
        for one, after, chance in zip(told, [*told, None][1:], chances, strict=True)
    ]
    if not said:
        return range(0)
    top = max(said)
    if top < (LIKELY if told[said.index(top)].role == role else UNRULED):
        return range(0)
    lengths = [len(one.clause.words) for one in told]
    shares = [chance / top * length for chance, length in zip(said, lengths, strict=True)]
    whole, best, run = sum(shares), 0.0, range(0)
    for start in (place for place, chance in enumerate(said) if chance >= _EDGE * top):
        shared = length = 0.0
        for end in range(start, len(told)):
            shared, length = shared + shares[end], length + lengths[end]
            if (overlap := shared / (length + whole)) > best:
                best, run = overlap, range(start, end + 1)
    return run


def span_of(told: Sequence[Told], runs: Runs, role: Role) -> tuple[int, int] | None:
    """Where the words of this part stand."""
    if role not in runs:
        return None
    first, last = told[runs[role][0]], told[runs[role][-1]]
    start = first.start if first.role == role else first.clause.start
    return start, last.end if last.role == role else last.clause.end


def in_runs(told: Sequence[Told], runs: Runs) -> list[Told]:
    """The clauses in the parts that are told; what stands in none tells progress."""
    parts = {place: role for role, run in runs.items() for place in run}
    return [replace(one, role=parts.get(place, Role.PROGRESS)) for place, one in enumerate(told)]


def drawn_in(told: list[Told], title: str) -> list[Told]:
    """Clauses without progress of their own belong to the trouble that follows in the sentence."""
    drawn = list(told)
    for place in range(len(drawn) - 2, -1, -1):
        one, after = drawn[place], drawn[place + 1]
        if one.role not in {Role.PROGRESS, Role.NEXT} or one.clause.last or one.weight != 1:
            continue
        if after.role == Role.NEXT and after.weight < 2 and plan.opens(one.clause.words):
            drawn[place] = Told(one.clause, Role.NEXT, _own_part(one.clause), one.end)
            continue
        between = place > 0 and drawn[place - 1].role == after.role == Role.PROBLEM
        if after.weight < 2 and (between or _leads_to(one, after, title)):
            drawn[place] = Told(one.clause, Role.PROBLEM, one.start, one.end, 0, after.lag)
    return drawn


def _own_part(clause: Clause) -> int:
    return clause.start + lead.own_start(clause.words)


def _leads_to(one: Told, after: Told, title: str) -> bool:
    words = one.clause.words
    if after.role != Role.PROBLEM and not is_bare_lag(after.clause.words):
        return False
    if (
        one.role == Role.NEXT
        or NOT_STARTED.search(words)
        or stated(words)
        or trouble.is_topic(words, title)
    ):
        return False
    if trouble.PLANNED_ONCE.match(words) and trouble.WHY.match(after.clause.words):
        return False
    if trouble.CONTRAST.match(after.clause.words) and not trouble.STILL.search(words):
        return False
    return bool(trouble.STILL.search(words)) or not trouble.PROGRESS_SIGN.search(words)
