"""Where a task stands, only as far as the words say so."""

import re
from functools import lru_cache

from reporting.report import Status
from reporting.task import TaskKind
from reporting.understanding.values import status_words as say
from reporting.understanding.values.percent_words import GROWTH_TITLE, PARTS
from reporting.understanding.values.stated import stated
from reporting.understanding.values.status_done import (
    closes_proposal,
    is_whole,
    names_part,
    says_all_done,
)
from reporting.understanding.words.spans import Clause

_BEGUN = re.compile(
    r"开工\s*\d|在建|[建修]成|封顶|完工|竣工|收尾|通了|合龙|投用|正在施工|另外|"
    r"开工[两三四五六七八九]|[个所处座条家栋段]已开工|[铺建装改栽种修拆签挖浇](?:了|轨|设|通|好"
    r"|完|成)?\d|进场\d"
)
_HIGH_IS_BAD = re.compile(
    r"超(?:过|出)?[^,未没]{0,3}(?:目标|限值|控制线|红线|上限)值?了?\d|"
    r"(?<![不低])高于[^,]{0,8}(?:目标|要求|计划|限值|序时|控制线|红线|上限)|"
    r"[比较][^,]{0,8}(?:目标|要求|计划|限值|控制线)[^,]{0,2}高"
)
# To stay below what an indicator may not pass is no lag, and to pass a goal none either.
_LIMIT = re.compile(r"以下|以内|控制在|不高于|不超过")
_BELOW_LIMIT = re.compile(r"(?:低|小|少)于[^,]{0,8}(?:目标|要求|限值|控制线|红线|上限)")
_OVER_GOAL = re.compile(r"(?:(?<!不)高于|超(?:过|出)?了?)(?:年度|全年|预期|既定)?目标值?$")
# What the title names is well, or was not got done: 水质没问题, 培训没有完成.
_NO_PROBLEM = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?:[这那][块项边头个]|(?:我们|我[局镇委办])?这[边头]|方面|也|都)?(?:没有?|冇|木|呒没?)(?:啥|什么|大)*问题|"
    r"([\u4e00-\u9fff]{2,8}?)(?:也|都|均)?正常"
)
_NOT_DONE = re.compile(
    r"([\u4e00-\u9fff]{0,8}?)(?:任务)?(?:还|都|也)?(?:没有?|未能?)(?:按[期时])?完成"
)
_DECOR = re.compile(r"(?:\[[\u4e00-\u9fff]{1,4}\]|\([附见详][^()]*\)|[!~✔✅☑√]|\s)+$")  # [庆祝], ✔
_WORKED = re.compile(r"(?:了|完成|开工|到)\s*\d")
_OF_MONTH = re.compile(r"(?:本月|当月|这个?月)[^,]{0,2}$")  # 这个月没动静: begun before
_ADVERBS = re.compile(
    r"还|都|也|目前|那个?|这个?|现在|一直|仍然?|尚|均|项目|工程|整体|全部|[的\W\d]"
)
_SOFT = re.compile(
    r"(?<=\S[了完好成的结束工])[哈哦啊呀喔噢呗哟呐哉]+$|(?<=[弄搞动开干])嘞$"
)  # 完了哈
# What else may stand between the task and how it stands: 农村公路目前总体推进得还行.
_STANDING = re.compile(
    r"进度|进展|推进|工期|总体|整体|仍然?|还是?|都|也|一直|确实|实在|有点|有些|稍微?|略微?|比较|可能|估计|应该|恐怕|主要|今年|这边|[,:]"
)
_CAUSE = re.compile(r"(?:因|由于|受|等)[^,]*$")
_NONE = re.compile(r"[一半](?:处|个|家|座|条|户|台|套|块|点)(?:都|也)")
_LOW_TITLE = re.compile(r"以下|以内|下降|控制在|不高于|不超过|降低|双降|减少")


@lru_cache(maxsize=256)
def says_behind(text: str) -> bool:
    """Whether the words state a lag, not deny or fear one."""
    said = stated(text)
    return _tells_lag(text) or (said is not None and said.status == Status.BEHIND)


def _tells_lag(text: str) -> bool:
    return bool(say.BEHIND.search(say.NOT_BEHIND.sub("", text)))


def without_statement(text: str, title: str) -> str:
    """The words before a statement of how the task itself stands: 农村公路推进得还行, 没着手."""
    said = stated(text)
    own = said is not None and _is_stated(text, title, said.status)
    return text[: said.start] if said is not None and own else text


def is_bare_lag(text: str) -> bool:
    """Whether the words state a lag and neither what lags nor by how much (进度严重滞后)."""
    if not says_behind(text) or say.MEASURE.search(say.LAG_FILLER.sub("", text)):
        return False
    said = stated(text)
    lag = said is not None and said.status == Status.BEHIND
    left = say.BEHIND.sub("", text[: said.start] if said is not None and lag else text)
    return len(say.LAG_FILLER.sub("", left)) < 2


def read_status(
    clauses: list[Clause], title: str, kind: TaskKind | None, *, begun: bool, short: bool
) -> Status | None:
    """The status the clauses state; a stated lag outweighs a general 正常.

    Values say whether work has `begun`, and whether they fall `short` of the whole.
    """
    texts = [_plain(clause.words.strip()) for clause in clauses]
    if any(_is_behind(text, title) for text in texts):
        return Status.BEHIND
    if say.PUT_OFF.search(",".join(texts)) or _below(texts, title):
        return Status.BEHIND
    if not begun and _nothing_begun(texts, title):
        return Status.NOT_STARTED
    if not short and says_all_done(texts, title):
        return Status.DONE
    if kind == TaskKind.PROPOSAL and any(closes_proposal(text) for text in texts):
        return Status.DONE
    on_track = any(_on_track(text, title) for text in texts)
    return Status.ON_TRACK if on_track else None


def _plain(text: str) -> str:
    return _SOFT.sub("", text if text[-1:].isalnum() else _DECOR.sub("", text))


def _is_behind(text: str, title: str) -> bool:
    """Whether the words state a lag, as far as the title tells what is good."""
    if "于" in text and _LIMIT.search(title):
        text = _BELOW_LIMIT.sub("", text)
    if _lags(text, title) or (_LOW_TITLE.search(title) and _HIGH_IS_BAD.search(text)):
        return True
    undone = _NOT_DONE.fullmatch(text) if "完成" in text else None
    return undone is not None and _is_named(undone[1], title)


def _is_strange(subject: str, title: str) -> bool:
    """Whether hardly a letter of the words is of the title: 放空管, 铁道口那个."""
    return sum(letter in title for letter in subject) * 2 < len(subject)


def _is_named(words: str, title: str) -> bool:
    """Whether the title has every letter of the words."""
    return all(letter in title for letter in words)


def _lags(text: str, title: str) -> bool:
    """Whether the words state a lag of the task itself: not that what it waits for comes late."""
    own = say.OTHERS_LAG.sub("", text)
    return _tells_lag(own) or bool(say.LATE.search(own)) or _is_stated(own, title, Status.BEHIND)


def _is_stated(text: str, title: str, status: Status | None) -> bool:
    """Whether the words end in a statement of this status, and it is told of the task itself."""
    said = stated(text)
    if said is None or said.status != status:
        return False
    if status in {Status.ON_TRACK, None} and not said.whole:
        return True
    return is_whole(_STANDING.sub("", text[: said.start]), title)


def _below(texts: list[str], title: str) -> bool:
    """Whether a growth or rate is said to lack some of what was set."""
    return bool(GROWTH_TITLE.search(title)) and any(say.BELOW_RATE.search(text) for text in texts)


def _on_track(text: str, title: str) -> bool:
    if say.ON_TRACK.search(text) or say.DENIES_LAG.search(text):
        return True
    if _is_stated(text, title, Status.ON_TRACK):
        return True
    well = _NO_PROBLEM.fullmatch(text)
    if well and _is_named(well[1] or well[2], title):
        return True
    over = "目标" in text and _OVER_GOAL.search(text)
    return bool(over) and not _LOW_TITLE.search(title)


def _nothing_begun(texts: list[str], title: str) -> bool:
    """Whether the words say that work has not begun, and none that it has anywhere."""
    told = any(_WORKED.search(text) for text in texts)
    if not any(_not_started(text, title, told) for text in texts):
        return False
    return not any(_BEGUN.search(text) and not say.NOT_STARTED.search(text) for text in texts)


def _not_started(text: str, title: str, told: bool) -> bool:
    """Whether the task itself was not begun; beside work `told` a subject of its own is a part."""
    if _is_stated(text, title, Status.NOT_STARTED):
        return True
    found = say.NOT_STARTED.search(text)
    if not found or re.match(r"\s*(?:\d|原因)", text[found.end() :]):
        return False
    subject = _CAUSE.sub("", text[: found.start()])
    if _OF_MONTH.search(subject) or (told and _is_strange(_ADVERBS.sub("", subject), title)):
        return False
    if any(part[0] not in title for part in PARTS.finditer(subject)):
        return False
    return not names_part(_NONE.sub("", text[: found.start()]), title)  # 一处也没动工
