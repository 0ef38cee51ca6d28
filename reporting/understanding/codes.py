"""Task codes in a reply: 12号, 第十二项, 64., 81#, 序号77, 民3, 3-2 and lists of them.

Not codes: 112号提案, 3号楼, 7月20号, 20号前, list ordinals, numbers that count something.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.understanding.normalise import plain
from reporting.understanding.numerals import read_number
from reporting.understanding.split import Clause, Cut

_N = r"(?:\d{1,3}+(?!\.?\d)|[一二三四五六七八九十百]{1,5}+)"
_MARK = r"(?:号任务|号事项|号|项|#)"
_LIST = re.compile(
    r"(?<![\d.年月之一二三四五六七八九十百])(?P<before>第|序号|任务|编号|事项|no\.?|#)?\s*:?\s*"
    rf"(?P<list>(?>{_N}{_MARK}?(?:\s*(?:[、和与及/~-]|至|到)\s*第?{_N}{_MARK}?|\s*,\s*第?{_N}{_MARK}){{0,30}}))"
    r"(?P<after>任务|[两二三四五六七八九]项)?"
)
_THING = re.compile(
    r"\s*(?:楼|栋|幢|机|线|桥|井|标|地块|馆|车间|厂|牛舍|牛棚|猪舍|大棚|棚|(?:那[个件份条]|的|重点)?(?:建议|提案|议案)|批复|批文|批示|文|函|令|公告|决议|纪要|泊位|码头|沉箱|宿舍|公寓|教学楼|别墅|水库|路|院|坝|隧道|泵|锅炉|炉"
    r"|窑|台|点|门|厅|库|出口|段|闸|渠|道|坑|矿|仓|站|塔|主变|生化池|池|基坑|梯|电梯|风机|商铺|单元|片区|之?前|以前|左右|园|院|馆|校|所(?!有)|墩|罐|船|房|柱|洞|井|装置|机组|仓|箱|塘|工区|标段|生产线|下午|上午"
    r"|晚|开会|截止|之?后|以后|那天|当天|通知|会议|到(?!位|账|货)|至|、\d#|个|家|名|次|轮|批|季度|期|阶段|工作|措施|制度|指标|任务数|机制|行动|改革|服务|举措)"
)
_BARE = re.compile(
    r"\s*(?:其余|其他|另外|还有|以及|另|除了?|剩下)?的?\s*(?!(?:[01]?\d|2[0-4]):[0-5]\d(?![\d.%]))(?P<list>\d{1,3}(?:\s*[、,和与及/]\s*\d{1,3}(?![\d.%])|\s+\d{1,3}(?=\s)){0,30})(?!\.?\d)"
    r"(?=\s*[:.、)]?\s*(?:(?!q\b)[a-z\u4e00-\u9fff√]|\d{1,3}(?:\.\d+)?%|$)|\s+\d[\d.]*[\u4e00-\u9fff]|\s*:\s*\d|,[已完正总])"
)
_COUNTED = re.compile(
    r"\s*(?:多|余|几)?(?:个|家|户|套|座|台|公里|万|亿|元|亩|平|米|吨|条|处|所|间|场|人|名|头|路(?!基|面)|盏|辆|批|件|项|%|月|日|年|号|成|倍|只|支|次|天|周|度|季|栋|幢|楼|层|期|标|克|立方|公|千|百|级|类|位|分|岁|小时|点|份|张|根|棵|株|块|车|船|班|门|起|例|孔|基|把|对|片|组|段|种|笔|宗|镇|村|乡|街道|mw|kv|km)"
)
# Names and grades that begin like a code: a3地块, b1层, c30混凝土.
_GRADE = re.compile(r"\s*(?:地块|层|砼|混凝土|级|座|区|栋|楼|标段|匝道|出口|馆|厅|井|墩|证|照|纸)")
_PLACE = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
# A code of two numbers, however it is joined: 3-2, 3.2, 第3-2项, (五)7, 五-7, 五(7), 五7.
_DOUBLE = re.compile(
    rf"(?:(?<![\w.%~/-])|(?<=[第、和与及跟到至]))(?:第|任务|事项|编号|序号|项目)?(?P<part>\({_PLACE}\)|{_PLACE})"
    rf"(?:\s?[-._]{{1,2}}\s?|(?<=\))|(?=\()|(?<=[一二三四五六七八九十])(?=\d))第?(?P<of>\(\d{{1,3}}\)|\d{{1,3}})(?![\d.]*\d|%|-\d)(?:号|项|#)?"
)
_PART_OF = re.compile(
    rf"第(?P<part>{_PLACE})(?:部分|大项|板块|章|类|大类)(?:的|里|中)?第?(?P<of>\d{{1,3}}|{_PLACE})[条项个号]"
)
_TO = re.compile(r"\s*(?:到|至|-|~)\s*")
_INSIDE = re.compile(r"[\u4e00-\u9fff](?<![我报是了把对于将的和与及跟给写填成做说管干除]) ?$")
_HAN = re.compile(r"(?![完已正目本进达至没未还均全投竣开动推都累总和与及])[\u4e00-\u9fff]")
_HEADS = re.compile(r"(?:^|[\n,;。、])\s*$")
_HEADED = re.compile(r"[\s:、a-z\u4e00-\u9fff]|,(?=\d)")
_NUMBER = re.compile(_N)
_RANGE = re.compile(rf"({_N}){_MARK}?\s*(?:-|~|至|到)\s*第?({_N}){_MARK}?")
_BUILT = re.compile(rf"({_N})(?:栋|幢|座|台|口|眼|孔|片|段|个(?:库|标段|泊位|车间|单体|井|闸))")
_MONTH = re.compile(r"(?:月|[本下上这]月)\s*(?:\d{1,2}\s*[-至到、]\s*)?$")
_AND = re.compile(r"\s*[、和与及]\s*")
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


def code_key(code: str) -> str:
    """The form under which a code is looked up."""
    return _KEY.sub("", plain(code))


def marked_codes(text: str) -> Iterator[CodeMention]:
    """Codes that say they are codes: 12号, 第十二项, 序号77, 任务107, 81#, 18、19两项."""
    built = [(found.end(), read_number(found[1]) or 0) for found in _BUILT.finditer(text)]
    for found in _LIST.finditer(text):
        marked = re.search(_MARK, found["list"])
        named = found["before"] and found["before"] != "第"  # 第一水厂 gives no code, 第一项 does
        if not (marked or named or found["after"]):
            continue
        if _MONTH.search(
            text, max(found.start("list") - 8, 0), found.start("list")
        ) or _THING.match(text, found.end()):
            continue
        ends_marked = re.search(rf"{_MARK}$", found["list"]) or found["after"]
        if not ends_marked and _COUNTED.match(text, found.end("list")):
            continue
        codes = tuple(_numbers(found["list"]))
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


def special_codes(text: str, codes: "SpecialCodes") -> Iterator[CodeMention]:
    """Codes that are more than a number: 民3, 民1、2, A-12, B04、C06, 3-2, (五)7."""
    if codes.prefixed:
        for found in codes.prefixed.finditer(text):
            numbers = tuple(_prefixed(found["prefix"] + found["list"], codes.prefixes))
            counts = _COUNTED.match(text, found.end()) or _GRADE.match(text, found.end())
            if numbers and not counts:
                yield CodeMention(start=found.start(), end=found.end(), codes=numbers)
    if codes.pairs:
        yield from _pairs(text, codes.pairs)
    if codes.literal:
        for found in codes.literal.finditer(text):
            yield CodeMention(start=found.start(), end=found.end(), codes=(found[0],))


def _prefixed(words: str, prefixes: Sequence[str]) -> Iterator[str]:
    """民1、2; b1至b3; c4、c6、f5: each number under the prefix it follows."""
    held, numbers = "", ""
    for part in re.split("(" + "|".join(map(re.escape, prefixes)) + ")", words):
        if part in prefixes and part != held:
            yield from (held + number for number in _numbers(numbers))
            held, numbers = part, ""
        elif part != held:
            numbers += part
    yield from (held + number for number in _numbers(numbers))


def _pairs(text: str, known: Mapping[tuple[str, str], str]) -> Iterator[CodeMention]:
    """Codes of two numbers, and runs of them: 3-2, 第三部分第2条, 5-1到5-3."""
    last: tuple[CodeMention, tuple[str, str]] | None = None
    for found in [*_PART_OF.finditer(text), *_DOUBLE.finditer(text)]:
        pair = _double(found)
        if pair not in known or (found.re is _DOUBLE and _is_measure(found)):
            continue
        mention = CodeMention(start=found.start(), end=found.end(), codes=(known[pair],))
        if last and _TO.fullmatch(text, last[0].end, mention.start) and last[1][0] == pair[0]:
            run = ((pair[0], str(n)) for n in range(int(last[1][1]), int(pair[1]) + 1))
            codes = tuple(known[between] for between in run if between in known)
            mention = CodeMention(start=last[0].start, end=mention.end, codes=codes)
            last = None
        if last:
            yield last[0]
        last = mention, pair
    if last:
        yield last[0]


def _is_measure(found: re.Match[str]) -> bool:
    """Whether it counts something (1-4月), or is a decimal: 3.2 is a code only as a heading."""
    if _COUNTED.match(found.string, found.end()):
        return True
    heads = _HEADS.search(found.string, 0, found.start()) and _HEADED.match(
        found.string, found.end()
    )
    return "." in found[0] and not heads


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
    return SpecialCodes(
        prefixed=re.compile(
            rf"(?:(?<!\w)|(?<=[除和与及跟把对将报是])(?=[a-z]))(?:第|任务|事项|编号|序号)?(?:民生)?(?P<prefix>{prefix})"
            r"(?:生实事|生|实事|事项目|事|议案?|案|类)?[ "
            rf"-]?第?"
            rf"(?P<list>(?>{_N}{_MARK}?(?:\s*(?:[、,和与及/~-]|至|到)\s*(?:{prefix})?{_N}(?!\.?\d|%){_MARK}?){{0,30}}))"
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
    )


def bare_codes(
    text: str, clauses: Sequence[Clause], is_own: Callable[[str], bool]
) -> Iterator[CodeMention]:
    """Bare numbers that begin a clause, count nothing and are all codes of the sender's tasks."""
    ordinals = _ordinals(text, clauses)
    for clause in clauses:
        found = _BARE.match(text, clause.start)
        if not found or clause.start in ordinals or _counts(text, found.end(), clause):
            continue
        codes, end = tuple(_numbers(found["list"])), found.end("list")
        if " " in found["list"] and not all(map(is_own, codes)):
            codes, end = codes[:1], found.start("list") + len(found["list"].split()[0])  # 3 500
        if codes and all(map(is_own, codes)):
            yield CodeMention(start=found.start("list"), end=end, codes=codes)


def _counts(text: str, end: int, clause: Clause) -> bool:
    """Whether a bare number counts something; a blank after one that begins a line says no."""
    if clause.cut >= Cut.SENTENCE and text[end : end + 1].isspace():
        return False
    return bool(_COUNTED.match(text, end))


def joined(mentions: Sequence[CodeMention], text: str) -> list[CodeMention]:
    """Mentions with nothing but a 、 between them are one: 40、44、民13."""
    found: list[CodeMention] = []
    for mention in mentions:
        if found and _AND.fullmatch(text, found[-1].end, mention.start):
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


def _numbers(words: str) -> Iterator[str]:
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
