"""Reading a text without losing its own words: folding that keeps every position, and clauses."""

import re
from dataclasses import dataclass
from itertools import pairwise

import zhconv

from reporting.understanding.words.leads import LEADS, NO_REQUEST, SUGGEST
from reporting.understanding.words.slips import without_slips

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x00A0: " "}
_WIDE |= {ord(wide): half for wide, half in zip("．﹪﹑︰", ".%、:", strict=True)}
_HAN = 0x3400  # what comes before has no simplified form
# What heads a part of a report in 【】: 【进展】…【问题】…【下步】…
FORM_NAME = (
    r"[\u4e00-\u9fff]{0,4}(?:进展|进度|问题|困难|下一?步|打算|计划|措施|建议|"
    r"诉求)[\u4e00-\u9fff]{0,3}"
)
_STOP = re.compile(
    rf"(?P<hard>[。;!?\n\r\t]|(?<=[^\d\s.])\.(?!\d)|(?=【{FORM_NAME}[】:]))"
    r"|(?<!\d),|,(?!\d{3}(?!\d))| +(?=[^ -~])|(?<=[\u4e00-\u9fff]) +(?=1?\d月)"
    r"|[\u2600-\u27bf\U0001f300-\U0001faff]+"
    r"|(?=然后|还有就是|嗯|呃|(?<!主要)问题就?是|(?<=[了吧])但是|"
    r"(?:(?<=公里)|(?<=[了啦%米户个座处家张亩二三四五六七八九十百千万]))(?=剩下|余下|还剩|还差|就差"
    r"|还有\S{1,3}[户家个处]\S"
    r"|北边|不过|可是|打算|接下来|下步|能不能|问题)|"
    r"(?<=[了吧])不过|(?<=[了哒嘛吧])(?:就是|主要是)(?!说)|总的(?:百分|[\d有是大进完]))"
)


# Where speech without stops goes over to another thing: 都干完了|管子埋了, 慢了|我们准备多上班组.
_NUMERAL = "一二两三四五六七八九十百千万半几"
_RUN_ON = re.compile(
    rf"(?<=[完好通过齐掉光满顶工收方来去批拆户家个座处亩里米只套台栋人张项吨袋成慢]了)"
    rf"(?![{_NUMERAL}\d的吧吗呀啊呢哈嘛不,]|$)"
    rf"|(?<=[了{_NUMERAL}户家个座处亩里米只套台栋吧]吧)(?=\S{{4}})"
    rf"|(?<=\S{{5}})(?=我们(?:准备|打算)|(?<!我们)(?<!步)(?:准备|打算)[请把找先去再组]|下一步|"
    rf"接下来|想请"
    rf"|还有(?:[{_NUMERAL}]+[个户家处]|[那这]?个)|就是(?![说这]|[,]|$)|就剩|"
    rf"(?<=[了完好墙个户家处亩里所{_NUMERAL}])剩下(?!的)[^,]{{0,3}}[个户家处段所]|"
    rf"(?<!是)[路灯电水气图款手续](?:还)?没[亮批通下装]|总?进度[\\d{_NUMERAL}]|别的(?=[没都啥])|"
    rf"希望(?=\S{{1,5}}[局委办厅里府])|[省市县区镇乡]里出面|准备(?=[{_NUMERAL}\\d]+月)|另外|总共|"
    rf"总体|这几天|剩[那这][{_NUMERAL}])"
    rf"|(?<=[了{_NUMERAL}里亩户家套个])(?=有[{_NUMERAL}][个户家处段栋])"
)
_ASKS = re.compile("[恳敬]?请|希望|建议|麻烦|能不能|能否|可否")
_AHEAD = 6  # letters before a request that tell something else
_LONG = 14  # a clause longer than that may be several run together

MOST = 120  # clauses read of one text; the longest real replies have some forty
WIDEST = 120  # characters of one clause; bounds every pattern that looks ahead


# A point ends a sentence where no value, file or code goes on: 已完工.二是…; 签了8个.3.养老….
_POINT = re.compile(
    r"(?<=[\u4e00-\u9fff%)])(?<![一二三四五六七八九十])\."
    r"(?=\s|$|[\u4e00-\u9fff(]|\d{1,2}[.、](?!\d)|\d{1,3}(?:-\d{1,2})?:|\d{1,2}-\d{1,2}[\u4e00-\u9fff])"
)


class _Forms(dict[int, str]):
    """Half-width simplified forms by character, looked up once each."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        simple: str = character if code < _HAN else zhconv.convert(character, "zh-hans")
        self[code] = simple if len(simple) == 1 else character
        return self[code]


_FORMS = _Forms(_WIDE)


def fold(text: str) -> str:
    """The text in half-width simplified characters, common slips mended, position by position."""
    return _POINT.sub("。", without_slips(text.translate(_FORMS)))


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, `start` to `end` without its stop; `last` if it ends a sentence or line.

    `line`: it is all there is on its line.
    """

    start: int
    end: int
    words: str
    last: bool
    line: bool = False


def clauses(text: str) -> list[Clause]:
    """The clauses of a folded text, at most `MOST` of at most `WIDEST` characters, none empty."""
    found: list[Clause] = []
    start = 0
    for stop in _STOP.finditer(text):
        found += _pieces(text, start, stop.start(), bool(stop["hard"]))
        start = stop.end()
        if len(found) > MOST:
            return found[:MOST]
    return found + _pieces(text, start, len(text), last=True)


def _pieces(text: str, start: int, end: int, last: bool) -> list[Clause]:
    if not text[start:end].strip():
        return []
    cuts = [start, *_turns(text, start, end), *range(start + WIDEST, end, WIDEST), end]
    line = text[max(0, start - 4) : start].rstrip(" ")[-1:] in {"", "\n"} and text[
        end : end + 1
    ] in {"\n", "\r"}
    return [
        Clause(a, b, text[a:b], last and b == end, line) for a, b in pairwise(sorted(set(cuts)))
    ]


def _turns(text: str, start: int, end: int) -> list[int]:
    """Where the words from `start` to `end` go over to another thing without a stop."""
    if end - start < _LONG:
        return []
    turns = [turn.start() for turn in _RUN_ON.finditer(text, start + 3, end) if turn.start() < end]
    return turns + _requests(text, turns[-1] if turns else start, end)


def _requests(text: str, start: int, end: int) -> list[int]:
    """Where the words go over to a request: 钢材款没到位请市里催一下."""
    words = text[start:end]
    asks = (found.start() for found in _ASKS.finditer(words, _AHEAD))
    at = next((place for place in asks if SUGGEST.match(words, place)), 0)
    if not at or NO_REQUEST.search(words[at:]) or any(lead.match(words) for lead in LEADS.values()):
        return []
    return [start + at]


_NAME = re.compile(r"[^,:]{1,16}:\s*")


def names(words: str, title: str) -> bool:
    """Whether the words take up two letters of a title in a row."""
    return any(a + b in title for a, b in pairwise(words))


def name_end(words: str, title: str) -> int:
    """Where the clause goes on after naming its task ("塘下闸:围堰…", "研发投入要等年报")."""
    if found := _NAME.match(words):
        return found.end()
    end = next((i for i, c in enumerate(words) if c not in title), len(words))
    while end >= 2 and words[end - 2 : end] not in title:
        end -= 1
    if words[end : end + 1] in {"的", "那", "这", ""}:
        return 0
    told = sum(words[i : i + 2] in title for i in range(end - 1))
    return end if end >= 4 and told * 3 >= end and len(words) - end >= 4 else 0
