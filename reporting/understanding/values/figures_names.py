"""Short names for figures, taken from the words beside them; a name helps a reader, no more."""

import re

from reporting.report import Figure
from reporting.understanding.words.phrases import any_of

LONGEST = 14
_LEADING = re.compile(
    "^"
    + any_of(
        r"[\s(【“”.]+ 其中 目前 现已? 今年 已经? 均已 累计 共计? 一共 总共 全[县市区省州] "
        r"我[局县市区镇乡们] 并 还 也 又 新(?![增建签开引改上型能])",
        r"截[至止][^,]*?(?:月底|日|月|目前) \d+[-~—至到]\d+月份? \d+月份? 上半年 "
        r"本[月周年]度? 实际 另外? 的",
    )
    + "++"
)
_TRAILING = re.compile(any_of("[\\s(:为是约近达到了至共的已+-] 累计 仅") + "++$")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_ONLY_CHANGE = re.compile(r"(?:同比|环比|较上月)?(?:增长|下降|上升|增|降|占比?|提高|减少)?")
_CHANGE = re.compile(rf"{_ONLY_CHANGE.pattern}$")


def with_names(figures: list[tuple[int, Figure]]) -> tuple[Figure, ...]:
    """The figures in the order of the text, with short names; 增长 alone takes the last subject."""
    named: list[Figure] = []
    subject = ""
    for _, figure in sorted(figures, key=lambda pair: pair[0]):
        name = short_name(figure.name)
        if _ONLY_CHANGE.fullmatch(name):
            name = f"{subject}{name}"
        else:
            subject = _CHANGE.sub("", name)
        named.append(Figure(name=name, value=figure.value, unit=figure.unit))
    return tuple(named)


def short_name(words: str) -> str:
    """The last few words before a number, without fillers: 其中制造业项目占比 → 制造业项目占比."""
    part = re.split(r"[,、:;。)]", words.strip(" ,、:;。()"))[-1]
    part = _TRAILING.sub("", _LEADING.sub("", part, count=1))
    return part[-LONGEST:] if _WORD.search(part) else ""
