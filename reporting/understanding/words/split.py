"""Cutting a message into clauses, each knowing how firmly it is cut off from what went before."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

MOST_CLAUSES = 250  # no honest message has more; the rest stays in the last one

_ORDINAL = (
    r"(?:\d{1,2}[.、)](?!\d)|[①-⑳⑴-⒇]|[a-h][.、)](?![a-z\d])|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)"
    r"|[一二三四五六七八九十]{1,3}(?:是(?!否)|、)|其[一二三四五六])"
)
_STOP = re.compile(
    r"(?P<line>\s*\n\s*)|(?P<sentence>[;。!?|]\s*|\s+/\s+(?!\d))"
    r"|(?P<comma>(?<!\d),\s*|,(?!\d{3}(?!\d))\s*|(?<=\.\d),|(?<=\.\d\d),|(?<=√)(?=[\u4e00-\u9fff]))"
    r"|(?P<item>(?<=[^\d.])"
    r"(?=(?:[①-⑳⑴-⒇]|(?<=[\s,;。:])[a-h][.、)](?![a-z\d])|(?<=[\s,;。:])(?:\d{1,2}[.、)](?!\d)|[一二三四五六七八九]是(?!否)))))"
    r"|(?P<join>(?:然后|再就是|再一个(?:就?是)?)(?:呢|呀|啊|,)?)"
    r"|(?P<list>[、]\s*|(?<=[%\d\u4e00-\u9fff])/(?=[\u4e00-\u9fff])(?!立方|平方|小时|[人吨年月天日亩])|\s+|(?<=[^\d.])\.(?!\d)\s*)"
)
_HEAD = re.compile(rf"\s*{_ORDINAL}\s*")
_INLINE = re.compile(r"(?<![一二三四五六七八九十\d])\((\d{1,2})\)")
_DETAIL = re.compile(
    r"\W*(?:其中|主要|包括|因为?|由于|受|建议|请|恳请|希望|望(?![江湖海山河溪岳云月春城楼京都])|下步|下一步|下阶段|下周|下月|接下来|存在|问题|困难|会同|协调|措施|打算|需要?|"
    r"预计|争取(?!(?:\S{0,8}(?:资金|债|预算|补助)|到|了)\S{0,3}\d)|确保|力争|目标|不是|比|较|同比|距|离|涉及|加之|同时|意见|还有?|剩|余下|其余)"
)
_PART = re.compile(r"\W*(?:其中|包括|含(?!有)|这里面|里面)")


class Cut(IntEnum):
    """What cuts a clause off from the one before it."""

    NONE = 0
    LIST = 1
    COMMA = 2
    SENTENCE = 3
    LINE = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, `text[start:end]`; `head` is the end of its list ordinal, if it has one."""

    start: int
    end: int
    words: str
    cut: Cut
    head: int
    detail: bool
    part: bool = False  # 其中…, 存在问题:…: a part of what went before, which names no task


_CUTS = {
    "line": Cut.LINE,
    "item": Cut.LINE,
    "sentence": Cut.SENTENCE,
    "comma": Cut.COMMA,
    "join": Cut.COMMA,
    "list": Cut.LIST,
}


def clauses(text: str) -> list[Clause]:
    """The clauses of a normalised text, in order; empty ones are left out."""
    return list(_joined(text, _pieces(text)))


def _pieces(text: str) -> Iterator[tuple[int, int, Cut]]:
    start, cut, made = 0, Cut.LINE, 0
    for begin, end, found in _stops(text):
        if made >= MOST_CLAUSES:
            break
        if text[start:begin].strip():
            yield start, begin, cut
            cut, made = found, made + 1
        else:
            cut = max(cut, found)
        start = end
    if text[start:].strip():
        yield start, len(text), cut


def _stops(text: str) -> list[tuple[int, int, Cut]]:
    """Where each stop begins and ends, and how firm it is."""
    marked = [
        (stop.start(), stop.end(), _CUTS[stop.lastgroup or "list"]) for stop in _STOP.finditer(text)
    ]
    return sorted([*marked, *((at, at, Cut.LINE) for at in inline_ordinals(text))])


def inline_ordinals(text: str) -> list[int]:
    """Where the items of a list begin that runs on in a line: (1)…(2)…(3)…."""
    found = [*_INLINE.finditer(text)]
    counted = [int(one[1]) for one in found] == list(range(1, len(found) + 1))
    return [one.start() for one in found] if counted and len(found) > 1 else []


def _joined(text: str, pieces: Iterator[tuple[int, int, Cut]]) -> Iterator[Clause]:
    """Give each ordinal cut off by its own stop ("1、", "一、") to the clause it numbers."""
    held: tuple[int, Cut] | None = None
    last: Clause | None = None
    for start, end, cut in pieces:
        begin, firm = held or (start, cut)
        held = None
        if cut >= Cut.SENTENCE and _HEAD.fullmatch(text[begin : end + 1]):
            held = (begin, firm)
            continue
        last = _clause(text, (begin, end), firm, last)
        yield last
    if held:
        yield Clause(held[0], len(text), text[held[0] :], held[1], held[0], False)


def cut_at(clause: Clause, text: str, places: Iterable[int]) -> Iterator[Clause]:
    """A clause cut into several at these places, as if a stop stood there."""
    start, cut, last = clause.start, clause.cut, None
    for place in [*places, clause.end]:
        last = _clause(text, (start, place), cut, last)
        yield last
        start, cut = place, Cut.SENTENCE


def _clause(text: str, span: tuple[int, int], cut: Cut, last: Clause | None) -> Clause:
    begin, end = span
    head = _HEAD.match(text, begin)
    listed = last is not None and last.part and cut <= Cut.COMMA  # 其中甲10%,乙20%
    return Clause(
        begin,
        end,
        text[begin:end],
        cut,
        head.end() if head and cut >= Cut.SENTENCE else begin,
        bool(_DETAIL.match(text, begin)),
        listed or bool(_PART.match(text, begin)),
    )
