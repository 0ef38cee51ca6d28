"""A new year's plan takes up tasks of the last: which go on, and what was learned of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from reporting.alias import LearnedAlias
from reporting.task import Task
from reporting.wording import code_words

_NOTE = re.compile(
    r"[(（【\[][^()（）【】\[\]]*(?:延续|续建|跨年|结转|接续|上年)[^()（）【】\[\]]*[)）】\]]"
)
_GOES_ON = re.compile(r"^(?:继续|持续|续建|延续|接续|结转)+")
_BEGINS = re.compile(r"^(?:推进|实施|做好|抓好|开展)")
_YEAR = re.compile(r"(?:20\d\d|[上今本去]|当)年度?")
_MARK = re.compile(r"[\W_]+")


def continued_tasks(old: Sequence[Task], new: Sequence[Task]) -> Mapping[str, str]:
    """Old code → new code of each task that goes on under its title, the year aside.

    Likeness is not enough: of two reservoirs the one left would inherit the other's names.
    """
    before, after = _by_title(old), _by_title(new)
    return {
        codes[0]: after[title][0]
        for title, codes in before.items()
        if len(codes) == len(after.get(title, ())) == 1
    }


def compose_carried(aliases: Iterable[LearnedAlias], codes: Mapping[str, str]) -> tuple[str, ...]:
    """A line for each short name: under which task it goes on, or that it does not."""
    return tuple(
        f"别名“{one.words}”：上年{code_words(one.code)}"
        + (
            f" → {code_words(codes[one.code])}，继续有效"
            if one.code in codes
            else "没有延续的任务，不再使用"
        )
        for one in aliases
    )


def _by_title(tasks: Iterable[Task]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for task in tasks:
        found.setdefault(_bare(task.title), []).append(task.code)
    return found


def _bare(title: str) -> str:
    """A title without its year, marks and the words that it goes on."""
    words = _YEAR.sub("", _NOTE.sub("", unicodedata.normalize("NFKC", title)))
    return _BEGINS.sub("", _GOES_ON.sub("", _MARK.sub("", words)))
