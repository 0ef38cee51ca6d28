"""Whole statements of how a task stands, kept as data: 推进得还行, 没着手, 亮黄灯了, 如期完成."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from reporting.report import Status
from reporting.understanding.words.lexicon import lines_of

# What only softens the end: 稳当着呢, 没着手呢, 还行吧.
_SOFT = "的呢哈啊呀啦吧嘛哦哟噢咯喽嘞哩咧哒!~。. \n\t"
_CODE = re.compile(r"(?:\W*[^\W\d_]{0,2}-?\d[\d.-]*[号项]?)?\W*")
_SHORT = 8  # letters
_BEFORE = 60  # letters that may deny a statement
_UNTROUBLED = "untroubled"
# What denies or only supposes it: 不太顺利, 要是不误工期, 能否按时完成.
_NOT_SO = re.compile(
    r"(?:[不没未无非难]|恢复|难以|无法|没法|恐怕?|不能|未能|没能)"
    r"(?:有|能够?|可|以|是|会|够|算|得|很|太|那么|怎么|确保|保证)*$"
    r"|(?:如果|要是|假如|若|除非|是否|能否|能不能|避免|防止|担心|以免|只要|怕)[^,]*$"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement at the end of a clause, from `start` on; `whole` if only said of all of it.

    No `status`: nothing stands in the way (没碰到困难), which is no news of how the work goes.
    """

    status: Status | None
    start: int
    whole: bool


@lru_cache(maxsize=256)
def stated(words: str) -> Stated | None:
    """What a clause says in the end of how the work stands, if it does so in known words."""
    said = words.rstrip(_SOFT)
    statements, longest = _statements()
    for start in range(max(0, len(said) - longest), len(said)):
        found = statements.get(said[start:])
        if found:
            denied = _NOT_SO.search(words, max(0, start - _BEFORE), start)
            return None if denied else Stated(found[0], start, found[1])
    return None


def says_well(words: str) -> bool:
    """Whether a clause states no more than that nothing lags: 没拖, 没碰到困难, 还没上手.

    What is told at length before 没动土 may be why.
    """
    said = stated(words)
    if said is None or said.status == Status.BEHIND:
        return False
    return said.status != Status.NOT_STARTED or said.start <= _SHORT


def says_plainly(words: str) -> bool:
    """Whether a text ends in a statement that is no courtesy: 农村公路亮黄灯, but not 都挺好的."""
    said = stated(words)
    if said is None or said.status is None:
        return False
    return said.status != Status.ON_TRACK or not said.whole


def only_states(words: str, *, asked: bool) -> bool:
    """Whether a text is such a statement, behind a code or alone; if `asked` also 没事, 挺好的."""
    said = stated(words)
    if said is None or said.status is None or not _CODE.fullmatch(words, 0, said.start):
        return False
    return asked or says_plainly(words)


@cache
def _statements() -> tuple[dict[str, tuple[Status | None, bool]], int]:
    """The statements of `standing.txt`, and how many letters the longest has."""
    statements: dict[str, tuple[Status | None, bool]] = {}
    for line in lines_of("standing.txt"):
        name, _, words = line.partition(":")
        status, _, of = name.partition(" ")
        said = (None if status == _UNTROUBLED else Status(status), bool(of))
        statements.update({word.rstrip(_SOFT) or word: said for word in words.split()})
    return statements, max(map(len, statements))
