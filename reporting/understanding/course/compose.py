"""From verdicts to the one outcome of a message."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reporting.report import Facts, Status
from reporting.understanding.choice.assign import Block, says
from reporting.understanding.choice.decide import QUOTE_SURE
from reporting.understanding.choice.rivals import MOST_CANDIDATES
from reporting.understanding.choice.standing import Standing
from reporting.understanding.choice.verdict import Foreign, Sure, Unclaimed, Unsure, Verdict
from reporting.understanding.course.respective import is_of_parts, told_in_order, told_of_each
from reporting.understanding.course.whole import Scope, Sweep, is_same_as_above
from reporting.understanding.naming.code_places import LEAD_IN
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Doubt, Item, Nothing, Outcome, Record, Refuse
from reporting.understanding.parts.extract import extract_facts
from reporting.understanding.talk.emptiness import says_something
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.split import Cut

_SILENT = Facts()
_WHOLE = 100  # per cent
_LED_IN = re.compile(rf"^{LEAD_IN}[\s:：,，]*$")  # 汇报一下24:完成80%
_OF_ALL = re.compile("[都均皆]|全部")
PLAIN_WORDS = 0.2  # chance of talk up to which words are taken for a report unasked
SWEPT = ("all that is owed",)  # the evidence of what only 其余 or 都 speaks of
_RATHER_TALK = 0.35  # up to which it is worth a word that a task is another unit's


@dataclass(slots=True)
class Entry:
    """What a message says about one task, gathered before its facts are read."""

    said: list[str]
    whole: list[str]
    probability: float
    evidence: tuple[str, ...]
    same_as: int | None = None
    status: Status | None = None


@dataclass(slots=True)
class Draft:
    """What has been made of a message so far.

    `last` are the tasks spoken of last, `exempt` those that the rest does not include, of which
    somebody else reports on the `disowned`; `unclear` says that some were exempted and it is not
    known which; `blanks` are words that name nothing and the tasks they may be of; `rest` is what
    was said of the rest; `talk` is the chance that the whole message only talks.
    """

    entries: dict[int, Entry] = field(default_factory=dict)
    doubts: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)
    unclaimed: list[str] = field(default_factory=list)
    blanks: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    last: tuple[int, ...] = ()
    exempt: set[int] = field(default_factory=set)
    disowned: set[int] = field(default_factory=set)
    unclear: bool = False
    rest: str = ""
    talk: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Turns the verdicts of one message into its outcome."""

    text: str
    index: PlanIndex
    standing: Standing

    def add(self, draft: Draft, block: Block, verdict: Verdict) -> None:
        """Take one block's verdict into the draft."""
        if isinstance(verdict, Sure):
            self._add_entries(draft, block, verdict)
        elif isinstance(verdict, Unsure):
            draft.doubts.append((self._said(block), verdict.candidates))
        elif isinstance(verdict, Foreign):
            draft.foreign.append(verdict.task)
        elif draft.last:  # what names nothing goes on about the task before it
            self._tell(draft, draft.last, block)
        else:
            draft.unclaimed += [verdict.kind] if isinstance(verdict, Unclaimed) else []
            draft.blanks.append((self._said(block), verdict.ranked))

    def say(self, draft: Draft, tasks: Sequence[int], start: int, end: int) -> None:
        """Read only these letters of what was taken in last: how the things named stand."""
        said = self.text[start:end]
        parts = told_in_order(said, len(tasks)) or (said,) * len(tasks)
        for task, part in zip(tasks, parts, strict=True):
            draft.entries[task].said[-1] = part

    def sweep(self, draft: Draft, sweep: Sweep) -> None:
        """Take a clause about many tasks into the draft."""
        if not draft.entries and not draft.exempt and not self.standing.asked_for_all:
            draft.blanks.append(("", ()))
            return
        if sweep.scope is Scope.REST or not draft.entries:
            self._sweep_rest(draft, sweep.words.strip())
            return
        status = extract_facts(sweep.words).status
        count = sweep.count if sweep.scope is Scope.FIRST else len(draft.entries)
        for task in list(draft.entries)[:count]:
            draft.entries[task].status = status

    def _sweep_rest(self, draft: Draft, words: str) -> None:
        rest = [task for task in self.left(draft) if task not in draft.exempt]
        if draft.unclear:
            draft.doubts.append((words, tuple(rest)))
            return
        draft.rest = words
        for task in rest:
            draft.entries[task] = Entry([words], [words], QUOTE_SURE, SWEPT)

    @property
    def expected(self) -> tuple[int, ...]:
        """What a reply that names nothing may be about."""
        return self.standing.expected

    def left(self, draft: Draft) -> tuple[int, ...]:
        """What a reply may be about and this one has not spoken of yet."""
        return tuple(task for task in self.standing.expected if task not in draft.entries)

    def leave_out_disowned(self, draft: Draft) -> None:
        """Drop what is said in passing, beside others, of what somebody else reports on."""
        for task in draft.disowned:
            if len(draft.entries) > 1:
                draft.entries.pop(task, None)

    def outcome(self, draft: Draft, words: str) -> Outcome:
        """The outcome once every block is in."""
        if draft.talk > PLAIN_WORDS:
            draft.doubts.extend((";".join(e.whole), (task,)) for task, e in draft.entries.items())
            draft.entries.clear()
        self._spare_doubtful(draft)
        if draft.entries:
            return Record(items=self._items(draft), doubts=tuple(self._doubts(draft)))
        if draft.doubts:
            if self._only_owed(draft):
                return self._expected(words, draft, ())
            return Ask(doubts=tuple(self._doubts(draft)))
        if draft.foreign and draft.talk <= _RATHER_TALK:
            return self._refusal(draft.foreign)
        if draft.unclaimed and draft.talk <= _RATHER_TALK and len(self.standing.owed) != 1:
            return Refuse(why=f"这像是“{draft.unclaimed[0].upper()}”方面的工作，计划里没有这项任务")
        if draft.blanks:
            return self._expected(words, draft, draft.blanks[0][1])
        return Nothing()

    def _spare_doubtful(self, draft: Draft) -> None:
        """What may have been spoken of is no part of the rest until that is answered."""
        if draft.entries:
            self._doubt_unnamed(draft)
            self._settle(draft)
        for task in {task for _, tasks in draft.doubts for task in tasks}:
            if (entry := draft.entries.get(task)) and entry.evidence == SWEPT:
                del draft.entries[task]

    def _settle(self, draft: Draft) -> None:
        """What can only be of a task that is told is of that: there is nothing to ask."""
        for words, tasks in list(draft.doubts):
            entry = draft.entries.get(tasks[0]) if len(tasks) == 1 else None
            if entry and entry.evidence != SWEPT:
                entry.said.append(words)
                entry.whole.append(words)
                draft.doubts.remove((words, tasks))

    def _doubt_unnamed(self, draft: Draft) -> None:
        """A value told before any task is named may be of the first one named, or of another."""
        named = [task for task, entry in draft.entries.items() if entry.evidence != SWEPT]
        for words, ranked in draft.blanks:
            facts, expected = extract_facts(words), self.standing.expected
            others = [task for task in ranked if task in expected and task not in named]
            if others and (facts.percent is not None or facts.figures):
                draft.doubts.append((words, (*named[:1], *others)[:MOST_CANDIDATES]))

    def _only_owed(self, draft: Draft) -> bool:
        """Whether the one doubt is about the one task still owed: then there is nothing to ask."""
        owed = self.standing.owed
        return len(owed) == 1 and [tasks for _, tasks in draft.doubts] == [owed]

    def _add_entries(self, draft: Draft, block: Block, verdict: Sure) -> None:
        said = self._said(block)
        self._share(draft, block, said)
        above = draft.last[-1] if draft.last and is_same_as_above(said) else None
        for task in verdict.tasks:
            entry = draft.entries.get(task)
            if entry is None or entry.evidence == SWEPT:  # what is named is none of the rest
                entry = Entry([], [], verdict.probability, verdict.evidence, above)
                draft.entries[task] = entry
        self._tell(draft, verdict.tasks, block)
        draft.last = verdict.tasks

    def _tell(self, draft: Draft, tasks: Sequence[int], block: Block) -> None:
        """Say this of these tasks: of each its own part, if it speaks of several one by one."""
        said, whole = self._said(block), self._whole(block)
        parts, listed = told_of_each(said), tuple(tasks)
        if len(tasks) > 1:
            parts = parts or told_in_order(said, len(tasks))
        if len(tasks) == 1 and block.clauses[0].cut < Cut.SENTENCE and not is_of_parts(said):
            listed = tuple(draft.entries)[-len(parts) :]
        if not parts or len(listed) != len(parts) or listed[-1] != tasks[-1]:
            parts, listed = (said,) * len(tasks), tuple(tasks)
        for task, part in zip(listed, parts, strict=True):
            draft.entries[task].said.append(part)
            draft.entries[task].whole.append(whole)

    def _share(self, draft: Draft, block: Block, said: str) -> None:
        """What is said of all in a list is said of those before that say nothing themselves."""
        if block.clauses[0].cut is not Cut.LIST or not _OF_ALL.search(said):
            return
        for task in reversed(draft.entries):
            entry = draft.entries[task]
            if len(entry.said) != 1 or says(plain(entry.said[0])):
                break
            entry.said.append(said)

    def _whole(self, block: Block) -> str:
        return self.text[block.start : block.end].strip()

    def _said(self, block: Block) -> str:
        """A block's literal words without its ordinal and the code that names its task."""
        start = block.clauses[0].head
        mention = block.mention
        if mention and not mention.alias and block.start <= mention.start < block.end:
            before = _LED_IN.sub("", self.text[start : mention.start])
            told = self.text[mention.end : block.end].lstrip("-－—")  # 501-85% has not fallen
            return (before + told).strip(" :：,，、.")
        return self.text[start : block.end].strip()

    def _items(self, draft: Draft) -> tuple[Item, ...]:
        facts: dict[int, Facts] = {}
        items = []
        for task, entry in draft.entries.items():
            known = facts.get(entry.same_as) if entry.same_as is not None else None
            read = known or self._facts(";".join(dict.fromkeys(entry.said)), task)
            if read.status is None and entry.status and _may_be(entry.status, read):
                read = replace(read, status=entry.status)
            facts[task] = read
            items.append(self._item(task, read, entry))
        return tuple(items)

    def _item(self, task: int, facts: Facts, entry: Entry) -> Item:
        return Item(
            task=self.index.entries[task].task.code,
            facts=facts,
            words=";".join(entry.whole),
            probability=entry.probability,
            evidence=entry.evidence,
        )

    def _facts(self, words: str, number: int) -> Facts:
        task = self.index.entries[number].task
        month = self.standing.month
        return extract_facts(words, title=task.title, kind=task.kind, month=month)

    def _doubts(self, draft: Draft) -> Iterable[Doubt]:
        for words, tasks in draft.doubts:
            exempt = draft.exempt.intersection(tasks)
            yield self._doubt(words, tasks, "" if exempt else draft.rest)

    def _doubt(self, words: str, tasks: Sequence[int], rest: str = "") -> Doubt:
        facts = extract_facts(words, month=self.standing.month)
        return Doubt(words=words, facts=facts, candidates=self._codes(tasks), rest=rest)

    def _expected(self, words: str, draft: Draft, ranked: Sequence[int]) -> Outcome:
        """A reply that names nothing: about what is owed, if that is one task; else ask."""
        tasks = self.standing.expected
        if not tasks or (draft.talk > PLAIN_WORDS and _is_silent(words)):
            return Nothing()
        if len(tasks) == 1 and draft.talk <= PLAIN_WORDS:
            entry = Entry([words], [words], QUOTE_SURE, ("the only task owed",))
            return Record(items=(self._item(tasks[0], self._facts(words, tasks[0]), entry),))
        order = sorted(tasks, key=lambda n: ranked.index(n) if n in ranked else len(ranked))
        return Ask(doubts=(self._doubt(words, order),))

    def _refusal(self, tasks: Sequence[int]) -> Refuse:
        first = self.index.entries[tasks[0]].task
        lead = first.leads[0] if first.leads else "其他单位"
        return Refuse(
            why=f"“{first.title}”是{lead}的任务", tasks=self._codes(list(dict.fromkeys(tasks)))
        )

    def _codes(self, tasks: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.index.entries[task].task.code for task in tasks)


def _may_be(status: Status, facts: Facts) -> bool:
    """Whether what is said of all fits what is said of this one: 88% is not done."""
    return status is not Status.DONE or facts.percent is None or facts.percent >= _WHOLE


def _is_silent(words: str) -> bool:
    """Whether words state nothing that a report may say."""
    return not says_something(plain(words)) and extract_facts(words) == _SILENT
