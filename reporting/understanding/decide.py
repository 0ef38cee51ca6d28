"""From evidence to a verdict on each block: sure of a task, in doubt, another unit's, or blank."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.understanding.assign import Block
from reporting.understanding.evidence import explain
from reporting.understanding.index import PlanIndex
from reporting.understanding.match import Match, match
from reporting.understanding.reading import Reading
from reporting.understanding.standing import Standing, resolve

MOST_CANDIDATES = 6
CODE_SURE = 0.995
QUOTE_SURE = 0.99
_NAMED = 0.9  # how sure the words must be of another task to contradict a code
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


def judge(block: Block, reading: Reading, index: PlanIndex, standing: Standing) -> Verdict:
    """What one block is about."""
    found = match(reading, index, block.spans, standing.asker, standing.spoken)
    if block.mention:
        return _by_code(block, found, index, standing)
    verdict = _by_words(found, index)
    if standing.quoted is not None and not _overrules(verdict, standing.quoted):
        return _by_quote(standing)
    return verdict


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
        sure = _by_words(found, index)
        if known and isinstance(sure, Sure):
            return Unsure(candidates=sure.tasks)
        return Foreign(task=known[0]) if known else sure
    rival = _rival(found, own)
    if rival is not None and len(own) == 1:
        return Unsure(candidates=tuple(sorted({*own, rival})))
    label = "、".join(index.entries[task].task.code for task in own)
    return Sure(tasks=tuple(own), probability=CODE_SURE, evidence=(f"code {label}",))


def _rival(found: Match, own: Sequence[int]) -> int | None:
    """A task the words plainly name although the code says another."""
    if found.best is None or found.best in own or found.probability < _NAMED:
        return None
    spoken = found.evidence.get(own[0])
    named = found.evidence[found.best]
    plainer = named.gram - (spoken.gram if spoken else 0.0)
    return found.best if plainer >= _PLAINLY else None


def _by_words(found: Match, index: PlanIndex) -> Verdict:
    model = index.model
    if (task := _plainly_foreign(found, index)) is not None:
        return Foreign(task=task)
    if found.best is not None and found.probability >= model.record_above:
        return Sure(
            tasks=(found.best,),
            probability=found.probability,
            evidence=explain(found.evidence[found.best]) if found.best in found.evidence else (),
        )
    foreign = found.best_foreign
    nothing_own = found.strength < _FOREIGN
    if foreign and nothing_own and foreign[1] > _floor(found) + _FOREIGN:
        return Foreign(task=foreign[0])
    likely = tuple(n for n, p in found.ranked if p >= model.ask_above)[:MOST_CANDIDATES]
    if likely and sum(p for _, p in found.ranked) >= found.nothing:
        return Unsure(candidates=likely)
    return Blank(ranked=tuple(n for n, _ in found.ranked))


def _plainly_foreign(found: Match, index: PlanIndex) -> int | None:
    """A task of another unit whose title the text plainly has, while it has none of his own."""
    if found.best_foreign is None:
        return None
    task, utility = found.best_foreign
    there = found.evidence[task]
    here = found.evidence.get(found.best) if found.best is not None else None
    own = here.gram if here else 0.0
    if there.gram - own < _PLAINLY:
        return None
    plain = own < 1.0
    covered = there.gram >= _COVERED * index.entries[task].weight
    outdone = here is None or there.outdoes(here)
    stronger = utility > found.null + found.strength + _FOREIGN_LEAD
    return task if covered and (plain or outdone) and stronger else None


def _floor(found: Match) -> float:
    return found.null + max(found.strength, 0.0) + (_FOREIGN_LEAD if found.strength > 0 else 0.0)
