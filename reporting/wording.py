"""How codes, titles, figures, days and facts are put into words, the same in every message."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from reporting.calendar import WorkCalendar
from reporting.report import STATUS_WORDS, Facts, Figure
from reporting.round import Round
from reporting.task import Task, TaskKind

TITLE_WIDTH = 40
QUOTE_WIDTH = 48
TEXT_WIDTH = 80
_EDGES = "、，。；：,.;: "
_LABEL = re.compile(r"^.*[:：]")
_EXAMPLE = "完成60%，正常推进"
_EXAMPLES: dict[TaskKind | None, str] = {
    TaskKind.INDICATOR: "累计增长5.8%，正常推进",
    TaskKind.PROPOSAL: "已与代表委员见面沟通，正在起草答复",
}
_NEAR_DAYS = {0: "今天", 1: "明天"}
_LONG_RUN = 5
_WEEKDAYS = "一二三四五六日"
_SCALES = ((Decimal(100_000_000), "亿", 4), (Decimal(10_000), "万", 2))


def display_width(text: str) -> int:
    """Columns a text takes on a screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def shorten(text: str, width: int) -> str:
    """The text on one line, cut to a display width with “…” in place of what was left off."""
    line = " ".join(text.split())
    if display_width(line) <= width:
        return line
    while display_width(line) > width - 2:
        line = line[:-1]
    return line.rstrip(_EDGES) + "…"


def code_words(code: str) -> str:
    """One task code in words: 第12项, but 民5项, for a code that says its kind by itself."""
    return code_list((code,))


def code_list(codes: Iterable[str]) -> str:
    """Task codes in words: 第3、12、40至58项，民5、民7项."""
    given = tuple(codes)
    numbered = "、".join(_with_ranges([code for code in given if _is_plain(code)]))
    named = "、".join(code for code in given if not _is_plain(code))
    parts = (f"第{numbered}项" if numbered else "", f"{named}项" if named else "")
    return "，".join(part for part in parts if part)


def code_in_command(code: str) -> str:
    """The code as a liaison types it: 12号, 民5."""
    return f"{code}号" if _is_plain(code) else code


def task_words(code: str, title: str) -> str:
    """A task on one line: its code and a short title."""
    return f"{code_words(code)} {shorten(title, TITLE_WIDTH)}".rstrip()


def number_words(value: float) -> str:
    """A number without a tail of zeros and never in powers of ten."""
    return _plain(Decimal(str(round(value, 6))))


def number_range(numbers: Sequence[int]) -> str:
    """The numbers on offer: 1至4, or 1、2、5 where some between them are not."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}至{numbers[-1]}"
    return "、".join(map(str, numbers))


def example_reply(task: Task) -> str:
    """A reply as the asker could write it, of the sort his kind of task wants."""
    return f"{code_in_command(task.code)} {_EXAMPLES.get(task.kind, _EXAMPLE)}"


def figure_words(figure: Figure) -> str:
    """A figure as people write it: 投资2.3亿元, 路面19.6公里; never rounded."""
    # A name is cut from the reply, so a label (“进展:”) or a comma may still stand before it.
    name = _LABEL.sub("", figure.name).strip(_EDGES)
    return f"{name if len(name) > 1 else ''}{amount_words(figure.value, figure.unit)}"


def amount_words(value: float, unit: str) -> str:
    """A value with its unit, in 万 or 亿 where that is shorter and still exact."""
    exact = Decimal(str(round(value, 6)))
    for scale, word, places in _SCALES:
        scaled = exact / scale
        if unit != "%" and abs(scaled) >= 1 and scaled == round(scaled, places):
            return f"{_plain(scaled)}{word}{unit}"
    return f"{_plain(exact)}{unit}"


def facts_words(facts: Facts) -> str:
    """What was recorded, in words; empty if the reply named the task and no more."""
    told = "".join(filter(None, (facts.problem, facts.next_step, facts.suggestion)))
    figures = dict.fromkeys(map(figure_words, facts.figures))
    state = (
        f"进度{number_words(facts.percent)}%" if facts.percent is not None else "",
        STATUS_WORDS[facts.status] if facts.status is not None else "",
        "、".join(words for words in figures if words not in told),
    )
    texts = (("问题", facts.problem), ("下步", facts.next_step), ("建议", facts.suggestion))
    parts = [_joined("，", state)]
    parts += [f"{name}：{shorten(text, TEXT_WIDTH)}" for name, text in texts if text]
    return _joined("；", parts)


def day_words(day: date) -> str:
    """A day as people write it: 6月25日（周四）."""
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def full_day_words(day: date) -> str:
    """A day with its year: 2026年9月30日（周三）."""
    return f"{day.year}年{day_words(day)}"


def moment_words(moment: datetime) -> str:
    """A moment as people write it: 6月25日（周四）18:00."""
    return f"{day_words(moment.date())}{moment:%H:%M}"


def cutoff_words(this_round: Round, now: datetime, calendar: WorkCalendar) -> str:
    """When the round closes, and how many working days are left."""
    cutoff = this_round.cutoff_at
    today = now.astimezone(cutoff.tzinfo).date()
    if now > cutoff:
        return f"{moment_words(cutoff)}，已截止"
    ahead = (cutoff.date() - today).days
    near = f"{_NEAR_DAYS[ahead]}（{cutoff.month}月{cutoff.day}日）" if ahead in _NEAR_DAYS else ""
    left = calendar.working_days_between(today, cutoff.date())
    rest = f"，还有{left}个工作日" if left else ""
    return f"{near or day_words(cutoff.date())}{cutoff:%H:%M}{rest}"


def _with_ranges(codes: Sequence[str]) -> list[str]:
    """The codes with long runs of neighbours as 40至58; short ones stay as they are."""
    runs: list[list[str]] = []
    for code in codes:
        last = runs[-1][-1] if runs else ""
        follows = last.isdecimal() and code.isdecimal() and int(code) == int(last) + 1
        if follows:
            runs[-1].append(code)
        else:
            runs.append([code])
    return [
        text
        for run in runs
        for text in ([f"{run[0]}至{run[-1]}"] if len(run) >= _LONG_RUN else run)
    ]


def _is_plain(code: str) -> bool:
    return code.isascii()


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _joined(separator: str, parts: Iterable[str]) -> str:
    return separator.join(part for part in parts if part)
