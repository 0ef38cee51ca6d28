"""Whether a block is about another unit's task, weighed on equal terms with the sender's own.

A logistic model over a few numbers, fitted by `benchmarks/fit_matching.py`. What the sender says
of his own part in another's task he supports is his own: such tasks are among his.
"""

import re

from reporting.understanding.choice.assign import Block
from reporting.understanding.choice.evidence import Evidence
from reporting.understanding.choice.match import Match
from reporting.understanding.choice.tone import aloofness
from reporting.understanding.naming.index import PlanIndex

_BLANK = Evidence()
_OURS = re.compile(r"我们|我[局委镇乡办司院校村站县区]|咱们?|俺们?|本[局镇乡]")
_AT_HOME = re.compile(r"(?:我们?|我[局委镇乡办司院]|咱们?|俺们?|本[局镇乡])[这那]?[块边项头里儿]")
_SEEN = re.compile(r"听说|据说|听\S{0,3}[说讲]|看[见到得了]|瞅见|瞧见|路过|经过|好像")
# Whose duty it is: 系民政局职责, 是城管的活, 非我局职责.
_DISOWNED = re.compile(
    r"(?:系|属于?|归|是|由)[^,。;\s我咱俺]{2,10}?(?:的?(?:职责|任务|事情?|活儿?|范围)|[负主]责|牵头|主管|在[弄抓管搞做办])"
    r"|(?:非|不属于?|不归|不是|不在)(?:我|咱|俺|本)"
)
# Who passes on what another unit says: 替街道报一下, 毕总让我转一下.
_PASSED_ON = re.compile(
    r"(?:帮着?|替|代)(?!我|咱|俺)[^,。;:\s]{2,8}?(?:转?报(?!名|废|告|账|销)|[转说]|捎个?话)(?:一[下声句嘴]|个数|[:,])"
    r"|(?:让|托|叫|喊|请)我(?:帮忙|代为|顺便)?(?:[转捎带]|代报)(?:[一告达给个话]|[:,])"
)
_NEARLY = 1.0  # utility
_ENOUGH = 8.0  # utility
_LETTERS, _WORDS = 4.0, 3.0
_MUCH_MORE, _FAR_BETTER = 3.0, 4.0  # letters that name, utility
_TRACE = 0.3
_LONG = 30  # letters: who tells much tells of his own


def foreign_values(block: Block, found: Match, index: PlanIndex) -> dict[str, float]:
    """What speaks for the strongest task of other units against the best of the sender's own."""
    assert found.best_foreign is not None
    rival = found.best_foreign
    there = found.evidence[rival.task]
    own = _best(found, index)
    here = found.evidence.get(own, _BLANK) if own is not None else _BLANK
    values = found.values[own] if own is not None else dict.fromkeys(rival.values, 0.0)
    best = found.content if own is not None else found.null
    words = block.words
    return {
        "one": 1.0,
        "above": _within(rival.utility - found.null, _ENOUGH),
        "gap": _within(rival.utility - best, _ENOUGH),
        "name": _within(there.naming() - here.naming(), _LETTERS),
        "theirs": float(rival.values["partner"] > values["partner"]),
        "surplus": _within(there.surplus(here), _LETTERS),
        "lacks": _within(here.surplus(there), _LETTERS),
        "own": float(here.naming() >= 1.0),
        "owntalk": _within(here.talk(), _WORDS),
        "owncover": values["cover"],
        "ownvalue": max(values["number"], values["ratio"], values["measure"] / 2),
        "head": rival.values["head"] - values["head"],
        "explained": rival.values["explained"] - values["explained"],
        "ours": float(bool(_OURS.search(words))),
        "disowned": float(bool(_DISOWNED.search(words))),
        "elsewhere": float(found.elsewhere),
        "seen": float(bool(_SEEN.search(words))),
        "long": min(len(words) / _LONG, 2.0),
        "aloof": aloofness(words, index.model),
    }


def is_plainly_theirs(words: str, found: Match, index: PlanIndex) -> bool:
    """Whether it names another unit's task, and his own far less or, however vaguely, none."""
    assert found.best_foreign is not None
    rival, own = found.best_foreign, _best(found, index)
    here = found.evidence.get(own, _BLANK) if own is not None else _BLANK
    values = found.values[own] if own is not None else {}
    named = found.evidence[rival.task].named()
    if _PASSED_ON.search(words) and rival.utility > found.content - _NEARLY:
        return True
    if any(values.get(name, 0.0) for name in ("number", "ratio", "measure")):
        return False
    if named - here.named() >= _MUCH_MORE and rival.utility - found.content > _FAR_BETTER:
        return True
    said = here.talk() + here.skip + here.sound + here.letter
    said += bool(_AT_HOME.search(words))
    return named >= 1.0 and not said and here.telling < _TRACE and rival.utility > found.null


def _best(found: Match, index: PlanIndex) -> int | None:
    """The own task that fits best apart from who leads it."""
    lead = index.model.weights.get("lead", 0.0)
    bare = {task: total - lead * found.values[task]["lead"] for task, total in found.sums.items()}
    return max(bare, key=lambda task: bare[task], default=None)


def _within(value: float, most: float) -> float:
    """The value between -1 and 1, where `most` is 1."""
    return min(max(value / most, -1.0), 1.0)
