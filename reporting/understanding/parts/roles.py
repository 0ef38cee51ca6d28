"""Which clauses tell a problem, a next step or a suggestion (四报 beside the progress itself)."""

import re

from reporting.understanding.parts import plans as plan
from reporting.understanding.parts import trouble
from reporting.understanding.parts.ahead import ahead_at, is_forecast, is_past
from reporting.understanding.parts.runs import drawn_in
from reporting.understanding.parts.told import Role, Told
from reporting.understanding.values.status import is_bare_lag, says_behind, without_statement
from reporting.understanding.values.status_words import BEHIND
from reporting.understanding.words import leads as lead
from reporting.understanding.words.spans import Clause, name_end, names

_STANDS = re.compile(r"(?:已|目前|累计|总体|整体)*完成了?[\d.]+%")  # also after a plan


def assign_roles(clauses: list[Clause], title: str, month: int | None = None) -> list[Told]:
    """Every clause with its role; clauses after a lead-in share its role."""
    told: list[Told] = []
    part, formal = Role.PROGRESS, False
    for clause in clauses:
        last = told[-1] if told else None
        if last and last.clause.last and not formal and not lead.NEXT_POINT.match(clause.words):
            part = Role.PROGRESS
        own = _own_role(clause, title, last.role if last else Role.PROGRESS, month)
        if own.weight >= 2:
            part, formal = own.role, own.weight == 3
        elif _carries_on(part, own, formal):
            own = _part_of(clause, part, last)
        else:
            part, formal = Role.PROGRESS, False
            own = _gone_on(own, last)
        told.append(own)
    return drawn_in(told, title)


def _part_of(clause: Clause, part: Role, last: Told | None) -> Told:
    """The clause in the part that a lead-in opened; what a heading leads in has its weight."""
    weight = last.weight if last and last.start == last.end else 0
    return Told(clause, part, clause.start + lead.own_start(clause.words), clause.end, weight)


def _carries_on(part: Role, own: Told, formal: bool) -> bool:
    if part == Role.PROGRESS:
        return False
    if formal:
        return own.role in {Role.PROGRESS, part} or part in {Role.NEXT, Role.SUGGESTION}
    if own.role == Role.PROGRESS and part == Role.PROBLEM and trouble.ENDS.search(own.clause.words):
        return False
    return own.role in {Role.PROGRESS, part} and not lead.ENDS_PART.search(own.clause.words)


def _gone_on(own: Told, last: Told | None) -> Told:
    """A clause with nothing of progress goes on with the plan or trouble before it."""
    if own.role != Role.PROGRESS or last is None or last.clause.last:
        return own
    words, clause = own.clause.words, own.clause
    if last.role == Role.NEXT and len(words) >= 4 and not plan.ENDS.search(words):
        return Told(clause, Role.NEXT, clause.start, clause.end, 0)
    if last.role == Role.PROBLEM and len(words) >= 2 and not trouble.ENDS.search(words):
        return Told(clause, Role.PROBLEM, clause.start, clause.end, 0)
    return own


def _own_role(clause: Clause, title: str, before: Role, month: int | None) -> Told:
    return (
        _led_in(clause)
        or _asked(clause, month)
        or _planned(clause, title, before, month)
        or _problem_or_progress(clause, title)
    )


def _led_in(clause: Clause) -> Told | None:
    """The role that a lead-in gives, before the clause or alone on its line."""
    if clause.line and (heading := lead.HEADING.fullmatch(clause.words)):
        return Told(clause, Role(str(heading.lastgroup)), clause.end, clause.end, 3)
    for role, pattern in lead.LEADS.items():
        if found := pattern.match(clause.words):
            alone = role == Role.SUGGESTION and found.end() == len(clause.words)  # 提个建议,…
            weight = 3 if ":" in found[0] or alone else 2
            return Told(clause, Role(role), clause.start + found.end(), clause.end, weight)
    return None


def _asked(clause: Clause, month: int | None) -> Told | None:
    """What is asked of others, or stated as the cause; a time put first makes it a plan."""
    found = lead.SUGGEST.search(clause.words)
    if found and not lead.NO_REQUEST.search(clause.words):
        when, _ = ahead_at(clause.words, month)
        if when < 0 or found.start() < when:
            start = found.end("drop") if found["drop"] else found.start()
            return Told(clause, Role.SUGGESTION, clause.start + start, clause.end, 2)
    if found := lead.CAUSE.match(clause.words):
        start = clause.start + max(found.end("drop"), 0)
        return Told(clause, Role.PROBLEM, start, clause.end, 2)
    return None


def _planned(clause: Clause, title: str, before: Role, month: int | None) -> Told | None:
    """What is planned, by words for plans or by a time that lies ahead of the month."""
    words = clause.words
    if is_past(words, month) or _STANDS.fullmatch(words):
        return None
    start = _plan(words, title, before)
    if start < 0:
        when, start = ahead_at(words, month)
        if start < 0 or ((when, start) != (0, 0) and _troubles(words, title)):
            return None
    begins = start or name_end(words, title) or lead.own_start(words)
    return Told(clause, Role.NEXT, clause.start + begins, clause.end)


def _problem_or_progress(clause: Clause, title: str) -> Told:
    words, at = clause.words, clause.start
    lag = says_behind(words) and not is_bare_lag(words)
    hard = _troubles(words, title)
    if lag or hard:
        start, end = _narrow(words, title)
        soft = bool(trouble.SOFT.search(words)) or (lag and not hard)
        return Told(clause, Role.PROBLEM, at + start, at + end, lag=soft)
    return Told(clause, Role.PROGRESS, at, clause.end)


def _troubles(words: str, title: str) -> bool:
    """Whether the words tell more than a lag; what the task is called by is no trouble."""
    before = without_statement(words, title)
    if before != words and not _has_trouble(before, title):
        return False
    return _has_trouble(words, title)


def _has_trouble(words: str, title: str) -> bool:
    left = BEHIND.sub("", trouble.NO_TROUBLE.sub("", words))
    return any(
        cue[0] not in title and not trouble.RESOLVED.match(left, cue.end())
        for cue in trouble.TROUBLE.finditer(left)
    )


def _plan(words: str, title: str, before: Role) -> int:
    """The place where a plan begins in the clause; -1 if it tells none."""
    found = plan.INTENT.match(words)
    if found and found[0] not in title:
        start = max(0, *map(found.end, ("drop", "actor", "noun", "subject")))
        return -1 if is_forecast(words[start:]) else start
    if before == Role.NEXT and plan.FOLLOWS.match(words):
        return 0
    if plan.ACT_AHEAD.match(words) and not plan.ACTED.search(words):
        return 0
    if plan.PAST.search(words):
        return -1
    if plan.REMAINDER.search(words):
        return 0
    planned = plan.PLANNED.search(words)
    return 0 if planned and planned[0] not in title else -1


def _narrow(words: str, title: str) -> tuple[int, int]:
    """The clause without its task's name or a conjunction; of "慢了(管线迁改)" the reason."""
    opening, closing = words.find("("), words.rfind(")")
    if 0 <= opening < closing:
        inside, outside = words[opening + 1 : closing], words[:opening]
        if says_behind(inside) != says_behind(outside) and not re.search(r"\d%|、", inside):
            return opening + 1, closing
    start = name_end(words, title)
    left = trouble.LEFT.search(words, start)
    if left and names(words[start : left.start()], title) and "没" not in words[: left.start()]:
        start = left.start()
    found = trouble.TRIM.match(words, start)
    ends = trouble.TAIL.search(words)
    return (found.end() if found else start), ends.start() if ends else len(words)
