"""What a block is about by its words alone: sure, in doubt, another unit's, or blank."""

import re

from reporting.understanding.assign import Block
from reporting.understanding.emptiness import is_slogan, is_wide
from reporting.understanding.evidence import explain
from reporting.understanding.foreign import foreign_values
from reporting.understanding.index import PlanIndex
from reporting.understanding.lexicon import wide_words
from reporting.understanding.match import Match
from reporting.understanding.model import Model
from reporting.understanding.titles import phases
from reporting.understanding.trust import accept_values, chance
from reporting.understanding.verdict import Blank, Foreign, Sure, Unsure, Verdict

MOST_CANDIDATES = 6
_ALONE = 0.92  # of what is not nothing
_SOME_DOUBT = 0.3
_ANY_CHANCE = 0.01
_OUTRIGHT = 1.6  # naming letters that leave no doubt
_ALL = re.compile(r"[都均全]|两[个期项]")
_BOTH = re.compile(r"[和与及、].*(?:都|均|两[个项])")
_HALF = 0.5
_NO_NOUN = re.compile(
    r"[那这的上边修完做办弄搞正已都还通事投进按也\W\d]|方面|主体|治理|验收|工程|设备|$|改(?!造)"
)
_SHARED = 1.0  # naming letters that two titles have in common
_OF_NO_OTHER = 0.9
_WHOLE = 0.9  # of a title: nothing else can be meant
_TRACE = 0.3
_AT_FIRST = 8  # letters in which the field is named
# How much more of each the likeliest may have and still not be told apart.
_APART = {"number": 0.3, "measure": 0.3, "talk": 0.65, "letter": 0.3, "skip": 0.3, "sound": 0.3}
_HARDLY = 0.25  # chance of another unit's task up to which his own is not in doubt
_BEYOND_DOUBT, _PLAIN_ENOUGH = 0.95, 0.7  # of trust


def by_words(block: Block, found: Match, index: PlanIndex) -> Verdict:
    """The verdict where no code and no card says which task is meant."""
    words = " ".join(clause.words for clause in block.clauses)
    slogan = is_slogan(words)
    foreign = 0.0 if slogan else _foreign(block, found, index)
    if found.best_foreign is not None and foreign >= index.model.foreign_above:
        return Foreign(task=found.best_foreign.task)
    pair = _phases(words, found, index) or _pair(words, found)
    if pair:
        said = tuple(line for task in pair for line in explain(found.evidence[task]))
        return Sure(tasks=pair, probability=found.shared(pair), evidence=said)
    likely = _likely(found, index.model)
    trust = chance(accept_values(block, found, index), index.model.accept) if found.ranked else 0.0
    if found.best is not None and _is_sure(found, index.model, trust):
        doubt = _doubt(words, found, index, trust) or ((found.best,) if foreign > _HARDLY else ())
        if doubt:
            return Unsure(candidates=doubt)
        best = found.evidence[found.best]
        return Sure(tasks=(found.best,), probability=found.probability, evidence=explain(best))
    if likely and found.nothing <= 0.5:
        return Unsure(candidates=likely)
    return Blank(ranked=tuple(n for n, _ in found.ranked))


def _doubt(words: str, found: Match, index: PlanIndex, trust: float) -> tuple[int, ...]:
    """The tasks to ask about although the likeliest is clear: a slogan, a field, its like."""
    assert found.best is not None
    best, slogan = found.evidence[found.best], is_slogan(words)
    named = best.naming() >= _OUTRIGHT or best.skip >= 1.0
    vague = is_wide(words) and max(found.probability, trust) < _OF_NO_OTHER
    if (slogan and not named) or vague:
        return _spoken_for(found)
    siblings = _siblings(found, index) if trust < _BEYOND_DOUBT else ()
    return _field(words, found, index) or siblings


def _field(words: str, found: Match, index: PlanIndex) -> tuple[int, ...]:
    """The tasks of a field where no more than the field is said: 医院那边主体完了."""
    assert found.best is not None
    best, values = found.evidence[found.best], found.values[found.best]
    said = next((pair for pair in wide_words() if _is_all(pair[0], words)), None)
    if said is None or max(values["number"], values["ratio"], best.sound) >= 1.0:
        return ()
    of_field = [n for n, _ in found.ranked if any(w in index.entries[n].title for w in said[1])]
    own = sum(weight for part, weight in best.parts.items() if part not in said[0])
    told = own >= _SHARED or best.skip >= _SHARED or values["cover"] >= _HALF
    if told or found.best not in of_field:
        return ()
    near = [n for n in of_field if found.values[n]["lead"] >= values["lead"]]
    return tuple(near[:MOST_CANDIDATES]) if len(near) > 1 else ()


def _is_all(word: str, words: str) -> bool:
    """Whether the field is named at the beginning, and nothing narrower with it."""
    place = words.find(word, 0, _AT_FIRST)
    return place >= 0 and bool(_NO_NOUN.match(words, place + len(word)))


def _is_sure(found: Match, model: Model, trust: float) -> bool:
    """Whether to record: sure outright, or no other task comes near and little says "none"."""
    alone = found.probability / max(1.0 - found.nothing, 1e-9)
    likely = found.probability >= model.record_above or (
        alone >= _ALONE and found.nothing <= _SOME_DOUBT
    )
    return trust >= (model.accept_above if likely else _PLAIN_ENOUGH)


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


def _phases(words: str, found: Match, index: PlanIndex) -> tuple[int, ...]:
    """The phases of one work named in one breath: 一期二期都正常."""
    said = phases(words)
    if len(said) < 2 or not _ALL.search(words):
        return ()
    tasks = [n for n in found.values if index.entries[n].phase in said]
    named = [n for n in tasks if found.evidence[n].naming() >= 1.0] or tasks
    return tuple(sorted(named)) if len(named) == len(said) else ()


def _foreign(block: Block, found: Match, index: PlanIndex) -> float:
    """How likely the block is about another unit's task rather than any of the sender's own."""
    if found.best_foreign is None:
        return 0.0
    return chance(foreign_values(block, found, index), index.model.foreign)
