"""Replies in a form: headings on lines of their own, and lines of a name and a value.

What stands under 存在问题 or 下步打算 names no task; a 进展 after 任务:… is of that task.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reporting.understanding.words.split import Clause, Cut

_ORDER = r"\W{0,6}(?:[(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)、.:]{1,2})?\W{0,6}"
_WHEN = r"(?:目前|当前|本月|本周|本期|上月|今年|截至目前|截至本月|年度)?"
# What a part of a report is called: 存在问题, 下一步打算, 需县里协调解决的事项.
_BAD = r"(?:问题|困难|难点|堵点|卡点|短板|不足|原因|风险)"
_NEXT = r"(?:打算|计划|安排|措施|对策|举措|思路|重点)"
_WISH = r"(?:意见|建议|诉求|请求)"
_ASIDE = (
    rf"(?:(?:存在|遇到|面临|反映)?的?(?:主要|突出|滞后)?{_BAD}"
    rf"|(?:下一?(?:步|阶段)|下个?月|下周|后续)(?:的?(?:工作|推进|主要))?{_NEXT}?"
    rf"|(?:工作|整改|推进|应对|解决|改进|保障|主要)?{_NEXT}|(?:工作|对策|相关|有关|主要)?{_WISH}(?:事项)?"
    r"|需[^\s:,。]{0,8}(?:协调|支持|解决|帮助)[^\s:,。]{0,6}|(?:补充)?说明|备注)"
    rf"(?:(?:[及和与、]|以及)?(?:{_BAD}|{_NEXT}|{_WISH}|下一?步)){{0,2}}"
)
# What says how far one task is: 形象进度, 累计完成, 占比.
_VALUE = (
    rf"{_WHEN}(?:工作|总体|总|形象|工程|项目|办理|推进|落实|整改|实施|任务)?(?:进展|进度|完成|情况|状态|成效|做法|结果)(?:情况|进度|率|数|量|值|投资|比例)?"
    rf"|{_WHEN}(?:累计|实际|已)?(?:完成|投资|投入|到位)?(?:累计|占比|比例|百分比|完成率|数量|投资|资金|数值|增幅|增速|同比|产值|产量)"
    r"|是否[^\s:,。]{1,6}|目标值?|任务量|年度(?:目标|任务)|(?:完成|办结)?(?:时限|时间|日期)|(?:责任|牵头|配合|填报|报送|联系)(?:单位|部门|人|人员|电话)|电话"
)
_NAME = (
    r"(?:重点|督办|目标|民生)?(?:任务|项目|事项|指标|工程|工作|建议|提案|议案|实事)"
    r"(?:名称|内容|事项|任务)?"
)
_ASIDE_LINE = re.compile(rf"{_ORDER}{_WHEN}{_ASIDE}\W*")
_ASIDE_FIELD = re.compile(rf"{_ORDER}{_WHEN}{_ASIDE}:")
_VALUE_LINE = re.compile(rf"{_ORDER}(?:{_VALUE})\W*")
_VALUE_FIELD = re.compile(rf"{_ORDER}(?:{_VALUE}):(?=.*\w)")
_NAME_FIELD = re.compile(rf"{_ORDER}{_NAME}\d?:(?=.*\w)")
_FIELD = re.compile(rf"{_ORDER}[\u4e00-\u9fff]{{2,8}}方面\W*")  # 海域方面。清退1.1万亩
_TITLE = re.compile(r"\W*\[[^\[\]]{2,40}\]\W*")
_ORDINAL = re.compile(
    r"\s*(?P<big>[一二三四五六七八九十]{1,2}、)|\s*(?P<mid>\([一二三四五六七八九十]{1,2}\))|\s*(?P<small>\(?\d{1,2}[.、)])"
)


@dataclass(slots=True)
class _Place:
    """Where in a form a line stands."""

    named: bool = False  # the lines before say which task
    aside: str | None = None  # the style of the heading whose lines name no task


def in_form(clauses: Sequence[Clause], text: str) -> Iterator[Clause]:
    """The clauses, those marked that a form keeps for one part of a report."""
    place, end, bound = _Place(), 0, None
    part = aside = value = headed = False
    parted = any(_ASIDE_FIELD.match(clause.words) for clause in clauses)
    for clause in clauses:
        gap = text[end : clause.start]
        fresh = clause.cut is Cut.LINE or "\n" in gap
        if fresh:
            if place.aside == "" and gap.count("\n") > 1:
                place.aside = None
            part, bound = _line(clause.words, place)
            value = parted and bool(_VALUE_FIELD.match(clause.words))
        end = clause.end
        aside = not fresh and aside and clause.cut <= Cut.COMMA
        aside = aside or bool(_ASIDE_FIELD.match(clause.words))
        within = value and not fresh and clause.cut <= Cut.COMMA  # 进展:甲完成七成,管网铺了八公里
        yield _marked(clause, part or aside, Cut.NONE if within or headed else bound)
        headed = bool(_FIELD.fullmatch(clause.words))


def _marked(clause: Clause, part: bool, bound: Cut | None) -> Clause:
    if part:
        return replace(clause, part=True)
    if bound is None:
        return clause
    return replace(clause, cut=min(bound, clause.cut), detail=True)


def _line(words: str, place: _Place) -> tuple[bool, Cut | None]:
    """Whether a new line names no task; how firmly it is cut off, if it goes on about the last."""
    if _ASIDE_LINE.fullmatch(words):
        place.aside = _style(words)
        return True, None
    if _ASIDE_FIELD.match(words):
        return True, None
    if place.named and _VALUE_FIELD.match(words):
        return False, Cut.NONE
    named = bool(_NAME_FIELD.match(words) or _TITLE.fullmatch(words))
    ends = named or _VALUE_LINE.fullmatch(words) or _style(words) == (place.aside or None)
    if place.aside is not None and not ends:
        return False, Cut.COMMA
    place.aside, place.named = None, named
    return False, None


def _style(words: str) -> str:
    """How a line is numbered; empty if it is not."""
    found = _ORDINAL.match(words)
    return (found.lastgroup or "") if found else ""
