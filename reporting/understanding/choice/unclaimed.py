"""Work of no task at all: the talk is plainly of a kind of task that the plan does not have."""

import re
from collections import defaultdict
from collections.abc import Mapping

from reporting.understanding.choice.assign import Block
from reporting.understanding.choice.evidence import Evidence
from reporting.understanding.choice.match import Match
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.talk.emptiness import is_slogan
from reporting.understanding.words.lexicon import Concept, concepts

_HARDLY, _SHARE = 0.2, 0.12  # evidence for his own tasks that is next to nothing, alone or beside
_OF_NONE, _EVEN_SO = 0.2, 0.05  # chance of no task from which talk that is plain, or plainer, tells
_PLAIN, _PLAINER = 2.75, 4.0  # weight of the talk
_MOST = 1.0
_BLANK = Evidence()
# Steps of any project, which name no task: 林地手续退件了, 施工图审查完成,下月挂网.
_STEPS = frozenset(
    (
        *("征收拆迁", "前期工作", "房建", "用地报批", "林地审核采伐", "质量安全监督"),
        *("竣工决算审计", "项目谋划储备", "重点项目", "城市更新前期", "指标"),
    )
)
_OURS = re.compile(r"(?:我们?|我[局委镇乡办司院]|咱们?|俺们?)\S{0,2}(?:牵头|负责|承担|配合)")


def unclaimed_kind(block: Block, found: Match, index: PlanIndex) -> str:
    """The kind of task of `lexicon.txt` that a block tells of and the plan lacks, or nothing."""
    own = max((found.evidence.get(n, _BLANK).total() for n in found.values), default=0.0)
    words = block.words
    if found.nothing < _EVEN_SO or own > _MOST or is_slogan(words) or _OURS.search(words):
        return ""
    said: dict[int, dict[str, float]] = defaultdict(dict)
    for hit in found.reading.within(block.spans):
        for kind, weight in hit.pointing if hit.kind == "talk" else ():
            if kind not in index.hinted and concepts()[kind].name not in _STEPS:
                said[kind][hit.key] = weight
    told = [(_weight(concepts()[kind], known), kind) for kind, known in said.items()]
    weight, kind = max(told, default=(0.0, 0))
    plain = weight >= (_PLAIN if found.nothing >= _OF_NONE else _PLAINER)
    return concepts()[kind].name if plain and own <= max(_HARDLY, _SHARE * weight) else ""


def only_of_steps(known: Evidence) -> bool:
    """Whether nothing but talk of the steps of any project speaks for a task: 前期手续在办理."""
    kinds = (concepts()[kind].name in _STEPS for kind in known.kinds)
    return known.naming() < _MOST and bool(known.kinds) and all(kinds)


def _weight(kind: Concept, said: Mapping[str, float]) -> float:
    """How much these words, by their weights, speak for a kind of task; its names count most."""
    names = said.keys() & {*kind.triggers}
    talk = sum(weight for word, weight in said.items() if word not in names)
    return talk + len(names) + bool(names)
