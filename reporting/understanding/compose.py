"""From verdicts to the one outcome of a message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reporting.report import Facts
from reporting.understanding.assign import Block
from reporting.understanding.decide import (
    QUOTE_SURE,
    Blank,
    Foreign,
    Sure,
    Unsure,
    Verdict,
)
from reporting.understanding.extract import extract_facts
from reporting.understanding.index import PlanIndex
from reporting.understanding.outcome import (
    Ask,
    Doubt,
    Item,
    Nothing,
    Outcome,
    Record,
    Refuse,
)
from reporting.understanding.standing import Standing
from reporting.understanding.whole import Scope, Sweep, is_same_as_above

_SILENT = Facts()


@dataclass(slots=True)
class Draft:
    """What has been made of a message so far."""

    items: dict[int, Item] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    last: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Turns the verdicts of one message into its outcome."""

    text: str
    index: PlanIndex
    standing: Standing

    def facts(self, words: str, task: int | None = None) -> Facts:
        """What words say about a task, or about any."""
        if task is None:
            return extract_facts(words)
        entry = self.index.entries[task].task
        return extract_facts(words, title=entry.title, kind=entry.kind)

    def words(self, block: Block) -> str:
        """A block's literal words without the code that names its task."""
        start = max((clause.head for clause in block.clauses[:1]), default=block.start)
        if block.mention and block.start <= block.mention.start < block.end:
            before = self.text[start : block.mention.start]
            return (before + self.text[block.mention.end : block.end]).strip(" :,、.")
        return self.text[start : block.end].strip()

    def add(self, draft: Draft, block: Block, verdict: Verdict) -> None:
        """Take one block's verdict into the draft."""
        if isinstance(verdict, Sure):
            self._add_items(draft, block, verdict)
        elif isinstance(verdict, Unsure):
            words = self.words(block)
            codes = self._codes(verdict.candidates)
            draft.doubts.append(Doubt(words=words, facts=self.facts(words), candidates=codes))
        elif isinstance(verdict, Foreign):
            draft.foreign.append(verdict.task)
        elif draft.last:
            self._extend(draft, block)
        else:
            draft.blanks.append(verdict)

    def _add_items(self, draft: Draft, block: Block, verdict: Sure) -> None:
        words = self.words(block)
        before = draft.items[draft.last[-1]].facts if draft.last else _SILENT
        for task in verdict.tasks:
            same = is_same_as_above(words) and draft.last
            facts = before if same else self.facts(words, task)
            item = Item(
                task=self.index.entries[task].task.code,
                facts=facts,
                words=self.text[block.start : block.end].strip(),
                probability=verdict.probability,
                evidence=verdict.evidence,
            )
            draft.items[task] = self._merged(draft.items.get(task), item, task)
        draft.last = list(verdict.tasks)

    def _merged(self, old: Item | None, new: Item, task: int) -> Item:
        if old is None:
            return new
        words = f"{old.words};{new.words}"
        return replace(old, words=words, facts=self.facts(words, task))

    def _extend(self, draft: Draft, block: Block) -> None:
        """A block that names nothing goes on about the task before it."""
        for task in draft.last:
            old = draft.items[task]
            words = f"{old.words};{self.words(block)}"
            draft.items[task] = replace(old, words=words, facts=self.facts(words, task))

    def sweep(self, draft: Draft, sweep: Sweep) -> None:
        """Take a clause about many tasks into the draft."""
        status = self.facts(sweep.words)
        if sweep.scope is Scope.REST or not draft.items:
            rest = [n for n in self.standing.expected if n not in draft.items]
            for task in rest:
                draft.items[task] = Item(
                    task=self.index.entries[task].task.code,
                    facts=status,
                    words=sweep.words.strip(),
                    probability=QUOTE_SURE,
                    evidence=("all that is owed",),
                )
            return
        count = sweep.count if sweep.scope is Scope.FIRST else len(draft.items)
        for task in list(draft.items)[:count]:
            old = draft.items[task]
            if old.facts.status is None:
                draft.items[task] = replace(old, facts=replace(old.facts, status=status.status))

    def outcome(self, draft: Draft, words: str) -> Outcome:
        """The outcome once every block is in."""
        if draft.items:
            return Record(items=tuple(draft.items.values()), doubts=tuple(draft.doubts))
        if draft.doubts:
            return Ask(doubts=tuple(draft.doubts))
        if draft.foreign:
            return self._refusal(draft.foreign)
        if draft.blanks:
            return self.expected(words, draft.blanks[0].ranked)
        return Nothing()

    def expected(self, words: str, ranked: Sequence[int]) -> Outcome:
        """A reply that names nothing: about what is owed, if that is one task; else ask."""
        tasks = self.standing.expected
        if not tasks:
            return Nothing()
        if len(tasks) == 1:
            return Record(items=tuple(self._named(words, tasks, "the only task owed")))
        order = sorted(tasks, key=lambda n: ranked.index(n) if n in ranked else len(ranked))
        doubt = Doubt(words=words, facts=self.facts(words), candidates=self._codes(order))
        return Ask(doubts=(doubt,))

    def _named(self, words: str, tasks: Iterable[int], why: str) -> Iterable[Item]:
        for task in tasks:
            yield Item(
                task=self.index.entries[task].task.code,
                facts=self.facts(words, task),
                words=words,
                probability=QUOTE_SURE,
                evidence=(why,),
            )

    def quoted(self, words: str, task: int) -> Outcome:
        """A reply to a card about one task."""
        return Record(items=tuple(self._named(words, [task], "quoted")))

    def _refusal(self, tasks: Sequence[int]) -> Refuse:
        codes = self._codes(dict.fromkeys(tasks))
        first = self.index.entries[tasks[0]].task
        lead = first.leads[0] if first.leads else "其他单位"
        return Refuse(why=f"“{first.title}”是{lead}的任务", tasks=codes)

    def _codes(self, tasks: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.index.entries[task].task.code for task in tasks)
