"""Clauses that say nothing of any task: 你好, 截至10月底, 另外."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reporting.understanding.choice.heading import is_preamble, tells_when, turns_to_more
from reporting.understanding.course.retraction import admits_mistake
from reporting.understanding.course.together import speaks_of_many
from reporting.understanding.course.whole import is_bare_exception
from reporting.understanding.talk.chatter import is_greeting
from reporting.understanding.talk.interrogative import is_question
from reporting.understanding.words.split import Clause, Cut

_ANEW = re.compile(r"\W*(?:另外?|此外)(?![一两有\d])")


def without_idle(told: Sequence[Clause], text: str) -> Iterator[Clause]:
    """The clauses that say something, cut off and numbered as what leads up to them is.

    …完成80%。截至10月底,新增就业1846人 begins another sentence at 新增.
    """
    cut, start = Cut.NONE, -1
    for clause, following in zip(told, [*told[1:], None], strict=False):
        anew = _ANEW.match(clause.words) and clause.cut is Cut.COMMA
        cut = max(cut, Cut.SENTENCE if anew else clause.cut)
        own = clause.words[clause.head - clause.start :]
        if _is_idle(own, following) or _only_asks(replace(clause, cut=cut), following, text):
            start = clause.start if clause.head > clause.start else start
            continue
        begin = start if start >= 0 else clause.start
        yield replace(clause, cut=cut, start=begin, words=text[begin : clause.end])
        cut, start = Cut.NONE, -1


def _is_idle(words: str, following: Clause | None) -> bool:
    """Whether words say nothing of any task: 你好, 管网除外 unless it goes on about it."""
    goes_on = following and following.cut <= Cut.COMMA and not speaks_of_many(following)
    if is_bare_exception(words):
        return not goes_on
    if following and (admits_mistake(words) or tells_when(words)):
        return True
    return is_greeting(words) or is_preamble(words) or turns_to_more(words)


def _only_asks(clause: Clause, following: Clause | None, text: str) -> bool:
    """Whether a sentence further on is but a question: 对了,安置房源清单住建给了没?"""
    alone = clause.start > 0 and clause.cut >= Cut.SENTENCE
    ends = following is None or following.cut >= Cut.SENTENCE
    return alone and ends and text[clause.end :].startswith("?") and is_question(f"{clause.words}?")
