"""Where a task stands, only as far as the words say so."""

import re

from reporting.report import Status
from reporting.understanding import status_words as say
from reporting.understanding.spans import Clause

_PART = re.compile(
    r"[\d一二两三四五六七八九十]+\S{0,2}(?:个|处|座|条|家|户|所|项|台|栋|段)|其中|剩|余|部分|还有|另"
)


def read_status(clauses: list[Clause], title: str) -> Status | None:
    """The status the clauses state; a stated lag outweighs a general "正常"."""
    texts = [clause.words for clause in clauses]
    if any(_behind(text) for text in texts):
        return Status.BEHIND
    if any(_not_started(text) for text in texts):
        return Status.NOT_STARTED
    if any(_done(text, title) for text in texts):
        return Status.DONE
    if any(say.ON_TRACK.search(text) or say.NOT_BEHIND.search(text) for text in texts):
        return Status.ON_TRACK
    return None


def _behind(text: str) -> bool:
    return bool(say.BEHIND.search(say.NOT_BEHIND.sub("", text)))


def _not_started(text: str) -> bool:
    found = say.NOT_STARTED.search(text)
    return bool(found) and not _PART.search(text[: found.start()])


def _done(text: str, title: str) -> bool:
    if found := say.DONE.search(text):
        return not _PART.search(text[: found.start()])
    found = say.BARE_DONE.search(text)
    return bool(found) and not _PART.search(text[: found.start()])
