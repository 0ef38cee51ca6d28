"""Whether words say that a task is done: the whole of it, now, and not one step or part."""

import re

from reporting.report import Status
from reporting.understanding.values import status_done_words as say
from reporting.understanding.values.percent_words import PARTS
from reporting.understanding.values.stated import stated
from reporting.understanding.words.numerals import find_numbers
from reporting.understanding.words.phrases import any_of
from reporting.understanding.words.spans import names

_PART = re.compile(
    r"(?:\d|[一二两三四五六七八九十])\S{0,2}?(?:个(?!多?月)|处|座|条|家|户|所|项|台|栋|段|标段|"
    r"批|期|部|艘|套|幢|公里|亩|米|台|株|孔|组|根)|"
    r"其中|剩下|剩余|其余|部分|还有"
)
_MEASURED = re.compile(r"\d+(?:\.\d+)?万?[个处座条家户所项台栋段间公里亩米]+")
_FORECAST = re.compile(
    r"预计|原定|下[周月旬]|将|能|(?<![避困疑灾])难(?![度点题关民])|可以?$|力争|确保|争取|计划|可在|(?:月|年)(?:底|初|[上中下]旬|前|末)|"
    r"\d[日号](?:之|以)?前"
)
_ALL_OF = re.compile(r"[两三四五六七八九]项(?=[都均]|$)")
_SEVERAL = re.compile(r"(?:[2-9两三四五六七八九]|\d\d)[个处座条家所项](?![\u4e00-\u9fff]*[万亿])")
_OBJECT = re.compile(
    r"(?![并且])[\u4e00-\u9fff]{3,}(?<!任务)(?<!目标)(?<!工作)(?<!指标)(?<!内容)(?<!验收)$"
)
_ALL_COUNTED = re.compile(r"(\d+[台套盏辆部根株棵把块口艘])[^,的\d]{0,6}(?:全部?|都|均)")
_HEAD = re.compile(r"[\u4e00-\u9fff]{2}(?=[了掉]*$)")
_DAY = re.compile(r"\d{1,2}[日号]")  # 9月1日如期开学 tells no phase
_NUMBER_NEXT = re.compile(r"[^\d:]{0,2}\d|率?百分之|率[一二三四五六七八九]成")
_FILLER = re.compile(
    any_of(
        r"[\s:、,.\d#*()【】“”] 第 号 项 我(?:街道|单位|公司|中心|[司局县镇乡办们市区院校委处]) "
        r"负责 牵头 本 的 那个 这个 "
        r"这块 那块 今年 早就? 这件 全部 全 也 这项 这个事 那件 代表 委员",
        "七一 五一 国庆节? 十一 元旦 中秋节? 端午节? 重阳节? 节前",
        "所有 各项 内容 工程量 圆满 顺利 整个 上月 目前 现在 [昨今前]天 [上下]午 刚刚? 终于 上周 "
        "竣备 (?:竣工|完工|建成|交付)(?:仪式)?(?=并|$) 已经? 目标 指标 项目 工程 任务 工作 "
        "建设 都 均 年度 进展 情况 进度 状态 是 县 "
        "市 区 局",
        "(?:提醒|清单)(?:里|中|上)?的? 所列的? (?:[这那])?几项 "
        "牌子 牌匾 证书 该 此 这 于 前 底 初 [上中下]旬 [年月日] 由 截至 单位",
    )
)


def says_all_done(texts: list[str], title: str) -> bool:
    """Whether a clause says that the task is done, and none that this is not the end of it."""
    if any(say.NOT_THE_END.search(text) for text in texts):
        return False
    return any(says_done(text, title) for text in texts if not say.STEP.search(text))


def closes_proposal(text: str) -> bool:
    """Whether a deputy's proposal is closed: by its office, not by a deputy who is content."""
    found = say.PROPOSAL_CLOSED.search(text)
    return found is not None and not _is_ahead(text, found)


def says_done(text: str, title: str) -> bool:
    """Whether a clause says that the task so titled is done."""
    return (
        _is_closed(text)
        or _is_reached(text, title)
        or _is_fulfilled(text, title)
        or _is_completed(text, title)
        or _is_stated(text, title)
    )


def names_part(words: str, title: str) -> bool:
    """Whether the words speak of some of many: not of as many as the title, nor of 两项均."""
    words = _ALL_OF.sub("", _MEASURED.sub(lambda size: _if_part(size[0], title), words))
    parts = [part[0] for part in _PART.finditer(words) if part[0] not in title]
    wholes = {goal.value for goal in find_numbers(title)} if parts else set()
    return any(wholes.isdisjoint(n.value for n in find_numbers(part)) for part in parts)


def _if_part(size: str, title: str) -> str:
    """The size, but nothing for as much as the title sets, or more: 12.86万亩 of 12.8万亩."""
    count = max((n.value for n in find_numbers(size)), default=0.0)
    goals = (g for g in find_numbers(title) if title[g.end : g.end + 1] == size[-1])
    return "" if size in title or any(0 < goal.value <= count for goal in goals) else size


def _is_closed(text: str) -> bool:
    """Whether the words close the task whatever they call it: 可以销号."""
    found = say.CLOSED.search(text)
    return found is not None and not _is_ahead(text, found)


def _is_reached(text: str, title: str) -> bool:
    """Whether what the title begins or ends with came about: 封顶, 启动, 举办."""
    goal = say.MILESTONE.search(text)
    if not goal or not (title.endswith(goal[1]) or title.startswith(goal[1])):
        return False
    return is_whole(text[: goal.start()], title)


def _is_fulfilled(text: str, title: str) -> bool:
    """Whether what comes about when such a title is fulfilled did: of several, for all of them."""
    words = (said for aim, said in say.FULFILLED if aim.search(title))
    found = next((told for said in words if (told := said.search(text))), None)
    if not found or _is_ahead(text, found) or _NUMBER_NEXT.match(text, found.end()):
        return False
    if names_part(_DAY.sub("", found[0]), title):
        return False
    several = _SEVERAL.search(title) and not re.search(r"[都均全]", text)
    return not several and is_whole(text[: found.start()], title)


def _is_completed(text: str, title: str) -> bool:
    """Whether a word of completion has the whole task for its subject."""
    found = say.DONE.search(text) or say.BARE_DONE.search(text)
    if not found or _NUMBER_NEXT.match(text, found.end()) or _is_ahead(text, found):
        return False
    step = found[0].endswith("完成") and _is_of_step(text[found.end() :], title)
    if step or "基本" in text[: found.end()]:
        return False
    counted = _ALL_COUNTED.match(text)
    if counted and counted[1] in title:
        return True  # 80台除颤仪全部装好了
    return is_whole(text[: found.start()], title)


def _is_of_step(words: str, title: str) -> bool:
    """Whether what was completed is a step that the title does not name: 全部完成招投标."""
    step = _OBJECT.match(words)
    return step is not None and not names(step[0], title)


def _is_stated(text: str, title: str) -> bool:
    """Whether a statement in known words has the whole task for its subject: 农村公路收工了."""
    said = stated(text)
    if said is None or said.status != Status.DONE or not is_whole(text[: said.start], title):
        return False
    return not _FORECAST.search(text[: said.start]) and "基本" not in text


def _is_ahead(text: str, found: re.Match[str]) -> bool:
    """Whether the words before forecast it, and do not say that it is so."""
    told = re.search(r"已|于", text[: found.end()]) or text.startswith("了", found.end())
    return bool(_FORECAST.search(text[: found.start()])) and not told


def is_whole(subject: str, title: str) -> bool:
    """Whether the words before 完成 name the whole task: little is left without its title."""
    subject = subject.rpartition(":")[2]
    if names_part(subject, title) or any(part[0] not in title for part in PARTS.finditer(subject)):
        return False
    told = _FILLER.sub("", _PART.sub("", subject))
    head = _HEAD.search(told)
    if head and not any(letter in title for letter in head[0]):
        return False  # 寄宿学校厕所, 排口的溯源
    rest = [c for c in told if c not in title]
    return not rest or (len(rest) == 1 and len(told) > 2) or len(rest) * 4 <= len(subject)
