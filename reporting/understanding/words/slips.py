"""Slips in the words of any report: what a pinyin keyboard or a telephone makes of them.

Each is as long as the word meant, so every place still maps back to what was written; what may
stand in another word as well (落石, 年低, 资进) is no slip.
"""

import re
from functools import cache

from reporting.understanding.words.lexicon import lines_of, report_words, talk
from reporting.understanding.words.phrases import words_of
from reporting.understanding.words.sounds import sound

# How something stands: what sounds like one of these is meant so, with one letter wrong.
_STATED = words_of(
    "正常 推进 完成 完工 竣工 开工 动工 复工 停工 进度 进展 顺利 滞后 落后 偏慢 缓慢 "
    "封顶 招标 验收 交付 稳步 全部 均已 累计 总体 任务 目标 其余 其他 剩余 已经 困难 "
    "问题 公里 万元 亿元 增长 办结 销号 投资 资金 拨付 批复 审批 征收 拆迁 安装 设备 "
    "手续 占比 总投资 完成率 签约率 形象进度 总工程量 按序时 按计划 百分之 均正常 "
    "都正常"
)
_PAIR = 2  # letters
# Words of their own that sound like one of these, and what stands where two words meet: 补|齐余下.
_REAL = frozenset(
    words_of(
        "军工 均工 菌工 浚工 进站 进占 之后 至后 置后 治后 质后 制后 峰顶 公立 公历 "
        "宫里 供里 累积 累及 一经 易经 紫金 子金 资进 一元 壹元 亿园 小号 缴付 其它 "
        "政收 正收 证收 动公 付工 复供 伏工 班结 办接 办界 万工 照标 投自 拆签 全不 全补 "
        "券部 设北 剩渔 均一 浚已 研收 案装 完元 玩元 万缘 万源 齐余 稳不 "
        "开弓 申批 复公 开公 工里 拆前 安庄 省余 手需 办节 停供 批付 批扶 进战 完成绿"
    )
)
_MEANT = {
    "调试": "调式",
    "序时": "序食",
    "正常": "正长 正藏",
    "总工程": "总工呈",
    "形象进": "形像进 型象进",
    "总体完": "总提完",
    "月底": "月低",
    "流标": "流表",
    "拨付": "拔付",
    "协调": "协条 斜调",
    "措施": "错施 措失",
    "百分": "百份 百纷",
    "预计": "预记",
    "争取": "争去 真取",
    "确保": "却保",
    "超额": "超鄂",
}
_KNOWN = {slip: word for word, slips in _MEANT.items() for slip in slips.split()}
_KNOWN |= {"己": "已", "坐": "座", "抬": "台", "母": "亩", "正产": "正常"}
_SLIP = re.compile(  # each begins with a letter, by which it is found
    "|".join(sorted((slip for slip in _KNOWN if len(slip) > 1 and slip != "正产"), key=len)[::-1])
    + "|己(?<!自己)(?=[完开竣投达签下经全封批到发建验拨报启累覆拔万玩])"
    "|坐(?<=[\\d一二两三四五六七八九十百千万].)|抬(?<=[\\d一二两三四五六七八九十百千万].)"
    "|母(?<=[百千万].)|正产(?![生出业能品量值])"
)


def without_slips(text: str) -> str:
    """The text with the words that were meant, position by position."""
    text = _SLIP.sub(lambda slip: _KNOWN[slip[0]], text)
    words, heard = _stated()
    for found in heard.finditer(sound(text)):
        start, end = found.span()
        said, meant = text[start:end], words[found[0]]
        if said != meant and said not in _REAL and _is_slip(text, start, meant):
            text = text[:start] + meant + text[end:]
    return text


def _is_slip(text: str, start: int, meant: str) -> bool:
    """Whether one letter is wrong there, and no other word begins or ends there: 职工|里面.

    Two wrong letters in a row stand where two other words meet.
    """
    wrong = [at for at, letter in enumerate(meant, start) if text[at] != letter]
    if len(wrong) != 1:
        return False
    at, end = wrong[0], start + len(meant)
    before, after = text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1]
    beside = (before, after) if at in {start, end - 1} else ()
    return _words().isdisjoint(word for word in beside if len(word) == _PAIR)


@cache
def _words() -> frozenset[str]:
    """Words of two letters that any report may use."""
    common = (word for line in lines_of("common_things.txt") for word in line.split())
    return frozenset(word for word in (*report_words(), *talk(), *common) if len(word) == _PAIR)


@cache
def _stated() -> tuple[dict[str, str], re.Pattern[str]]:
    """How those words sound → the word; and what finds them, the longest first."""
    words = {sound(word): word for word in _STATED}
    return words, re.compile("|".join(sorted(words, key=len, reverse=True)))
