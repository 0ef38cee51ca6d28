"""Dictated words that nobody has marked: cut where another task's name begins after a statement."""

import re
from collections.abc import Iterator

from reporting.understanding.evidence import Asker
from reporting.understanding.forms import in_form
from reporting.understanding.index import PlanIndex
from reporting.understanding.lexicon import TELLING
from reporting.understanding.reading import Hit, Reading
from reporting.understanding.split import Clause, clauses, cut_at
from reporting.understanding.titles import NAMING

_LONG = 16  # letters between two marks on average, in words that nobody has marked
_MOST = 600  # letters that anybody dictates in one go
_LEAST = 4  # letters of a statement
_PLAIN = 0.5  # a word of talk
_FAR = 40  # letters in which a statement says something
_NEAR = 6  # letters between the end of a statement and the name of the next
_UNITS = "个户座亩吨人套条家处台部盏间平公方层辆块片场栋株头只口眼项件名对元"
_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_ENDS = re.compile(
    rf"(?:百分之[{_DIGITS}点\d.]+|[{_DIGITS}点半\d.]+成"
    rf"|(?<![第\d])[{_DIGITS}点半\d.]+(?:平方米|平方公里|立方米|公里|人次|美元|标箱|千瓦|[{_UNITS}%]))"
    r"[多半]?(?:左右)?[了啦咯咧哒]?"
    r"|(?:[^\W\d]|封顶|到位|[开完竣]工|投用|交付|验收|收尾|贯通|合龙|结束)[了啦咯咧哒]"
    r"|(?:正常|没啥?问题|顺利)(?:着呢|的)?"
)
_SAYS = re.compile(
    rf"\d|百分之|[{_DIGITS}][{_UNITS}亿万千百成点]|[了啦咯咧哒]|[完好齐妥][^\W\d]|在[\u4e00-\u9fff]|正常|没|未|顺利"
    r"|[合封贯][龙拢顶通]|[开动完竣]工|到位|投用|收尾|验收|拿到"
)
_COUNTED = re.compile(rf"[{_DIGITS}半\d][{_UNITS}]")
_GLUED = re.compile(r"[的和与跟对把被给向到从按为比及同由靠用让请找占、]$")


def statements(text: str, reading: Reading, index: PlanIndex, asker: Asker) -> Iterator[Clause]:
    """The clauses of a normalised text, those of several statements cut apart.

    Only where hardly anything is marked: what is written with care says where it ends.
    """
    found = list(in_form(clauses(text), text))
    said = sum(clause.end - clause.head for clause in found)
    unmarked = _LONG * len(found) <= said <= _MOST
    for clause in found:
        if unmarked and not clause.part and clause.end - clause.head >= _LONG:
            yield from cut_at(clause, text, _stops(clause, reading, index, asker))
        else:
            yield clause


def _stops(clause: Clause, reading: Reading, index: PlanIndex, asker: Asker) -> Iterator[int]:
    """Where the sender speaks of another task than in the statement before."""
    text, begun, spoken = reading.text, clause.head, clause.head
    about: frozenset[int] = frozenset()
    for hit in reading.within(((clause.head, clause.end),)):
        named = _named(hit, index, asker)
        if not named:
            continue
        if not about or about & named:
            begun = begun if about else hit.start
            about = about & named or named
        elif not _is_counted(hit, text, index) and _parts(
            text[begun : hit.start], text[hit.start : clause.end][:_FAR]
        ):
            yield _finished(text, max(begun + _LEAST, spoken), hit.start)
            about, begun = named, hit.start
        else:
            about |= named
        spoken = max(spoken, hit.start + len(hit.key))


def _named(hit: Hit, index: PlanIndex, asker: Asker) -> frozenset[int]:
    """The sender's tasks that a hit names or plainly speaks of."""
    if hit.kind == "gram":
        return frozenset(n for n, weight in hit.pointing if n in asker.own and weight >= NAMING)
    if hit.kind != "talk":
        return frozenset()
    plain = (concept for concept, weight in hit.pointing if weight >= _PLAIN)
    found = (n for concept in plain for n in index.kinds.get(concept, ()))
    named = frozenset(n for n in found if n in asker.own)
    return named if len(named) == 1 or hit.pointing[0][1] >= TELLING else frozenset()


def _is_counted(hit: Hit, text: str, index: PlanIndex) -> bool:
    """Whether a mere thing is counted, which no title has: 还有八个厨具没到."""
    thing = hit.kind == "talk" and hit.key not in index.titled
    return thing and bool(_COUNTED.fullmatch(text[max(hit.start - 2, 0) : hit.start]))


def _parts(before: str, after: str) -> bool:
    """Whether both sides say something, and nothing binds them."""
    if len(before) < _LEAST or _GLUED.search(before[-1:]):
        return False
    return bool(_SAYS.search(before[-_FAR:]) and _SAYS.search(after))


def _finished(text: str, after: int, name: int) -> int:
    """Where the statement before a name ends."""
    ends = [found.end() for found in _ENDS.finditer(text, after, name)]
    return ends[-1] if ends and name - ends[-1] <= _NEAR else name
