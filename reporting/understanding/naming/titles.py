"""Taking a title apart: the letters that name the task, weighed against those that name none."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporting.understanding.words.lexicon import LONGEST_WORD, generic_words
from reporting.understanding.words.meetings import known_words, meetings
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.sounds import sound
from reporting.unit import Unit

PROPER, NAMING, EDGE, WITHIN, GENERIC = 1.6, 1.0, 0.5, 0.3, 0.08
ANY_THING = "·"  # behind the number of a thing, for any thing of this number
LONG_REACH = 7  # 社[会消费品]零: how far apart the letters of an abbreviation may stand

TOKEN = re.compile(
    r"[a-z]{2,12}+(?=\d+(?:\.\d+)?(?:[个家户套座台间亩米吨条处所场人名头路盏辆批件项张只例针支枪次瓶块万亿%]|公里|平方))"
    r"|[a-z]{1,12}+(?:-(?=\d))?[\d.]{0,8}\+?|(?<!\d)\d{1,6}+(?:\.\d{1,4}+)?[a-z]{1,12}+\d{0,4}|(?<!\d)\d{1,4}号(?=(?:那[个件份条])?的?(?:建议|提案|议案))"
    r"|(?:(?<!\d)\d{1,3}|(?<![第月一二三四五六七八九十])[一二三四五六七八九十])[号#](?![任事已正完进前后之以到晚上下]|\d)[\u4e00-\u9fff]|(?<![\d.])\d{4}(?![\d.%年月万亿千多余]|\s*[个家户套座台公里元亩米吨条处所间场人名头路盏辆批件项张只])"
    r"|(?<![\d.a-z-])[1-9]\d\d(?=[\u4e00-\u9fff])(?![个家户套座台公元亩米吨条处所间场人名头路盏辆批件项张只年月日号万亿千百多余平立方株棵栋幢口眼期例次天层篇位份种类起宗斤里度瓦艘支班对组片块匹羽尾分页本册小兆倍成美港标点岁周季楼根盘床])"
)
RATE = re.compile(
    "(?:单位|万元|占)(?:gdp|地区生产总值)|与(?:gdp|地区生产总值)的?(?:比[率例重值]|之比)"
)  # 单位GDP能耗 is no matter of the GDP
# What a share is taken of is not what a title is about: 工业投资占[固定资产投资]比重.
_OF = re.compile(r"(?<=占)[^,、。;占\d]{2,14}?(?=的?(?:比重|比例|比值|比(?![上去年例])))")
# What titles write out and people say in letters.
_IN_LETTERS = {
    **{"地区生产总值": "gdp", "挥发性有机物": "vocs", "细颗粒物": "pm2.5", "除颤": "aed"},
    **{"人工智能": "ai", "物联网": "iot", "液化天然气": "lng", "压缩天然气": "cng"},
    **{"宫颈癌疫苗": "hpv", "人乳头瘤": "hpv", "化学需氧量": "cod", "不停车收费": "etc"},
}
_ROAD = re.compile(r"[gsxyc](\d{3})")  # 316大桥 is of the g316
_RANKS = {"g": "国道", "s": "省道", "x": "县道", "y": "乡道"}
_SIZE = re.compile(
    r"\d+(?:\.\d+)?(?:%|个百分点|(?:万|亿|千)*(?:美元|元|平方米|平方公里|立方米|公里|亩|吨|户|个|家|套|座|台"
    r"|条|处|所|间|场|人次|人|名|头|路|盏|辆|批次|件|项|张|只|标准煤)?)"
)
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_PHASE = re.compile(
    r"([一二三四五1-5])期|第?([一二三四五1-5])标段|[东南西北](?:[边侧头面]的?那?|标)?段|[东南西北][头侧](?!的?那?段)|[左右东南西北]岸|[a-f](?:地块|片区|标段|区(?!间))|[东南西北]延(?=线|段|伸)"
)
_SIDE = re.compile(r"(?:[边侧头面]的?那?|(?<=[东南西北])标)(?=段)")
_END = re.compile("(?<=[东南西北])[头侧]$")  # 东头 of a road is its 东段
_ORDINALS = {ord(han): str(n) for n, han in enumerate("一二三四五六七八九十", 1)}
_DIGITS = str.maketrans("12345", "一二三四五")


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleGrams:
    """Parts of a title and their weights: neighbours, letters apart, and how neighbours sound."""

    title: str
    grams: dict[str, float]
    skips: dict[str, float]
    sounds: dict[str, float]
    letters: frozenset[str]


def phases(text: str) -> frozenset[str]:
    """The phases a text speaks of: 二期, 一标段."""
    found = (_END.sub("段", _SIDE.sub("", m[0])) for m in _PHASE.finditer(text))
    return frozenset(part.translate(_DIGITS).removeprefix("第") for part in found)


def phase(text: str) -> str:
    """The one phase a text speaks of, empty when none or several."""
    found = phases(text)
    return next(iter(found)) if len(found) == 1 else ""


def title_units(units: Sequence[Unit]) -> frozenset[str]:
    """Letter pairs so common in unit names that they are the office's own place, not a name."""
    seen = Counter(pair for unit in units for pair in set(_pairs(unit.name)))
    return frozenset(pair for pair, times in seen.items() if times >= 3)


def title_grams(title: str, places: frozenset[str]) -> TitleGrams:
    """Weigh every part of a title."""
    text = plain(title)
    bare = _SIZE.sub(lambda m: "0" * len(m[0]), TOKEN.sub(lambda m: "0" * len(m[0]), text))
    naming = _naming(bare)
    for found in _OF.finditer(text):
        naming[found.start() : found.end()] = [0] * len(found[0])
    grams = {key: EDGE if key.endswith(ANY_THING) else 2.0 for _, key in tokens(text)}
    rated = RATE.sub("", text)
    grams |= {short: 2.0 for long, short in _IN_LETTERS.items() if long in rated}
    roads = (_RANKS.get(key[0]) for key in grams if _ROAD.fullmatch(key))
    grams |= dict.fromkeys(filter(None, roads), NAMING)
    skips: dict[str, float] = {}
    letters = frozenset(bare[place] for place in _letters_naming(bare, naming))
    for run in _RUN.finditer(bare):
        marks = naming[run.start() : run.end()]
        grams.update(_neighbours(run[0], marks, places))
        skips.update(_apart(run[0], marks))
    skips = {pair: weight for pair, weight in skips.items() if pair not in grams}
    alike = {sound(gram): weight for gram, weight in grams.items() if weight >= EDGE}
    return TitleGrams(title=text, grams=grams, skips=skips, sounds=alike, letters=letters)


def tokens(text: str) -> Iterator[tuple[int, str]]:
    """Names with numbers or small letters in them, and where they begin: g107, 5号泊, 1958.

    What is numbered has its number alone as well (5号· of 5号泊), whatever thing is named.
    """
    for found in TOKEN.finditer(RATE.sub(lambda rate: " " * len(rate[0]), text)):
        name = numbered(found[0])
        yield found.start(), name
        if road := _ROAD.fullmatch(name):
            yield found.start(), road[1]
        if name[-2:-1] == "号":
            yield found.start(), name[:-1] + ANY_THING


def things(text: str) -> Iterator[tuple[int, str]]:
    """The numbered things a text names, and where: 3号泊, 5号库."""
    named = ((at, key) for at, key in tokens(text) if key[-2:-1] == "号")
    return ((at, key) for at, key in named if not key.endswith(ANY_THING))


def numbered(words: str) -> str:
    """The number of a thing in one form: 5号, 5#, 五号; b07, b-07."""
    if words[1:2] in "号#":
        return words.replace("#", "号").translate(_ORDINALS)
    return words.replace("-", "")


def _naming(text: str) -> list[int]:
    """For each letter: 0 in a generic word, 1 in a word of some kind of task, 2 in a name."""
    marks, generic = [2] * len(text), generic_words()
    for place, word in known_words(text):
        marks[place : place + len(word)] = [0 if word in generic else 1] * len(word)
    return marks


def _letters_naming(text: str, naming: Sequence[int]) -> Iterator[int]:
    """Where letters stand that can name the task alone: outside of every generic word."""
    generic, common = generic_words(), set[int]()
    for place in range(len(text)):
        for length in range(2, min(LONGEST_WORD, len(text) - place) + 1):
            if text[place : place + length] in generic:
                common.update(range(place, place + length))
    for place, letter in enumerate(text):
        if naming[place] and place not in common and _RUN.match(letter):
            yield place


def _neighbours(run: str, naming: list[int], places: frozenset[str]) -> Iterator[tuple[str, float]]:
    generic, met = generic_words(), meetings(run)
    for place in range(len(run) - 1):
        pair, marks = run[place : place + 2], naming[place : place + 2]
        if pair in places or max(marks) == 0 or place in met:
            yield pair, GENERIC
        elif pair in generic:  # a generic word that is part of a telling one: [保障]性租赁住房
            yield pair, WITHIN
        elif min(marks) == 0:
            yield pair, EDGE
        else:
            yield pair, PROPER if min(marks) == 2 else NAMING
        if min(naming[place : place + 3]) > 0 and place + 2 < len(run):
            yield run[place : place + 3], NAMING / 2


def _apart(run: str, naming: list[int]) -> Iterator[tuple[str, float]]:
    for first, letter in enumerate(run):
        for second in range(first + 2, min(first + LONG_REACH, len(run))):
            if letter != run[second] and (naming[first] or naming[second]):
                weight = NAMING if naming[first] and naming[second] else EDGE
                yield letter + run[second], weight


def _pairs(text: str) -> Iterator[str]:
    return (text[place : place + 2] for place in range(len(text) - 1))
