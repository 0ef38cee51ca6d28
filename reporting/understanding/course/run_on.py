"""Dictated words that nobody has marked: cut where another task's name begins after a statement."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reporting.understanding.choice.evidence import Asker
from reporting.understanding.choice.reading import Hit, Reading
from reporting.understanding.course.forms import in_form
from reporting.understanding.course.whole import read_exemption
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.naming.titles import NAMING
from reporting.understanding.words.lexicon import TELLING
from reporting.understanding.words.split import Clause, clauses, cut_at

_LONG = 16  # letters between two marks on average, in words that nobody has marked
_MOST = 600  # letters that anybody dictates in one go
_FULL = 3  # letters of a name that is no word of talk as well
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
    r"|下[周月]|[开就]始|还是|[合封贯][龙拢顶通]|[开动完竣]工|到位|投用|收尾|验收|拿到"
)
_COUNTED = re.compile(rf"[{_DIGITS}半\d][个台套座件块辆盏张部具根条]")
_GOES_ON = re.compile("(?:也|都)?(?:还在|还没|还有)")  # 雨污分流还在挖: a part of what was told
_GLUED = re.compile(r"[的和与跟对把被给向到从按为比及同由靠用让请找占已、]$")


def statements(text: str, reading: Reading, index: PlanIndex, asker: Asker) -> Iterator[Clause]:
    """The clauses of a normalised text, those of several statements cut apart.

    Only where hardly anything is marked: what is written with care says where it ends.
    """
    found = list(in_form(clauses(text), text))
    said = sum(clause.end - clause.head for clause in found)
    unmarked = _LONG * len(found) <= said <= _MOST
    for clause in found:
        long = not clause.part and clause.end - clause.head >= _LONG
        if unmarked and long and not read_exemption(text[clause.head : clause.end]):
            names = _names(clause, reading, index, asker)
            yield from cut_at(clause, text, _stops(names, text, clause.end))
        else:
            yield clause


@dataclass(slots=True)
class _Name:
    """A stretch that names tasks of the sender, by their titles or by talk of their kinds."""

    start: int
    end: int
    titled: frozenset[int] = frozenset()
    spoken: frozenset[int] = frozenset()
    touched: frozenset[int] = frozenset()  # every task that anything in it speaks of

    @property
    def tasks(self) -> frozenset[int]:
        """Whom it names; a title says more than talk."""
        return self.titled or self.spoken

    def is_of(self, about: frozenset[int]) -> bool:
        """Whether it may still be of these: 雨污 is a task's name, and talk of old quarters too."""
        return bool(self.tasks & about or (self.end - self.start < _FULL and self.touched & about))


def _names(clause: Clause, reading: Reading, index: PlanIndex, asker: Asker) -> Iterator[_Name]:
    """The names in a clause, in order; words that overlap are one name."""
    name = _Name(clause.head, clause.head)
    for hit in reading.within(((clause.head, clause.end),)):
        titled, spoken = _titled(hit, asker), _spoken(hit, index) & asker.own
        if not titled and not spoken:
            continue
        if hit.start >= name.end:
            if name.tasks:
                yield name
            name = _Name(hit.start, hit.start)
        name.end = max(name.end, hit.start + len(hit.key))
        name.titled = name.titled & titled or name.titled | titled
        name.touched |= spoken | titled
        if len(spoken) == 1 or hit.pointing[0][1] >= TELLING:
            name.spoken = name.spoken & spoken or name.spoken | spoken
    if name.tasks:
        yield name


def _titled(hit: Hit, asker: Asker) -> frozenset[int]:
    if hit.kind != "gram":
        return frozenset()
    return frozenset(n for n, weight in hit.pointing if n in asker.own and weight >= NAMING)


def _spoken(hit: Hit, index: PlanIndex) -> frozenset[int]:
    if hit.kind != "talk":
        return frozenset()
    plain = (concept for concept, weight in hit.pointing if weight >= _PLAIN)
    return frozenset(n for concept in plain for n in index.kinds.get(concept, ()))


def _stops(names: Iterable[_Name], text: str, end: int) -> Iterator[int]:
    """Where the sender speaks of another task than in the statement before."""
    about: frozenset[int] = frozenset()
    told = last = 0  # where the last title ends, and the last word of anything known
    for name in names:
        if not about or name.is_of(about):
            about = about & name.tasks or about or name.tasks
        elif _parts(text[told : name.start], text[name.end : end]) and not _goes_on(name, text):
            yield _finished(text, last, name.start)
            about, told = name.tasks, name.end
        else:
            about |= name.titled  # 封顶 is of any building: the next one is another task
        told = name.end if name.titled or not told else told
        last = name.end


def _goes_on(name: _Name, text: str) -> bool:
    """Whether a mere thing is counted, which no title has, or it is said what was done with it.

    还有八个厨具没到; 配套资金3200万元已拨付到位.
    """
    counted = _COUNTED.fullmatch(text[max(name.start - 2, 0) : name.start])
    return not name.titled and (bool(counted) or text[name.start] == "已")


def _parts(before: str, after: str) -> bool:
    """Whether both sides say something, and nothing binds them."""
    if _GLUED.search(before[-1:]) or _GOES_ON.match(after):
        return False
    return bool(_SAYS.search(before[-_FAR:]) and _SAYS.search(after[:_FAR]))


def _finished(text: str, after: int, name: int) -> int:
    """Where the statement before a name ends."""
    ends = [found.end() for found in _ENDS.finditer(text, after, name)]
    if not ends or name - ends[-1] > _NEAR or text.startswith(("在", "正"), ends[-1]):
        return name
    return ends[-1]
