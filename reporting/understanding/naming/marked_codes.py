"""Codes that say they are codes: 12号, 第十二项, 序号77, 任务107, 81#, 18、19两项.

Not 112号提案, 3号楼, 7月20号, 20号前, nor list ordinals.
"""

import re
from collections.abc import Iterator, Sequence

from reporting.understanding.naming.code_places import without_ordinals
from reporting.understanding.naming.codes import MARK, ONE, CodeMention, numbers_in
from reporting.understanding.words.counters import COUNTED
from reporting.understanding.words.numerals import read_number

_LIST = re.compile(
    r"(?<![\d.年月之成点一二三四五六七八九十百零])(?P<before>第|序号|任务|编号|事项|实事(?!\d{1,3}[项件个])|no\.?|#)?\s*:?\s*"
    rf"(?P<list>(?>{ONE}(?:{MARK}|条(?=\s*[、和与及跟/]?\s*第))?(?:\s*(?:[、和与及跟/~-]|至|到)\s*(?:第{ONE}条|第?{ONE}{MARK}?)|\s*,\s*第?{ONE}{MARK}){{0,30}}))"
    rf"(?P<after>任务|[两二三四五六七八九]项|(?(before)条(?!\s*[\u4e00-\u9fff]{{0,3}}[路线街巷渠河沟管桥隧道])|(?!)))?"
)
_THING = re.compile(
    r"\s*(?:\d{1,3}[号#])*(?:楼|栋|幢|钢[构筋梁结]|机|线|桥|井|标|地块|馆|车间|厂|牛舍|牛棚|猪舍|大棚|棚|(?:那[个件份条]|的|重点)?(?:建议|提案|议案)|批复|批文|批示|文|函|令|公告|决议|纪要|泊位|码头|沉箱|宿舍|公寓|教学楼|别墅|水库|路|院|坝|隧道|泵|锅炉|炉"
    r"|窑|台|点|门|厅|库|出口|段|闸|渠|道|坑|矿|仓|站|塔|主变|生化池|池|基坑|梯|电梯|风机|商铺|单元|片区|之?前|以前|左右|园|院|馆|校|所(?!有)|墩|罐|船|房|柱|洞|井|装置|机组|仓|箱|塘|工区|标段|生产线|下午|上午"
    r"|晚|开会|截止|之?后|以后|那天|当天|通知|会议|到(?!位|账|货)|至|、\d#|个|家|名|次|轮|批|季度|期|阶段|工作|措施|制度|指标|任务数|机制|行动|改革|服务|举措)"
)
_INSIDE = re.compile(r"[\u4e00-\u9fff](?<![我报是了把对于将的和与及跟给写填成做说管干除]) ?$")
_HAN = re.compile(r"(?![完已正目本进达至没未还均全投竣开动推都累总和与及])[\u4e00-\u9fff]")
_BUILT = re.compile(rf"({ONE})(?:栋|幢|座|台|口|眼|孔|片|段|个(?:库|标段|泊位|车间|单体|井|闸))")
_OF_SEVERAL = re.compile(r"(?<![第\d一二三四五六七八九十])[\d一二两三四五六七八九十几]+条")
_MONTH = re.compile(r"(?:月|[本下上这]月)\s*(?:\d{1,2}\s*[-至到、]\s*)?$")


def marked_codes(text: str) -> Iterator[CodeMention]:
    """Codes that say they are codes: 12号, 第十二项, 序号77, 任务107, 81#, 18、19两项."""
    built = [(found.end(), read_number(found[1]) or 0) for found in _BUILT.finditer(text)]
    buildings = _buildings_from(text)
    text = without_ordinals(text)
    for found in _LIST.finditer(text):
        if not _is_marked(found) or _of_building(found, buildings):
            continue
        if _THING.match(text, found.end()):
            yield from _before_the_thing(found)
            continue
        codes = tuple(numbers_in(found["list"]))
        if not codes or _counts(found) or _is_inside(found, built, codes):
            continue
        counting = not found["before"] and (
            len(codes) > 1 or not re.search(r"[号#]", found["list"])
        )
        # Blanks before the code are no part of it: they belong to no clause.
        start = found.start("before") if found["before"] else found.start("list")
        yield CodeMention(start=start, end=found.end(), codes=codes, counting=counting)


def _is_marked(found: re.Match[str]) -> bool:
    """Whether anything says that these are codes, and not days: 第一项, 12号; no 第一水厂, 3月12号.

    第12条 is one unless 条 counts things: 任务12条干完10条; 两条线到了,第三条卡在海关.
    """
    text, start = found.string, found.start("list")
    named = found["before"] and found["before"] != "第"
    by_item = found["after"] == "条"
    if by_item and (named or _OF_SEVERAL.search(text, 0, found.start())):
        return False
    in_words = named and not re.search(rf"\d|{MARK}", found["list"]) and not found["after"]
    if in_words and _HAN.match(text, found.end()):
        return False  # 任务:三甲创建
    marked = named or found["after"] or re.search(f"{MARK}|条", found["list"])
    return bool(marked) and not _MONTH.search(text, max(start - 8, 0), start)


def _counts(found: re.Match[str]) -> bool:
    """Whether the last number counts what follows: 任务3、4个."""
    marked = re.search(rf"(?:{MARK}|条)$", found["list"]) or found["after"]
    return not marked and bool(COUNTED.match(found.string, found.end("list")))


def _is_inside(
    found: re.Match[str], built: Sequence[tuple[int, float]], codes: Sequence[str]
) -> bool:
    """Whether it is part of a name (物流中心1号冷库) or numbers what was counted."""
    if found["before"]:
        return False
    text, start = found.string, found.start("list")
    named = _INSIDE.search(text, 0, start) and _HAN.match(text, found.end())
    return bool(named) or _are_parts(built, start, codes)


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
