"""Words about many tasks at once: 均, 都, 其余, 除甲外, 两项都, 另一个, 前两项, 以上, 同上."""

import re
from dataclasses import dataclass
from enum import StrEnum

from reporting.understanding.words.numerals import read_number

LONGEST_SWEEP = 40

_NOUNS = (
    r"(?:的|[一二两三四五六七八九十几\d]{1,2}[项个件条样]|各项|各样|样样|各|项"
    r"|任务|工作|事项|项目|指标|重点|牵头|目标|本月|未提及)*"
)
_STATES = (
    "均 都 全部 也 皆 一切 总体 目前 基本 已 已经 按 在 正 正在 有序 稳步 积极 正常 推进 开展 序时"
    " 时序 计划 进度 顺利 进展 完成 办结 了 做 进行 落实 达到 达 要求 符合 满足 没 没有 无 问题"
    " 滞后 未达 慢 偏 低于 落后 实施 着 中 未 开工 动工 启动 情况 良好 可控 时间 节点 快于 超 高于"
    " 甚 还 还行 还可以 可以 挺好 都好 没啥 没什么 没事 啥 走着 走 在走 稳 妥 顺 顺当 节奏 "
    "着呢 着的 哈 呀 啊 就 节点 着 月 正 在推 往前推 动着 在做 平稳 良好 一切 老样子"
    " 完工 竣工 收尾 交付 验收 投用 通过 结束 封顶 到位 报送 上报"
    " 新 新的 突破 起色 动静"
    " 如常 照常 照旧 依旧 在点上 正点 准点 正轨 上 稳得住"
    " 跟得上 跟上 没掉队 可控 范围 内 受控 在控 ok"
    " 做完 干完 搞完 办完 整完 忙完 做好 干好 搞好 办好 做成 完了"
    " 搞掂 搞定 弄好 弄完 利索 妥当 妥妥 办妥 收工 没毛病"
    " 之内 以上 变化 照 预期 预定 走 的 按期 如期 较 很 好 呢 吧 啦 、"
    " 超额 圆满 全面 合同 年度 全年 任务 目标 时间表 按时(?![间序]) 准时 及时 提前"
    " 来 来的 干 在推进 干着 做着 弄着 搞着 忙着 咧 哩 嘞 喽 噻"
)
# Longest first and possessive: no long text can make it try every way to cut itself up.
_STATE = "(?:" + "|".join(sorted(_STATES.split(), key=len, reverse=True)) + r"|\s)++"
# What the reminder lists: 所列各项, 提醒里的几项, 清单上这几项.
_LISTED = (
    "(?:(?:提醒|清单|名单|表格?|消息|通知)?(?:里面?|中|上面?)?(?:所列|列出|提到|提醒|催|点到|列)?"
    r"的?(?=[各几这那]|以上|上述|\S{1,4}[都均全]))?"
)
_REST = re.compile(
    rf"\W*(?:我[局委办镇乡司]\S{{0,2}})?(?:其余|其他|其它|剩余|剩下|余下|别的|另外(?=\S{{0,2}}[项个件条]))(?:的|都|各|那|这)*{_NOUNS}(?P<state>{_STATE})\W*"
)
_NO_MORE = re.compile(r"没(?:啥|什么|有|了)?[了的吧哈\s]*")  # 别的没啥: he has no more to say
_EACH = re.compile(
    rf"\W*(?:我[局委办镇乡司院区县市]|我们|我单位|本单位|我街道)?(?:(?:承担|负责|牵头|涉及|名下)的?部分)?{_LISTED}(?:以上|上述|这些|这几项|几项)?{_NOUNS}(?:均|都|全部|皆|全都|一律|一切){_STATE}\W*"
)
# What is named behind a verb, and how many they are.
_COUNTED = re.compile(
    r"[了过完成到好](?P<names>[\u4e00-\u9fff]{1,8}(?:、[\u4e00-\u9fff]{1,8}){1,5}?)"
    r"(?P<count>[两二三四五六2-6])(?=[家个处所条座项台辆户片段])"
)
_ABOVE = re.compile(rf"\W*(?:以上|上述){_NOUNS}{_STATE}\W*")
_FIRST = re.compile(rf"\W*前([一二两三四五六七八九十\d])(?:项|个|条){_STATE}\W*")
_OTHERS = r"(?:其余|其他|其它|剩余|剩下|余下|别的)"
_LEAVES_OUT = "除(?!险|尘|雪|草|锈|湿|氟|磷|臭|四害|夕|此)"  # 水库除险加固 does not
_BUT = re.compile(
    rf"\W*(?:本月|我[局委办镇乡司]\S{{0,2}}|[^,。;()]{{0,14}}\()?{_LEAVES_OUT}(?P<of>了|开|去|掉)?"
    rf"(?P<but>[^,。;]{{1,20}}?)(?:(?:以外|之外|外)\)?的?{_OTHERS}?|{_OTHERS}|(?(of)(?=[都均全])|(?!)))"
    rf"(?:的|都|各|那|这)*{_NOUNS}(?P<state>{_STATE})?\W*"
)
_EXCEPTED = re.compile(r"\W*(?P<but>[^,。;]{1,20}?)除外")
_EXEMPTED = re.compile(
    rf"{_LEAVES_OUT}[^,。;\n]{{1,20}}?(?:以外|之外|外)"
    rf"|(?:^|(?<=[,。;!\n])){_LEAVES_OUT}[^,。;\n]{{1,20}}?,(?={_OTHERS})"
)
_JOINT = re.compile(
    r"\W*(?:[这那]|以上|上述|上面|前述|我们|我?[局委办镇乡司院区](?:里|承担的|牵头的|负责的)?|手[上头]|名下|本月)*(?P<count>[两三四五六2-6])[个项条件大]?(?P<of>(?!期)[\u4e00-\u9fff]{0,5}?)"
    r"(?:项目|工程|任务|工作|指标|工地)?(?:目前|现在|本月)?[都均全]\S{1,14}\W*"
)
_JOINT_OF = re.compile(
    rf"\W*(?P<of>[\u4e00-\u9fff]{{2,8}}?)(?:的|这|那)?(?P<count>[两三四五六2-6])[个项条件]"
    rf"(?:项目|工程|任务|工作|指标)?(?:目前|现在|本月)?(?:(?P<all>[都均全])\S{{1,14}}|{_STATE})\W*"
)
_OF_NO_FIELD = frozenset(("工地", "民生实事", "实事", "民生", "重点", "年度", "牵头", "实事项目"))
_OTHER = re.compile(
    r"\W*(?:另外?|还有|剩下?)的?[那这]?[一1]?[个项条件]"
    r"(?!问题|原因|难|事|情况|好|坏|月|多|小时|星期|工作日|标段|村|点|别|摊|商户|业主|老[人板]|钉子|住户|农户|单位|企业)[^\d]{1,15}"
)
_OTHERS_LEFT = re.compile(
    r"\W*(?:另外?|还有|剩下?|剩余|余下|其余|其他)的?(?P<count>[两二三四五六七八九2-9])项(?:任务|工作|事项|指标)?(?!问题|原因|难)\D{1,20}"
)
_PAIR = re.compile(
    rf"\W*(?P<one>[^,。;\d]{{2,10}}?)(?:和|跟|与|同|以及)(?P<other>[^,。;\d]{{2,10}}?)(?:两[项个件条]|这两[项个件条])?(?:[都均]|(?=没|按|正常|顺利|稳)){_STATE}\W*"
)
_SAME = re.compile(r"\W*(?:也)?(?:同上|同前|如上|一样|同样)\W*")


class Scope(StrEnum):
    """Which tasks a clause speaks of."""

    REST = "rest"  # of what is owed
    EACH = "each"  # named so far, or all that is owed when none is named
    FIRST = "first"  # the first so many named


@dataclass(frozen=True, slots=True)
class Sweep:
    """A clause about several tasks at once."""

    scope: Scope
    words: str
    count: int = 0


def read_sweep(words: str) -> Sweep | None:
    """What a clause sweeps over, or None if it is about a task of its own."""
    if len(words) > LONGEST_SWEEP:
        return None
    if (rest := _REST.fullmatch(words)) and not _NO_MORE.fullmatch(rest["state"]):
        return Sweep(Scope.REST, rest["state"])
    if _EACH.fullmatch(words) or _ABOVE.fullmatch(words):
        return Sweep(Scope.EACH, words)
    first = _FIRST.fullmatch(words)
    if first:
        return Sweep(Scope.FIRST, words, int(read_number(first[1]) or 0))
    return None


@dataclass(frozen=True, slots=True)
class Exemption:
    """除甲外都正常: where 甲 stands among the words, and what is said of all others, if any."""

    start: int
    end: int
    state: str


def read_exemption(words: str) -> Exemption | None:
    """What a clause leaves out of what it says of all others, or None."""
    found = _BUT.fullmatch(words) if len(words) <= LONGEST_SWEEP else None
    if found is None:
        return None
    return Exemption(found.start("but"), found.end("but"), (found["state"] or "").strip())


def read_exception(words: str) -> tuple[int, int] | None:
    """Where in a clause stands what an earlier one does not include: 其余正常,管网除外."""
    found = _EXCEPTED.match(words)
    return found.span("but") if found else None


def is_bare_exception(words: str) -> bool:
    """Whether a clause only says what an earlier one does not include."""
    return bool(_EXCEPTED.fullmatch(words))


def keep_together(text: str) -> str:
    """The same length of text in which no 、 cuts up what is exempted or counted as one thing.

    除1、2外都正常, and 先开了文昌、北门2家: two of the things that one task is about.
    """
    kept = _EXEMPTED.sub(lambda found: found[0].replace("、", "和").replace(",", "的"), text)
    return _COUNTED.sub(_as_one, kept)


def _as_one(found: re.Match[str]) -> str:
    counts = found["names"].count("、") + 1 == read_number(found["count"])
    return found[0].replace("、", "和") if counts else found[0]


@dataclass(frozen=True, slots=True)
class Joint:
    """How many tasks a clause speaks of together, and the letters or the unit they share."""

    count: int
    shared: str
    of_unit: bool  # 民宗局两项已完成: only a unit can be meant


def read_joint(words: str) -> Joint | None:
    """两险都在收, 安置区两个都在收尾, 民宗局两项已完成."""
    if len(words) > LONGEST_SWEEP:
        return None
    found = _JOINT.fullmatch(words)
    named = found or _JOINT_OF.fullmatch(words)
    if named is None:
        return None
    of_unit = found is None and not named["all"]
    shared = "" if named["of"] in _OF_NO_FIELD else named["of"]
    return Joint(int(read_number(named["count"]) or 0), shared, of_unit)


def read_pair(words: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where two things stand of which one thing is said: 转运站跟背街小巷都正常."""
    found = _PAIR.fullmatch(words) if len(words) <= LONGEST_SWEEP else None
    return (found.span("one"), found.span("other")) if found else None


def others_left(words: str) -> int:
    """How many tasks a clause may speak of as those left: 另一个还在收, 另外两项方案刚定; or 0."""
    if _OTHER.fullmatch(words):
        return 1
    found = _OTHERS_LEFT.fullmatch(words)
    return int(read_number(found["count"]) or 0) if found else 0


def is_same_as_above(words: str) -> bool:
    """同上: the facts of the item before."""
    return bool(_SAME.fullmatch(words))
