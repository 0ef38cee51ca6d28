"""What a stretch of text has in common with each task: the evidence a careful clerk would weigh."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reporting.understanding.index import PlanIndex
from reporting.understanding.lexicon import LONGEST_WORD, TELLING, concepts, talk
from reporting.understanding.measure import COMMON, Target, amounts
from reporting.understanding.titles import TOKEN, phase, sound

MOST_READ = 3000  # characters of a message that are matched; an honest one has 1,500 at most
SKIPPED = 0.5  # what letters apart count beside neighbours
ENOUGH = 4.0  # words of one kind of task; more say no more


@dataclass(frozen=True, slots=True)
class Hit:
    """Something in the text that some titles or kinds of task know; `kind` says which table."""

    start: int
    kind: str
    key: str
    pointing: tuple[tuple[int, float], ...]


@dataclass(slots=True)
class Evidence:
    """What speaks for one task."""

    gram: float = 0.0
    skip: float = 0.0
    sound: float = 0.0
    telling: float = 0.0  # the same, shared out among the sender's tasks that have it
    unique: float = 0.0  # what no other of the sender's tasks has
    rare_talk: float = 0.0
    kinds: dict[int, float] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def talk(self) -> float:
        """How much the talk is of the task's kind."""
        return sum(min(weight, ENOUGH) for weight in self.kinds.values())


@dataclass(frozen=True, slots=True)
class Reading:
    """A message read once against a plan: every hit and amount, by place."""

    text: str
    hits: tuple[Hit, ...]
    amounts: tuple[tuple[int, Target], ...]


def read(text: str, index: PlanIndex) -> Reading:
    """Find everything in the text that any task knows."""
    seen = text[:MOST_READ]
    hits = [*_tokens(seen, index), *_pairs(seen, index), *_talk(seen)]
    hits.sort(key=lambda hit: hit.start)
    found = tuple((amount.start, amount.target) for amount in amounts(seen))
    return Reading(seen, tuple(hits), found)


def _tokens(text: str, index: PlanIndex) -> Iterable[Hit]:
    for token in TOKEN.finditer(text):
        if pointing := index.grams.get(token[0]):
            yield Hit(token.start(), "gram", token[0], pointing)


def _pairs(text: str, index: PlanIndex) -> Iterable[Hit]:
    for place in range(len(text) - 1):
        if not "\u4e00" <= text[place] <= "\u9fff":
            continue
        for length in (2, 3):
            gram = text[place : place + length]
            if pointing := index.grams.get(gram):
                yield Hit(place, "gram", gram, pointing)
        pair = text[place : place + 2]
        if (pointing := index.skips.get(pair)) and not _between(text, place, index):
            yield Hit(place, "skip", pair, pointing)
        if pointing := index.sounds.get(sound(pair)):
            yield Hit(place, "sound", pair, pointing)


def _between(text: str, place: int, index: PlanIndex) -> bool:
    """Whether two letters are only where two written-out words meet: 疫[苗接]种."""
    before, after = text[max(place - 1, 0) : place + 1], text[place + 1 : place + 3]
    return before in index.grams and after in index.grams


def _talk(text: str) -> Iterable[Hit]:
    known = talk()
    for place in range(len(text) - 1):
        for length in range(2, LONGEST_WORD + 1):
            word = text[place : place + length]
            if pointing := known.get(word):
                yield Hit(place, "talk", word, pointing)


def weigh(
    reading: Reading, index: PlanIndex, spans: Sequence[tuple[int, int]], own: frozenset[int]
) -> dict[int, Evidence]:
    """The evidence of these stretches of the text for every task it touches.

    What only one of the sender's own tasks has tells more than what several share.
    """
    found: dict[int, Evidence] = {}
    seen: set[tuple[str, str]] = set()
    for hit in reading.hits:
        if (hit.kind, hit.key) in seen or not any(a <= hit.start < b for a, b in spans):
            continue
        seen.add((hit.kind, hit.key))
        if hit.kind == "talk":
            _add_talk(found, hit, index, own)
        else:
            _add(found, hit, own)
    return found


def _add(found: dict[int, Evidence], hit: Hit, own: frozenset[int]) -> None:
    sharing = max(sum(number in own for number, _ in hit.pointing), 1)
    for number, weight in hit.pointing:
        evidence = found.get(number) or found.setdefault(number, Evidence())
        share = weight / sharing
        if hit.kind == "gram":
            evidence.gram += weight
            evidence.telling += share
            evidence.unique += weight if sharing == 1 else 0.0
            if weight >= 1.0:
                evidence.words.append(hit.key)
        elif hit.kind == "skip":
            evidence.skip += weight
            evidence.telling += SKIPPED * share
            evidence.unique += SKIPPED * weight if sharing == 1 else 0.0
        else:
            evidence.sound += weight


def _add_talk(
    found: dict[int, Evidence], hit: Hit, index: PlanIndex, own: frozenset[int]
) -> None:
    for concept, weight in hit.pointing:
        numbers = index.kinds.get(concept, ())
        sharing = max(sum(number in own for number in numbers), 1)
        for number in numbers:
            evidence = found.get(number) or found.setdefault(number, Evidence())
            before = min(evidence.kinds.get(concept, 0.0), ENOUGH)
            evidence.kinds[concept] = evidence.kinds.get(concept, 0.0) + weight
            evidence.rare_talk += (min(before + weight, ENOUGH) - before) / sharing


def features(
    evidence: Evidence, number: int, index: PlanIndex, spoken: "Spoken"
) -> Mapping[str, float]:
    """The evidence for one task as numbers the model weighs."""
    entry = index.entries[number]
    same, alike = _measures(entry.targets, spoken.amounts)
    return {
        "gram": math.log1p(evidence.gram),
        "unique": min(evidence.unique, 4.0),
        "telling": math.log1p(evidence.telling),
        "rare_talk": math.log1p(evidence.rare_talk),
        "cover": min(evidence.gram / entry.weight, 1.0),
        "skip": math.log1p(evidence.skip),
        "sound": math.log1p(max(evidence.sound - evidence.gram, 0.0)),
        "talk": math.log1p(evidence.talk()),
        "number": same,
        "measure": alike,
        "phase": _phases(entry.phase, spoken.phase),
        "owed": float(number in spoken.owed),
        "lead": float(number in spoken.leads),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a stretch of text says apart from words, and where its sender stands."""

    amounts: tuple[Target, ...] = ()
    phase: str = ""
    owed: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    quoted: int | None = None


def spoken_in(reading: Reading, spans: Sequence[tuple[int, int]], standing: Spoken) -> Spoken:
    """The numbers and phase of these stretches, beside the sender's standing."""
    words = " ".join(reading.text[a:b] for a, b in spans)
    found = tuple(t for place, t in reading.amounts if any(a <= place < b for a, b in spans))
    return Spoken(
        amounts=found,
        phase=phase(words),
        owed=standing.owed,
        leads=standing.leads,
        quoted=standing.quoted,
    )


def _measures(targets: tuple[Target, ...], said: tuple[Target, ...]) -> tuple[float, float]:
    """(whether a target's own number is said, whether something is counted in a target's unit)."""
    same = alike = 0.0
    for target in targets:
        rarity = 0.3 if target.unit in COMMON else 1.0
        for amount in said:
            if amount.unit != target.unit:
                continue
            if amount.value == target.value:
                same = max(same, rarity if target.value < 10 else 1.0)
            elif 0 < amount.value <= target.value * 1.5:
                alike = max(alike, rarity)
    return same, alike


def _phases(titled: str, said: str) -> float:
    if not titled or not said or titled[-1] != said[-1]:
        return 0.0
    return 1.0 if titled == said else -1.0


def explain(evidence: Evidence) -> tuple[str, ...]:
    """The evidence in words, for the ledger."""
    shared = "/".join(dict.fromkeys(evidence.words))
    kinds = [concepts()[c].name for c, w in evidence.kinds.items() if w >= TELLING]
    said = (f"{shared} with title",) if shared else ()
    return said + ((f"talk of {'/'.join(kinds)}",) if kinds else ())
