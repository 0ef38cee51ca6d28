"""Reading a message once against a plan: every word, letter pair and amount that a task knows."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from reporting.understanding.choice.tone import vagueness
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.naming.titles import NAMING, things, tokens
from reporting.understanding.naming.unit_names import UnitMention, is_signature
from reporting.understanding.parts.background import addressed, backgrounds
from reporting.understanding.parts.extract import LONGEST
from reporting.understanding.values.measure import Target, amounts, rates
from reporting.understanding.words.lexicon import reach, report_reach, report_words, talk, word_at
from reporting.understanding.words.meetings import meetings
from reporting.understanding.words.numerals import MOST, find_shares
from reporting.understanding.words.sounds import mended, misspelled, sound

_NUMERAL = re.compile("(?:百分之)?[零〇一二两三四五六七八九十百千万亿点]{2,}")
_STRETCH = re.compile(r"[^,;。!?、\s]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something in the text that some titles or kinds of task know; `kind` says which table."""

    start: int
    kind: str
    key: str
    pointing: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A message read once against a plan: every hit and amount, by place."""

    text: str
    hits: tuple[Hit, ...]
    content: int  # a bit for each letter that is not part of a word of any report
    amounts: tuple[tuple[int, Target], ...]
    shares: tuple[tuple[int, float], ...]
    units: tuple[UnitMention, ...]
    signatures: int  # a bit for each letter of a unit's name
    things: tuple[tuple[int, str], ...]  # the numbered ones: 3号泊
    stretches: int  # how many there are between stops and blanks
    vague: float  # log odds that it was asked about rather than recorded, by its sound

    def within(self, spans: Sequence[tuple[int, int]]) -> Iterator[Hit]:
        """The hits that begin in these stretches, which are in order."""
        for start, end in spans:
            first = bisect_left(self.hits, start, key=attrgetter("start"))
            last = bisect_left(self.hits, end, key=attrgetter("start"))
            yield from self.hits[first:last]


def read(text: str, index: PlanIndex) -> Reading:
    """Find everything in the text that any task knows."""
    units = tuple(index.names.find(text))
    heard, hits = _heard(text, index, units)
    content = _content(heard) | _numbered(hits)
    hits += _letters(heard, content, index)
    hits = _foreground(_outside(hits, addressed(text, units)), backgrounds(text))
    hits.sort(key=lambda hit: hit.start)
    counted = (*amounts(text), *islice(rates(text), MOST))
    found = tuple((amount.start, amount.target) for amount in counted)
    shares = tuple((share.start, share.value) for share in islice(find_shares(text), MOST))
    signed = sum(letters(m.start, m.end) for m in units if is_signature(m, text))
    stretches = len(_STRETCH.findall(text))
    named = tuple(things(text))
    vague = vagueness(text, index.model)
    return Reading(
        text, tuple(hits), content, found, shares, units, signed, named, stretches, vague
    )


def _foreground(hits: list[Hit], spans: Iterable[tuple[int, int]]) -> list[Hit]:
    """The hits without those in the background, unless these alone name anything."""
    front = _outside(hits, spans)
    return front if any(map(_names, front)) else hits


def _outside(hits: list[Hit], spans: Iterable[tuple[int, int]]) -> list[Hit]:
    """The hits that begin in none of these stretches."""
    if not (kept := tuple(spans)):
        return hits
    return [hit for hit in hits if not any(a <= hit.start < b for a, b in kept)]


def _names(hit: Hit) -> bool:
    return hit.kind == "gram" and max(weight for _, weight in hit.pointing) >= NAMING


def _heard(text: str, index: PlanIndex, units: Iterable[UnitMention]) -> tuple[str, list[Hit]]:
    """The text with misspelled words put right, and what the plan knows of it."""
    hits = _found(text, index)
    if meant := misspelled(text):
        heard = mended(text, meant, _spelled(hits, units) | _phrased(text))
        return heard, hits if heard == text else _found(heard, index)
    return text, hits


def _found(text: str, index: PlanIndex) -> list[Hit]:
    return [*_tokens(text, index), *_pairs(text, index), *_talk(text)]


def _spelled(hits: Iterable[Hit], units: Iterable[UnitMention]) -> int:
    """A bit for each letter of words that stand there as they are."""
    words = {(hit.start, hit.start + len(hit.key)) for hit in hits if hit.kind in {"gram", "talk"}}
    bits = 0
    for start, end in words.union((unit.start, unit.end) for unit in units):
        bits |= letters(start, end)
    return bits


def letters(start: int, end: int) -> int:
    """A bit for each letter of a stretch."""
    return (1 << end) - (1 << start)


def _phrased(text: str) -> int:
    """A bit for each letter of words of any report, those of one letter apart."""
    known, bits = report_words(), 0
    for place in range(len(text) - 1):
        for length in (2, 3, 4):
            if text[place : place + length] in known:
                bits |= letters(place, place + length)
    return bits


def _content(text: str) -> int:
    known, longest, bits, place = report_words(), report_reach(), 0, 0
    counted = {found.start(): len(found[0]) for found in _NUMERAL.finditer(text)}
    while place < len(text):
        length = counted.get(place) or word_at(text, place, known, longest)
        if not length and ("\u4e00" <= text[place] <= "\u9fff" or text[place].isalpha()):
            bits |= 1 << place
        place += length or 1
    return bits


def _numbered(hits: Iterable[Hit]) -> int:
    """A bit for each digit of a name that the plan knows: 217线, 1958文创园."""
    bits = 0
    for hit in hits:
        if hit.key.isdigit():
            bits |= letters(hit.start, hit.start + len(hit.key))
    return bits


def _letters(text: str, content: int, index: PlanIndex) -> Iterable[Hit]:
    for place, letter in enumerate(text):
        if content >> place & 1 and (pointing := index.letters.get(letter)):
            yield Hit(place, "letter", letter, pointing)


def _tokens(text: str, index: PlanIndex) -> Iterable[Hit]:
    for start, key in tokens(text):
        if pointing := index.grams.get(key):
            yield Hit(start, "gram", key, pointing)


def _pairs(text: str, index: PlanIndex) -> Iterable[Hit]:
    sounds, known = sound(text), talk()
    for place in range(len(text) - 1):
        if not "\u4e00" <= text[place] <= "\u9fff":
            continue
        pair, triple = text[place : place + 2], text[place : place + 3]
        if pointing := index.grams.get(pair):
            yield Hit(place, "gram", pair, pointing)
        if pointing := index.grams.get(triple):
            yield Hit(place, "gram", triple, pointing)
        if (pointing := index.skips.get(pair)) and not _between(text, place, index):
            yield Hit(place, "skip", pair, pointing)
        if pointing := index.sounds.get(sounds[place : place + 2]):
            spelled = {number for number, _ in index.grams.get(pair, ())} if pair in known else ()
            meant = tuple(one for one in pointing if one[0] in spelled)
            yield Hit(place, "sound", pair, meant or pointing)  # 体检 is no [共]体建[设]


def _between(text: str, place: int, index: PlanIndex) -> bool:
    """Whether two letters are only where two written-out words meet: 疫[苗接]种."""
    before, after = text[max(place - 1, 0) : place + 1], text[place + 1 : place + 3]
    return before in index.grams and after in index.grams


def _talk(text: str) -> Iterable[Hit]:
    known, longest = talk(), reach()
    met = meetings(text) if len(text) <= LONGEST else frozenset[int]()
    for place in range(len(text) - 1):
        for length in range(2, longest.get(text[place : place + 3], 2) + 1):
            word = text[place : place + length]
            if (length > 2 or place not in met) and (pointing := known.get(word)):
                yield Hit(place, "talk", word, pointing)
