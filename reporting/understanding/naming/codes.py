"""Task codes in a reply: 12号, 第十二项, 64., 81#, 序号77, 民3, 3-2 and lists of them.

Not codes: 112号提案, 3号楼, 7月20号, 20号前, list ordinals, numbers that count something.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from reporting.understanding.naming.code_places import BEGIN, ENDS, LEAD_IN, without_ordinals
from reporting.understanding.words.counters import COUNT, COUNTED
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.numerals import read_number
from reporting.understanding.words.split import Clause, Cut

ONE = r"(?:\d{1,3}+(?!\.?\d|,\d{3}(?!\d))|[一二三四五六七八九十百零〇]{1,6}+)"
MARK = r"(?:号任务|号事项|号|项|#)"
_BARE = re.compile(
    rf"\s*(?:{LEAD_IN}|其余|其他|另外|还有|以及|另|除了?|剩下|(?:更正|订正|纠正|补充|补报)(?:一下)?[:,]?|[^,。;\d(]{{0,14}}(?:[项条件]|任务|事项|项目|名称|工作|情况|如下|汇?报告?|[汇通]报|汇总|小结|进[度展])\s*:|\[[^\[\]\d]{{2,14}}\]"
    rf"|[^,。;\d(]{{0,10}}(?:承担|负责|牵头|配合|名下|主办|协办|分管)(?:的|:))?的?\s*[(\[]?(?!(?:[01]?\d|2[0-4]):[0-5]\d(?![\d.%]|{COUNT}))"
    r"(?P<list>\d{1,3}(?:[)\]]?\s*[、,和与及跟/~]\s*[(\[]?\d{1,3}(?![\d.%])|[至到]\d{1,3}(?![\d.%])|[)\]]?\s+[(\[]?\d{1,3}(?=[\s)\]])){0,30})(?!\.?\d)"
    r"(?=[)\]]?(?:\s*[:.、)=-]?\s*(?:(?!q\b)[a-zⅰ-ⅻ\u4e00-\u9fff√×]|\d{1,3}(?:\.\d+)?%|$)|\s+\d[\d.]*[\u4e00-\u9fff]|(?<=\d\d\d)\s+\d{1,3}(?:\.\d+)?(?=[,;。\n]|$)|\s*:\s*\d"
    rf"|,(?:[已完正总未没目现进累]|\d{{1,3}}(?:\.\d+)?%|(?<=\d{{3}},)(?!\d{{3}}(?!\d))\d+(?:\.\d+)?[万亿]?{COUNT})|[/,](?=[a-z\u4e00-\u9fff]\d)))"
)
_HAN_ORDINAL = re.compile(r"\s*(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、)")
_INNER = re.compile(rf"(?<=[{ENDS}])[(\[]?(?P<code>\d{{1,3}}+)(?=[)\]]?{BEGIN})(?!{COUNT})")
_NUMBER = re.compile(ONE)
_RANGE = re.compile(rf"({ONE}){MARK}?\s*(?:-|~|至|到)\s*第?({ONE}){MARK}?")
_AND = re.compile(r"[\])]*(?:[ \t]*(?:[、,和与及跟/~]|至|到)[ \t]*|[ \t]+)[\[(]*")
_STANDS = (
    r"(?:已|现|目前|本月|累计|总体)*(?:完成|进度|达到?|推进到?)?(?:了|约|至|为)?\s*"
    r"(?:\d{1,3}(?:\.\d+)?%|百分之\S{1,4}|[一二三四五六七八九]成半?|正常(?:推进)?|按序时(?:推进)?)"
)
_ALONE = re.compile(rf"\W*(?P<code>\d{{1,3}}+)(?:号|项|条|#)?[\s:,、]*{_STANDS}\W*")
_BEHIND = re.compile(rf"\W*{_STANDS}\s*[(\[]+(?P<code>\d{{1,3}})[)\]]+\W*")
_KEY = re.compile(
    r"[\s号第项]|(?<!\d)\.|\.(?!\d)|(?<=[a-z\u4e00-\u9fff])-(?=\d)|(?<![\d.])0+(?=\d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMention:
    """A place where the text gives codes.

    `counting` is set where the same words may count things ("22项", "十八项"); `alias` where the
    task is named by a short name that the office has confirmed.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    counting: bool = False
    alias: str = ""

    def overlaps(self, other: "CodeMention") -> bool:
        """Whether both are made of the same letters."""
        return self.start < other.end and other.start < self.end


@lru_cache(maxsize=4_096)
def code_key(code: str) -> str:
    """The form under which a code is looked up."""
    return _KEY.sub("", plain(code))


def aliases(text: str, known: Mapping[str, str]) -> Iterator[CodeMention]:
    """Short names that the office has confirmed, alias → code, the longest first."""
    said = ((alias, code) for alias, code in known.items() if alias.strip() and alias in text)
    for alias, code in sorted(said, key=lambda pair: -len(pair[0])):
        start = text.find(alias)
        yield CodeMention(start=start, end=start + len(alias), codes=(code,), alias=alias)


def only_code(text: str) -> CodeMention | None:
    """The number of a text that says nothing but how far it is: 52 完成30%; 40项 66%; 80%(24)."""
    if not (found := _ALONE.fullmatch(text) or _BEHIND.fullmatch(text)):
        return None
    code = str(int(found["code"]))
    return CodeMention(start=found.start("code"), end=found.end("code"), codes=(code,))


def bare_codes(
    text: str, clauses: Sequence[Clause], is_own: Callable[[str], bool]
) -> Iterator[CodeMention]:
    """Bare numbers that begin a clause, count nothing and are all codes of the sender's tasks."""
    text = without_ordinals(text)
    ordinals, count = _ordinals(text, clauses), 0
    for clause in clauses:
        numbered = clause.start in ordinals or _HAN_ORDINAL.match(text, clause.start)
        found = _BARE.match(text, clause.head if numbered else clause.start)
        if not found or _counts(text, found.end(), clause):
            continue
        codes, end = tuple(numbers_in(found["list"])), found.end("list")
        if codes[:1] == (str(count + 1),) and not is_own(codes[0]):
            codes, count = codes[1:], count + 1  # 1、22:60%
        if " " in found["list"] and not all(map(is_own, codes)):
            codes, end = codes[:1], found.start("list") + len(found["list"].split()[0])  # 3 500
        if codes and all(map(is_own, codes)):
            yield CodeMention(start=found.start("list"), end=end, codes=codes)
            yield from _further(text, end, clause, is_own)


def _further(
    text: str, start: int, clause: Clause, is_own: Callable[[str], bool]
) -> Iterator[CodeMention]:
    """Bare codes further on in a clause that begins with one: 22已完成23在建."""
    for found in _INNER.finditer(text, start, clause.end):
        code = str(int(found["code"]))
        if is_own(code):
            yield CodeMention(start=found.start("code"), end=found.end("code"), codes=(code,))


def _counts(text: str, end: int, clause: Clause) -> bool:
    """Whether a bare number counts something; a blank after one that begins a line says no."""
    if clause.cut >= Cut.SENTENCE and text[end : end + 1].isspace():
        return False
    return bool(COUNTED.match(text, end))


def joined(mentions: Sequence[CodeMention], text: str) -> list[CodeMention]:
    """Mentions with nothing but a 、 or a blank between them are one: 40、44、民13."""
    found: list[CodeMention] = []
    for mention in mentions:
        named = mention.alias or (found and found[-1].alias)
        if found and not named and _AND.fullmatch(text, found[-1].end, mention.start):
            last = found[-1]
            codes = last.codes + mention.codes
            found[-1] = replace(last, end=mention.end, codes=codes)
        else:
            found.append(mention)
    return found


def _ordinals(text: str, clauses: Sequence[Clause]) -> frozenset[int]:
    """Where clauses are numbered 1, 2, 3 …: their numbers are ordinals, not codes."""
    heads = [
        (clause.start, int(number[1]))
        for clause in clauses
        if clause.head > clause.start and (number := re.match(r"\W*(\d+)", clause.words))
    ]
    numbers = [number for _, number in heads]
    if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):
        return frozenset(start for start, _ in heads)
    return frozenset()


def numbers_in(words: str) -> Iterator[str]:
    """The numbers of a list or a run: 3、5; 3-5."""
    between = _RANGE.fullmatch(words.strip())
    if between:
        first, last = (read_number(part) for part in between.groups())
        if first and last and 0 < last - first < 12:
            yield from (str(n) for n in range(int(first), int(last) + 1))
            return
    for found in _NUMBER.finditer(words):
        value = read_number(found[0])
        if value:
            yield str(int(value))
