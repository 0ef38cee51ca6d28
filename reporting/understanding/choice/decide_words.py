"""What a block is about by its words alone: sure, in doubt, another unit's, nobody's, or blank."""

import re

from reporting.understanding.choice.assign import Block
from reporting.understanding.choice.evidence import explain
from reporting.understanding.choice.foreign import foreign_values, is_plainly_theirs
from reporting.understanding.choice.match import Match
from reporting.understanding.choice.rivals import MOST_CANDIDATES, of_one_field, siblings
from reporting.understanding.choice.trust import accept_values, chance, is_told_by_trade
from reporting.understanding.choice.unclaimed import only_of_steps, unclaimed_kind
from reporting.understanding.choice.verdict import Blank, Foreign, Sure, Unclaimed, Unsure, Verdict
from reporting.understanding.model import Model
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.naming.titles import phases
from reporting.understanding.talk.chatter import only_says_how_it_stands
from reporting.understanding.talk.emptiness import is_slogan

_ANY_CHANCE, _MOSTLY = 0.01, 0.5
_PLAINLY_THEIRS = 0.95
_ALL = re.compile(r"[都均全]|两[个期项]")
_BOTH = re.compile(
    r"[和与及、].*(?:都|均|两[个项](?![村乡镇班点]|社区|街道))|\S \S*两[个项](?=[都均全也 ]|$)"
)


def by_words(block: Block, found: Match, index: PlanIndex) -> Verdict:
    """The verdict where no code and no card says which task is meant."""
    words = block.words
    foreign = their_chance(block, found, index)
    if found.best_foreign is not None and foreign >= index.model.foreign_above:
        return Foreign(task=found.best_foreign.task)
    ranked = tuple(n for n, _ in found.ranked)
    if only_says_how_it_stands(words):
        return Blank(ranked=ranked)
    if kind := unclaimed_kind(block, found, index):
        return Unclaimed(kind=kind, ranked=ranked)
    pair = _phases(words, found, index) or _pair(words, found)
    if pair:
        said = tuple(line for task in pair for line in explain(found.evidence[task]))
        return Sure(tasks=pair, probability=found.shared(pair), evidence=said)
    likely = _likely(found, index.model)
    if found.best is not None and _is_sure(block, found, index, foreign):
        if doubt := _doubt(words, found) or of_one_field(found, index):
            return Unsure(candidates=doubt)
        return likeliest(found)
    if likely and found.nothing <= _MOSTLY:
        return Unsure(candidates=of_one_field(found, index) or _alike(found) or likely)
    return Blank(ranked=ranked)


def likeliest(found: Match) -> Sure:
    """The verdict that the likeliest task is meant."""
    assert found.best is not None
    said = explain(found.evidence[found.best])
    return Sure(tasks=(found.best,), probability=found.probability, evidence=said)


def _doubt(words: str, found: Match) -> tuple[int, ...]:
    """The tasks to ask about although the likeliest is clear: a slogan that hardly names it."""
    assert found.best is not None
    named = found.evidence[found.best].is_outright()
    return _spoken_for(found) if is_slogan(words) and not named else ()


def _is_sure(block: Block, found: Match, index: PlanIndex, foreign: float) -> bool:
    """Whether the likeliest may be recorded: it is about something, and most likely that."""
    if found.nothing > _MOSTLY:
        return False
    model = index.model
    values = accept_values(block, found, index, foreign)
    sure = chance(values, model.accept) >= model.accept_above
    return sure or is_told_by_trade(found, values)


def _alike(found: Match) -> tuple[int, ...]:
    """The siblings of a task that is likely but for them."""
    return siblings(found) if found.says_anything else ()


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
    return tuple(sorted((first, second), key=found.begins)) if apart and named else ()


def _phases(words: str, found: Match, index: PlanIndex) -> tuple[int, ...]:
    """The phases of one work named in one breath: 一期二期都正常."""
    said = phases(words)
    if len(said) < 2 or not _ALL.search(words):
        return ()
    tasks = [n for n in found.values if index.entries[n].phase in said]
    named = [n for n in tasks if found.evidence[n].naming() >= 1.0] or tasks
    return tuple(sorted(named)) if len(named) == len(said) else ()


def their_chance(block: Block, found: Match, index: PlanIndex) -> float:
    """How likely the block is about another unit's task rather than any of the sender's own."""
    if found.best_foreign is None or is_slogan(block.words):
        return 0.0
    theirs = found.evidence[found.best_foreign.task]
    said = theirs.covered & found.letters and not only_of_steps(theirs)
    if not said or only_says_how_it_stands(block.words):
        return 0.0  # 按计划推进,无问题 names no 遗留问题
    if is_plainly_theirs(block.words, found, index):
        return _PLAINLY_THEIRS
    return chance(foreign_values(block, found, index), index.model.foreign)
