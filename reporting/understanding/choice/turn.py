"""Whether words further on in a message leave the task spoken of last for another."""

import re

from reporting.understanding.choice.assign import Block
from reporting.understanding.choice.heading import is_headed, under_heading
from reporting.understanding.choice.reading import letters
from reporting.understanding.choice.scene import Course, Scene
from reporting.understanding.choice.trust import FAR, chance, gives_rate, within
from reporting.understanding.words.split import Cut

_NAME = 4  # letters with which a block may begin by name
_MANY = 3  # tasks: more say no more
_NAMES = 5  # likewise, named anywhere in the message
_LENGTH = 150  # letters of a long message
# When it was so is no name: 1-8月游客421万, 截至目前…, 另外….
_WHEN = re.compile(
    r"(?:\W|截至?到?|[今本去上]年|本月|目前|现在|截止|累计|共计?|全年|年内|[上下]半年|第?[一二三四]季度|前[一二三四]个?季度"
    r"|\d{1,2}(?:[-至到]\d{1,2})?月(?:份|底|末|\d{1,2}[日号])?|另外|还有|同时|此外|另|至|到|以来)*"
)
# The words of what belongs to a task, is done along with it or comes of it: 小区里顺带划了车位.
_ASIDE = re.compile(
    r"顺[带便手路]|一并|一块儿?|一起|同[步时槽]|跟着|[连附捎]带|带动|拉动|带来|贡献|惠及|受益"
    r"|^.{0,12}(?:里[头面]|其中|当中|里(?=[的有都也]|\d)|内的|沿线|[边旁]上|旁边|门口|周边|附近|路边|楼下|[园区场站馆校院村厂]里|上面|一侧|现场(?=来|人|客|吸引|观众))"
)
# The parts of a report (四报) are numbered as well, and begin no other task: (二)存在问题.
_PART = re.compile(
    r"\W*(?:存在|主要|目前|当前|下一?步|下阶段|今后|工作|总体|推进|具体)*(?:进展|进度|问题|困难|难点|堵点|原因|做法|措施|成效|打算|计划|安排|建议|情况|诉求|需要)"
)
_SAYS = re.compile(
    r"\d|[一二两三四五六七八九十]成|百分之|完|正常|滞后|没|[开动竣停复]工|封顶|投[用产运]|启用|验收|挂牌|通[车水电]"
    r"|到位|招标|中标|交付|办结|上线|进场|达标|超额|落地|销号|开[业园馆]|[\u4e00-\u9fff]了|[都也]好|[正还]?在[修建铺装改拆调做搞弄施挖砌浇]"
)


# What may turn to something else, or goes on: 还有3户没签.
_MORE = re.compile(r"\W*(?:还有|同时|也)")


def leaving_chance(block: Block, course: Course, scene: Scene) -> float:
    """How likely a block speaks of its likeliest task, and no longer of the last ones."""
    model, inside = scene.index.model, block.clauses[0].cut <= Cut.COMMA
    return chance(turn_values(block, course, scene), model.switch if inside else model.firm_switch)


def turn_values(block: Block, course: Course, scene: Scene) -> dict[str, float]:
    """What speaks for leaving the tasks spoken of last."""
    return _by_match(block, course, scene) | _by_form(block, course, scene)


def _by_match(block: Block, course: Course, scene: Scene) -> dict[str, float]:
    """What the words have in common with the likeliest task, and with those told."""
    found = scene.match(block)
    assert found.best is not None
    best, values, first = found.evidence[found.best], found.values[found.best], block.clauses[0]
    staying = max((found.sums.get(task, -FAR) for task in course.last), default=-FAR)
    top, kinds = found.sums[found.best], scene.index.entries[found.best].concepts
    return {
        "gain": within(top - staying, FAR),
        "above": within(top - found.null, FAR),
        "quiet": float(best.naming() < 1.0 and first.cut <= Cut.COMMA),
        "explained": values["explained"],
        "begins": _begins(best.claimed >> first.head + _lead(scene.words(block))),
        "rate": gives_rate(scene.words(block), scene.index.entries[found.best].title),
        "akin": float(any(kinds & scene.index.entries[task].concepts for task in course.last)),
        "ratio": max(values["ratio"], values["number"]),
        "measure": values["measure"],
        "lead": values["lead"],
        "taken": float(found.best in course.told),
        "apart": float(
            not any(found.evidence[task].total() for task in course.last if task in found.evidence)
        ),
    }


def _lead(words: str) -> int:
    """How many letters before the first that may name anything: 1-8月, 另外."""
    found = _WHEN.match(words)
    return found.end() if found else 0


def _begins(claimed: int) -> float:
    """How much of the first letters are of its name without a gap: 供水管 and not 我镇供水管."""
    return next((n for n in range(_NAME) if not claimed >> n & 1), _NAME) / _NAME


def _by_form(block: Block, course: Course, scene: Scene) -> dict[str, float]:
    """How a block is cut off and worded, and how much is told of how many tasks around it."""
    first, words, text = block.clauses[0], scene.words(block), scene.reading.text
    length, blank = len(text.strip()), len(text) - len(text.lstrip())
    content = scene.reading.content & sum(letters(start, end) for start, end in block.spans)
    return {
        "one": 1.0,
        "comma": float(first.cut <= Cut.COMMA),
        "headed": float(is_headed(block, scene)),
        "numbered": float(first.head > first.start and not _PART.match(words)),
        "under": under_heading(block, course.last, scene),
        "sentence": float(first.cut is Cut.SENTENCE),
        "detail": float(first.detail),
        "aside": float(bool(_ASIDE.search(words))),
        "inner": float(first.start not in course.cuts),
        "says": float(bool(_SAYS.search(words))),
        "long": min(content.bit_count() / 10, 2.0),
        "much": min(length, _LENGTH) / _LENGTH,
        "more": float(bool(_MORE.match(words))),
        "lines": float(first.cut is Cut.LINE),
        "late": (first.start - blank) / length,
        "told": (min(len(course.told), _MANY + 1) - 1) / _MANY,
        "names": min(len(course.named), _NAMES) / _NAMES,
    }
