"""Which clauses belong together: the likeliest run of tasks over all clauses of a message."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reporting.understanding.choice.evidence import Asker, Evidence, weigh
from reporting.understanding.choice.features import Spoken, features, spoken_in
from reporting.understanding.choice.match import utility
from reporting.understanding.choice.reading import Reading, letters
from reporting.understanding.naming.codes import CodeMention
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.words.split import Clause, Cut, cut_at

NO_TASK = -1
CODED = 1_000_000  # states from here on are mentions of codes, by position
_CEILING = 10.0  # one clause's evidence, so that none drowns the others
_FLOOR = 1.0  # evidence below this is chance
_PRICE = {Cut.NONE: 9.0, Cut.LIST: 1.2, Cut.COMMA: 1.2, Cut.SENTENCE: 1.0, Cut.LINE: 0.2}
_UNNAMED_PRICE = 4.0
_HEADED_PRICE = 1.0
_UNFINISHED_PRICE = 8.0  # 教学楼、综合楼: nothing has been said yet
_SILENT_PRICE = 1.5
_SAYS = re.compile(
    r"[\d%一二两三四五六七八九十百千万]|完|正常|顺利|推进|开工|动工|封顶|竣工|招标|审|批|好|了|没|未|[还正]在"
)
_COUNTS = re.compile(r"^(?!.*[缺没未难差]).*[\d一二两三四五六七八九十]")
_NAMED, _PLAIN = 1.0, 2.0  # naming letters of a title, first in the clause or further on
_DETAIL_PRICE = 2.5  # "其中…", "主要是…" seldom begin another task
_LEADING = 4  # letters before the code a clause begins with: 任务, 其中
_OPENING = "([ "
_OF_BOTH = "等与和对比跟同为因按由"  # a02要等a03完工
_CONTENT = frozenset(
    {
        "cover",
        "explained",
        "telling",
        "talk",
        "skip",
        "sound",
        "number",
        "near",
        "beyond",
        "outdone",
        "letter",
        "head",
        "first",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Clauses about one thing, in order; `mention` if codes say which."""

    clauses: tuple[Clause, ...]
    mention: CodeMention | None

    @property
    def start(self) -> int:
        """Where its words begin."""
        return self.clauses[0].start

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.clauses[-1].end

    @property
    def words(self) -> str:
        """Its clauses with a blank between them, whatever stood there."""
        return " ".join(clause.words for clause in self.clauses)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Its stretches of the text that may name a task: no ordinals, no parts (其中…)."""
        whole = tuple((clause.head, clause.end) for clause in self.clauses if not clause.part)
        spans = whole or tuple((clause.head, clause.end) for clause in self.clauses)
        return tuple(_beside(self.mention, spans)) if self.mention else spans


def _beside(mention: CodeMention, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of these stretches is no part of the codes, nor leads in to them: 关于第3项,目前…."""
    for start, end in spans:
        if not start <= mention.start < end or mention.alias:
            yield start, end
            continue
        if mention.start - start > _LEADING:
            yield start, mention.start
        yield min(mention.end, end), end


def says(words: str) -> bool:
    """Whether words say how a task stands, and do not only name it."""
    return bool(_SAYS.search(words))


def blocks(
    clauses: Sequence[Clause],
    mentions: Sequence[CodeMention],
    reading: Reading,
    index: PlanIndex,
    asker: Asker,
) -> list[Block]:
    """Group the clauses of a message by what they are about."""
    places = [(_clause_of(clauses, mention), n) for n, mention in enumerate(mentions)]
    coded = {at: n for at, n in reversed(places) if at is not None}  # the first of each clause
    weighed = [
        {} if clause.part or place in coded else weigh(reading, index, _span(clause), asker)
        for place, clause in enumerate(clauses)
    ]
    if clauses and not coded and not _may_part(weighed, asker):
        return [Block(clauses=tuple(clauses), mention=None)]
    votes = [
        _votes(clause, evidence, reading, index, asker)
        for clause, evidence in zip(clauses, weighed, strict=True)
    ]
    path = _best_path(clauses, votes, coded)
    return _grouped(clauses, path, mentions)


def pieces(block: Block, reading: Reading) -> Iterator[Block]:
    """Each clause of a block that names no code, in a message known to tell of several tasks."""
    if block.mention or len(block.clauses) == 1:
        yield block
        return
    held: list[Clause] = []
    for clause in block.clauses:
        own = clause.cut > Cut.COMMA or reading.content & letters(clause.head, clause.end)
        if held and own and not clause.part and not clause.detail and says(clause.words):
            yield Block(clauses=tuple(held), mention=None)
            held = []
        held.append(clause)
    yield Block(clauses=tuple(held), mention=None)


def apart(clauses: Sequence[Clause], mentions: Sequence[CodeMention], text: str) -> list[Clause]:
    """The clauses, each cut before the codes further on in it: 22已完成23在建."""
    found: list[Clause] = []
    for clause in clauses:
        inside = [m for m in mentions if clause.start <= m.start < clause.end]
        leads = len(inside) > 1 and inside[0].start - clause.head <= _LEADING
        found += cut_at(clause, text, _stops(inside, text)) if leads else [clause]
    return found


def _stops(inside: Sequence[CodeMention], text: str) -> Iterator[int]:
    """Where a code begins after something was said of the one before it."""
    for first, second in pairwise(inside):
        said = text[first.end : second.start].rstrip(_OPENING)
        if says(said) and said[-1] not in _OF_BOTH:
            yield second.start - len(text[first.end : second.start]) + len(said)


def with_codes(
    clauses: Sequence[Clause], mentions: Sequence[CodeMention], text: str
) -> list[Clause]:
    """Join each code to the words it stands for: 81、86完成; 第82号 主体封顶."""
    joined: list[Clause] = []
    starts = [mention.start for mention in mentions]
    for clause in clauses:
        last = joined[-1] if joined else clause
        near = slice(bisect_left(starts, last.start), bisect_left(starts, last.end))
        if joined and any(_binds(mention, last, clause) for mention in mentions[near]):
            words = text[last.start : clause.end]
            joined[-1] = replace(last, end=clause.end, words=words)
        else:
            joined.append(clause)
    return joined


def _binds(mention: CodeMention, first: Clause, second: Clause) -> bool:
    """Whether a code begins in one clause and its words are in the next."""
    if not first.start <= mention.start < first.end:
        return False
    return mention.end > second.start or (mention.end >= first.end and second.cut < Cut.SENTENCE)


def _clause_of(clauses: Sequence[Clause], mention: CodeMention) -> int | None:
    for number, clause in enumerate(clauses):
        if clause.start <= mention.start < clause.end:
            return number
    return None


@dataclass(frozen=True, slots=True)
class _Votes:
    """How much each task is spoken for by one clause, and the tasks it names by their title."""

    scores: Mapping[int, float]
    named: frozenset[int]
    headed: frozenset[int]  # its first words are talk of these


def _span(clause: Clause) -> tuple[tuple[int, int]]:
    return ((clause.head, clause.end),)


def _may_part(weighed: Sequence[Mapping[int, Evidence]], asker: Asker) -> bool:
    """Whether several clauses speak for the sender's tasks, and not for the same one only."""
    spoken = [evidence.keys() & asker.own for evidence in weighed]
    return sum(map(bool, spoken)) > 1 and len(frozenset[int]().union(*spoken)) > 1


def _votes(
    clause: Clause,
    evidence: Mapping[int, Evidence],
    reading: Reading,
    index: PlanIndex,
    asker: Asker,
) -> _Votes:
    if asker.own.isdisjoint(evidence):
        return _Votes({}, frozenset(), frozenset())
    spoken = spoken_in(reading, _span(clause), Spoken())
    votes: dict[int, float] = {}
    for number in evidence:
        if number in asker.own:
            values = features(number, evidence, index, asker, spoken)
            said = {name: value for name, value in values.items() if value and name in _CONTENT}
            votes[number] = utility(said, index) - _FLOOR
    excess = max(max(votes.values(), default=0.0) - _CEILING, 0.0)
    head = letters(clause.head, clause.head + 2)
    headed = frozenset(n for n in votes if (evidence[n].covered | evidence[n].single) & head)
    return _Votes(
        {number: vote - excess for number, vote in votes.items() if vote > excess},
        frozenset(n for n in votes if evidence[n].naming() >= (_NAMED if n in headed else _PLAIN)),
        headed,
    )


def _best_path(
    clauses: Sequence[Clause], votes: Sequence[_Votes], coded: Mapping[int, int]
) -> list[int]:
    """Viterbi over the clauses: staying is free, changing the task costs by how firm the cut is.

    Within a sentence only the name of a task begins another one, not talk that suits it.
    """
    scores: dict[int, float] = {NO_TASK: 0.0}
    backs: list[dict[int, int]] = []
    for place, clause in enumerate(clauses):
        lead = max(scores, key=lambda state: scores[state])
        before = clauses[place - 1] if place else None
        new: dict[int, float] = {}
        back: dict[int, int] = {}
        forced = CODED + coded[place] if place in coded else None
        states = [forced] if forced is not None else {**scores, **votes[place].scores}
        for state in states:
            stay = scores.get(state, float("-inf"))
            move = scores[lead] - _price(clause, before, state, lead, votes[place])
            new[state] = max(stay, move) + votes[place].scores.get(state, 0.0)
            back[state] = state if stay >= move else lead
        scores = new
        backs.append(back)
    return _walked_back(scores, backs)


def _price(clause: Clause, before: Clause | None, state: int, lead: int, votes: _Votes) -> float:
    if lead == NO_TASK or state >= CODED:
        return 0.0
    price = _PRICE[clause.cut] + _DETAIL_PRICE * clause.detail
    if clause.cut is Cut.LIST and before and not says(before.words):
        price += _UNFINISHED_PRICE
    if clause.cut < Cut.SENTENCE and not says(clause.words):
        price += _SILENT_PRICE
    if clause.cut < Cut.SENTENCE and state not in votes.named:
        counts = state in votes.headed and _COUNTS.search(clause.words)
        price += _HEADED_PRICE if counts else _UNNAMED_PRICE
    return price


def _walked_back(scores: Mapping[int, float], backs: Sequence[Mapping[int, int]]) -> list[int]:
    state = max(scores, key=lambda s: scores[s])
    path = []
    for back in reversed(backs):
        path.append(state)
        state = back[state]
    return path[::-1]


def _grouped(
    clauses: Sequence[Clause], path: Sequence[int], mentions: Sequence[CodeMention]
) -> list[Block]:
    groups: list[tuple[int, list[Clause]]] = []
    for clause, state in zip(clauses, path, strict=True):
        if groups and (state in {groups[-1][0], NO_TASK} or groups[-1][0] == NO_TASK):
            held, members = groups[-1]
            members.append(clause)
            groups[-1] = (state if held == NO_TASK else held, members)
        else:
            groups.append((state, [clause]))
    return [
        Block(clauses=tuple(members), mention=mentions[state - CODED] if state >= CODED else None)
        for state, members in groups
    ]
