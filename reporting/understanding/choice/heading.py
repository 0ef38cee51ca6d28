"""What words stand under: 老旧小区改造:甲院…;乙院加装路灯42盏; 现将本月进展汇报如下:…."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from reporting.understanding.choice.assign import Block, says
from reporting.understanding.choice.reading import Reading, letters
from reporting.understanding.choice.scene import Scene
from reporting.understanding.words.split import Clause, Cut

_MORE = re.compile(
    r"\W*(?:另外?|此外|除此之外|还有|再有|再就是|其次|同时|最后|对了|补充一[点下])(?:呢|啊|吧)?\W*"
)
_COLON = re.compile(r"(?<!\d):|:(?!\d)")
_TITLE = 24  # letters of the longest heading
_NUMBER = re.compile(r"\d+")
_COUNTED = re.compile(
    r"(?P<digit>\d+)|(?P<han>[一二三四五六七八九十]+)|(?P<letter>[a-h])|(?P<ring>[①-⑳⑴-⒇])"
)
_STOPS = ",。;!?\n"
_OWN = 12  # letters within which a heading of its own ends
_NAMING = 0.5  # weight of a name
_LATER = 0.5  # in a sentence after the heading's
_SEVERAL = re.compile("(?<!分)[两三四五六七八九几2-9][个座项条处所家片类]")  # 两座泵站情况:甲…;乙…
_WHEN = re.compile(
    r"\W*(?:自?(?:入|开|今|去|上|本|这个?)?[春夏秋冬年月汛](?:季|天|末|初|底|中|份|度|以来|期|后|前|里)*+|截[至止]到?|(?<=[至止到])[今昨][天日]|目前|[上下]半年|第?[一二三四]季度|前[一二三四]个?季度"
    r"|\d{1,2}(?:[-至到]\d{1,2})?月(?:份|底|末|初|中旬|上旬|下旬|\d{1,2}[日号])?|节[前后]|以来|至今|为止|期间)++\W*"
)
# 根据通知要求,现将我局部分任务报送如下: names no task; 现将老旧小区改造进展报告如下 does.
_PREAMBLE = re.compile(
    r"\W*(?:(?:根据|按照?|依据|遵照|对照)[^,。;\d]{0,14}(?:要求|安排|部署|通知|精神|规定|统一)\W*)?(?:(?:现|就|将|把|对|由|从)?"
    r"(?:我[局委镇乡办司院区县市们]|街道|单位|公司|中心|全局|全镇|的|之|部分|全部|各项|所有|有关|相关|主要|重点|牵头|承担|负责|配合|涉及|分管|[本上当]月|\d{1,2}月份?|第?[一二三四]季度"
    r"|任务|工作|事项|项目|指标|推进|落实|完成|进展|进度|情况|现|将|就|一并|报告|汇报|报送|反馈|通报|说明|填报|上报|报|汇总|简要|具体|分项|逐项)+如下\W*)?"
)


def tells_when(words: str) -> bool:
    """Whether words only say since when or how long: 春季以来, 截至10月底."""
    return bool(_WHEN.fullmatch(words))


def turns_to_more(words: str) -> bool:
    """Whether words only say that there is more: 另, 此外, 还有."""
    return bool(_MORE.fullmatch(words))


def is_preamble(words: str) -> bool:
    """Whether words only say that something is reported and why: they name no task."""
    return bool(words) and bool(_PREAMBLE.fullmatch(words))


def with_headings(clauses: Iterable[Clause], reading: Reading) -> list[Clause]:
    """The clauses, each numbered heading joined to what stands first under it: 二、固投。增长7%."""
    joined: list[Clause] = []
    for clause in clauses:
        last = joined[-1] if joined else clause
        names = reading.content & letters(last.head, last.end)
        if joined and names and _heads(last, clause):
            words = reading.text[last.start : clause.end]
            joined[-1] = replace(last, end=clause.end, words=words)
        else:
            joined.append(clause)
    return joined


def _heads(heading: Clause, clause: Clause) -> bool:
    """Whether a numbered clause says nothing yet, and the next one is not numbered like it."""
    name = heading.words[heading.head - heading.start :]
    if not (ordinal := _ordinal(heading)) or says(_NUMBER.sub("", name)) or len(name) > _TITLE:
        return False
    return clause.cut > Cut.LIST and _ordinal(clause) != ordinal


def _ordinal(clause: Clause) -> str:
    """How a clause is numbered, whatever its number: 1. and 2. are alike, (一) is not."""
    marks = clause.words[: clause.head - clause.start].strip()
    return _COUNTED.sub(lambda found: found.lastgroup or "", marks)


def is_headed(block: Block, scene: Scene) -> bool:
    """Whether words begin with a heading of their own: 断头路:工农路北延征拆剩余3户."""
    first = block.clauses[0]
    return bool(_COLON.search(scene.reading.text, first.head, min(first.head + _OWN, block.end)))


def under_heading(block: Block, tasks: Collection[int], scene: Scene) -> float:
    """1 where a heading names one of these tasks and not the likeliest; a half a sentence later."""
    text, start = scene.reading.text, block.start
    if is_headed(block, scene):
        return 0.0
    line = text.rfind("\n", 0, start) + 1
    colons = [found.start() for found in _COLON.finditer(text, line, start)]
    if not colons:
        return 0.0
    opening = max(text.rfind(stop, line, colons[-1]) for stop in _STOPS) + 1
    if _SEVERAL.search(text, max(opening, line), colons[-1]):
        return 0.0
    named = _named(max(opening, line), colons[-1], scene)
    if named.isdisjoint(tasks) or scene.match(block).best in named:
        return 0.0
    return _LATER if "。" in text[colons[-1] : start] else 1.0


def _named(start: int, end: int, scene: Scene) -> frozenset[int]:
    """The tasks that these letters name."""
    return frozenset(
        number
        for hit in scene.reading.within([(start, end)])
        if hit.kind in {"gram", "skip"}
        for number, weight in hit.pointing
        if weight >= _NAMING
    )
