"""The office enters a leave for a liaison: 张三12号到16号休假，找李四; 张三销假."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.errors import AnswerRefused
from reporting.leave import Absence, Leave, read_absence, span_words
from reporting.liaison import Liaison
from reporting.unit import Unit
from reporting.wording import day_words

_ASKS = re.compile(r"[?吗谁哪]|多少|几[位个]人")
_BEFORE = re.compile(r"(?:请|帮|给|为|替|将|把|登记|取消|联络员|同志|的|[\s,:、])*")
_AFTER = re.compile(r"^(?:同志|联络员|科长|主任|局长|股长|的|登记|[\s,:、])+")
_EXAMPLE = "“我"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOrder:
    """Whose leave the office enters or ends, and what it says of it."""

    key: str
    absence: Absence


def read_leave_order(
    text: str, people: Sequence[Liaison], units: Sequence[Unit], today: date
) -> LeaveOrder | None:
    """The leave a text of the office tells of; None if of none, AnswerRefused if it is unclear."""
    said = unicodedata.normalize("NFKC", text).strip()
    if _ASKS.search(said):
        return None
    name, before, after = _split(said, people, units)
    if not name:
        _require_no_leave(said, today)
        return None
    undone = "取消" if "取消" in before else ""
    try:
        absence = read_absence(f"我{undone}{_AFTER.sub('', after)}", today)
    except AnswerRefused as refused:
        raise AnswerRefused(str(refused).replace(_EXAMPLE, f"“{name}")) from None
    if absence is None:
        return None
    return LeaveOrder(key=_key_of(name, before, people, units), absence=absence)


def compose_order_kept(person: Liaison, leave: Leave, stand_ins: Sequence[str]) -> str:
    """The office's receipt for a leave."""
    back = day_words(leave.ends + timedelta(days=1))
    meanwhile = (
        f"期间由{'、'.join(stand_ins)}代报"
        if stand_ins
        else f"该单位没有登记B角，期间不催报、不计迟报，也可再发“{person.name}…休假，找某某”"
    )
    whose = f"{person.name}（{'、'.join(person.units)}）"
    return (
        f"已登记{whose}休假：{span_words(leave)}。{meanwhile}；{back}起恢复。"
        f"提前返岗请发“{person.name}销假”。"
    )


def compose_order_ended(person: Liaison, ended: int) -> str:
    """The office's receipt where somebody is back."""
    if ended:
        return f"已为{person.name}销假，提醒和通知恢复发给本人。"
    return f"没有登记{person.name}的休假，无需销假。"


def compose_entered_notice(leave: Leave, stand_ins: Sequence[str]) -> str:
    """What he is told whose leave the office entered."""
    meanwhile = f"期间由{'、'.join(stand_ins)}代报" if stand_ins else "期间不催报、不计迟报"
    return (
        f"督查室已为您登记休假：{span_words(leave)}，{meanwhile}。"
        "有误请直接回复，如“我12号到16号休假，找李四”；提前返岗请回复“销假”。"
    )


def compose_ended_notice() -> str:
    """What he is told whose leave the office ended."""
    return "督查室已为您销假，提醒和通知恢复发给您。"


def _split(said: str, people: Sequence[Liaison], units: Sequence[Unit]) -> tuple[str, str, str]:
    """The name a text is about, what stands before it and after it; no name: nobody's known."""
    places = [(said.find(one.name), -len(one.name), one.name) for one in people if one.name in said]
    if not places:
        return "", said, ""
    start, _, name = min(places)
    before = said[:start]
    bare = before
    for word in sorted(_names(units), key=len, reverse=True):
        bare = bare.replace(word, "")
    if not _BEFORE.fullmatch(bare):
        return "", said, ""
    return name, before, said[start + len(name) :]


def _require_no_leave(said: str, today: date) -> None:
    """Nobody is named that is known; where it tells of a leave all the same, say so."""
    try:
        absence = read_absence(f"我{said}", today)
    except AnswerRefused:
        return
    if absence is not None and absence.starts is not None:
        raise AnswerRefused(
            "休假没有登记：请写明是哪位联络员，姓名以通讯录为准，如“张三12号到16号休假，找李四”。"
        )


def _key_of(name: str, before: str, people: Sequence[Liaison], units: Sequence[Unit]) -> str:
    """Who of this name is meant; of several the one whose unit stands before it."""
    called = [one for one in people if one.name == name]
    named = {unit.name for unit in units if any(word in before for word in _names([unit]))}
    meant = [one for one in called if named & set(one.units)] or called
    if len(meant) > 1:
        raise AnswerRefused(
            f"有{len(meant)}位“{name}”，请在姓名前写明单位，如“{meant[0].units[0]}{name}…休假”。"
        )
    return meant[0].key


def _names(units: Sequence[Unit]) -> tuple[str, ...]:
    """What units are called; 财政局 is 县财政局 to whoever works in the county."""
    whole = [name for unit in units for name in (unit.name, *unit.aliases)]
    return (*whole, *(name[1:] for name in whole if name[0] in "省市县区"))
