"""Numbers of codes whose letters are left out: 22项 48%;23项 96% where these are A22 and A23."""

import re
from collections.abc import Iterator, Sequence

from reporting.understanding.naming.codes import CodeMention
from reporting.understanding.words.split import Clause

_LEADING = 4  # letters before the number a clause begins with: 任务, 其中
_SAID_OF = re.compile(r"\s*(?:$|[\s:、,;)(]|\d|起草|[已未正还没全都完在基均按签开改建进达招])")
_ROW = re.compile(r"(?m)^\s*(\d{1,2})(?=[\s.、])")
_SEVERAL = 2  # such numbers at the head of clauses are a list of tasks


def that_report(
    short: Sequence[CodeMention], text: str, clauses: Sequence[Clause]
) -> Iterator[CodeMention]:
    """Those that stand for a task: the only one says something, several begin their clauses.

    Not 1号揭牌, 3#面层, 我局4项任务, nor the rows of a table.
    """
    rows = [int(number) for number in _ROW.findall(text)]
    if len(rows) > 1 and rows == list(range(1, len(rows) + 1)):
        return
    heads = [m for m in short if _leads(m, clauses) and not text[: m.end].endswith("#")]
    listed = len({code for mention in heads for code in mention.codes}) >= _SEVERAL
    yield from (m for m in heads if listed or _SAID_OF.match(text, m.end))


def _leads(mention: CodeMention, clauses: Sequence[Clause]) -> bool:
    """Whether a clause begins with it."""
    return any(
        clause.start <= mention.start < clause.end and mention.start - clause.head <= _LEADING
        for clause in clauses
    )
