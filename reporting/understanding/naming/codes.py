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

ONE = r"(?:\d{1,3}+(?!\.?\d)|[一二三四五六七八九十百零〇]{1,6}+)"
MARK = r"(?:号任务|号事项|号|项|#)"
_LIST = re.compile(
    r"(?<![\d.年月之一二三四五六七八九十百零])(?P<before>第|序号|任务|编号|事项|实事(?!\d{1,3}[项件个])|no\.?|#)?\s*:?\s*"
    rf"(?P<list>(?>{ONE}(?:{MARK}|条(?=\s*[、和与及跟/]?\s*第))?(?:\s*(?:[、和与及跟/~-]|至|到)\s*(?:第{ONE}条|第?{ONE}{MARK}?)|\s*,\s*第?{ONE}{MARK}){{0,30}}))"
    rf"(?P<after>任务|[两二三四五六七八九]项|(?(before)条(?!\s*[\u4e00-\u9fff]{{0,3}}[路线街巷渠河沟管桥隧道])|(?!)))?"
)
_THING = re.compile(
    r"\s*(?:\d{1,3}[号#])*(?:楼|栋|幢|钢[构筋梁结]|机|线|桥|井|标|地块|馆|车间|厂|牛舍|牛棚|猪舍|大棚|棚|(?:那[个件份条]|的|重点)?(?:建议|提案|议案)|批复|批文|批示|文|函|令|公告|决议|纪要|泊位|码头|沉箱|宿舍|公寓|教学楼|别墅|水库|路|院|坝|隧道|泵|锅炉|炉"
    r"|窑|台|点|门|厅|库|出口|段|闸|渠|道|坑|矿|仓|站|塔|主变|生化池|池|基坑|梯|电梯|风机|商铺|单元|片区|之?前|以前|左右|园|院|馆|校|所(?!有)|墩|罐|船|房|柱|洞|井|装置|机组|仓|箱|塘|工区|标段|生产线|下午|上午"
    r"|晚|开会|截止|之?后|以后|那天|当天|通知|会议|到(?!位|账|货)|至|、\d#|个|家|名|次|轮|批|季度|期|阶段|工作|措施|制度|指标|任务数|机制|行动|改革|服务|举措)"
)
_BARE = re.compile(
    rf"\s*(?:{LEAD_IN}|其余|其他|另外|还有|以及|另|除了?|剩下|(?:更正|订正|纠正|补充|补报)(?:一下)?[:,]?|[^,。;\d(]{{0,14}}(?:[项条件]|任务|事项|工作|情况|如下|汇?报告?|[汇通]报|汇总|小结|进[度展])\s*:|\[[^\[\]\d]{{2,14}}\]"
    rf"|[^,。;\d(]{{0,10}}(?:承担|负责|牵头|配合|名下|主办|协办|分管)(?:的|:))?的?\s*[(\[]?(?!(?:[01]?\d|2[0-4]):[0-5]\d(?![\d.%]|{COUNT}))"
    r"(?P<list>\d{1,3}(?:[)\]]?\s*[、,和与及跟/~]\s*[(\[]?\d{1,3}(?![\d.%])|[至到]\d{1,3}(?![\d.%])|[)\]]?\s+[(\[]?\d{1,3}(?=[\s)\]])){0,30})(?!\.?\d)"
    r"(?=[)\]]?(?:\s*[:.、)=-]?\s*(?:(?!q\b)[a-zⅰ-ⅻ\u4e00-\u9fff√×]|\d{1,3}(?:\.\d+)?%|$)|\s+\d[\d.]*[\u4e00-\u9fff]|(?<=\d\d\d)\s+\d{1,3}(?:\.\d+)?(?=[,;。\n]|$)|\s*:\s*\d"
    rf"|,(?:[已完正总未没目现进累]|\d{{1,3}}(?:\.\d+)?%|(?<=\d{{3}},)(?!\d{{3}}(?!\d))\d+(?:\.\d+)?[万亿]?{COUNT})|[/,](?=[a-z\u4e00-\u9fff]\d)))"
)
_INNER = re.compile(rf"(?<=[{ENDS}])[(\[]?(?P<code>\d{{1,3}}+)(?=[)\]]?{BEGIN})(?!{COUNT})")
_INSIDE = re.compile(r"[\u4e00-\u9fff](?<![我报是了把对于将的和与及跟给写填成做说管干除]) ?$")
_HAN = re.compile(r"(?![完已正目本进达至没未还均全投竣开动推都累总和与及])[\u4e00-\u9fff]")
_NUMBER = re.compile(ONE)
_RANGE = re.compile(rf"({ONE}){MARK}?\s*(?:-|~|至|到)\s*第?({ONE}){MARK}?")
_BUILT = re.compile(rf"({ONE})(?:栋|幢|座|台|口|眼|孔|片|段|个(?:库|标段|泊位|车间|单体|井|闸))")
_MONTH = re.compile(r"(?:月|[本下上这]月)\s*(?:\d{1,2}\s*[-至到、]\s*)?$")
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


def marked_codes(text: str) -> Iterator[CodeMention]:
    """Codes that say they are codes: 12号, 第十二项, 序号77, 任务107, 81#, 18、19两项."""
    built = [(found.end(), read_number(found[1]) or 0) for found in _BUILT.finditer(text)]
    buildings = _buildings_from(text)
    text = without_ordinals(text)
    for found in _LIST.finditer(text):
        marked = re.search(f"{MARK}|条", found["list"])
        named = found["before"] and found["before"] != "第"  # 第一水厂 gives no code, 第一项 does
        if not (marked or named or found["after"]) or _of_building(found, buildings):
            continue
        if _MONTH.search(text, max(found.start("list") - 8, 0), found.start("list")):
            continue
        if _THING.match(text, found.end()):
            yield from _before_the_thing(found)
            continue
        ends_marked = re.search(rf"(?:{MARK}|条)$", found["list"]) or found["after"]
        if not ends_marked and COUNTED.match(text, found.end("list")):
            continue
        codes = tuple(numbers_in(found["list"]))
        if not codes:
            continue  # 第零项
        if (
            not found["before"]
            and _INSIDE.search(text, 0, found.start("list"))
            and _HAN.match(text, found.end())
        ):
            continue  # 物流中心1号冷库
        counting = not found["before"] and (
            len(codes) > 1 or not re.search(r"[号#]", found["list"])
        )
        if not found["before"] and _are_parts(built, found.start("list"), codes):
            continue
        # Blanks before the code are no part of it: they belong to no clause.
        start = found.start("before") if found["before"] else found.start("list")
        yield CodeMention(start=start, end=found.end(), codes=codes, counting=counting)


def _of_building(found: re.Match[str], start: int) -> bool:
    """Whether it numbers a building, since such are spoken of from `start` on."""
    return found.start() > start and "#" in found["list"]


def _buildings_from(text: str) -> int:
    """From where on 5# is a building: behind 1-4#厂房 it is no code."""
    lists = (found for found in _LIST.finditer(text) if "#" in found["list"])
    return next((f.end() for f in lists if _THING.match(text, f.end())), len(text))


def _before_the_thing(found: re.Match[str]) -> Iterator[CodeMention]:
    """What is left of a list whose last number is a thing's, after a comma: 2号,3号泊位封顶."""
    said, comma, _ = found["list"].rpartition(",")
    if comma and re.search(rf"{MARK}$", said):
        start = found.start("list")
        yield CodeMention(start=start, end=start + len(said), codes=tuple(numbers_in(said)))


def _are_parts(built: Sequence[tuple[int, float]], start: int, codes: Sequence[str]) -> bool:
    """Whether these number the buildings just counted: 共5栋,1至3号封顶."""
    most = max((count for end, count in built if end <= start), default=0)
    return max(map(int, codes), default=1) <= most


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
        found = _BARE.match(text, clause.head if clause.start in ordinals else clause.start)
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
