"""From evidence to a verdict on each block: by its code, the quoted card, or its words."""

from collections.abc import Sequence

from reporting.understanding.assign import Block
from reporting.understanding.decide_words import by_words
from reporting.understanding.evidence import Evidence
from reporting.understanding.index import PlanIndex
from reporting.understanding.match import Match
from reporting.understanding.phases import sister
from reporting.understanding.scene import Course, Scene
from reporting.understanding.split import Cut
from reporting.understanding.standing import Standing, resolve
from reporting.understanding.turn import leaves
from reporting.understanding.verdict import Blank, Foreign, Sure, Unsure, Verdict

CODE_SURE = 0.995
QUOTE_SURE = 0.99
ALIAS_SURE = 0.98
_NAMED = 0.9  # how sure the words must be of another task to contradict a code
_LIKELY = 0.8
_MORE = 1.8  # naming letters and talk with which words overrule a quoted card
_TOLD_APART = 1.5  # naming letters that one of two tasks lacks
_BLANK = Evidence()
_TRACE = 0.3
_PLAINLY = 2.5  # naming letters a title must have more than another to overrule it


def judge(block: Block, scene: Scene, course: Course) -> Verdict:
    """What one block is about, once the message has come so far."""
    found, standing = scene.match(block), scene.standing
    if block.mention:
        return _by_code(block, found, scene.index, standing)
    verdict = scene.by_words(block)
    if other := sister(scene.words(block), found, course.last, scene.index):
        return other
    if course.last and _goes_on(verdict, block, course, scene):
        return Blank(ranked=())
    on_card = not course.last or standing.quoted in course.last
    if standing.quoted is not None and on_card and not _overrules(verdict, standing.quoted, found):
        return _by_quote(standing)
    return verdict


def _goes_on(verdict: Verdict, block: Block, course: Course, scene: Scene) -> bool:
    """Whether a block says too little of another task to leave the last one."""
    found = scene.match(block)
    if found.best is None or isinstance(verdict, Foreign | Blank):
        return False
    if found.best in course.last:
        return isinstance(verdict, Unsure) and block.clauses[0].cut < Cut.LINE
    return not found.says_anything or not leaves(block, course, scene)


def _overrules(verdict: Verdict, quoted: int, found: Match) -> bool:
    """Whether the words plainly name another task than the quoted card: then they win."""
    if not isinstance(verdict, Sure) or quoted in verdict.tasks:
        return False
    card, named = found.evidence.get(quoted, _BLANK), found.evidence[verdict.tasks[0]]
    more = named.surplus(card) + named.skip + named.talk() - card.talk()
    return verdict.probability >= _NAMED and more >= _MORE


def _by_quote(standing: Standing) -> Verdict:
    assert standing.quoted is not None
    if standing.quoted not in standing.own:
        return Foreign(task=standing.quoted)
    return Sure(tasks=(standing.quoted,), probability=QUOTE_SURE, evidence=("quoted",))


def _by_code(block: Block, found: Match, index: PlanIndex, standing: Standing) -> Verdict:
    assert block.mention is not None
    tasks = [resolve(code, index, standing) for code in block.mention.codes]
    known = [task for task in tasks if task is not None]
    own = [task for task in known if task in standing.own]
    if not own:
        words = by_words(block, found, index)
        if known and isinstance(words, Sure) and not _fits(found, known[0], words.tasks[0]):
            return Unsure(candidates=words.tasks)
        return Foreign(task=known[0]) if known else words
    if block.mention.alias:
        return _by_alias(block.mention.alias, own, found, index, standing)
    rival = _rival(found, own)
    if rival is not None and len(own) == 1:
        return Unsure(candidates=tuple(sorted({*own, rival})))
    label = "、".join(index.entries[task].task.code for task in own)
    return Sure(tasks=tuple(own), probability=CODE_SURE, evidence=(f"code {label}",))


def _fits(found: Match, coded: int, named: int) -> bool:
    """Whether the words speak for another unit's coded task no less than for the sender's own."""
    return found.evidence.get(coded, _BLANK).total() >= found.evidence[named].total() - _TRACE


def _counts(found: Match, task: int) -> bool:
    """Whether a value said may be one of the task's."""
    values = found.values.get(task, {})
    return any(values.get(name, 0.0) >= _LIKELY / 2 for name in ("measure", "number", "ratio"))


def _by_alias(
    alias: str, own: Sequence[int], found: Match, index: PlanIndex, standing: Standing
) -> Verdict:
    """A short name the office has confirmed; words or a quote for another task leave a doubt."""
    others = {standing.quoted} & set(standing.own)
    if found.probability >= index.model.record_above:
        others.add(found.best)
    doubtful = {task for task in others if task is not None and task not in own}
    if doubtful:
        return Unsure(candidates=tuple(sorted({*own, *doubtful})))
    return Sure(tasks=tuple(own), probability=ALIAS_SURE, evidence=(f"alias {alias}",))


def _rival(found: Match, own: Sequence[int]) -> int | None:
    """A task the words plainly name, or the only one the figures fit, although the code differs."""
    if found.best is None or found.best in own:
        return None
    coded, named = found.evidence.get(own[0], _BLANK), found.evidence[found.best]
    if own[0] in found.beyond and named.gram >= coded.gram - 1.0 and found.best not in found.beyond:
        return found.best
    of_other_kind = named.talk() >= 1.0 and coded.total() < _TRACE
    elsewhere = of_other_kind and not _counts(found, own[0])
    plainly = found.probability >= _NAMED and (
        named.gram - coded.gram >= _PLAINLY
        or (named.surplus(coded) >= _TOLD_APART and coded.surplus(named) < _TRACE)
    )
    return found.best if plainly or (elsewhere and found.probability >= _LIKELY) else None
