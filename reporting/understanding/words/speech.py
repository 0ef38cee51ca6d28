"""What each word of a message does in it: who, what, when, how, an ask, a taking back …"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from reporting.understanding.words.lexicon import lines_of, longest_of, word_at

Does = frozenset[str]

_NOTHING: Does = frozenset()
_UNIT = re.compile(
    r"(?:(?![的了在到是我你您把给由请让向等去来和与]|没有|不)[\u4e00-\u9fff]){1,7}?"
    r"(?:局(?!部)|委员会|[改健]委|委办|镇|乡|街道|公司|集团|中心|支队|医院|学院|[府督]办|管委会)"
)
_LIFE: Does = frozenset({"life"})
_A_UNIT: Does = frozenset({"unit"})
_UNTOLD: Does = frozenset({"other"})  # a word that only looks like another
_FIRST = re.compile(  # what is read before any word is looked up
    r"(?P<fact>\d[\d.]*\s*(?:%|[万亿元亩米吨]|[平公][方里]|[个家户座台处套辆名人所栋宗件场次](?![月号]))"
    r"|百分之|[一二三四五六七八九]成(?!不)|[二三四五六七八九十百]+[家户座台套栋亩所]"
    r"|[修建铺拆挖盖浇砌搬种栽][好完掉齐通]|[改换装]完)"
    r"|(?P<day>(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?:月份?(?:\d{1,2}[号日]?|底|初|中旬?)?|[号日](?!任务|项)|点(?:半|钟)?(?![位多])))"
    r"|(?P<code>第?[一二三四五六七八九十\d]{1,3}(?:-\d{1,2})?"
    r"(?:号任务|[项条](?!消息|信息|短信))|民\d{1,2})"
    r"|(?P<number>\d+(?!\d*q)(?:\.\d+)?)"
    r"|(?P<asks>(?<=[^\W\d])(?:没有?|不|么|嘛没)(?=\W*$))"
)
_AT_FIRST: Mapping[str | None, Does] = {
    **{name: frozenset({name}) for name in ("fact", "code", "number", "asks")},
    "day": frozenset({"code", "day"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What is done in a message, in which order, and how many letters nobody knows.

    `strange` counts those as well that only speak of daily life.
    """

    does: Does
    words: tuple[Does, ...]
    unknown: int
    strange: int

    def only(self, allowed: Does) -> bool:
        """Whether each word does something of this."""
        return all(not word.isdisjoint(allowed) for word in self.words)


def all_of(names: str) -> Does:
    """Several things that words do, by their names."""
    return frozenset(names.split())


@lru_cache(maxsize=64)
def speech(text: str) -> Speech:
    """What the words of a normalised text do; the longest known word wins."""
    words: list[Does] = []
    unknown = strange = 0
    for place, length, does in words_of(text):
        if does:
            words.append(does)
        if not does or does == _LIFE:
            said = sum(map(str.isalnum, text[place : place + length]))
            unknown += 0 if does else said
            strange += said
    return Speech(does=_NOTHING.union(*words), words=tuple(words), unknown=unknown, strange=strange)


def words_of(text: str) -> Iterator[tuple[int, int, Does]]:
    """Each word's place, its length and what it does; letters of no known word stand alone."""
    place = 0
    while place < len(text):
        length, does = _word(text, place)
        yield place, length, does
        place += length


def _word(text: str, place: int) -> tuple[int, Does]:
    """The length of the word here and what it does; one letter that does nothing, if unknown."""
    if found := _FIRST.match(text, place):
        return found.end() - place, _AT_FIRST[found.lastgroup]
    known, longest = _words()
    if length := word_at(text, place, known, longest):
        does = known[text[place : place + length]]
        return length, does if does.isdisjoint(_UNTOLD) else _NOTHING
    unit = _UNIT.match(text, place)
    return (unit.end() - place, _A_UNIT) if unit else (1, _NOTHING)


@cache
def _words() -> tuple[dict[str, Does], dict[str, int]]:
    """Every word of `speech.txt`; their first three letters → the longest of them."""
    known: dict[str, Does] = {}
    for line in lines_of("speech.txt"):
        does, _, words = line.partition(":")
        for word in words.split():
            known[word] = known.get(word, _NOTHING) | {does}
    return known, longest_of(known)
