"""What speaks for each task in a stretch of text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reporting.understanding.choice.reading import Hit, Reading, letters
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.naming.titles import EDGE, GENERIC
from reporting.understanding.naming.unit_names import is_signature, tells_which_town
from reporting.understanding.words.lexicon import TELLING, concepts

SKIPPED = 0.5  # what letters apart count beside neighbours
NAMED_ELSEWHERE = 0.3  # what a word still says of a task when another's title has it
ENOUGH = 4.0  # words of one kind of task; more say no more
_OUTRIGHT = 1.6  # naming letters that leave no doubt
_DECISIVE = 1.0  # a name that one of two tasks has and the other lacks
_SLIGHT = 0.5
_TRACE = 0.05


@dataclass(slots=True)
class Evidence:
    """What speaks for one task; the sums are weights of distinct parts of its title or kind."""

    gram: float = 0.0
    skip: float = 0.0
    sound: float = 0.0
    telling: float = 0.0  # the same, shared out among the sender's tasks that have it
    rare_talk: float = 0.0
    letter: float = 0.0  # single letters of its name, shared out likewise
    kinds: dict[int, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)
    covered: int = 0  # a bit for each letter of the text that speaks for it
    claimed: int = 0  # of these the letters of its title, and what its kind is called
    single: int = 0  # a bit for each single letter that no other of the sender's tasks has

    def talk(self) -> float:
        """How much the talk is of the task's kind."""
        return sum(min(weight, ENOUGH) for weight in self.kinds.values())

    def total(self) -> float:
        """How much speaks for the task in all."""
        return self.gram + self.skip + self.talk()

    def speaks(self) -> bool:
        """Whether anything but words of any title speaks for the task."""
        return self.gram + self.skip + self.sound >= _SLIGHT or bool(self.kinds)

    def named(self) -> float:
        """How much of the title's own name is written out."""
        return sum(weight for weight in self.parts.values() if weight >= 1.0)

    def naming(self) -> float:
        """How much of the title's own name is there, written out or abbreviated."""
        return self.named() + self.skip

    def is_outright(self) -> bool:
        """Whether its name, written out or abbreviated, leaves no doubt what is meant."""
        return self.naming() >= _OUTRIGHT or self.skip >= 1.0

    def surplus(self, other: "Evidence") -> float:
        """How much it has by name that the other lacks."""
        return sum(weight for part, weight in self.parts.items() if part not in other.parts)

    def outdoes(self, other: "Evidence") -> bool:
        """Whether it has a name the other lacks, and lacks nothing the other has.

        Of twins it is the one whose common words are there: 高标准农田改造提升, and not 新建.
        """
        return (
            self.gram >= _DECISIVE  # else it has no such name
            and (self.surplus(other) >= _DECISIVE or self._is_twin_with_more(other))
            and other.surplus(self) < _SLIGHT
            and other.talk() <= self.talk() + _SLIGHT
            and other.skip <= self.skip + _DECISIVE
            and other.sound <= self.sound + _DECISIVE
        )

    def _is_twin_with_more(self, other: "Evidence") -> bool:
        """Whether both are named alike, and a common word of its title is there beside."""
        named, others = self.naming(), other.naming()
        alike = named >= _DECISIVE and abs(named - others) < _TRACE
        return alike and self._common_beside(other) >= GENERIC > other.surplus(self)

    def _common_beside(self, other: "Evidence") -> float:
        """How much it has of words of any title; where two words meet says only their order."""
        surplus = ((part, self.parts[part]) for part in self.parts.keys() - other.parts.keys())
        return sum(weight for part, weight in surplus if weight != EDGE or part[0].isdigit())


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Whose message it is: his tasks, his units, and the letter pairs of his own town's name."""

    own: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def weigh(
    reading: Reading, index: PlanIndex, spans: Sequence[tuple[int, int]], asker: Asker
) -> dict[int, Evidence]:
    """The evidence of these stretches of the text for every task it touches.

    What only one of the sender's own tasks has tells more than what several share; the name of
    his own unit tells nothing.
    """
    found: dict[int, Evidence] = {}
    seen: set[tuple[str, str]] = set()
    signed = _signed(reading, asker)
    for hit in reading.within(spans):
        if signed and signed >> hit.start & 1:
            continue
        if (hit.kind, hit.key) not in seen:
            seen.add((hit.kind, hit.key))
            if hit.kind == "letter":
                _add_letter(found, hit, asker.own)
            elif hit.kind == "talk":
                _add_talk(found, hit, index, asker.own)
            elif hit.key not in asker.names:
                _add(found, hit, asker.own)
        if hit.kind != "letter":
            _cover(found, hit, index)
    return found


def _signed(reading: Reading, asker: Asker) -> int:
    """A bit for each letter with which the sender names his own unit; of two towns it tells."""
    bits = 0
    for mention in reading.units:
        own = mention.units & asker.units and not tells_which_town(mention, asker.units)
        if own and is_signature(mention, reading.text):
            bits |= letters(mention.start, mention.end)
    return bits


def _cover(found: dict[int, Evidence], hit: Hit, index: PlanIndex) -> None:
    bits, is_talk = letters(hit.start, hit.start + len(hit.key)), hit.kind == "talk"
    for known, _ in hit.pointing:
        for number in index.kinds.get(known, ()) if is_talk else (known,):
            if evidence := found.get(number):
                evidence.covered |= bits
                evidence.claimed |= bits if not is_talk or hit.key in concepts()[known].name else 0


def _add(found: dict[int, Evidence], hit: Hit, own: frozenset[int]) -> None:
    sharing = max(sum(number in own for number, _ in hit.pointing), 1)
    for number, weight in hit.pointing:
        evidence = found.get(number) or found.setdefault(number, Evidence())
        share = weight / sharing
        if hit.kind == "gram":
            evidence.gram += weight
            evidence.telling += share
            evidence.parts[hit.key] = weight
        elif hit.kind == "skip":
            evidence.skip += weight
            evidence.telling += SKIPPED * share
        else:
            evidence.sound += weight


def _add_letter(found: dict[int, Evidence], hit: Hit, own: frozenset[int]) -> None:
    having = [number for number, _ in hit.pointing if number in own]
    for number in having:
        evidence = found.get(number) or found.setdefault(number, Evidence())
        evidence.letter += 1 / len(having)
        if len(having) == 1:
            evidence.single |= letters(hit.start, hit.start + 1)


def _add_talk(found: dict[int, Evidence], hit: Hit, index: PlanIndex, own: frozenset[int]) -> None:
    titled = index.titled.get(hit.key, frozenset())
    share = NAMED_ELSEWHERE if titled & own else 1.0
    for concept, weight in hit.pointing:
        numbers = index.kinds.get(concept, ())
        sharing = max(sum(number in own for number in numbers), 1)
        for number in numbers:
            if number in titled:
                continue  # its letters count already
            evidence = found.get(number) or found.setdefault(number, Evidence())
            before = min(evidence.kinds.get(concept, 0.0), ENOUGH)
            evidence.kinds[concept] = before + weight * share
            evidence.rare_talk += (min(before + weight * share, ENOUGH) - before) / sharing


def explain(evidence: Evidence) -> tuple[str, ...]:
    """The evidence in words, for the ledger."""
    shared = "/".join(part for part, weight in evidence.parts.items() if weight >= 1.0)
    kinds = [concepts()[c].name for c, w in evidence.kinds.items() if w >= TELLING]
    said = (f"{shared} with title",) if shared else ()
    return said + ((f"talk of {'/'.join(kinds)}",) if kinds else ())
