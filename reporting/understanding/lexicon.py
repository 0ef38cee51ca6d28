"""General knowledge, kept as data: words that name no task, kinds of task, their talk, sounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LONGEST_WORD = 10
TELLING, HINTING = 1.0, 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A kind of task: what titles name it, what rules it out, how strongly talk points to it."""

    name: str
    triggers: tuple[str, ...]
    barred: tuple[str, ...]
    words: tuple[tuple[str, float], ...]

    def names(self, title: str) -> bool:
        """Whether a task so titled is of this kind."""
        return any(word in title for word in self.triggers) and not any(
            word in title for word in self.barred
        )


def lines_of(name: str) -> Iterator[str]:
    """The lines of a file of words, without its remarks."""
    text = files("reporting.understanding").joinpath(name).read_text("utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip().lower()


def _concept(line: str) -> Concept:
    name, triggers, telling, hints = (part.split() for part in line.split("|"))
    barred = tuple(word[1:] for word in triggers if word.startswith("!"))
    triggers = [word for word in triggers if not word.startswith("!")]
    strengths = dict.fromkeys(hints, HINTING) | dict.fromkeys(telling + triggers, TELLING)
    words = tuple((word, weight) for word, weight in strengths.items() if len(word) > 1)
    return Concept(name=name[0], triggers=tuple(triggers), barred=barred, words=words)


@cache
def concepts() -> tuple[Concept, ...]:
    """Every kind of task of `lexicon.txt`."""
    return tuple(_concept(line) for line in lines_of("lexicon.txt"))


@cache
def talk() -> dict[str, tuple[tuple[int, float], ...]]:
    """Word of talk → the concepts it points to (by position in `concepts`) and how strongly.

    A word of many kinds of task tells little about each.
    """
    found: dict[str, list[tuple[int, float]]] = {}
    for number, concept in enumerate(concepts()):
        for word, weight in concept.words:
            found.setdefault(word, []).append((number, weight))
    return {
        word: tuple((number, weight / len(pointing) ** 0.5) for number, weight in pointing)
        for word, pointing in found.items()
    }


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
def sounds() -> dict[str, str]:
    """Character → the first character of those that sound like it, tones apart."""
    table: dict[str, str] = {}
    for line in lines_of("homophones.txt"):
        for character in line:
            table.setdefault(character, line[0])
    return table
