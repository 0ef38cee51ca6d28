"""Claims of a lead and its supporting units that cannot both hold (牵头—配合对账, 防相互扯皮).

A contradiction raises an item for the office to settle; nobody's report is changed by it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reporting.report import STATUS_WORDS, Facts, Status
from reporting.sanity import alike
from reporting.wording import QUOTE_WIDTH, code_words, figure_words, number_words, shorten

_PERCENT_APART = 5.0
_FIGURE_APART = 0.01
_CLAUSE = re.compile(r"[，,。；;！!\n]+")
_OPEN = re.compile(r"等|待|尚未|未|还没|没有|没|缺|差|卡在|正在报")
_CLOSED = re.compile(r"已|完毕|下来了|通过|拿到|到账|到位了|办结|办好|完成|下达了|签了|了$")
# What one unit waits for and another says it has given.
_MATTERS = (
    re.compile(r"批复|审批|核准|批文|报批|批"),
    re.compile(r"资金|拨付|拨款|到账|款|经费"),
    re.compile(r"供地|交地|用地|土地|征地|征收|地块"),
    re.compile(r"验收"),
    re.compile(r"移交|交付|接收"),
    re.compile(r"方案|图纸|设计"),
    re.compile(r"协议|合同|签约"),
    re.compile(r"迁改|管线|杆线"),
    re.compile(r"会签|盖章|意见|答复"),
    re.compile(r"招标|中标|采购"),
)
_DEEDS = (
    re.compile(r"(\d{1,2})月[^，,。；;月]{0,8}?(?:完工|竣工|完成|交付|投用|建成)"),
    re.compile(r"(\d{1,2})月[^，,。；;月]{0,8}?(?:开工|动工|进场|启动)"),
    re.compile(r"(\d{1,2})月[^，,。；;月]{0,8}?(?:批复|拨付|到位|移交|验收)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one unit said about a task in a round."""

    unit: str
    facts: Facts
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two claims about one task that cannot both hold; `topic` says in what."""

    task: str
    topic: str
    first: Claim
    second: Claim
    sides: tuple[str, str]

    @property
    def words(self) -> str:
        """The item for the office, on one line with its code."""
        mine, other = (
            f"{claim.unit}称“{shorten(side, QUOTE_WIDTH)}”"
            for claim, side in zip((self.first, self.second), self.sides, strict=True)
        )
        return f"{code_words(self.task)}{self.topic}说法不一：{mine}，{other}，请协调核实。"


def find_contradictions(task: str, claims: Sequence[Claim]) -> tuple[Contradiction, ...]:
    """Every contradiction between the units of one task, in the order of the claims."""
    return tuple(
        Contradiction(task=task, topic=topic, first=first, second=second, sides=sides)
        for first, second in combinations(claims, 2)
        if first.unit != second.unit
        for topic, compare in _COMPARISONS
        for sides in compare(first, second)
    )


def _percents(first: Claim, second: Claim) -> Iterator[tuple[str, str]]:
    one, other = first.facts.percent, second.facts.percent
    if one is not None and other is not None and abs(one - other) > _PERCENT_APART:
        yield f"进度{number_words(one)}%", f"进度{number_words(other)}%"


def _statuses(first: Claim, second: Claim) -> Iterator[tuple[str, str]]:
    """Done against not done, begun against not begun; behind or on track is a matter of view."""
    one, other = first.facts.status, second.facts.status
    if one is None or other is None or one is other:
        return
    if {one, other} != {Status.BEHIND, Status.ON_TRACK} and {one, other} & {
        Status.DONE,
        Status.NOT_STARTED,
    }:
        yield STATUS_WORDS[one], STATUS_WORDS[other]


def _figures(first: Claim, second: Claim) -> Iterator[tuple[str, str]]:
    for one in first.facts.figures:
        for other in second.facts.figures:
            same = one.unit == other.unit and alike(one.name, other.name)
            largest = max(abs(one.value), abs(other.value))
            if same and abs(one.value - other.value) > _FIGURE_APART * largest:
                yield figure_words(one), figure_words(other)


def _matters(first: Claim, second: Claim) -> Iterator[tuple[str, str]]:
    """One waits for what the other says is there (“等住建局批复” against “已批复”)."""
    for matter in _MATTERS:
        one, other = _standing_of(matter, first.words), _standing_of(matter, second.words)
        if one and other and one[0] is not other[0]:
            yield one[1], other[1]


def _standing_of(matter: re.Pattern[str], words: str) -> tuple[bool, str] | None:
    """Whether the first clause on a matter calls it settled, with the clause."""
    for clause in _CLAUSE.split(words):
        if matter.search(clause):
            if _OPEN.search(clause):
                return False, clause
            if _CLOSED.search(clause):
                return True, clause
    return None


def _dates(first: Claim, second: Claim) -> Iterator[tuple[str, str]]:
    """Different months for the same deed."""
    for deed in _DEEDS:
        one, other = deed.search(first.words), deed.search(second.words)
        if one and other and one[1] != other[1]:
            yield one[0], other[0]


_COMPARISONS: tuple[tuple[str, Callable[[Claim, Claim], Iterator[tuple[str, str]]]], ...] = (
    ("进度", _percents),
    ("状态", _statuses),
    ("数据", _figures),
    ("办理情况", _matters),
    ("时间", _dates),
)
