"""The numbered question, and reading what a person answers to it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from reporting.understanding.dialogue.question import (
    Answer,
    Choice,
    Chosen,
    NoneOfThem,
    NotAnAnswer,
    Question,
    WrongNumber,
)
from reporting.understanding.naming.codes import code_key
from reporting.understanding.naming.marked_codes import marked_codes
from reporting.understanding.outcome import Doubt
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.numerals import read_number

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3}|[①-⑳])"
_JOIN = r"\s*(?:[、,.;/&+]|和|与|及|跟|还有|以及|\s)\s*"
_PICK = re.compile(
    rf"(?:(?:我|是|就是|应该|应该是|应是|选择?|选项|答案?|答|报的|回复|:|的|那个|说的)\s*)*(?:第)?({_NUMBER}(?:个|条|项|号|吧|呀|啊)?"
    rf"(?:{_JOIN}第?{_NUMBER}(?:个|条|项|号)?)*)\s*(?:个|条|项|吧|的|呀|啊|哈|都是|都要|都对|是|对|就是这个|,?谢谢)*"
)
_NONE = re.compile(
    r"(?:以上|上面|这些|几个|它们?)?(?:一个)?(?:都|全|全都|通通|均)(?:不是|不对|没有|错了?|不符|不属于)(?:的|了|啊|呀|哈|我的|我们的)*"
    r"|(?:没有|无)(?:一个)?(?:对的|我的|我要的|正确的|合适的|一项是?)?|不是(?:这些|这几个|以上|我的|这个)?(?:任务)?的?|0|零|以上都不是.{0,4}"
)
_ALL = re.compile(
    r"(?:以上|上面|这些|几个)?(?:全|全部|全都|都)(?:是|对|报|选|要|算)?(?:的|了|啊|呀)*|全选|所有"
)
_DIGITS = re.compile(_NUMBER)
_FRAGMENT_LEAST = 2
_EDGES = " \n。.!;,:、?"
_SAID_AROUND = re.compile(
    r"^(?:我?(?:说|报|指|写|讲)的(?:就?是)?|应该?是|就?是|那个|这个|选)+|(?:那一?[个项件条]|这一?[个项件条]|的|吧|呀|啊|哈)+$"
)
_SO_MANY = re.compile(
    r"(?:这|那|以上|上面)?([两二三四五六2-6])[个项件条](?:全?都|都)(?:是|对|有|要|报|选|算)?(?:的|了)*"
)
_LONGEST_ANSWER = 40


def pose(doubts: tuple[Doubt, ...]) -> Question:
    """One question over all doubts; its choices are numbered on from 1, or as they were before."""
    choices: list[Choice] = []
    for place, doubt in enumerate(doubts):
        numbers = count(doubt.first or len(choices) + 1)
        choices += [
            Choice(number=next(numbers), doubt=place, task=task) for task in doubt.candidates
        ]
    return Question(doubts=doubts, choices=tuple(choices))


def left_over(question: Question, decided: Iterable[Choice]) -> tuple[Doubt, ...]:
    """The doubts an answer passed over, under their numbers: the old question may be looked at."""
    settled = {choice.doubt for choice in decided}
    return tuple(
        replace(doubt, first=next(one.number for one in question.choices if one.doubt == place))
        for place, doubt in enumerate(question.doubts)
        if place not in settled and doubt.candidates
    )


def read_answer(text: str, question: Question, titles: "Titles" = ()) -> Answer:
    """What a text answers: numbers, 都不是, a task's code or part of its title, or no answer.

    `titles` are (task code, title) pairs of the candidates, for answers by name.
    """
    words = plain(text).strip(" \n。.!,;:、?")
    if not words or len(words) > _LONGEST_ANSWER:
        return NotAnAnswer()
    if _NONE.fullmatch(words):
        return NoneOfThem()
    so_many = _SO_MANY.fullmatch(words)
    if so_many and read_number(so_many[1]) == len(question.choices):
        return Chosen(choices=question.choices)
    if _ALL.fullmatch(words) and _one_each(question):
        return Chosen(choices=question.choices)
    return (
        _by_code(words, question)
        or _by_number(words, question)
        or _by_title(words, question, titles)
    )


Titles = Sequence[tuple[str, str]]


def code_alone(text: str, codes: Sequence[str]) -> str | None:
    """The one of these codes that is all a text says: 12号, 是第12项, 12."""
    words = _SAID_AROUND.sub("", plain(text).strip(_EDGES))
    keys = {code_key(code): code for code in codes}
    return keys.get(code_key(words)) if len(words) <= _LONGEST_ANSWER else None


def _one_each(question: Question) -> bool:
    """Whether "all of them" can be meant: no two choices exclude each other's doubt."""
    return len({choice.doubt for choice in question.choices}) == len(question.choices)


def _by_code(words: str, question: Question) -> Answer | None:
    """A code that is no choice's number names a candidate: 84号, 第84项, 84, 民3."""
    numbers = {str(choice.number) for choice in question.choices}
    keys = {code_key(choice.task): choice for choice in question.choices}
    if (found := keys.get(code_key(words))) and code_key(words) not in numbers:
        return Chosen(choices=(found,))
    mentions = [m for m in marked_codes(words) if m.end - m.start == len(words)]
    codes = [code for mention in mentions for code in mention.codes]
    if codes and all(code in keys and code not in numbers for code in codes):
        return Chosen(choices=tuple(keys[code] for code in codes))
    return None


def _by_number(words: str, question: Question) -> Answer | None:
    found = _PICK.fullmatch(words)
    if not found:
        return None
    offered = {choice.number: choice for choice in question.choices}
    picked = list(dict.fromkeys(_read(found[1])))
    wrong = next((number for number in picked if number not in offered), None)
    if wrong is not None:
        return WrongNumber(number=wrong)
    return Chosen(choices=tuple(offered[number] for number in picked))


def _read(words: str) -> Iterator[int]:
    for found in _DIGITS.finditer(words):
        value = read_number(found[0]) if not "①" <= found[0] <= "⑳" else ord(found[0]) - 0x245F
        if value is not None:
            yield int(value)


def _by_title(words: str, question: Question, titles: Titles) -> Answer:
    """Part of exactly one candidate's title."""
    words = _SAID_AROUND.sub("", words)
    if len(words) < _FRAGMENT_LEAST or re.fullmatch(r"[\d.%]+", words):
        return NotAnAnswer()
    named = {code for code, title in titles if words in plain(title)}
    chosen = tuple(choice for choice in question.choices if choice.task in named)
    if chosen and len({choice.task for choice in chosen}) == 1:
        return Chosen(choices=chosen)
    return NotAnAnswer()
