"""Where a task stands, only as far as the words say so."""

import re

from reporting.report import Status
from reporting.task import TaskKind
from reporting.understanding import status_words as say
from reporting.understanding.percent_words import PARTS
from reporting.understanding.spans import Clause
from reporting.understanding.spans_pattern import any_of

_PART = re.compile(
    r"(?:\d|[一二两三四五六七八九十])\S{0,2}?(?:个(?!多?月)|处|座|条|家|户|所|项|台|栋|段|标段|"
    r"批|期|部|艘|套|幢|公里|亩|米|台|株|孔|组|根)|"
    r"其中|剩下|剩余|其余|部分|还有"
)
_MEASURED = re.compile(r"\d+(?:\.\d+)?万?[个处座条家户所项台栋段间公里亩米]+")
_BEGUN = re.compile(
    r"开工\s*\d|在建|[建修]成|封顶|完工|竣工|收尾|通了|合龙|投用|正在施工|另外|"
    r"开工[两三四五六七八九]|[个所处座条家栋段]已开工|[铺建装改栽种修拆签挖浇](?:了|轨|设|通|好"
    r"|完|成)?\d"
)
_FORECAST = re.compile(r"预计|将|能|力争|确保|争取|计划|可在|(?:月|年)(?:底|初|[上中下]旬|前|末)")
_FILLER = re.compile(
    any_of(
        r"[\s:、,.\d#*()【】“”] 第 号 项 我[司局县镇乡办们市区] 负责 牵头 本 的 那个 这个 "
        r"这块 那块 今年",
        "目前 现在 已经? 全部 项目 工程 任务 工作 建设 都 均 年度 进展 情况 进度 状态 是 县 "
        "市 区 局",
        "该 此 这 于 前 底 初 [上中下]旬 [年月日] 由 截至 单位",
    )
)
_HIGH_IS_BAD = re.compile(r"(?<![不低])高于[^,]{0,8}(?:目标|要求|计划|限值|序时)")
_LOW_TITLE = re.compile(r"以下|以内|下降|控制在|不高于|不超过|降低|双降|减少")


def says_behind(text: str) -> bool:
    """Whether the words state a lag, not deny or fear one."""
    return bool(say.BEHIND.search(say.NOT_BEHIND.sub("", text)))


def is_bare_lag(text: str) -> bool:
    """Whether the words state a lag and neither what lags nor by how much (进度严重滞后)."""
    if not says_behind(text) or say.MEASURE.search(say.LAG_FILLER.sub("", text)):
        return False
    return len(say.LAG_FILLER.sub("", say.BEHIND.sub("", text))) < 2


def read_status(
    clauses: list[Clause], title: str, percent: float | None, kind: TaskKind | None
) -> Status | None:
    """The status the clauses state; a stated lag outweighs a general 正常."""
    texts = [clause.words.strip() for clause in clauses]
    lower = bool(_LOW_TITLE.search(title))
    if any(says_behind(text) or (lower and _HIGH_IS_BAD.search(text)) for text in texts):
        return Status.BEHIND
    if not percent and _nothing_begun(texts, title):
        return Status.NOT_STARTED
    if (percent is None or percent >= 100) and any(
        _done(text, title) for text in texts if not say.STEP.search(text)
    ):
        return Status.DONE
    if kind == TaskKind.PROPOSAL and _answered(",".join(texts)):
        return Status.DONE
    if any(_on_track(text) for text in texts):
        return Status.ON_TRACK
    return None


def _answered(text: str) -> bool:
    """Whether a deputy's proposal was answered and found satisfactory, which closes it."""
    return bool(say.ANSWERED.search(text)) and not say.STILL_ANSWERING.search(text)


def _on_track(text: str) -> bool:
    return bool(say.ON_TRACK.search(text) or say.DENIES_LAG.search(text))


def _nothing_begun(texts: list[str], title: str) -> bool:
    """Whether the words say that work has not begun, and none that it has anywhere."""
    return any(_not_started(text, title) for text in texts) and not any(
        _BEGUN.search(text) and not say.NOT_STARTED.search(text) for text in texts
    )


def _not_started(text: str, title: str) -> bool:
    found = say.NOT_STARTED.search(text)
    if not found or re.match(r"\s*\d", text[found.end() :]):
        return False
    subject = text[: found.start()]
    subject = _MEASURED.sub(lambda size: "" if size[0] in title else size[0], subject)
    return all(part[0] in title for part in _PART.finditer(subject))


def _done(text: str, title: str) -> bool:
    goal = say.MILESTONE.search(text)
    if goal and title.endswith(goal[1]) and _whole(text[: goal.start()], title):
        return True
    found = say.DONE.search(text) or say.BARE_DONE.search(text)
    if not found or re.match(r"\D{0,2}\d", text[found.end() :]):
        return False
    if _FORECAST.search(text[: found.start()]) and not re.search(r"已|于", text[: found.end()]):
        return False
    return _whole(text[: found.start()], title)


def _whole(subject: str, title: str) -> bool:
    """Whether the words before 完成 name the whole task: little is left without its title."""
    subject = subject.rpartition(":")[2]
    subject = _MEASURED.sub(lambda size: "" if size[0] in title else size[0], subject)
    if _PART.search(subject) or any(part[0] not in title for part in PARTS.finditer(subject)):
        return False
    rest = [c for c in _FILLER.sub("", subject) if c not in title]
    return len(rest) <= 1 or len(rest) * 4 <= len(subject)
