"""From the words about one task to what they say: 进展, 问题, 下步打算, 建议 (四报)."""

import re

from reporting.report import Facts, Figure, Status
from reporting.task import TaskKind
from reporting.understanding.parts.roles import assign_roles
from reporting.understanding.parts.runs import in_runs, runs_of, span_of
from reporting.understanding.parts.signs import weighed
from reporting.understanding.parts.told import TOLD, Role, Told
from reporting.understanding.values.figures import read_figures
from reporting.understanding.values.figures_bare import read_bare_counts
from reporting.understanding.values.figures_names import with_names
from reporting.understanding.values.figures_whole import Goals, falls_short, goals_of
from reporting.understanding.values.percent import read_shares
from reporting.understanding.values.percent_ratios import read_ratio
from reporting.understanding.values.percent_unsigned import (
    ALL,
    read_bare,
    read_completed,
    read_unsigned,
)
from reporting.understanding.values.status import read_status
from reporting.understanding.values.status_words import OF_OTHERS, SUMS_UP
from reporting.understanding.words.spans import FORM_NAME, clauses, fold

# A name before a tab or bar, or in 【】, leads in at the head of a line, as before a colon.
_FORM_PART = re.compile(
    rf"(?m)(?<!^)(【{FORM_NAME})(?=】[^:\n])】"
    r"|^([ \u4e00-\u9fff]{2,8}(?=\t[^\t\n]+$|\|[^|\n]+$)|"
    r"【[\u4e00-\u9fff]{2,8}(?=】[^:\n]))[\t】|]"
)
_FORM_MARKS = frozenset("\t】|")
_TICKED = re.compile(
    r"([\u4e00-\u9fff]{0,12}?)[\s:：✅✔☑√\ufe0f]*[✅✔☑√][\s\ufe0f]*"
)  # a tick and no word
_TAIL = re.compile(r"(?:(?<![酒网茶])吧|[呀嘞啊哦~～\s])+$")  # what only softens the last word
_ALL_DONE = re.compile(
    r"全部(?:完成|完工|建成)|全面完成|都?算完[成工]|(?:任务|工作)[已均都全部面圆满]*完成\W*$|"
    r"^\W*[请可]以?销号|(?i:done)$"
)
_NOT_ALL = re.compile(r"还[差剩]")
_SUM = re.compile(
    r"\s*(?:目前|当前|截至目前|现)?(?:总体|整体|综合|总的|总|形象|累计|工程)?(?:进度|完成率|完成)?"
    r"(?:完成|进度|约|已|为|[:\s])*(?:\d{1,3}(?:\.\d+)?%|百分之[零一二三四五六七八九十百点]+)[.\s]*"
)
_CORRECTS = re.compile(r"(?:应该?[为是]|更正为|订正为|实际[为是])约?\d")
# 建议增加人手,进度才68%; 麻烦把体育馆改成68%.
_NOW_AT = re.compile(
    r"(?:(?:目前|当前|现在?|眼下|至今|(?:进度|完成|干)了?[才仅只])[^,\d]{0,6}|更新[为成到]|改[为成])"
    r"\d{1,3}(?:\.\d+)?%[)了。.]*$"
)
_WRONG = re.compile(r"更正|订正|勘误|有误|报错|写错|[前上][次报]|笔误")
LONGEST = 2_000  # characters read; a chat message holds 2,048 bytes (WeCom)

Values = tuple[float | None, tuple[Figure, ...]]  # the overall completion and the figures


def extract_facts(
    words: str, *, title: str = "", kind: TaskKind | None = None, month: str = ""
) -> Facts:
    """What `words` say in a month ("2026-06") about the task called `title`; empty if nothing."""
    text, goals, number = marked(words), goals_of(title), month_number(month)
    ruled = assign_roles(clauses(text), goals.title, number)
    runs = runs_of(ruled, weighed(ruled, number))
    told = in_runs(ruled, runs)
    percent, figures = _values(text, told, goals)
    status = Status.DONE if _is_ticked(words, goals.title) else None
    spans = {role: span_of(ruled, runs, role) for role in TOLD}
    return Facts(
        percent=percent,
        status=status or _status(told, goals, kind, (percent, figures)),
        problem=_literal(words, spans[Role.PROBLEM]),
        next_step=_literal(words, spans[Role.NEXT]),
        suggestion=_literal(words, spans[Role.SUGGESTION]),
        figures=figures,
    )


def marked(words: str) -> str:
    """The words as they are read: folded, and what names a part of a form before a colon."""
    text = fold(words[:LONGEST])
    return text if _FORM_MARKS.isdisjoint(text) else _FORM_PART.sub(r"\1\2:", text)


def _is_ticked(words: str, title: str) -> bool:
    """Whether there is a tick and no word but the task's own: ✅, 污水厂√."""
    found = _TICKED.fullmatch(words)
    return found is not None and all(letter in title for letter in found[1])


def _values(text: str, told: list[Told], goals: Goals) -> Values:
    """The overall completion and the figures of what is told of progress and problems."""
    if (completed := read_completed(text, goals)) is not None:
        return completed, ()
    facts = [one.clause for one in told if _tells_facts(one, text)]
    troubles = [one.clause for one in told if one.role == Role.PROBLEM]
    percent, shares = read_shares(facts, goals)
    percent = read_ratio(facts, goals) if percent is None else percent
    shares += read_bare(facts, goals.title)
    counts = read_figures(facts, goals, troubles)
    said = {figure.value for _, figure in shares} | {percent or 0.0}
    counts += read_bare_counts(facts, goals, said, {place for place, _ in counts + shares})
    alone = None if percent is not None or shares or counts else read_unsigned(text, goals)
    if isinstance(alone, Figure):
        return None, (alone,)
    return percent if alone is None else alone, with_names(counts + shares)


def _tells_facts(told: Told, text: str) -> bool:
    """Whether values in the clause are reached: so are a sum or correction after a plan."""
    if told.role in {Role.PROGRESS, Role.PROBLEM}:
        return True
    words = told.clause.words
    if _SUM.fullmatch(words) or _NOW_AT.search(words):
        return True
    return bool(_CORRECTS.search(words) and _WRONG.search(text))


def _status(told: list[Told], goals: Goals, kind: TaskKind | None, values: Values) -> Status | None:
    """Where the task stands; no task is done of which the figures fall short."""
    roles = {Role.PROGRESS, Role.PROBLEM}
    if kind == TaskKind.PROPOSAL:  # 代表建议已办结 suggests nothing
        roles |= {Role.SUGGESTION}
    percent, figures = values
    kept = [o for o in told if o.role in roles or SUMS_UP.match(o.clause.words)]
    clauses = [o.clause for o in kept if len(kept) == 1 or not _of_others(o, kept)]
    if percent is None:  # 全部完成 stands even then, and is asked about
        whole = any(_ALL_DONE.search(c.words) for c in clauses)
        left = any(_NOT_ALL.search(c.words) for c in clauses)
        short = falls_short(figures, goals) and (left or not whole)
    else:
        short = percent < ALL
    begun = bool(percent)
    return read_status(clauses, goals.title, kind, begun=begun, short=short)


def _of_others(one: Told, told: list[Told]) -> bool:
    """Whether a clause is of parts without the trouble told before, or of other tasks.

    4个进不了场,其余正常; 其余正常,青龙水库还差溢洪道.
    """
    before = told[: told.index(one)]
    first = not before or any(o.role == Role.PROBLEM for o in before)
    return first and bool(OF_OTHERS.match(one.clause.words))


def month_number(month: str) -> int | None:
    """The number of a month written "2026-06"; None where none is given."""
    number = month[-2:]
    return int(number) if number.isdecimal() else None


def _literal(words: str, span: tuple[int, int] | None) -> str | None:
    return _TAIL.sub("", words[span[0] : span[1]]).strip() or None if span else None
