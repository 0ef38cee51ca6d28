"""The words of a part of a reply: its weightiest run of clauses, without what adds nothing."""

from reporting.understanding import spans_trouble as trouble
from reporting.understanding.spans_roles import Role, Told
from reporting.understanding.status import is_bare_lag


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
    return [_without_soft_end(run) for run in runs if run]


def _without_soft_end(run: list[Told]) -> list[Told]:
    while len(run) > 1 and run[-1].lag and _adds_nothing(run[-1], run[:-1]):
        run = run[:-1]
    return run


def _adds_nothing(one: Told, before: list[Told]) -> bool:
    """Whether it is a mere fear, or the lag that comes of a cause told before it."""
    return bool(trouble.SOFT.search(one.clause.words)) or any(map(_explains, before))


def _explains(cause: Told) -> bool:
    words = cause.clause.words[cause.start - cause.clause.start :]
    if cause.lag or trouble.SUBORDINATE.match(words):
        return False
    return bool(trouble.TROUBLE.search(words))
