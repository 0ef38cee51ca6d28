"""General knowledge, kept as data: words that name no task, kinds of task, their talk, sounds."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from reporting.understanding.knowledge import words_of

LONGEST_WORD, LONGEST_TRIGGER = 10, 12
TELLING, HINTING = 1.0, 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A kind of task: what titles name it, rules it out or must be there, and its talk."""

    name: str
    triggers: tuple[str, ...]
    barred: tuple[str, ...]
    needed: tuple[str, ...]
    words: tuple[tuple[str, float], ...]

    def is_barred(self, title: str) -> bool:
        """Whether a task so titled is of another kind, although a trigger is there."""
        lacks = self.needed and not any(word in title for word in self.needed)
        return bool(lacks) or any(word in title for word in self.barred)


def lines_of(name: str) -> Iterator[str]:
    """The lines of a file of words, without its remarks."""
    for line in words_of(name).splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip().lower()


def _concept(line: str) -> Concept:
    name, triggers, telling, hints = (part.split() for part in line.split("|"))
    barred = tuple(word[1:] for word in triggers if word.startswith("!"))
    needed = tuple(word[1:] for word in triggers if word.startswith("?"))
    triggers = [word for word in triggers if word[0] not in "!?"]
    # A trigger that is also among the hints says more in a title than in a message (中心, 学校).
    strengths = dict.fromkeys(triggers + telling, TELLING) | dict.fromkeys(hints, HINTING)
    words = tuple((word, weight) for word, weight in strengths.items() if len(word) > 1)
    return Concept(
        name=name[0], triggers=tuple(triggers), barred=barred, needed=needed, words=words
    )


@cache
def concepts() -> tuple[Concept, ...]:
    """Every kind of task of `lexicon.txt`."""
    return tuple(_concept(line) for line in lines_of("lexicon.txt"))


@cache
def talk() -> dict[str, tuple[tuple[int, float], ...]]:
    """Word of talk → the concepts it points to (by position in `concepts`) and how strongly.

    A word of many kinds of task tells little about each.
    """
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, concept in enumerate(concepts()):
        for word, weight in concept.words:
            found[word].append((number, weight))
    return {word: _shared(kinds) for word, kinds in found.items()}


def _shared(kinds: list[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    if len(kinds) == 1:
        return (kinds[0],)
    root = len(kinds) ** 0.5
    return tuple((number, weight / root) for number, weight in kinds)


def longest_of(words: Iterable[str]) -> dict[str, int]:
    """The first three letters of words → how long the longest of them is."""
    longest: dict[str, int] = {}
    for word in words:
        longest[word[:3]] = max(longest.get(word[:3], 0), len(word))
    return longest


def word_at(text: str, place: int, known: Container[str], longest: Mapping[str, int]) -> int:
    """How long the longest known word is that begins here; 0 if none does."""
    most = min(longest.get(text[place : place + 3], 2), len(text) - place)
    for length in range(most, 0, -1):
        if text[place : place + length] in known:
            return length
    return 0


@cache
def reach() -> dict[str, int]:
    """The first three letters of words of talk → how long the longest of them is."""
    return longest_of(talk())


@cache
def _triggered() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, concept in enumerate(concepts()):
        for word in concept.triggers:
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


def hinted_kinds(title: str) -> frozenset[int]:
    """The kinds of task of which a title has any name, whatever else rules them out."""
    table = _triggered()
    parts = _parts(title, LONGEST_TRIGGER)
    return frozenset(number for part in parts for number in table.get(part, ()))


def kinds_of(title: str) -> frozenset[int]:
    """The kinds of task (by position in `concepts`) that a title names."""
    found = hinted_kinds(title)
    return frozenset(number for number in found if not concepts()[number].is_barred(title))


@cache
def fields() -> tuple[tuple[frozenset[str], frozenset[int]], ...]:
    """Words that name no more than a field, and the kinds of task that are of it."""
    numbers = {concept.name: number for number, concept in enumerate(concepts())}
    parted = (line.split("|") for line in lines_of("fields.txt"))
    return tuple(
        (frozenset(words.split()), frozenset(numbers[kind] for kind in kinds.split()))
        for words, kinds in parted
    )


def talk_in(title: str) -> frozenset[str]:
    """The words of talk that a title has."""
    return frozenset(talk().keys() & set(_parts(title, LONGEST_WORD)))


def _parts(text: str, longest: int) -> Iterator[str]:
    for start in range(len(text)):
        for length in range(1, min(longest, len(text) - start) + 1):
            yield text[start : start + length]


@cache
def generic_words() -> frozenset[str]:
    """Words of titles that name no task."""
    return frozenset(word for line in lines_of("generic_words.txt") for word in line.split())


@cache
def report_words() -> frozenset[str]:
    """Words of any report, and those of titles that name no task."""
    words = (word for line in lines_of("report_words.txt") for word in line.split())
    return generic_words().union(words)


@cache
def report_reach() -> dict[str, int]:
    """The first three letters of words of any report → how long the longest of them is."""
    return longest_of(report_words())
