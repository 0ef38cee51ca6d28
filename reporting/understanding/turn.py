"""Whether words further on in a message leave the task spoken of last for another."""

import math
import re

from reporting.understanding.assign import Block
from reporting.understanding.heading import is_headed, under_heading
from reporting.understanding.reading import letters
from reporting.understanding.scene import Course, Scene
from reporting.understanding.split import Cut
from reporting.understanding.trust import FAR, chance, gives_rate, within

_NAME = 4  # letters with which a block may begin by name
_MANY = 3  # tasks: more say no more
_FEW = 12  # letters whose form tells anything
_LETTERS, _NUMBERS = re.compile(r"[\u4e00-\u9fff a-z]+"), re.compile(r"\d[\d.]*")
_SAYS = re.compile(
    r"\d|[一二两三四五六七八九十]成|百分之|完|正常|滞后|没|[开动竣停复]工|封顶|投[用产运]|启用|验收|挂牌|通[车水电]"
    r"|到位|招标|中标|交付|办结|上线|进场|达标|超额|落地|销号|开[业园馆]|[\u4e00-\u9fff]了|[都也]好|[正还]?在[修建铺装改拆调做搞弄施挖砌浇]"
)


def leaving_chance(block: Block, course: Course, scene: Scene) -> float:
    """How likely a block speaks of its likeliest task, and no longer of the last ones."""
    return chance(turn_values(block, course, scene), scene.index.model.switch)


def turn_values(block: Block, course: Course, scene: Scene) -> dict[str, float]:
    """What speaks for leaving the tasks spoken of last."""
    return _by_match(block, course, scene) | _by_form(block, course, scene)


def _by_match(block: Block, course: Course, scene: Scene) -> dict[str, float]:
    """What the words have in common with the likeliest task, and with those told."""
    found = scene.match(block)
    assert found.best is not None
    best, values, first = found.evidence[found.best], found.values[found.best], block.clauses[0]
    staying = max((found.sums.get(task, -FAR) for task in course.last), default=-FAR)
    top = found.sums[found.best]
    return {
        "gain": within(top - staying, FAR),
        "above": within(top - found.null, FAR),
        "named": min(math.sqrt(best.naming()), 2.5),
        "quiet": float(best.naming() < 1.0 and first.cut <= Cut.COMMA),
        "explained": values["explained"],
        "begins": _begins(best.claimed >> first.head),
        "rate": gives_rate(scene.words(block), scene.index.entries[found.best].title),
        "ratio": max(values["ratio"], values["number"]),
        "measure": values["measure"],
        "lead": values["lead"],
        "taken": float(found.best in course.told),
    }


def _begins(claimed: int) -> float:
    """How much of the first letters are of its name without a gap: 供水管 and not 我镇供水管."""
    return next((n for n in range(_NAME) if not claimed >> n & 1), _NAME) / _NAME


def _shape(words: str) -> str:
    """The form of a few words: 五厂62% and 三厂95% are alike."""
    return _LETTERS.sub("x", _NUMBERS.sub("0", words.strip())) if len(words) <= _FEW else words


def _by_form(block: Block, course: Course, scene: Scene) -> dict[str, float]:
    """How a block is cut off and worded, and how many tasks are told around it."""
    first, words = block.clauses[0], scene.words(block)
    content = scene.reading.content & sum(letters(start, end) for start, end in block.spans)
    beside = course.beside(block) - {scene.match(block).best, *course.last}
    return {
        "one": 1.0,
        "comma": float(first.cut <= Cut.COMMA),
        "alike": float(_shape(words) == _shape(course.words)),
        "headed": float(is_headed(block, scene)),
        "under": under_heading(block, course.last, scene),
        "list": float(first.cut is Cut.LIST),
        "sentence": float(first.cut is Cut.SENTENCE),
        "detail": float(first.detail),
        "inner": float(first.start not in course.cuts),
        "says": float(bool(_SAYS.search(words))),
        "long": min(content.bit_count() / 10, 2.0),
        "after": min(len(course.words) / 20, 2.0),
        "told": (min(len(course.told), _MANY + 1) - 1) / _MANY,
        "beside": min(len(beside), _MANY) / _MANY,
    }
