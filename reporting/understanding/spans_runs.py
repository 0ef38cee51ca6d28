"""The words of a part of a reply: its weightiest run of clauses, without what adds nothing."""

from reporting.understanding import spans_leads as lead
from reporting.understanding import spans_plans as plan
from reporting.understanding import spans_trouble as trouble
from reporting.understanding.spans import Clause
from reporting.understanding.spans_told import Role, Told
from reporting.understanding.status import is_bare_lag
from reporting.understanding.status_words import NOT_STARTED


def span_of(told: list[Told], role: Role) -> tuple[int, int] | None:
    """Where the words of this role stand: the weightiest run of its clauses, the first if equal."""
    runs = [run for run in _runs(told, role) if run[-1].end > run[0].start]
    if not runs:
        return _stated_lag(told) if role == Role.PROBLEM else None
    best = max(runs, key=lambda run: max(one.weight for one in run))
    return best[0].start, best[-1].end


def _stated_lag(told: list[Told]) -> tuple[int, int] | None:
    """The bare lag of one task (还是低于目标), the problem where no other is told."""
    for one in told:
        words = one.clause.words
        if one.role == Role.PROGRESS and is_bare_lag(words) and not trouble.ALL_LAG.search(words):
            found = trouble.TRIM.match(words)
            return one.start + (found.end() if found else 0), one.end
    return None


def _runs(told: list[Told], role: Role) -> list[list[Told]]:
    """The runs of neighbouring clauses in this role; a cause replaces the mere lag before it."""
    runs: list[list[Told]] = [[]]
    for one in told:
        if one.role != role or one.says_nothing:
            runs.append([])
            continue
        if runs[-1] and not one.lag and all(earlier.lag for earlier in runs[-1]):
            runs[-1].clear()
        if role != Role.PROBLEM and one.weight > max((e.weight for e in runs[-1]), default=9):
            runs[-1].clear()
        runs[-1].append(one)
    return [_without_soft_end(run) for run in runs if run and not _only_assures(run)]


def _only_assures(run: list[Told]) -> bool:
    """Whether nothing is told but that it will come out well (确保如期入学): no act, no plan."""
    return len(run) == 1 and run[0].weight < 2 and run[0].clause.words.startswith("确保")


def _without_soft_end(run: list[Told]) -> list[Told]:
    while len(run) > 1 and run[-1].lag and _adds_nothing(run[-1], run[:-1]):
        run = run[:-1]
    return run


def _adds_nothing(one: Told, before: list[Told]) -> bool:
    """Whether it is a mere fear, or the lag without a measure that comes of a cause told before."""
    if trouble.MEASURED.search(one.clause.words):
        return False
    return bool(trouble.SOFT.search(one.clause.words)) or any(map(_explains, before))


def _explains(cause: Told) -> bool:
    words = cause.clause.words[cause.start - cause.clause.start :]
    if cause.lag or trouble.SUBORDINATE.match(words):
        return False
    return bool(trouble.TROUBLE.search(words))


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
    if one.role == Role.NEXT or NOT_STARTED.search(words) or trouble.is_topic(words, title):
        return False
    if trouble.PLANNED_ONCE.match(words) and trouble.WHY.match(after.clause.words):
        return False
    if trouble.CONTRAST.match(after.clause.words) and not trouble.STILL.search(words):
        return False
    return bool(trouble.STILL.search(words)) or not trouble.PROGRESS_SIGN.search(words)
