"""Codes that are more than a number, and lists of them: 民1、2, A-12, B04、C06, 3-2, 3.2, (五)7."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from reporting.understanding.naming.codes import (
    BEGIN,
    BEGINS,
    ENDS,
    MARK,
    ONE,
    CodeMention,
    code_key,
    numbers_in,
)
from reporting.understanding.words.counters import COUNT, COUNTED
from reporting.understanding.words.numerals import read_number

# Names and grades that begin like a code: a3地块, b1层, c30混凝土.
_GRADE = re.compile(r"\s*(?:地块|层|砼|混凝土|级|座|区|栋|楼|标段|匝道|出口|馆|厅|井|墩|证|照|纸)")
# What numbers from one to another name: 1-3号厂房, 4-8#楼.
_THINGS = re.compile(
    r"\s*(?:厂房|[楼栋幢仓库棚井池船桥墩塔炉窑梁]|机组?|泊位|车间|地块|锅炉|岸桥|支渠|宿舍|公寓)"
)
_NAME = re.compile(r"(?![除和与及跟把对将报是的])[\u4e00-\u9fff](?=[a-z])")  # 我镇b11涉及
_BEFORE = "前头|前面|刚才|[上这]条|上面|[那这]个|更正|[报写填发]的|[昨前今]天|上[次回午]|早上|下午"
_PLACE = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
# A code of two numbers, however it is joined: 3-2, 3.2, 第3-2项, (五)7, 五-7, 五(7), 五7.
_DOUBLE = re.compile(
    rf"(?:(?<![\w.%-])|(?<=[第、和与及跟到至除把对将的{ENDS}])|(?<=其中|{_BEFORE}))(?:第|任务|事项|编号|序号|项目)?(?P<part>\({_PLACE}\)|{_PLACE})"
    rf"(?:\s?[-._]{{1,2}}\s?|(?<=\))|(?=\()|(?<=[一二三四五六七八九十])(?=\d))第?(?P<of>\(\d{{1,3}}\)|\d{{1,3}})(?![\d.]*\d|%|-\d(?![\d.]*%))(?:号|项|#)?"
)
_PART_OF = re.compile(
    rf"第(?P<part>{_PLACE})(?:部分|大项|板块|章|类|大类)(?:的|里|中)?第?(?P<of>\d{{1,3}}|{_PLACE})[条项个号]"
)
_TO = re.compile(r"\s*(?:到|至|-|~)\s*")
_UP_TO = re.compile(r"(?:到|至|-|~)\s*$")
_LINK = re.compile(r"\s*(?:[、,和与及跟/~-]|到|至)?\s*")
_MORE = re.compile(rf"\s*[、和与及跟/]\s*第?(\d{{1,3}}){MARK}?+(?![\d.%-]|{COUNT})")
# A decimal behind a code: one of a list, unless a blank sets it apart as the value (1.1 5.6).
_LISTED = re.compile(r"\S|\s[\d.]+(?=[ \t]\d+\.\d|[\u4e00-\u9fff])")
# What is said of one code before the next follows a blank: 3.1 39% 3.2 完工17座 3.3 正常.
_SAID = re.compile(
    rf"(?:[%√×]|(?<![目指活日])[{ENDS}后进建半毕收批过位]"
    rf"|[\d一二两三四五六七八九十百千万半]{COUNT}[\u4e00-\u9fff]{{0,2}})(?:\([^()]*\)|!)?\s+$"
)
_NEAR = 40  # letters
_MARKED = re.compile(r"[第任事编序项].*|.*[号项#]")
_HEADS = re.compile(r"(?:^|[\n,;。、(\[√×])\s*$")
_HEADED = re.compile(
    r"[\s:、a-z\u4e00-\u9fff√×=)\]]|,(?=\d)|[/~](?=\d+\.\d)|-(?=\d{1,3}%|[\u4e00-\u9fff])"
)


def special_codes(
    text: str, codes: "SpecialCodes", is_own: Callable[[str], bool]
) -> Iterator[CodeMention]:
    """Codes that are more than a number: 民3, 民1、2, A-12, B04、C06, 3-2, (五)7."""
    if codes.prefixed:
        for found in codes.prefixed.finditer(text):
            numbers = tuple(_prefixed(found["prefix"] + found["list"], codes, is_own))
            apart = text[found.end() : found.end() + 1].isspace()  # 民3 项目开工
            apart |= found["prefix"].isascii()  # nor does e3平坝园
            counts = not apart and COUNTED.match(text, found.end())
            counts = counts or _GRADE.match(text, found.end())
            if numbers and not counts:
                inside = found.start() > 0 and _NAME.match(text, found.start() - 1) is not None
                yield CodeMention(
                    start=found.start(), end=found.end(), codes=numbers, counting=inside
                )
    if codes.pairs:
        yield from _pairs(text, codes.pairs)
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
    listed = not _TO.search(numbers)
    for place, number in enumerate(numbers_in(numbers.rstrip("、,和与及跟/ "))):
        whole = prefix + number
        may_be_plain = listed and place > 0 and number in known
        alone = whole not in known or (is_own(number) and not is_own(whole))
        yield number if may_be_plain and alone else whole


def _pairs(text: str, known: Mapping[tuple[str, str], str]) -> Iterator[CodeMention]:
    """Codes of two numbers, and lists of them: 3-2, 第三部分第2条, 5-1到5-3, 3-2、4、5."""
    end, last = -1, ("", "")
    both = [*_PART_OF.finditer(text), *_DOUBLE.finditer(text)]
    for found in sorted(both, key=lambda match: match.start()):
        pair = _double(found)
        linked = end >= 0 and bool(_LINK.fullmatch(text, end, found.start()))
        if found.start() < end or pair not in known:
            continue
        before = max(end, found.start() - _NEAR)
        follows = end >= 0 and bool(_SAID.search(text, before, found.start()))
        if not _is_code(found, linked, follows):
            continue
        spoken = [pair]
        if linked and pair[0] == last[0] and _TO.fullmatch(text, end, found.start()):
            spoken = [(pair[0], str(n)) for n in range(int(last[1]) + 1, int(pair[1]) + 1)]
        end, last = found.end(), pair
        while (more := _MORE.match(text, end)) and (pair[0], more[1]) in known:
            spoken.append((pair[0], more[1]))
            end = more.end()
        codes = tuple(known[one] for one in spoken if one in known)
        yield CodeMention(start=found.start(), end=end, codes=codes)


def _is_code(found: re.Match[str], linked: bool, follows: bool) -> bool:
    """Whether it is no count (1-4月) and no decimal: 3.2 is a code as a heading or in a list.

    `follows` where something has been said of the code before it.
    """
    text, start = found.string, found.start()
    if found.re is _PART_OF:
        return True
    first, second = map(int, _double(found))
    may_count = "-" not in found[0] or first < second  # 1-4月, 5.2公里; no 5-3村均126万
    if may_count and found[0][-1] in "号#" and _THINGS.match(text, found.end()):
        return False
    if (may_count and COUNTED.match(text, found.end())) or (
        text[start - 1 : start] in {"/", "~"} and not linked
    ):
        return False
    if text[start - 1 : start] in {*ENDS} and not text[found.end() : found.end() + 1].isdigit():
        return bool(BEGINS.match(text, found.end()))
    heads = (follows or _HEADS.search(text, 0, start)) and _HEADED.match(text, found.end())
    return (
        "." not in found[0]
        or bool(heads or _MARKED.fullmatch(found[0]))
        or (linked and bool(_LISTED.match(text, start - 1)))
    )


def _double(found: re.Match[str]) -> tuple[str, str]:
    first, second = (read_number(found[part].strip("()")) or 0 for part in ("part", "of"))
    return str(int(first)), str(int(second))


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialCodes:
    """How the codes of a plan that are more than a number are found."""

    prefixed: re.Pattern[str] | None
    prefixes: tuple[str, ...]  # 民, b, c
    literal: re.Pattern[str] | None
    pairs: Mapping[tuple[str, str], str]  # of 3-2, (五)7: both numbers → the code
    keys: frozenset[str]


def special_patterns(codes: Iterable[str]) -> SpecialCodes:
    """Patterns for the codes of one plan that are not plain numbers."""
    keys = [code_key(code) for code in codes]
    split = {key: re.fullmatch(r"([a-z\u4e00-\u9fff]{1,4})-?(\d{1,3})", key) for key in keys}
    prefixes = sorted({found[1] for found in split.values() if found}, key=len, reverse=True)
    doubles = {key: _DOUBLE.fullmatch(key) for key in keys if not split[key]}
    pairs = {_double(found): key for key, found in doubles.items() if found}
    known = {*pairs.values()}
    literals = [key for key in keys if not (key.isdigit() or split[key] or key in known)]
    prefix = "|".join(map(re.escape, prefixes))
    pair = r"|-\d" if pairs else ""  # 民1、4-1 names 4-1, where there are codes like it
    return SpecialCodes(
        prefixed=re.compile(
            rf"(?:(?<!\w)|(?<=[\u4e00-\u9fff])(?<![块楼区座栋号段标型线机库井级股])(?=[a-z])|(?<=[{ENDS}])(?=(?:{prefix})-?\d{{1,3}}{BEGIN})|(?<=除)(?=(?:{prefix})-?\d)|(?<=除了|{_BEFORE})(?=(?:{prefix})-?\d))(?:第|任务|事项|编号|序号)?(?:民生)?(?P<prefix>{prefix})"
            r"(?:生实事|生|实事|事项目|事|议案?|案|类)?[ "
            rf"-]?第?"
            rf"(?P<list>{ONE}{MARK}?+(?:(?:\s*(?:[、和与及跟/~-]|至|到)\s*(?:{prefix})?|\s*,?\s*(?:{prefix}))"
            rf"第?{ONE}{MARK}?+(?!\.?\d|%|{COUNT}{pair})){{0,30}}+)"
        )
        if prefixes
        else None,
        prefixes=tuple(prefixes),
        literal=re.compile(
            r"(?<![\w.])(?:" + "|".join(map(re.escape, literals)) + r")(?:号|项|#)?(?![\d.%])"
        )
        if literals
        else None,
        pairs=pairs,
        keys=frozenset(keys),
    )
