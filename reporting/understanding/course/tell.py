"""What each stretch of a message is about, one after the other and all together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reporting.understanding.choice.assign import Block, pieces, says
from reporting.understanding.choice.decide import judge
from reporting.understanding.choice.decide_words import by_words, likeliest
from reporting.understanding.choice.match import Match
from reporting.understanding.choice.phases import sister
from reporting.understanding.choice.scene import Course, Scene
from reporting.understanding.choice.verdict import Blank, Foreign, Sure, Unclaimed, Unsure, Verdict
from reporting.understanding.words.split import Cut

_PLAINLY = 2.0  # naming letters
_LESS = 2.0  # said for "no task" of an item of a list
_LIST = 2  # tasks told apart: then a message lists tasks, and what else it says is looked at
Told = tuple[Block, Verdict]


def tell(found: Sequence[Block], scene: Scene, course: Course) -> list[Told]:
    """A verdict on each block of a message, cut up where its pieces tell of more tasks.

    Where several tasks are told apart, what is in doubt is about another one, if anything in its
    words says which.
    """
    told: list[Told] = []
    course = replace(course, cuts=cuts(found))
    if len(found) == 1 and (only := _only(found[0], scene, course)):
        return [only]
    course = replace(course, named=course.named.union(named_in(found, scene)))
    for block in found:
        more = _told(block, scene, course)
        for part, verdict in more:
            course = after(course, part, verdict)
        told += more
    told = _agreed(_reconsidered(_with_the_foreign(told, scene), scene), scene)
    taken = tasks_of(verdict for _, verdict in told)
    if len(taken) < _LIST:
        return told
    return [_of_the_rest(part, scene, taken, course.cuts) for part in told]


def _with_the_foreign(told: Sequence[Told], scene: Scene) -> list[Told]:
    """What goes on behind another unit's work is of that, unless it plainly names his own.

    新能源公交车更新了20台,游客都说好坐 is no report on visitors.
    """
    kept: list[Told] = []
    for block, verdict in told:
        before = kept[-1][1] if kept else None
        goes_on = isinstance(before, Foreign) and block.clauses[0].cut <= Cut.COMMA
        plainly = block.mention or _names_plainly(scene.match(block))
        kept.append((block, before) if before and goes_on and not plainly else (block, verdict))
    return kept


def _names_plainly(found: Match) -> bool:
    """Whether the likeliest task is named by several words, or its value is given.

    A share alone (成活率九成以上) may be of anything.
    """
    if found.best is None:
        return False
    values = found.values[found.best]
    fits = max(values["number"], values["measure"]) > 0
    return fits or found.evidence[found.best].naming() >= _PLAINLY


def _reconsidered(told: list[Told], scene: Scene) -> list[Told]:
    """Two stretches as one where it is doubtful that the second leaves the first's task.

    Together they may rather be about what only the second names: 养老护理等班开了,发证11840人次.
    """
    kept: list[Told] = []
    for block, verdict in told:
        before = kept[-1] if kept else None
        if (
            before
            and isinstance(before[1], Sure)
            and isinstance(verdict, Unsure)
            and verdict.turning
        ):
            both = Block(clauses=(*before[0].clauses, *block.clauses), mention=before[0].mention)
            if scene.match(both).best not in before[1].tasks and not both.mention:
                kept[-1] = (both, by_words(both, scene.match(both), scene.index))
                continue
        kept.append((block, verdict))
    return kept


def _agreed(told: Sequence[Told], scene: Scene) -> list[Told]:
    """What is in doubt is about the task told next to it, if that is its likeliest as well."""
    kept: list[Told] = []
    for at, (block, verdict) in enumerate(told):
        found = scene.match(block)
        beside = tasks_of(other for _, other in told[max(at - 1, 0) : at + 2])
        doubtful = isinstance(verdict, Unsure) and not verdict.turning and not block.mention
        kept.append((block, likeliest(found) if doubtful and found.best in beside else verdict))
    return kept


def tasks_of(verdicts: Iterable[Verdict]) -> frozenset[int]:
    """The tasks these are sure of."""
    sure = (verdict.tasks for verdict in verdicts if isinstance(verdict, Sure))
    return frozenset(task for tasks in sure for task in tasks)


def after(course: Course, block: Block, verdict: Verdict) -> Course:
    """How far the message has come after a block that is about this."""
    if not isinstance(verdict, Sure):
        return course
    told, coded = course.told | {*verdict.tasks}, block.mention is not None
    return replace(course, last=verdict.tasks, coded=coded, told=told)


def cuts(found: Sequence[Block]) -> frozenset[int]:
    """Where these blocks begin."""
    return frozenset(block.start for block in found)


def named_in(found: Sequence[Block], scene: Scene) -> Iterator[int]:
    """The tasks that the pieces of these blocks name."""
    for piece in (piece for block in found for piece in pieces(block, scene.reading)):
        verdict = judge(piece, scene, Course())
        if isinstance(verdict, Sure):
            yield from verdict.tasks


def _only(block: Block, scene: Scene, course: Course) -> Told | None:
    """The one block of a message, unless its pieces may tell of more: nothing is named beside."""
    whole, parts = judge(block, scene, course), tuple(pieces(block, scene.reading))
    parted = len(parts) > 1 and (
        isinstance(whole, Unsure | Foreign) or _goes_over(whole, parts, scene)
    )
    return None if parted else (block, whole)


def _goes_over(whole: Verdict, parts: Sequence[Block], scene: Scene) -> bool:
    """Whether a later piece goes over to the work like that of the whole: 东头铺完了,西头…."""
    tasks = whole.tasks if isinstance(whole, Sure) else ()
    return any(
        sister(scene.words(part), scene.match(part), tasks, scene.index) for part in parts[1:]
    )


def _told(block: Block, scene: Scene, course: Course) -> Sequence[Told]:
    """A block and its verdict, or its pieces where they tell of more than the whole."""
    whole = judge(block, scene, course)
    parts = tuple(pieces(block, scene.reading))
    if len(parts) == 1:
        return ((block, whole),)
    told: list[Told] = []
    for part in parts:
        verdict = judge(part, scene, course)
        course = after(course, part, verdict)
        told.append((part, verdict))
    return told if _tells_more(whole, [verdict for _, verdict in told]) else ((block, whole),)


def _tells_more(whole: Verdict, parts: Sequence[Verdict]) -> bool:
    """Whether the tasks that pieces name are more than what the whole is about.

    Who begins with his own work and goes on to another unit's has reported his own.
    """
    named = tasks_of(parts)
    match whole:
        case Sure():
            return named > frozenset(whole.tasks)
        case Unsure():
            return len(named & {*whole.candidates}) > 1 or _tells_it(whole, named, parts)
        case Foreign():
            return isinstance(parts[0], Sure)
        case Blank() | Unclaimed():
            return bool(named)


def _tells_it(whole: Unsure, named: frozenset[int], parts: Sequence[Verdict]) -> bool:
    """Whether the first piece tells which task a doubtful whole is about, and no other doubts it.

    港门到月亮湾那条路没动工,林地批复卡住了: the permit alone speaks for any road.
    """
    first = isinstance(parts[0], Sure) and named == {whole.candidates[0]}
    return first and all(isinstance(part, Sure | Blank) for part in parts)


def _is_open(verdict: Verdict) -> bool:
    """Whether a block may still turn out to be about one of several tasks."""
    match verdict:
        case Unsure():
            return not verdict.turning
        case Blank():
            return bool(verdict.ranked)
        case _:
            return False


def _of_the_rest(told: Told, scene: Scene, taken: frozenset[int], starts: frozenset[int]) -> Told:
    """The one task a doubtful block is about once those told apart are out of the question."""
    block, verdict = told
    if block.mention or not _is_open(verdict):
        return told
    is_item = block.start in starts and not block.clauses[0].detail and says(scene.words(block))
    found = scene.match(block).without(taken, _LESS if is_item else 0.0)
    if not (found.says_anything or (is_item and found.touches)):
        return told
    other = by_words(block, found, scene.index)
    return (block, other) if isinstance(other, Sure) else told
