"""From evidence to a verdict on each block: sure of a task, in doubt, another unit's, or blank."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reporting.understanding.assign import Block
from reporting.understanding.emptiness import is_slogan, is_wide
from reporting.understanding.evidence import Evidence, explain
from reporting.understanding.index import PlanIndex
from reporting.understanding.match import Match, match
from reporting.understanding.model import Model
from reporting.understanding.reading import Reading
from reporting.understanding.split import Cut
from reporting.understanding.standing import Standing, resolve

MOST_CANDIDATES = 6
CODE_SURE = 0.995
QUOTE_SURE = 0.99
ALIAS_SURE = 0.98
_NAMED = 0.9  # how sure the words must be of another task to contradict a code
_ALONE = 0.92  # of what is not nothing
_SOME_DOUBT = 0.3
_STAYING = {Cut.NONE: 9.0, Cut.LIST: 0.5, Cut.COMMA: 2.0, Cut.SENTENCE: 0.5}
_SURE_TO_LEAVE = 0.6
_ANY_CHANCE = 0.01
_OUTRIGHT = 1.6  # naming letters that leave no doubt
_BOTH = re.compile(r"[和与及、].*(?:都|均|两[个项])")
_BLANK = Evidence()
_SHARED = 1.0  # naming letters that two titles have in common
_OF_NO_OTHER = 0.95
_WHOLE = 0.9  # of a title: nothing else can be meant
_TRACE = 0.3
# How much more of each the likeliest may have and still not be told apart.
_APART = {"number": 0.3, "measure": 0.3, "talk": 0.65, "letter": 0.3, "skip": 0.3, "sound": 0.3}
_PLAINLY = 2.5  # naming letters a title must have more than another to overrule it
_COVERED = 0.3  # of another unit's title, at least
_FOREIGN = 1.5  # how much stronger another unit's task must be than nothing at all
_FOREIGN_LEAD = 1.0  # and than the best of the sender's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """The block is about these tasks."""

    tasks: tuple[int, ...]
    probability: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """The block is about one of these, or none."""

    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """The block is about a task of another unit."""

    task: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """The block names nothing; `ranked` are the sender's tasks, likeliest first."""

    ranked: tuple[int, ...]


Verdict = Sure | Unsure | Foreign | Blank


def judge(
    block: Block,
    reading: Reading,
    index: PlanIndex,
    standing: Standing,
    before: Sequence[int] = (),
) -> Verdict:
    """What one block is about; `before` are the tasks spoken of last."""
    found = match(reading, index, block.spans, standing.asker, standing.spoken)
    if block.mention:
        return _by_code(block, found, index, standing)
    verdict = _by_words(block, found, index)
    if before and _goes_on(verdict, block, found, before, index.model):
        return Blank(ranked=())
    if standing.quoted is not None and not _overrules(verdict, standing.quoted):
        return _by_quote(standing)
    return verdict


def _goes_on(
    verdict: Verdict, block: Block, found: Match, before: Sequence[int], model: Model
) -> bool:
    """Whether a block within a line says too little of another task to leave the last one."""
    cut = block.clauses[0].cut
    if cut >= Cut.LINE or found.best is None or found.best in before:
        return False
    if isinstance(verdict, Unsure) and found.evidence[found.best].naming() < 1.0:
        return True
    if not isinstance(verdict, Sure | Unsure):
        return False
    weights = model.weights
    least = found.nothing * math.exp(weights["lead"] - weights["nothing"])
    staying = max(least, *(found.shared((task,)) for task in before)) * math.exp(_STAYING[cut])
    return found.probability < _SURE_TO_LEAVE * (found.probability + staying)


def _overrules(verdict: Verdict, quoted: int) -> bool:
    """Whether the words plainly name another task than the quoted card: then they win."""
    return isinstance(verdict, Sure) and quoted not in verdict.tasks


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
        words = _by_words(block, found, index)
        if known and isinstance(words, Sure):
            return Unsure(candidates=words.tasks)
        return Foreign(task=known[0]) if known else words
    if block.mention.alias:
        return _by_alias(block.mention.alias, own, found, index, standing)
    rival = _rival(found, own)
    if rival is not None and len(own) == 1:
        return Unsure(candidates=tuple(sorted({*own, rival})))
    label = "、".join(index.entries[task].task.code for task in own)
    return Sure(tasks=tuple(own), probability=CODE_SURE, evidence=(f"code {label}",))


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
    plainly = found.probability >= _NAMED and (
        named.gram - coded.gram >= _PLAINLY
        or (named.surplus(coded) >= _OUTRIGHT and coded.surplus(named) < _TRACE)
    )
    return found.best if plainly else None


def _by_words(block: Block, found: Match, index: PlanIndex) -> Verdict:
    words = " ".join(clause.words for clause in block.clauses)
    slogan = is_slogan(words)
    foreign = None if slogan else _foreign(found, index)
    if foreign is not None:
        return Foreign(task=foreign)
    pair = _pair(words, found)
    if pair:
        said = tuple(line for task in pair for line in explain(found.evidence[task]))
        return Sure(tasks=pair, probability=found.shared(pair), evidence=said)
    likely = _likely(found, index.model)
    if found.best is not None and _is_sure(found, index.model):
        best = found.evidence[found.best]
        named = best.naming() >= _OUTRIGHT or best.skip >= 1.0
        vague = is_wide(words) and found.probability < _OF_NO_OTHER
        if (slogan and not named) or vague:
            return Unsure(candidates=_spoken_for(found))
        if siblings := _siblings(found, index):
            return Unsure(candidates=siblings)
        return Sure(tasks=(found.best,), probability=found.probability, evidence=explain(best))
    if likely and found.nothing <= 0.5:
        return Unsure(candidates=likely)
    return Blank(ranked=tuple(n for n, _ in found.ranked))


def _is_sure(found: Match, model: Model) -> bool:
    """Whether to record: sure outright, or no other task comes near and little says "none"."""
    alone = found.probability / max(1.0 - found.nothing, 1e-9)
    return found.probability >= model.record_above or (
        alone >= _ALONE and found.nothing <= _SOME_DOUBT
    )


def _siblings(found: Match, index: PlanIndex) -> tuple[int, ...]:
    """The likeliest task with those that share all it is named by: only the one part is said."""
    assert found.best is not None
    best, values = found.evidence[found.best], found.values[found.best]
    if best.gram < _SHARED or values["cover"] >= _WHOLE:
        return ()
    alike = tuple(
        n
        for n, _ in found.ranked[1:]
        if not found.values[n]["outdone"]
        and best.surplus(found.evidence[n]) < _TRACE
        and all(values[name] <= found.values[n][name] + most for name, most in _APART.items())
    )
    return (found.best, *alike)[:MOST_CANDIDATES] if alike else ()


def _likely(found: Match, model: Model) -> tuple[int, ...]:
    """The tasks to ask about: likely, and not only for want of a likelier one."""
    likely = (n for n, p in found.ranked if p >= model.ask_above)
    return tuple(n for n in likely if found.evidence[n].speaks())[:MOST_CANDIDATES]


def _spoken_for(found: Match) -> tuple[int, ...]:
    likely = (n for n, p in found.ranked if p >= _ANY_CHANCE)
    return tuple(n for n in likely if found.evidence[n].speaks())[:MOST_CANDIDATES]


def _pair(words: str, found: Match) -> tuple[int, ...]:
    """Two tasks named in one breath: 甲和乙两个都在推进."""
    if not _BOTH.search(words) or len(found.ranked) < 2:
        return ()
    (first, _), (second, _) = found.ranked[:2]
    one, other = found.evidence[first], found.evidence[second]
    apart = not one.outdoes(other) and not other.outdoes(one)
    named = min(one.surplus(other), other.surplus(one)) >= 1.0
    return tuple(sorted((first, second))) if apart and named else ()


def _foreign(found: Match, index: PlanIndex) -> int | None:
    """Another unit's task that the text names, while it names none of the sender's own.

    Its title must be plainly there and fit better than the sender's best task fits.
    """
    if found.best_foreign is None:
        return None
    task, utility = found.best_foreign
    if utility < max(found.null + _FOREIGN, found.content + _FOREIGN_LEAD):
        return None
    there = found.evidence[task]
    here = found.evidence.get(found.best, _BLANK) if found.best is not None else _BLANK
    unnamed = (
        found.probability < index.model.record_above
        and here.naming() + here.talk() < there.naming() + there.talk()
    )
    covered = there.gram >= _COVERED * index.entries[task].weight
    within = here.gram < 1.0 or here.surplus(there) < _OUTRIGHT / 2
    plainer = there.gram - here.gram >= _PLAINLY and within
    return task if unnamed or (covered and plainer) else None
