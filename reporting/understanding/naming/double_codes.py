"""Codes of two numbers, however they are joined: 3-2, 3.2, 第3-2项, (五)7, 五-7, 五7, 三杠二."""

import re
from collections.abc import Iterator, Mapping

from reporting.understanding.naming.code_places import (
    BEFORE,
    BEGINS,
    ENDS,
    without_inline_ordinals,
)
from reporting.understanding.naming.codes import MARK, CodeMention
from reporting.understanding.words.counters import COUNT, COUNTED
from reporting.understanding.words.numerals import read_number

# What numbers from one to another name: 1-3号厂房, 4-8#楼.
_THINGS = re.compile(
    r"\s*(?:厂房|[楼栋幢仓库棚井池船桥墩塔炉窑梁]|机组?|泊位|车间|地块|锅炉|岸桥|支渠|宿舍|公寓)"
)
_PLACE = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_DOUBLE = re.compile(
    rf"(?:(?<![\w.%-])|(?<=[第、和与及跟到至除把对将的{ENDS}])|(?<=其中|{BEFORE}))(?:第|任务|事项|编号|序号|项目)?(?P<part>\({_PLACE}\)|{_PLACE})"
    rf"(?:\s?[-._]{{1,2}}\s?|(?<=\))|(?=\()|(?<=[一二三四五六七八九十])(?=\d))第?(?P<of>\(\d{{1,3}}\)|\d{{1,3}}(?![\d.]*\d|%|-\d(?![\d.]*%)))(?:号|项|#)?"
)
_PART_OF = re.compile(
    rf"第(?P<part>{_PLACE})(?:部分|大项|板块|章|类|大类)(?:的|里|中)?第?(?P<of>\d{{1,3}}|{_PLACE})[条项个号]"
)
_SPOKEN = re.compile(rf"(?P<part>{_PLACE})[杠之]第?(?P<of>\d{{1,3}}|{_PLACE})[项号]?(?!{COUNT})")
# 三、2 where the plan has (三)2; in another plan 三、 numbers what follows.
_UNDER = re.compile(
    rf"(?:(?<![\w、])|(?<={BEFORE}))(?P<part>[一二三四五六七八九十]{{1,3}})、(?P<of>\d{{1,3}})[号项]?(?![\d.、])"
)
TO = re.compile(r"\s*(?:到|至|-|~)\s*")
_LINK = re.compile(r"\s*(?:[、,和与及跟/~-]|到|至)?\s*")
_MORE = re.compile(rf"\s*[、和与及跟/]\s*第?(\d{{1,3}}){MARK}?+(?![\d.%_]|\s?-|{COUNT})")
# A decimal behind a code: one of a list, unless a blank sets it apart as the value (1.1 5.6).
_LISTED = re.compile(r"\S|\s[\d.]+(?=[ \t]\d+\.\d|[ \t]*[均都皆全]|[\u4e00-\u9fff])")
# What is said of one code before the next follows a blank: 3.1 39% 3.2 完工17座 3.3 正常.
_SAID = re.compile(
    rf"(?:[%√×]|百分之[零一二三四五六七八九十百点]{{1,6}}|(?<![目指活日])[{ENDS}后进建半毕收批过位]"
    rf"|[\d一二两三四五六七八九十百千万半]{COUNT}[\u4e00-\u9fff]{{0,2}})(?:\([^()]*\)|!)?\s+$"
)
_NEAR = 40  # letters
_MARKED = re.compile(r"[第任事编序项].*|.*[号项#]")
_HEADS = re.compile(
    rf"(?:^|[\n,;。、(\[√×]|{BEFORE}|[更纠订]正(?:一下)?:|(?:任务|项目|事项|编号):)\s*$"
)
_HEADED = re.compile(
    r"[\s:、a-z\u4e00-\u9fff√×=)\]]|,(?=[\d已完正总未没目现进累])|[/~](?=\d+\.\d)|-(?=\d{1,3}%|[\u4e00-\u9fff])"
)


def double_codes(
    text: str, known: Mapping[tuple[str, str], str], *, bracketed: bool
) -> Iterator[CodeMention]:
    """Codes of two numbers, and lists of them: 3-2, 第三部分第2条, 5-1到5-3, 3-2、4、5.

    Where the plan writes (三)2 (`bracketed`), 三、2 is one too.
    """
    end, last = -1, ("", "")
    text = without_inline_ordinals(text)
    shapes = (_PART_OF, _SPOKEN, _DOUBLE, *([_UNDER] if bracketed else ()))
    both = (found for shape in shapes for found in shape.finditer(text))
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
        if linked and pair[0] == last[0] and TO.fullmatch(text, end, found.start()):
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
    if found.re is not _DOUBLE:
        return True
    first, second = map(int, _double(found))
    may_count = "-" not in found[0] or first < second  # 1-4月, 5.2公里; no 5-3村均126万
    may_count &= not (found[0].startswith("第") and text.startswith("条", found.end()))
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


def double_code(key: str) -> tuple[str, str] | None:
    """The two numbers of a code, if it is made of two."""
    found = _DOUBLE.fullmatch(key)
    return _double(found) if found else None
