"""Reporting ahead (提前报): a reply says that it is for the month after this round.

“提前报7月：42号完成80%”, “7月进展：…”, “42号完成80%，提前报7月”.
"""

import re

from reporting.round import Round
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.numerals import read_number
from reporting.wording import code_in_command

_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|下个?)月"
_OF = r"(?:份|的|重点|任务|工作|事项|整体|完成|进展|进度|情况|数据)*"
_REPORT = r"(?:填报|上报|报送|汇报|反馈|报)"
_EARLY = rf"(?:提前|提早|预先|先行?)\s*{_REPORT}(?:一下)?"
# 7月进展加快 and 提前7月完成 tell of work: without “报” it must be a heading.
_LEADING = (
    re.compile(rf"\W*(?:(?:现|我们?|这里|将|把)\s*)*{_EARLY}\s*{_MONTH}{_OF}(?:如下)?[\W_]*"),
    re.compile(rf"\W*{_MONTH}{_OF}\s*{_EARLY}(?:如下|了)?[\W_]*"),
    re.compile(
        rf"\W*(?:现?{_REPORT})?{_MONTH}{_OF}(?:进展|进度|情况)(?:如下|{_REPORT})?\s*(?:[:\n][\W_]*|(?<=如下)[\W_]*)"
    ),
)
_TRAILING = re.compile(rf"[\s,。;(]*(?:这是|算|是)?{_EARLY}的?\s*{_MONTH}{_OF}[\s,。;)!]*$")
_ASKS = re.compile(r"(?:提前|提早|预先)\s*(?:填报|上报|报送|报)")
AHEAD = "reported ahead"


def read_ahead(text: str, this_round: Round) -> str | None:
    """What a text reports for the month after this round; None if it says no such thing."""
    found = _find(text)
    following = this_round.month % 12 + 1
    return found[1] if found is not None and found[0] in {None, following} else None


def without_ahead(words: str) -> str:
    """What words report, without the month they are for."""
    found = _find(words)
    return words if found is None else found[1]


def with_ahead(words: str, month: int) -> str:
    """The words as they would be said for a month."""
    return words if _find(words) else f"提前报{month}月：{words}"


def asks_ahead(text: str) -> bool:
    """Whether talk is about reporting ahead: may I, how do I."""
    return _ASKS.search(text) is not None


def compose_ahead_help(this_round: Round, code: str) -> str:
    """How to report ahead, and what comes of it."""
    month = this_round.month % 12 + 1
    return (
        f"可以。本月报齐后写明月份即可，如“提前报{month}月 {code_in_command(code)} 完成60%”，"
        f"记为{month}月进展，到时不再提醒。"
    )


def ahead_words(this_round: Round) -> str:
    """What a receipt calls a report ahead."""
    return f"（提前报{this_round.month}月进展）"


def not_yet_words(this_round: Round) -> str:
    """Why what was meant ahead is kept in this round."""
    return f"本月这几项还没报，先记为{this_round.month}月进展；下月的请本月报齐后再报。"


def new_plan_words(this_round: Round) -> str:
    """Why nothing can be told ahead of a new year's plan."""
    return f"下月起按新一年的分解方案报送，这条记为{this_round.month}月进展。"


def _find(text: str) -> tuple[int | None, str] | None:
    """The month a text says it is for (None: the next), and what it says besides."""
    words = plain(text)
    for pattern in _LEADING:
        if (found := pattern.match(words)) is not None:
            return _number(found["month"]), text[found.end() :]
    trailing = _TRAILING.search(words)
    return None if trailing is None else (_number(trailing["month"]), text[: trailing.start()])


def _number(month: str) -> int | None:
    value = None if month.startswith("下") else read_number(month)
    return None if value is None else int(value)
