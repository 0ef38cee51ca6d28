"""Reading a text without losing its own words: folding that keeps every position, and clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import zhconv

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20}
_WIDE |= {ord(wide): half for wide, half in zip("．﹪﹑︰", ".%、:", strict=True)}
_SLIPS = {  # what a pinyin keyboard offers first; each as long as the word meant
    "己完": "已完", "己开": "已开", "己竣": "已竣", "己投": "已投", "己达": "已达", "己签": "已签",
    "万成": "完成", "玩成": "完成", "完程": "完成", "玩工": "完工", "正长": "正常", "正场": "正常",
    "推近": "推进", "退进": "推进", "进渡": "进度", "总工呈": "总工程", "形像进": "形象进",
    "按记划": "按计划", "按机划": "按计划", "序食": "序时", "滞厚": "滞后", "俊工": "竣工",
}  # fmt: skip
_SLIP = re.compile("|".join(_SLIPS))
_STOP = re.compile(
    r"(?P<hard>[。;!?\n\r\t]|(?<=[^\d\s.])\.(?!\d))"
    r"|(?<!\d),|,(?!\d{3}(?!\d))| +(?=[^ -~])|(?=然后|还有就是|总的(?:百分|[\d有是大进完]))"
)


@lru_cache(maxsize=8192)
def _simple(character: str) -> str:
    simple: str = zhconv.convert(character, "zh-hans")
    return simple if len(simple) == 1 else character


def fold(text: str) -> str:
    """The text in half-width simplified characters, common slips mended, position by position."""
    half = text.translate(_WIDE)
    if not half.isascii():
        half = "".join(c if c < "\u3400" else _simple(c) for c in half)
    return _SLIP.sub(lambda slip: _SLIPS[slip[0]], half)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, `start` to `end` without its stop; `last` if it ends a sentence or line."""

    start: int
    end: int
    words: str
    last: bool


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a folded text; empty ones are left out."""
    start = 0
    for stop in _STOP.finditer(text):
        if text[start : stop.start()].strip():
            yield Clause(start, stop.start(), text[start : stop.start()], bool(stop["hard"]))
        start = stop.end()
    if text[start:].strip():
        yield Clause(start, len(text), text[start:], True)
