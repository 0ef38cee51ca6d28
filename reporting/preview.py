"""Digests shown to the office before they are posted, where it has set so (先审后发).

A digest that nobody approved stays; the office is reminded, and nothing of it is lost.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reporting.calendar import WorkCalendar
from reporting.errors import AnswerRefused
from reporting.round import Round, RoundRules
from reporting.wording import moment_words

_ORDER = re.compile(
    r"^\s*(同意(?:发布|发送|发出|发)?|发布?|发送|缓发|暂缓(?:发布|发)?|修改|预览)"
    r"(?:[：:\s，,]+(.*?))?[。！!]?\s*$",
    re.S,
)


class DigestKind(StrEnum):
    """Which digest of a round."""

    CUTOFF = "cutoff"
    QUARTER = "quarter"
    OFFICE = "office"  # the office's own full view: shown to it and to nobody else


KIND_WORDS = {
    DigestKind.CUTOFF: "月度摘要",
    DigestKind.QUARTER: "季度摘要",
    DigestKind.OFFICE: "全部事项",
}


class DigestVerb(StrEnum):
    """What the office wants done with a previewed digest."""

    RELEASE = "release"
    HOLD = "hold"
    REVISE = "revise"
    SHOW = "show"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestOrder:
    """The office's word on what it was shown; `words` is its note (按语)."""

    verb: DigestVerb
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A digest as it was shown; `held` says that the office wants it to wait."""

    id: int
    round_id: int
    plan_id: int
    year: int
    month: int
    kind: DigestKind
    text: str
    note: str = ""
    held: bool = False
    posted: bool = False

    @property
    def name(self) -> str:
        """As people call it: 2026年6月月度摘要."""
        return f"{self.year}年{self.month}月{KIND_WORDS[self.kind]}"


def read_digest_order(text: str) -> DigestOrder | None:
    """The order a text gives about a digest; a change needs the words to be added."""
    found = _ORDER.match(text)
    if found is None:
        return None
    verb, words = found[1], (found[2] or "").strip()
    if verb == "修改":
        if not words:
            raise AnswerRefused(
                "请写明要加的按语，如“修改 请各单位抓紧三季度”；"
                "数字来自台账，须先更正或退回填报，再回复“预览”。"
            )
        return DigestOrder(verb=DigestVerb.REVISE, words=words)
    if words:
        return None
    if verb == "预览":
        return DigestOrder(verb=DigestVerb.SHOW)
    holds = verb.startswith(("缓", "暂缓"))
    return DigestOrder(verb=DigestVerb.HOLD if holds else DigestVerb.RELEASE)


def posting_moment(month: Round, rules: RoundRules, calendar: WorkCalendar) -> datetime:
    """When a digest should be out: the morning of the working day after the cutoff."""
    day = calendar.add_working_days(month.cutoff_at.date(), 1)
    return datetime.combine(day, rules.remind_at, month.cutoff_at.tzinfo)


def with_note(text: str, note: str) -> str:
    """The digest with the office's note under its heading."""
    heading, _, rest = text.partition("\n")
    return f"{heading}\n督查室按：{note}\n{rest}" if note else text


def compose_preview(preview: Preview, until: datetime) -> str:
    """What the office's staff are shown."""
    return (
        f"【待审】{preview.name}，请于{moment_words(until)}前审定。"
        "回复“同意”发出，“缓发”暂不发，“修改 按语”加一段话，“预览”按最新台账重排。\n\n"
        f"{preview.text}"
    )


def compose_overdue(preview: Preview) -> str:
    """The office is reminded: the digest waits."""
    return (
        f"【待审】{preview.name}还没有审定，尚未发出。"
        "回复“同意”发出，“缓发”暂不发，“预览”再看一遍。"
    )
