"""The known words of a text, and words that only stand there because two others meet."""

from collections.abc import Iterator

from reporting.understanding.words.lexicon import LONGEST_WORD, generic_words, talk


def known_words(text: str) -> Iterator[tuple[int, str]]:
    """The known words of a text and where they stand, the longest first from the left."""
    place, common, generic = 0, talk(), generic_words()
    while place < len(text):
        most = min(LONGEST_WORD, len(text) - place)
        words = (text[place : place + n] for n in range(most, 0, -1))
        word = next((word for word in words if word in generic or word in common), "")
        if word:
            yield place, word
        place += len(word) or 1


def meetings(text: str) -> frozenset[int]:
    """Where words of two letters only stand because two others meet: 省[外资]金, 绿[化工]程."""
    words = [(place, place + len(word)) for place, word in known_words(text) if len(word) > 1]
    met = {end for _, end in words}.intersection(start for start, _ in words)
    met.update(cut for start, end in words for cut in _joints(text, start, end))
    known = (place - 1 for place in met if text[place - 1 : place + 1] in talk())
    return frozenset(place for place in known if not _begins_longer(text, place))


def _joints(text: str, start: int, end: int) -> Iterator[int]:
    """Where a long word is made of two: 绿化|工程."""
    known, generic = talk(), generic_words()
    for cut in range(start + 2, end - 1):
        if all(half in known or half in generic for half in (text[start:cut], text[cut:end])):
            yield cut


def _begins_longer(text: str, place: int) -> bool:
    """Whether two letters begin a longer word: 县[中医]院, although 县中 and 医院 are words too."""
    return any(text[place : place + length] in talk() for length in range(3, LONGEST_WORD))
