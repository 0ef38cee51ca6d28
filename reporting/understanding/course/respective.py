"""What is told of several tasks in order: 分别完成88%、76%; 前者八成,后者没动; 甲、乙:68%、44%."""

import re

_JOIN = r"\s*[、,，和及与]\s*"
_VALUE = r"[^\d、,，;；。和及与]{0,12}\d[\d.]*(?:万|亿)?[^\d、,，;；。和及与\s]{0,5}"
_EACH = re.compile(rf"分别(?P<values>{_VALUE}(?:{_JOIN}{_VALUE})+)")
# What says how something stands in a few letters: 68%, 按序时; 路面 does not.
_SHORT = re.compile(
    r"(?=.*(?:[\d半正]|成|序时|计划|顺利|完|慢|滞后|未|没|已|停|开工))[^,，;；。]{1,10}"
)
_VERB = re.compile(r"\D*")
_FORMER = re.compile(r"前者[,，:：]?(?P<former>[^;；。]+?)[,，;；。]\s*后者[,，:：]?")
_OWN = re.compile(r"[、和及与].*分别")  # 道路和管网分别完成52%、48%: two parts of one task


def is_of_parts(words: str) -> bool:
    """Whether the things told one by one are named in these words, and are parts of one task."""
    return bool(_OWN.search(words))


def told_in_order(words: str, count: int) -> tuple[str, ...]:
    """As many values as there are tasks, one after the other: 68%、44%."""
    values = tuple(re.split(r"\s*、\s*", words.strip(" :：,，。")))
    return values if len(values) == count and all(map(_SHORT.fullmatch, values)) else ()


def told_of_each(words: str) -> tuple[str, ...]:
    """What they say of each, in order; nothing if they speak of no several one by one.

    What stands before is said of the last, what stands behind of all:
    分别完成88%、76%,均正常 says 完成88%,均正常 and 完成76%,均正常.
    """
    if found := _EACH.search(words):
        before, rest = words[: found.start()], words[found.end() :]
        values = re.split(_JOIN, found["values"])
        verb = values[0][: _verb(values[0])]
        said = [f"{'' if _verb(value) else verb}{value}{rest}" for value in values]
        return *said[:-1], before + said[-1]
    if found := _FORMER.search(words):
        return found["former"], words[: found.start()] + words[found.end() :]
    return ()


def _verb(value: str) -> int:
    """How many letters stand before the number: two in 完成52%."""
    found = _VERB.match(value)
    return found.end() if found else 0
