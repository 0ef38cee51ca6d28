"""Which command a text means by its letters: settles what the table of `commands.txt` cannot.

A multinomial logistic model over runs of letters, what words do and what they do one after
another, fitted by `benchmarks/fit_wishes.py`. People ask for the same few things in ever new words.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from operator import itemgetter

from reporting.understanding.model import Letters, read_letters, runs_in
from reporting.understanding.words.speech import Does, words_of

REPORT, TALK = "report", "none"
SURE, PLAINLY, MERELY = 0.5, 0.8, 0.9
LONGEST, FEW = 60, 9  # characters of a command or of talk, and letters of talk
_DONE = re.compile(r"了[一二两三四五六七八九十几\d]+[^\d点号月日]")
_DIGITS, _MARKS = re.compile(r"\d+"), re.compile(r"[^\w?]+")
_EDGE, _STRANGE, _MARK = frozenset("^"), frozenset("?"), frozenset(",")
_FILLER = frozenset({"filler"})


def parts_of(text: str) -> frozenset[str]:
    """The runs of letters of a normalised text, what its words do, and what one after another."""
    return frozenset((*_runs(text), *_doings(text)))


def _doings(text: str) -> Iterator[str]:
    """What each word does, and what each pair of neighbours does; little words are passed over."""
    before: Does = _EDGE
    for start, _, does in words_of(text):
        now = does or (_STRANGE if text[start].isalnum() else _MARK)
        yield from (f"#{one}" for one in does)
        if does == _FILLER or (now == before and not does):
            continue
        yield from (f"#{one}>{other}" for one in before for other in now)
        before = now
    yield from (f"#{one}>$" for one in before)


def _runs(text: str) -> Iterator[str]:
    return runs_in(f"^{_MARKS.sub(' ', _DIGITS.sub('0', text))}$")


def reports(text: str) -> bool:
    """Whether the letters of a text are plainly those of a report."""
    return chances(text)[REPORT] >= PLAINLY


def talks(text: str) -> bool:
    """Whether the letters of a text, if they are enough to tell, are those of talk.

    What was done so many times is none: 夜里巡了九回.
    """
    enough = sum(map(str.isalnum, text)) >= FEW and len(text) <= LONGEST and not _DONE.search(text)
    return enough and chances(text)[TALK] >= MERELY


def likeliest(text: str) -> tuple[str, float]:
    """What a normalised text most likely means, and its chance."""
    return max(chances(text).items(), key=itemgetter(1))


@lru_cache(maxsize=64)
def chances(text: str) -> Mapping[str, float]:
    """How likely each thing is to be meant by a normalised text."""
    return wishes().chances_of(parts_of(text.strip()))


@cache
def wishes() -> Letters:
    """The model of `wishes.json`."""
    return read_letters("wishes.json")
