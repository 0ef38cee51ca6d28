"""How words sound: characters that share a syllable (tones apart), or one that is mixed up with it.

A pinyin keyboard offers another word of the same sound; who says zh as z, n as l, or eng as en, or
is heard so by a telephone, gets another word still.
"""

import re
from collections.abc import Sequence
from functools import cache

from reporting.understanding.words.lexicon import lines_of, longest_of, talk

_COUNTS = re.compile(r"[\d一二两三四五六七八九十百]")
# Words as good as those of talk that sound like them.
_REAL = frozenset(
    ("办下来", "办出来", "体验馆", "水务局", "水务部门", "台风季", "屠宰厂", "石料场", "拌和站")
)
LEAST = 3  # letters of a word that may be spelled by its near sound alone
_NEAR = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile("^n(?=.)"), "l"), (re.compile("ng$"), "n"))


@cache
def sounds() -> dict[int, str]:
    """Character → the first character of those that sound like it."""
    return {ord(letter): letters[0] for _, letters in _syllables() for letter in letters}


@cache
def _near_sounds() -> dict[int, str]:
    """Character → the first character of those that sound nearly like it."""
    first: dict[str, str] = {}
    for syllable, letters in _syllables():
        first.setdefault(_near(syllable), letters[0])
    return {ord(c): first[_near(syllable)] for syllable, letters in _syllables() for c in letters}


def sound(text: str) -> str:
    """How a text sounds, letter for letter."""
    return text.translate(sounds())


def near_sound(text: str) -> str:
    """How a text sounds to who does not tell zh from z, n from l, eng from en."""
    return text.translate(_near_sounds())


def misspelled(text: str) -> list[tuple[int, str]]:
    """Where words of talk seem to be meant by what sounds like them: 人才公遇, 技能陪训.

    In order of their places, the longest first; one letter in three may be wrong.
    """
    known, longest = _heard()
    sounds = near_sound(text)
    found: list[tuple[int, str]] = []
    for place in range(len(text) - LEAST + 1):
        for length in range(longest.get(sounds[place : place + LEAST], 0), LEAST - 1, -1):
            word = known.get(sounds[place : place + length])
            if word and _is_near(text[place : place + length], word):
                found.append((place, word))
    return found


def mended(text: str, meant: Sequence[tuple[int, str]], spelled: int) -> str:
    """The text with these words put right where no letter that is wrong makes sense.

    `spelled` has a bit for each letter of a word that stands there as it is.
    """
    told, end = list(text), 0
    for place, word in meant:
        wrong = (at for at, letter in enumerate(word, place) if text[at] != letter)
        if place >= end and not any(spelled >> at & 1 for at in wrong):
            end = place + len(word)
            told[place:end] = word
    return "".join(told)


def _is_near(said: str, word: str) -> bool:
    wrong = sum(a != b for a, b in zip(said, word, strict=True))
    return 0 < wrong * 3 <= len(word) and said not in _REAL


@cache
def _heard() -> tuple[dict[str, str], dict[str, int]]:
    """How words of talk nearly sound → the word; how they begin → the longest of them."""
    words = [word for word in talk() if len(word) >= LEAST and not _COUNTS.search(word)]
    known = {near_sound(word): word for word in words}
    return known, longest_of(known)


def _syllables() -> list[tuple[str, str]]:
    halves = (line.split() for line in lines_of("homophones.txt"))
    return [(syllable, characters) for syllable, characters in halves]


def _near(syllable: str) -> str:
    for pattern, folded in _NEAR:
        syllable = pattern.sub(folded, syllable)
    return syllable
