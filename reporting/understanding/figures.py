"""Quantities with a unit: those reached now, not targets, totals, dates or last year's values."""

import re

from reporting.report import Figure
from reporting.understanding.figures_units import MONEY_NOUN, UNIT, UNITS
from reporting.understanding.numerals import Numeral, find_numbers
from reporting.understanding.spans import Clause

_DATE_AFTER = re.compile(
    r"^\s*(?:年(?!龄)|月|日|号|季度|点(?:钟)?(?!位)|时|周(?!岁)|岁|期(?!间)|#|%|[-~至到—][\d一二三四五六七八九十]|个百分点|成|分之|、\d+(?:[、\d]*)[月号项])"
)
_LABEL_BEFORE = re.compile(
    r"(?:第|[A-Za-z]|不是|去年|上年|同期|目标|任务(?:数)?|计划|共需|年度|全年|总投资|总(?:面积|长|规模)?|还差|还剩|剩余|剩下|剩|其余|余下|仅剩|还有|差|[-~—/.])\s*$"
)
_APPROX = re.compile(r"^(?:多|余|来|几)")


def read_figures(clauses: list[Clause], title: str) -> list[tuple[int, Figure]]:
    """The quantities the clauses report as reached, with their places."""
    targets = {(value, unit) for _, value, unit, _ in _quantities(title)}
    figures = []
    for clause in clauses:
        found = list(_quantities(clause.words))
        for place, (start, value, unit, _) in enumerate(found):
            before = clause.words[found[place - 1][3] if place else 0 : start]
            if _LABEL_BEFORE.search(before):
                continue
            if (value, unit) in targets and not re.search(r"全部|均已|都|完成", clause.words):
                continue
            if (value, unit) in targets and any(u == unit for _, _, u, _ in found[place + 1 :]):
                continue
            figures.append(
                (
                    clause.start + start,
                    Figure(name=before.strip("、: ")[-12:], value=value, unit=unit),
                )
            )
    return figures


def _quantities(text: str) -> list[tuple[int, float, str, int]]:
    return [read for numeral in find_numbers(text) if (read := _quantity(text, numeral))]


def _quantity(text: str, numeral: Numeral) -> tuple[int, float, str, int] | None:
    after = text[numeral.end : numeral.end + 12]
    if _DATE_AFTER.search(after):
        return None
    if numeral.start and text[numeral.start - 1] in "第ABCDEFGHIJKLMNOPQRSTUVWXYZ.":
        return None
    skip = _APPROX.match(after)
    rest = after[skip.end() :] if skip else after
    unit = UNIT.match(rest)
    if unit:
        return (
            numeral.start,
            numeral.value,
            UNITS[unit[0]],
            numeral.end + (len(after) - len(rest)) + unit.end(),
        )
    if text[numeral.end - 1] in "万亿" and MONEY_NOUN.search(text):
        return numeral.start, numeral.value, "元", numeral.end
    return None
