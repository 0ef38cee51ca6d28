"""From evidence to a verdict on each block: by its code, the quoted card, or its words."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reporting.understanding.choice.assign import Block
from reporting.understanding.choice.decide_words import by_words, likeliest
from reporting.understanding.choice.evidence import Evidence, explain
from reporting.understanding.choice.match import Match
from reporting.understanding.choice.phases import is_told, sister
from reporting.understanding.choice.scene import Course, Scene
from reporting.understanding.choice.standing import Standing, meanings
from reporting.understanding.choice.turn import leaving_chance
from reporting.understanding.choice.verdict import Blank, Foreign, Sure, Unclaimed, Unsure, Verdict
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.talk.emptiness import is_slogan
from reporting.understanding.words.split import Cut

CODE_SURE = 0.995
QUOTE_SURE = 0.99
ALIAS_SURE = 0.98
_FAR_AHEAD = 4.0  # of a coded or quoted task another must be, to contradict it (fifty to one)
_AHEAD, _LIKELY = 3.0, 0.85  # or so far of a coded one, and so likely itself
_WHOLLY, _PARTLY = 0.8, 0.5  # of a title
_NAMED, _NAMED_BESIDE = 1.0, 1.6  # naming letters of a title, and those a card's lacks
_BLANK = Evidence()
# The last of a list of tasks, of all of which something is said: 甲、乙两个项目都在推.
_LISTED = re.compile(r"[两二三四五六\d][个项条](?:项目|任务|工程|工作|事项)?[都均全皆]")
_TRACE = 0.3
_NEARLY = 2.0  # behind the likeliest of the tasks that share a number, and still possible


def judge(block: Block, scene: Scene, course: Course) -> Verdict:
    """What one block is about, once the message has come so far."""
    found, standing = scene.match(block), scene.standing
    if block.mention:
        return _by_code(block, found, scene, course)
    verdict = scene.by_words(block)
    if isinstance(verdict, Unsure):
        verdict = _nearer(verdict, block, scene, course)
    if other := sister(scene.words(block), found, course.last, scene.index):
        return other
    if course.last and (further := _further_on(verdict, block, course, scene)):
        return further
    on_card = not course.last or standing.quoted in course.last
    if standing.quoted is not None and on_card:
        named = _overrules(verdict, standing.quoted, found, scene.index)
        return verdict if named else _by_quote(standing)
    return verdict


def _nearer(verdict: Unsure, block: Block, scene: Scene, course: Course) -> Verdict:
    """What a doubtful block is about where a task was exempted or owed ones are listed.

    除老旧管网外都正常,管网没动: who takes a task out of the rest goes on to say how it stands.
    """
    found, standing = scene.match(block), scene.standing
    if found.best in course.exempt:
        return likeliest(found)
    owed = standing.reminded and not is_slogan(block.words)
    return _of_the_owed(verdict, found, standing) if owed else verdict


def _of_the_owed(verdict: Unsure, found: Match, standing: Standing) -> Verdict:
    """Of tasks hardly told apart an answer to the reminder means those that it lists."""
    owed = tuple(
        task
        for task in verdict.candidates
        if task in standing.owed and found.ahead_of(task) <= _NEARLY
    )
    if not owed or len(owed) == len(verdict.candidates):
        return verdict
    if len(owed) > 1 or _is_near(found, standing.owed, verdict.candidates):
        return replace(verdict, candidates=owed)
    said = (*explain(found.evidence[owed[0]]), "still owed")
    return Sure(tasks=owed, probability=found.shared(verdict.candidates), evidence=said)


def _is_near(found: Match, owed: Sequence[int], besides: Sequence[int]) -> bool:
    """Whether something speaks for another owed task besides these as well."""
    others = (task for task in owed if task not in besides and found.evidence[task].total())
    return any(found.ahead_of(task) <= _AHEAD for task in others)


def _further_on(
    verdict: Verdict, block: Block, course: Course, scene: Scene
) -> Blank | Unsure | None:
    """Blank where a block says too little of another task to leave the last one.

    A doubt where that is not plain, and nothing where it leaves the last one.
    """
    found, model = scene.match(block), scene.index.model
    if isinstance(verdict, Unclaimed):
        return Blank(ranked=())
    if found.best is None or isinstance(verdict, Foreign | Blank):
        return None
    if found.best in course.last:
        stays = isinstance(verdict, Unsure) and block.clauses[0].cut < Cut.LINE
        return Blank(ranked=()) if stays else None
    # 存在问题:… is headed by what was told before.
    of_last = block.clauses[0].part or not found.says_anything
    leaving = 0.0 if of_last else leaving_chance(block, course, scene)
    if block.clauses[0].cut is Cut.LIST and _LISTED.search(block.words):
        leaving = 1.0
    goes_on = course.coded and block.clauses[0].cut <= Cut.COMMA
    carded = scene.standing.quoted in course.last or goes_on
    if leaving >= model.switch_above and not (
        carded and found.evidence[found.best].named() < _NAMED
    ):
        return None
    if leaving < model.turn_above or carded:
        return Blank(ranked=())
    others = verdict.candidates if isinstance(verdict, Unsure) else (found.best,)
    return Unsure(candidates=(*course.last, *others), turning=True)


def _overrules(verdict: Verdict, quoted: int, found: Match, index: PlanIndex) -> bool:
    """Whether the words plainly name another task than the quoted card: then they win."""
    if not isinstance(verdict, Sure) or quoted in verdict.tasks or found.best is None:
        return False
    surplus = found.evidence[found.best].surplus(found.evidence.get(quoted, _BLANK))
    ahead = _ahead_of_named(quoted, found, index)
    return (surplus >= _NAMED_BESIDE and ahead >= _FAR_AHEAD) or (
        surplus >= _NAMED and ahead >= 2 * _FAR_AHEAD
    )


def _by_quote(standing: Standing) -> Verdict:
    assert standing.quoted is not None
    if standing.quoted not in standing.own:
        return Foreign(task=standing.quoted)
    return Sure(tasks=(standing.quoted,), probability=QUOTE_SURE, evidence=("quoted",))


def _by_code(block: Block, found: Match, scene: Scene, course: Course) -> Verdict:
    assert block.mention is not None
    index, standing = scene.index, scene.standing
    meant = [meanings(code, index, standing) for code in block.mention.codes]
    meant = [_narrowed(tasks, found, index) for tasks in meant]
    if open_to := next((tasks for tasks in meant if len(tasks) > 1), ()):
        return Unsure(candidates=open_to)
    known = [task for tasks in meant for task in tasks]
    own = [task for task in known if task in standing.own]
    if not own:
        unmarked = replace(block, mention=None)
        found = scene.match(unmarked)
        words = by_words(unmarked, found, index)
        if isinstance(words, Sure) and {*words.tasks} <= {*course.last}:
            return words  # 涉及事项62项 in what is said of a task of his
        if known and isinstance(words, Sure) and not _fits(found, known[0], words.tasks[0]):
            return Unsure(candidates=words.tasks)
        return Foreign(task=known[0]) if known else words
    if block.mention.alias:
        return _by_alias(block.mention.alias, own, found, index, standing)
    rival = _rival(found, own, index) or _like(block, found, own[0], index)
    if len(own) == 1 and rival is not None and _contradicts(own[0], rival, found, standing, course):
        return Unsure(candidates=tuple(sorted({*own, rival})))
    label = "、".join(index.entries[task].task.code for task in own)
    return Sure(tasks=tuple(own), probability=CODE_SURE, evidence=(f"code {label}",))


def _narrowed(tasks: tuple[int, ...], found: Match, index: PlanIndex) -> tuple[int, ...]:
    """Those of several tasks of one number, A20 and B20, for which the words speak: 20号 64户."""
    if len(tasks) < 2:
        return tasks
    lead = index.model.weights.get("lead", 0.0)  # who leads it tells nothing here
    ahead = {
        task: found.sums.get(task, 0.0) - lead * found.values.get(task, {}).get("lead", 0.0)
        for task in tasks
    }
    most = max(ahead.values())
    return tuple(task for task in tasks if ahead[task] >= most - _NEARLY)


def _fits(found: Match, coded: int, named: int) -> bool:
    """Whether the words speak for another unit's coded task no less than for the sender's own."""
    return found.evidence.get(coded, _BLANK).total() >= found.evidence[named].total() - _TRACE


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


def _ahead_of_named(task: int, found: Match, index: PlanIndex) -> float:
    """How much more speaks for the likeliest than for one named outright, though reported."""
    reported = found.values.get(task, {}).get("settled", 0.0)
    return found.ahead_of(task) + index.model.weights.get("settled", 0.0) * reported


def _rival(found: Match, own: Sequence[int], index: PlanIndex) -> int | None:
    """A task that the words plainly name although the code differs: 40 加梯, 56号 中心小学食堂."""
    if found.best is None or found.best in own:
        return None
    named = found.evidence.get(own[0], _BLANK).naming() >= _NAMED
    if named and found.values.get(own[0], {}).get("outdone"):
        return found.best  # 39项 新建高标准农田, and 39 is 改造提升高标准农田
    ahead = _ahead_of_named(own[0], found, index)
    plainly = ahead >= _FAR_AHEAD or (ahead >= _AHEAD and found.probability >= _LIKELY)
    return found.best if plainly or _is_named_wholly(found, own[0]) else None


def _contradicts(coded: int, rival: int, found: Match, standing: Standing, course: Course) -> bool:
    """Whether words behind a code leave a doubt that it is right.

    Only what names another task does if several codes are given, by who has the list before him,
    or if that one has been reported. What is told elsewhere in the message is no rival.
    """
    if rival in course.told:
        return False
    several = bool((course.told | course.named) - {coded})
    owed = coded in standing.owed and rival not in standing.owed
    surplus = found.evidence[rival].surplus(found.evidence.get(coded, _BLANK))
    return surplus >= _NAMED_BESIDE or not (several or owed)


def _like(block: Block, found: Match, coded: int, index: PlanIndex) -> int | None:
    """The work like the coded one that the words name: 4-5,城南小区改造, and 4-5 is 城北."""
    words = block.words
    if found.best is None or found.best == coded or not found.says_anything:
        return None
    told = is_told(words, index.entries[found.best], index.entries[coded])
    return found.best if told else None


def _is_named_wholly(found: Match, coded: int) -> bool:
    """Whether nearly all the title of another task is there, and but a part of the coded one's."""
    assert found.best is not None
    values = found.values.get(coded, {})
    whole = found.values[found.best]["cover"] >= _WHOLLY and values.get("cover", 0.0) < _PARTLY
    return whole and found.evidence.get(coded, _BLANK).surplus(found.evidence[found.best]) < _TRACE
