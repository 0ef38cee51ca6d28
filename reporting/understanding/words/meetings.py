"""The known words of a text, and words that only stand there because two others meet."""

from collections.abc import Iterator
from functools import cache

from reporting.understanding.words.lexicon import LONGEST_WORD, generic_words, longest_of, talk


@cache
def _known() -> frozenset[str]:
    """Words of any title, and words of talk."""
    return frozenset(generic_words()) | talk().keys()


@cache
def _reach() -> dict[str, int]:
    """The first three letters of these → how long the longest of them is."""
    return longest_of(_known())


def known_words(text: str) -> Iterator[tuple[int, str]]:
    """The known words of a text and where they stand, the longest first from the left."""
    place, known, longest = 0, _known(), _reach()
    while place < len(text):
        most = min(longest.get(text[place : place + 3], 2), len(text) - place)
        words = (text[place : place + n] for n in range(most, 0, -1))
        word = next((word for word in words if word in known), "")
        if word:
            yield place, word
        place += len(word) or 1


def meetings(text: str) -> frozenset[int]:
    """Where words of two letters only stand because two others meet: 公[路改]造, 绿[化工]程."""
    words = [(place, place + len(word)) for place, word in known_words(text) if len(word) > 1]
    met = {end for _, end in words}.intersection(start for start, _ in words)
    met.update(cut for start, end in words for cut in _joints(text, start, end))
    known = (place - 1 for place in met if text[place - 1 : place + 1] in talk())
    return frozenset(place for place in known if not _begins_longer(text, place))


def _joints(text: str, start: int, end: int) -> Iterator[int]:
    """Where a long word is made of two: 绿化|工程."""
    for cut in range(start + 2, end - 1):
        if text[start:cut] in _known() and text[cut:end] in _known():
            yield cut


def _begins_longer(text: str, place: int) -> bool:
    """Whether two letters begin a longer word: 县[中医]院, although 县中 and 医院 are words too."""
    return any(text[place : place + length] in talk() for length in range(3, LONGEST_WORD))
