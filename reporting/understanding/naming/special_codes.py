"""Codes that are more than a number, and lists of them: 民1、2, A-12, B04、C06, 3-2, 3.2, (五)7."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporting.understanding.naming.code_places import BEFORE, BEGIN, ENDS
from reporting.understanding.naming.codes import (
    MARK,
    ONE,
    CodeMention,
    code_key,
    numbers_in,
)
from reporting.understanding.naming.double_codes import TO, double_code, double_codes
from reporting.understanding.words.counters import COUNT, COUNTED

# Names and grades that begin like a code: a3地块, b1层, c30混凝土.
_GRADE = re.compile(r"\s*(?:地块|层|砼|混凝土|级|座|区|栋|楼|标段|匝道|出口|馆|厅|井|墩|证|照|纸)")
_LEADS = "第|任务|事项|编号|序号"
_JOINS = "(?:[、和与及跟/~-]|至|到)"
_UP_TO = re.compile(r"(?:到|至|-|~)\s*$")
_NAME = re.compile(r"(?![除和与及跟把对将报是的])[\u4e00-\u9fff](?=[a-z])")  # 我镇b11涉及


def special_codes(
    text: str, codes: "SpecialCodes", is_own: Callable[[str], bool]
) -> Iterator[CodeMention]:
    """Codes that are more than a number: 民3, 民1、2, A-12, B04、C06, 3-2, (五)7."""
    if codes.prefixed:
        for found in codes.prefixed.finditer(text):
            numbers = tuple(_prefixed(found["prefix"] + found["list"], codes, is_own))
            apart = text[found.end() : found.end() + 1].isspace()  # 民3 项目开工
            apart |= found["prefix"].isascii()  # nor does e3平坝园
            end = found.end() + ("第" in found[0] and text.startswith(("件", "条"), found.end()))
            apart |= end > found.end()  # 民生第3件
            counts = not apart and COUNTED.match(text, found.end())
            counts = counts or _GRADE.match(text, found.end())
            if numbers and not counts:
                inside = found.start() > 0 and _NAME.match(text, found.start() - 1) is not None
                yield CodeMention(start=found.start(), end=end, codes=numbers, counting=inside)
    if codes.pairs:
        yield from double_codes(text, codes.pairs, bracketed=codes.bracketed)
    if codes.literal:
        for found in codes.literal.finditer(text):
            yield CodeMention(start=found.start(), end=found.end(), codes=(found[0],))


def without(text: str, mentions: Iterable[CodeMention]) -> str:
    """The text without the letters of codes found in it, every other letter in its place."""
    for mention in mentions:
        text = text[: mention.start] + "\0" * (mention.end - mention.start) + text[mention.end :]
    return text


def _prefixed(words: str, codes: "SpecialCodes", is_own: Callable[[str], bool]) -> Iterator[str]:
    """民1、2; b1至b3; c4、c6、f5: each number under the prefix it follows."""
    held, numbers = "", ""
    for part in re.split("(" + "|".join(map(re.escape, codes.prefixes)) + ")", words):
        if part not in codes.prefixes:
            numbers += part
        elif part != held or not _UP_TO.search(numbers):  # b1至b3 goes on
            yield from _under(held, numbers, codes.keys, is_own)
            held, numbers = part, ""
    yield from _under(held, numbers, codes.keys, is_own)


def _under(
    prefix: str, numbers: str, known: Collection[str], is_own: Callable[[str], bool]
) -> Iterator[str]:
    """The codes of a list behind a prefix: 民3、41号 ends in a plain 41 where there is no 民41."""
    listed = not TO.search(numbers)
    for place, number in enumerate(numbers_in(numbers.rstrip("、,和与及跟/ "))):
        whole = prefix + number
        may_be_plain = listed and place > 0 and number in known
        alone = whole not in known or (is_own(number) and not is_own(whole))
        yield number if may_be_plain and alone else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialCodes:
    """How the codes of a plan that are more than a number are found."""

    prefixed: re.Pattern[str] | None
    prefixes: tuple[str, ...]  # 民, b, c
    literal: re.Pattern[str] | None
    pairs: Mapping[tuple[str, str], str]  # of 3-2, (五)7: both numbers → the code
    bracketed: bool  # (五)7
    keys: frozenset[str]


def special_patterns(codes: Iterable[str]) -> SpecialCodes:
    """Patterns for the codes of one plan that are not plain numbers."""
    keys = [code_key(code) for code in codes]
    split = {key: re.fullmatch(r"([a-z\u4e00-\u9fff]{1,4})-?(\d{1,3})", key) for key in keys}
    prefixes = sorted({found[1] for found in split.values() if found}, key=len, reverse=True)
    doubles = {key: double_code(key) for key in keys if not split[key]}
    pairs = {found: key for key, found in doubles.items() if found}
    known = {*pairs.values()}
    literals = [key for key in keys if not (key.isdigit() or split[key] or key in known)]
    return SpecialCodes(
        prefixed=_prefixed_pattern(prefixes, bool(pairs)) if prefixes else None,
        prefixes=tuple(prefixes),
        literal=re.compile(
            r"(?<![\w.])(?:" + "|".join(map(re.escape, literals)) + r")(?:号|项|#)?(?![\d.%])"
        )
        if literals
        else None,
        pairs=pairs,
        bracketed=any(code.startswith("(") for code in known),
        keys=frozenset(keys),
    )


def _prefixed_pattern(prefixes: Sequence[str], in_pairs: bool) -> re.Pattern[str]:
    """Codes with one of these prefixes, and lists that begin with one: 民1、2, 第b04项和c06.

    民1、4-1 names 4-1 where there are codes of two numbers (`in_pairs`).
    """
    prefix = "|".join(map(re.escape, prefixes))
    again = rf"(?:{_LEADS})?(?:民生)?(?:{prefix})(?:生实事|生|实事|标)?[ -]?"
    begins = "|".join(
        (
            r"(?<!\w)",
            r"(?<=[\u4e00-\u9fff])(?<![块楼区座栋号段标型线机库井级股])(?=[a-z])",
            rf"(?<=[{ENDS}])(?=(?:{prefix})-?\d{{1,3}}{BEGIN})",
            rf"(?<=除)(?=(?:{prefix})-?\d)",
            rf"(?<=除了|{BEFORE})(?={again}第?[\d一二三四五六七八九十])",
            rf"(?<=[和与及跟/到至、])(?=(?:{_LEADS})(?:{prefix}))",
        )
    )
    first = rf"{ONE}(?:{MARK}|[件条](?=\s*[、和与及跟/]))?+"
    pair = r"|-\d" if in_pairs else ""
    more = rf"(?:第{ONE}[件条]|第?{ONE}{MARK}?+(?!\.?\d|%|{COUNT}{pair}))"
    return re.compile(
        rf"(?:{begins})(?:{_LEADS})?(?:民生)?(?P<prefix>{prefix})"
        r"(?:生实事|生|实事|事项目|事|议案?|案|类|标)?[ -]?第?"
        rf"(?P<list>{first}(?:(?:\s*{_JOINS}\s*(?:{again})?|\s*,?\s*{again}){more}){{0,30}}+)"
    )
