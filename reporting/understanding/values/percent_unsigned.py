"""Numbers typed without their sign: the value of a rate, a completion or a count, by the task."""

import re

from reporting.report import Figure
from reporting.understanding.values import percent_words as say
from reporting.understanding.values.figures_names import short_name
from reporting.understanding.values.figures_whole import Goals
from reporting.understanding.words.numerals import find_numbers, read_number
from reporting.understanding.words.spans import Clause

ALL = 100
_MOST_GROWN = 3  # times the growth that was set; a larger number is the share of the year's sum
LEAST = 10  # nobody writes a completion below that without its sign
_COMPLETED = re.compile(
    r"\W*(?:已经?|目前|现在|总体|累计)*(?:完成|进度|[干做推进]+到)[了到约]?\s*(\d{1,3}(?:\.\d)?)\W*"
)
_OVER = 1.2  # times the goal that a count may reach and still be told from a completion


def read_bare(clauses: list[Clause], title: str) -> list[tuple[int, Figure]]:
    """Values of a rate typed without their sign: "增5.9" for a growth, "97.3" for a ratio."""
    if not say.TITLE_RATE.search(title):
        return []
    found = ((clause, say.BARE.fullmatch(clause.words)) for clause in clauses)
    told = [
        (clause.start + bare.start("value"), _bare_figure(bare))
        for clause, bare in found
        if bare and (bare["name"] or not _is_of_sum(_value_of(bare), title))
    ]
    named = ((clause, say.RATE_OF.fullmatch(clause.words)) for clause in clauses)
    places = {place for place, _ in told}
    return told + [
        (clause.start + rate.start("value"), _rate_of(rate))
        for clause, rate in named
        if rate and clause.start + rate.start("value") not in places and _names(rate["name"], title)
    ]


def _is_of_sum(value: float, title: str) -> bool:
    """Whether a number is too large for the growth that was set: the share of the year's sum."""
    rate = say.GROWTH_TITLE.search(title)
    return rate is not None and value > _MOST_GROWN * max(n.value for n in find_numbers(rate[0]))


def _names(words: str, title: str) -> bool:
    """Whether the words name what the title does; letters (GDP) may stand for it."""
    return words.isascii() or all(letter in title for letter in words)


def _rate_of(found: re.Match[str]) -> Figure:
    value = float(found["value"])
    return Figure(name=found["name"], value=-value if found["sign"] == "-" else value, unit="%")


def _value_of(bare: re.Match[str]) -> float:
    return read_number(bare["value"]) or 0.0


def _bare_figure(bare: re.Match[str]) -> Figure:
    value = _value_of(bare)
    return Figure(name=bare["name"] or "", value=-value if bare["fall"] else value, unit="%")


def read_unsigned(text: str, goals: Goals) -> float | Figure | None:
    """A whole message that is a number, or a name and a number up to 99: "60", "东环路65".

    It is the completion, unless the task is a rate ("固投8.3") or counts what the number must be:
    "净增31" and "平台3" of a hundred, "121" of 120.
    """
    found = say.UNSIGNED.fullmatch(text) or say.NAMED.fullmatch(text)
    if not found:
        return None
    name, value = text[: found.start(1)], float(found[1])
    if say.TITLE_RATE.search(goals.title) and (name.strip() or not _is_of_sum(value, goals.title)):
        return Figure(name=short_name(name), value=value, unit="%")
    if goals.quantities and _is_count(name, value, goals.quantities[0].value):
        return Figure(name=short_name(name), value=value, unit=goals.usual)
    return value if value <= ALL else None


def read_completed(text: str, goals: Goals) -> float | None:
    """The completion of a whole message that gives more than the goal could count: 完成58 of 46."""
    found = _COMPLETED.fullmatch(text)
    value, goal = float(found[1]) if found else 0.0, next(iter(goals.quantities), None)
    return value if goal and _OVER * goal.value < value <= ALL else None


def _is_count(name: str, value: float, goal: float) -> bool:
    """Whether a number without sign or unit counts what the goal counts."""
    counted = name.strip() and (value < LEAST or say.ADDED.search(name)) and value <= goal
    return bool(counted) or value > ALL or goal < value <= _OVER * goal
