"""Leave (休假): when a liaison is away and who stands in, as he says it in chat.

“我12号到16号休假，找李四”, “本人6月12日至16日请假，由李四代报”, “我明天起出差三天”, “销假”.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.errors import AnswerRefused
from reporting.wording import day_words

_LONGEST_TEXT = 60
_LONGEST_LEAVE = timedelta(days=370)
_AWAY = re.compile(
    r"休(?:年|病|产|婚|事|公|探亲)?假|请(?:了|个)?(?:年|病|事|产|婚|几天)?假"
    r"|年假|病假|产假|陪产假|婚假|探亲假|出差|外出(?:学习|培训|考察)|轮休|调休|不在(?:岗|单位)"
)
_HIMSELF = re.compile(
    r"^\W*(?:我|本人|请假|休假|出差|从|自|今|明|后|大后|下?周|\d{1,2}[月日号到至~-])"
)
# What is away there is no person, or the message tells of work.
_WORK = re.compile(
    r"%|％|完成|进度|进展|工程|项目|任务|工人|工地|施工|停工|复工|职工|员工|学生|群众|老师|学校|放假|已报"
)
_BACK = re.compile(
    r"^\W*(?:我|本人)?(?:已经?|要)?(?:取消(?:休假|请假)|销假|(?:休假|请假)(?:取消|结束)"
    r"|(?:提前)?(?:回来|返回)(?:上班|工作|了)|返岗|回岗)\W*了?\W*$"
)
_DAY = re.compile(
    r"(?:(\d{1,2})月)?(\d{1,2})[日号]|(?:(\d{1,2})月)?(\d{1,2})(?=\s*[到至~—-])"
    r"|(?<=[到至~—-])\s*()(\d{1,2})(?![日号\d月个天])"
)
_NEAR = re.compile(r"今天|今日|明天|明日|大后天|后天|(下)?周([一二三四五六日天])")
_NEAR_DAYS = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_LENGTH = re.compile(r"([一二两三四五六七八九十]|\d{1,3})\s*个?(天|周|星期|礼拜)")
_NUMBERS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_STAND_IN = re.compile(
    r"(?:请?找|请?联系|请?由|让|交给|委托|请(?![\u4e00-\u9fff]{0,3}假))\s*([\u4e00-\u9fff]{2,3}?)"
    r"(?=代|负责|报|对接|顶|替|接|帮|处理|即可|就行|吧|\W|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Days a liaison is away, both included; `stand_in` is who is asked instead, if he named one.

    Without one his unit's deputy (B角) is asked.
    """

    liaison_id: int
    starts: date
    ends: date
    stand_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What a message says of its sender's leave; no days: it is over."""

    starts: date | None = None
    ends: date | None = None
    stand_in: str = ""


def read_absence(text: str, today: date) -> Absence | None:
    """The leave a message tells of; None if it tells of none, AnswerRefused if days are missing."""
    said = unicodedata.normalize("NFKC", text).strip()
    if len(said) > _LONGEST_TEXT:
        return None
    if _BACK.match(said):
        return Absence()
    if not (_AWAY.search(said) and _HIMSELF.match(said)) or _WORK.search(said):
        return None
    starts, ends = _days(said, today)
    if ends < today or ends - starts > _LONGEST_LEAVE:
        raise AnswerRefused("这段日期不对，请重新写明，如“我12号到16号休假，找李四”。")
    named = _STAND_IN.search(said)
    return Absence(starts=starts, ends=ends, stand_in=named[1] if named else "")


def compose_leave_kept(leave: Leave, stand_ins: Sequence[str]) -> str:
    """The receipt for a leave: who is asked meanwhile, and how to call it off."""
    back = day_words(leave.ends + timedelta(days=1))
    meanwhile = (
        f"期间的提醒和通知发给{'、'.join(stand_ins)}，由其代报，不影响您的考核"
        if stand_ins
        else "本单位没有登记B角，期间不会催您；请尽快回复“我…休假，找某某”写明由谁代报"
    )
    return f"已登记休假：{span_words(leave)}。{meanwhile}；{back}起恢复。提前返岗请回复“销假”。"


def compose_leave_ended(ended: int) -> str:
    """The answer to a liaison who is back."""
    return "已销假，提醒和通知恢复发给您。" if ended else "没有登记您的休假，无需销假。"


def compose_stand_in_notice(name: str, units: Sequence[str], leave: Leave) -> str:
    """What the person is told who stands in."""
    return (
        f"{name}（{'、'.join(units)}联络员）{span_words(leave)}休假，期间由您代报。\n"
        "有需要报送的会提醒您，像平常一样回复一句话即可；回复“我的任务”可查看。"
    )


def compose_leaves(leaves: Sequence[Leave], names: Mapping[int, str]) -> str:
    """Who is or will be away, for the office."""
    lines = [
        f"{names[leave.liaison_id]}：{span_words(leave)}，{_instead(leave, names)}"
        for leave in leaves
        if leave.liaison_id in names
    ]
    return "\n".join((f"正在和将要休假{len(lines)}人：", *lines)) if lines else "目前没有人休假。"


def span_words(leave: Leave) -> str:
    """The days of a leave in words."""
    if leave.starts == leave.ends:
        return day_words(leave.starts)
    return f"{day_words(leave.starts)}至{day_words(leave.ends)}"


def _instead(leave: Leave, names: Mapping[int, str]) -> str:
    named = names.get(leave.stand_in or 0)
    return f"由{named}代报" if named else "由B角代报"


def _days(said: str, today: date) -> tuple[date, date]:
    """The first and the last day; AnswerRefused where the text leaves one open."""
    named = sorted(
        [(found.start(), found) for found in _DAY.finditer(said)]
        + [(found.start(), found) for found in _NEAR.finditer(said)],
        key=lambda pair: pair[0],
    )
    length = _LENGTH.search(said)
    if len(named) >= 2:
        starts = _day(named[0][1], today)
        return starts, _last(named[1][1], starts, today)
    starts = _day(named[0][1], today) if named else today
    if length is not None:
        number = int(length[1]) if length[1].isdigit() else _NUMBERS[length[1]]
        return starts, starts + timedelta(days=number * (1 if length[2] == "天" else 7) - 1)
    if not named or re.search(r"起|开始", said):
        raise AnswerRefused("请写明休到哪天，如“我12号到16号休假，找李四”。")
    return starts, starts


def _day(found: re.Match[str], today: date) -> date:
    """A day named by itself: of this month where none is named, the weekday to come."""
    if found.re is _NEAR:
        return _near(found, today)
    month, day = _month_and_day(found)
    named = _date(today.year, month or today.month, day)
    # A leave may have begun a few days ago; what is long past is meant for the months to come.
    if named >= today - timedelta(days=14):
        return named
    if month:
        return _date(today.year + 1, month, day)
    return _date(today.year + today.month // 12, today.month % 12 + 1, day)


def _last(found: re.Match[str], starts: date, today: date) -> date:
    if found.re is _NEAR:
        ends = _near(found, today)
        return ends if ends >= starts else ends + timedelta(days=7)
    month, day = _month_and_day(found)
    ends = _date(starts.year, month or starts.month, day)
    if ends >= starts:
        return ends
    if month:
        return _date(starts.year + 1, month, day)
    return _date(starts.year + starts.month // 12, starts.month % 12 + 1, day)


def _near(found: re.Match[str], today: date) -> date:
    if found[0] in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[found[0]])
    monday = today - timedelta(days=today.weekday())
    weekday = "一二三四五六日".index(found[2].replace("天", "日"))
    day = monday + timedelta(days=weekday + (7 if found[1] else 0))
    return day if day >= today else day + timedelta(days=7)


def _month_and_day(found: re.Match[str]) -> tuple[int, int]:
    numbers = [group for group in found.groups() if group]
    return (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else (0, int(numbers[0]))


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise AnswerRefused(f"没有{month}月{day}日，请重新写明日期。") from None
