"""How strongly a share claims to be the completion of the whole, by the words before it."""

import re
from enum import IntEnum

from reporting.understanding.values import percent_words as say
from reporting.understanding.words.phrases import any_of
from reporting.understanding.words.spans import names

_ALL = 100
_COUNTED = re.compile(r"(?:[\d一二两三四五六七八九十百千万亿][^\d,]{1,3}|了占)[,\s(]*$")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FILLER = re.compile(
    any_of(
        "完成 进度 进展 情况 累计 目前 现在 总 大概 大约 差不多 占比? 已经? 到 了 有 也 都 约 近 "
        "就 才 只 的 为 是 达 在 做 干 弄 搞",
        "截[至止] \\d+月底?份? 上月 还?仍?是 实物量 实体 工程量 工作量 完工率 现?更正 订正 纠正 "
        "改 成 实际 核[过实对定准]了? 工程部 项目部 估[计摸] 算 下来 整个 折合 妥妥 本月 这个 那个 "
        "合同[额价]? 产值 [前后]者 总?形象 盘子 相应 对 应该? 任务 年度 全年 计划 目标",
        r"工作 工程 项目 [\d.]+[万亿]?(?:[个座处户家台套条亩米盏辆块元人]|公里|平方米?|立方米?)* "
        r"二层 吧 我们? 吗 嘛 呢 吨 那 这 然后 支出率",
    )
)

# A blank sets the share apart, or it is said how it is reckoned: 围堰做好了 12%; 按面积算七成八.
_SAID_ALL = re.compile(r"[完了好毕通顶齐]\s+$|按[\u4e00-\u9fff]{2,4}[算计](?:的话)?\s*$")
_BEYOND = 3  # times the rate that was set: no value of it


class Claim(IntEnum):
    """How strongly a share claims to be the overall completion."""

    NONE = 0
    VAGUE = 1
    MONTH = 2
    PLAIN = 3
    MONEY = 4
    PROGRESS = 5
    TASK = 6
    RATIO = 7
    OVERALL = 8


def claim_of(before: str, value: float, title: str) -> Claim:
    """The claim of a share of this value behind these words."""
    before = "" if _SAID_ALL.search(before) else before
    rates = (say.GROWTH, say.FALL, say.CHANGE, say.OWN_RATE)
    if any(rate.search(before) for rate in rates) or _is_of_other_whole(before, title):
        return Claim.NONE
    if say.OF_MONTH.search(before):
        return Claim.MONTH
    if say.OVERALL.search(before):
        whole = say.OF_WORK.search(before) or not say.TITLE_RATE.search(title)
        return Claim.OVERALL if whole else Claim.NONE
    if say.OF_TASK.search(before):
        return Claim.MONEY if say.INVESTED.search(before) else Claim.TASK
    return _claim_of_words(before, value, title)


def _is_of_other_whole(before: str, title: str) -> bool:
    """Whether the share is of another whole than the task: 占桩基总数91%, 占安置楼栋的64.3%."""
    found = say.OF_PART_TOTAL.search(before)
    if not found:
        return False
    noun = found["noun"] or found["total"]
    return not names(noun, title) if noun else (found["due"] or found["must"]) not in title


def _claim_of_words(before: str, value: float, title: str) -> Claim:
    """The claim of a share that is not said to be that of the task."""
    whole = any(say_so.search(before) for say_so in say.OF_WHOLE)
    parts = () if whole else say.PARTS.finditer(before)
    if any(part[0] not in title for part in parts):
        return Claim.NONE
    if say.OF_MONEY.search(before):
        return Claim.MONEY
    if _is_indicator_value(before, value, title):
        return Claim.NONE
    if say.PROGRESS.search(before):
        return Claim.OVERALL if before.endswith("形象进度") else Claim.PROGRESS
    another = not whole and value < _ALL and _is_of_another(before, title)
    if another or _is_of_group(before, title):
        return Claim.NONE
    return Claim.PLAIN


def _is_of_another(before: str, title: str) -> bool:
    """Whether what the share is of shares no letter with the title: 良率做到91%."""
    if _COUNTED.search(before):
        return False  # 铺了26公里68%
    told = "".join(_HAN.findall(_FILLER.sub("", before)))
    return len(told) > 2 and not any(letter in title for letter in told)


def _is_of_group(before: str, title: str) -> bool:
    """Whether the share is that of one group in the whole, which the title does not name."""
    group = say.GROUP.search(before)
    if say.OF_PART.search(before) or not group:
        return bool(say.OF_PART.search(before))
    words = group[1]
    return words[:2] not in title and not say.OWN_WORDS.search(words)


def _is_indicator_value(before: str, value: float, title: str) -> bool:
    """Whether a bare share is the indicator itself: "72.3%" for a ratio to be kept above 72%."""
    rate = say.TITLE_RATE.search(title)
    if not rate:
        return False
    beyond = value > _BEYOND * float(rate[1]) > 0
    grows = say.GROWTH_TITLE.search(title)
    if (beyond and not before.rstrip().endswith("率")) or (grows and say.SAID_DONE.search(before)):
        return before.endswith("占") and not (before == "占" and "收入" in title)
    return True
