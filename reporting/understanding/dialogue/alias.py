"""Which words of a reply name its task: what an answer or a correction teaches the office."""

import re
from functools import cache

from reporting.understanding.choice.reading import letters, read
from reporting.understanding.knowledge import words_of
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.words.lexicon import LONGEST_WORD, report_words, talk
from reporting.understanding.words.normalise import plain

LONGEST_NAME, SHORTEST_NAME = 8, 2
READ = 200  # letters: a name stands at the beginning of what is said
_SIGN = re.compile(r"[a-z\u4e00-\u9fff]")
_NUMERALS = re.compile(
    r"[〇零一二两三四五六七八九十百千万亿半几多]{2,}|[一二三四五六七八九十百]+分之[一二三四五六七八九十百]+|月(?:底|初|末|中旬|上旬|下旬)?(?:之?前|起|止|份)?"
)
_TOWNS = "镇乡街县区市"
# How names of works and places end; one that ends otherwise has to be confirmed twice.
_ENDS_AS_NAME = re.compile(
    r"[楼院校馆库站桥路街园区村镇厂场线河湖江溪山塘坝店坊里巷湾岛港城府屯庄寨岭沟渠井寺庙祠塔亭苑洲滩"
    r"口关堡营墩埠圩垸闸泵潭峪坪坡]$|^[一二三四五六七八九十新老东西南北][中小幼高院]$|[a-z]"
)


@cache
def common_things() -> frozenset[str]:
    """Parts of any project, and people at any site."""
    lines = (
        line for line in words_of("common_things.txt").splitlines() if not line.startswith("#")
    )
    return frozenset(word for line in lines for word in line.split())


def telling_word(words: str, task: int, index: PlanIndex, units: frozenset[str]) -> str:
    """The first word that names this task and no other; empty where nothing does.

    Not figures and dates, words of any report or kind of work, unit names, or what speaks for
    another task of the sender.
    """
    text = plain(words)[:READ]
    known = _known(text, task, index, units)
    place = 0
    while place < len(text):
        if known >> place & 1 or not _SIGN.match(text[place]):
            place += 1
            continue
        end = place
        while end < len(text) and not known >> end & 1 and _SIGN.match(text[end]):
            end += 1
        if end - place >= SHORTEST_NAME:
            name = text[place:end]
            return name if _is_free(name, task, index) else ""
        place = end
    return ""


def looks_like_name(name: str, title: str) -> bool:
    """Whether one confirmation is enough: it ends as names do, or abbreviates the title."""
    if _ENDS_AS_NAME.search(name):
        return True
    whole = plain(title)
    letters_left = iter(whole)
    if name in whole:
        return len(name) > SHORTEST_NAME  # two letters of a title may be any word
    return all(letter in letters_left for letter in name)


def _known(text: str, task: int, index: PlanIndex, units: frozenset[str]) -> int:
    """A bit for each letter that is part of something that names no task or another one."""
    rivals = {number for number in index.own(units) if number != task}
    bits = 0
    for hit in read(text, index).hits:
        # A single letter that another title has too is chance.
        shared = hit.kind != "letter" and any(number in rivals for number, _ in hit.pointing)
        if hit.kind == "talk" or shared:
            bits |= letters(hit.start, hit.start + len(hit.key))
    for found in _NUMERALS.finditer(text):
        bits |= letters(*found.span())
    return bits | _listed(text) | _names(text, index)


def _listed(text: str) -> int:
    bits, words = 0, report_words() | common_things() | talk().keys()
    for place in range(len(text)):
        for length in range(1, LONGEST_WORD + 1):
            if text[place : place + length] in words:
                bits |= letters(place, place + length)
    return bits


def _names(text: str, index: PlanIndex) -> int:
    """The letters of any unit's name, and of its town without 镇 or 街道."""
    bits, parts = 0, frozenset[str]().union(*index.names.pairs.values())
    towns = {part[:2] for part in parts if len(part) == 3 and part[2] in _TOWNS}
    for place in range(len(text) - 1):
        if text[place : place + 3] in parts and len(text) - place > 2:
            bits |= letters(place, place + 3)
        if text[place : place + 2] in towns:
            bits |= letters(place, place + 2)
    return bits


def _is_free(name: str, task: int, index: PlanIndex) -> bool:
    """Whether it is short enough for a name and stands in no other task's title."""
    others = (entry.title for number, entry in enumerate(index.entries) if number != task)
    return len(name) <= LONGEST_NAME and not any(name in title for title in others)
