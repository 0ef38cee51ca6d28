"""Nothing is asked twice (同一问题不重复问): what was asked lately, and what to say instead."""

import re
from collections.abc import Iterable, Mapping, Sequence

from reporting.ledger import Desk
from reporting.records import OpenQuestion
from reporting.understanding.dialogue.answer import pose
from reporting.understanding.outcome import Doubt
from reporting.understanding.words.normalise import plain
from reporting.wording import QUOTE_WIDTH, code_in_command, number_range, shorten, task_words

NONE_OF_THEM = "none_of_them"
_UNANSWERED = frozenset({"", "superseded", NONE_OF_THEM})
_LETTERS = re.compile(r"[a-z0-9%.\u4e00-\u9fff]+")
_ASKS = re.compile(r"”说的是(?:哪|这)一项")


def asked_before(doubts: Sequence[Doubt], recent: Iterable[OpenQuestion]) -> OpenQuestion | None:
    """The question of the last days that these same doubts would only repeat; newest first."""
    same = {_key(doubt) for doubt in doubts}
    return next(
        (
            question
            for question in recent
            if question.ending in _UNANSWERED and same <= {_key(d) for d in question.doubts}
        ),
        None,
    )


def question_quoted(quoted: str, recent: Iterable[OpenQuestion]) -> OpenQuestion | None:
    """The unanswered question that a quoted message of ours asked."""
    if not _ASKS.search(quoted):
        return None
    for question in recent:
        said = [shorten(doubt.words, QUOTE_WIDTH).rstrip("…") for doubt in question.doubts]
        if question.ending in {"", "superseded"} and all(words in quoted for words in said):
            return question
    return None


def compose_asked_before(question: OpenQuestion, titles: Mapping[str, str], desk: Desk) -> str:
    """Instead of the same question again: how to answer it, or what to give instead."""
    said = shorten(question.doubts[0].words, QUOTE_WIDTH)
    numbers = [choice.number for choice in pose(question.doubts).choices]
    if not question.ending and numbers:
        return (
            f"“{said}”已经问过，不再重复：请回复上次提问的编号（{number_range(numbers)}），都不对请回复“都不是”，"
            f"或写明编号重发，如“{_example(question)} …”。"
        )
    lines = [
        f"“{said}”已经问过，没有记录，不再重复提问。请写明编号重发，如“{_example(question)} …”。"
    ]
    if question.ending != NONE_OF_THEM:
        codes = dict.fromkeys(code for doubt in question.doubts for code in doubt.candidates)
        lines += [task_words(code, titles.get(code, "")) for code in codes]
    return "\n".join([*lines, f"拿不准请联系{desk.words}。"])


def _example(question: OpenQuestion) -> str:
    codes = [code for doubt in question.doubts for code in doubt.candidates]
    return code_in_command(codes[0]) if codes else "12号"


def _key(doubt: Doubt) -> tuple[str, frozenset[str]]:
    return "".join(_LETTERS.findall(plain(doubt.words))), frozenset(doubt.candidates)
