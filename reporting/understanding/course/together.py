"""Clauses about several tasks at once: 其余正常, 除甲外都正常, 两险都在收, 另一个还在收."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporting.understanding.choice.assign import Block
from reporting.understanding.choice.verdict import Blank, Sure, Unclaimed, Unsure, Verdict
from reporting.understanding.course.compose import Composer, Draft
from reporting.understanding.course.listed import in_lists, joined, read_listing
from reporting.understanding.course.whole import (
    Exemption,
    Scope,
    Sweep,
    others_left,
    read_exemption,
    read_joint,
    read_pair,
    read_sweep,
)
from reporting.understanding.words.split import Clause, Cut

_SURE = 0.98
_TASKS = re.compile(r"[项件条]|任务|工作|事项|指标")
_AND = re.compile(r"[^和与及、]+")
# What words say of a task beyond its name: 还在等回函, 卡在用地, 尚需评审, 资金缺口大.
_STATED = re.compile(
    r"没|未(?!来)|完成|已|[了中]$|滞后|慢(?![性病行])|仍|缺|拖|暂|导致|影响|(?<!人)[刚才]\S|正[在和跟与同]|在(?!线|家|校|册|职)"
    r"|(?<![高初中同])等(?!级|次)|还(?=[在没要需有差缺未是不得等停卡])|尚(?=[未需无缺有在待不])|(?<![接招优])待(?!遇)"
    r"|卡[在住着了]|停(?!车)|[剩只还略稍]差|受(?!益|灾|众)|难(?!群|家|人|民)|因|(?:尚|还|仍|也|都|急)需|需(?:要|再|等|协调)"
    r"|[有存]\S{0,4}(?:问题|矛盾|分歧|缺口)|(?:太|较|比较|偏|很|不太)[慢低少紧弱差难大高]|不[到足够肯愿同让通齐顺畅了理好]"
    r"|延[期误后迟]|落后|低于|[大紧严]$|[\d一二两三四五六七八九]成|%|一半|过半|[扯做办干建]着"
)

Judging = Callable[[Sequence[Clause]], Sequence[tuple[Block, Verdict]]]


def speaks_of_many(clause: Clause) -> bool:
    """Whether a clause may be about several tasks at once, or about the one not spoken of."""
    words = _words(clause)
    read = (read_sweep, read_exemption, read_joint, read_pair)
    return others_left(words) > 0 or any(one(words) is not None for one in read)


def leaves_out(clause: Clause) -> bool:
    """Whether a clause speaks of all tasks but those it names: 除24外都正常."""
    return read_exemption(_words(clause)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Puts such clauses into the draft of a message; `judged` tells what clauses are about."""

    text: str
    composer: Composer
    judged: Judging

    def in_lists(self, told: Sequence[Clause]) -> Iterator[Clause]:
        """The clauses, those of a list as one where each of its names tells a task."""
        for parts in in_lists(told, self.text):
            whole = joined(parts, self.text)
            if len(parts) > 1 and self.listed(whole):
                yield whole
            else:
                yield from parts

    def take(self, clause: Clause, draft: Draft) -> bool:
        """Take in a clause; False if it is about one task after all."""
        words = _words(clause)
        tasks = self._counted(words, draft)
        sweep = None if tasks else read_sweep(words)
        if sweep and read_joint(words) and not draft.entries:
            draft.blanks.append(("", ()))  # 两项都正常, and three are owed
            return True
        if sweep and (self._means_parts(sweep, words, draft) or self._means_the_card(sweep, draft)):
            return False
        if sweep:
            self.composer.sweep(draft, sweep)
            return True
        if exemption := read_exemption(words):
            return self._exempt(clause, exemption, draft)
        tasks = tasks or self.listed(clause) or self._paired(clause)
        if not tasks:
            return False
        sure = Sure(tasks=tasks, probability=_SURE, evidence=(f"{len(tasks)} together",))
        self.composer.add(draft, Block(clauses=(clause,), mention=None), sure)
        if listing := read_listing(clause):
            self.composer.say(draft, tasks, listing.said, clause.end)
        return True

    def _means_parts(self, sweep: Sweep, words: str, draft: Draft) -> bool:
        """Whether the rest is of one task: nobody asked for all, and no tasks are spoken of.

        Or a card is answered, and nothing else was spoken of: 18项已销号15项,其余3项按时序推进.
        """
        standing = self.composer.standing
        if sweep.scope is not Scope.REST:
            return False
        if standing.quoted is not None:
            return not draft.entries or set(draft.entries) == {standing.quoted}
        return not standing.asked_for_all and not _TASKS.search(words)

    def _means_the_card(self, sweep: Sweep, draft: Draft) -> bool:
        """Whether 都好了 answers a card, and nothing else was spoken of."""
        quoted = self.composer.standing.quoted
        return sweep.scope is Scope.EACH and quoted is not None and not draft.entries

    def _exempt(self, clause: Clause, exemption: Exemption, draft: Draft) -> bool:
        """Leave out what a clause exempts, and sweep over the rest if it speaks of it."""
        start = clause.head + exemption.start
        words = _words(clause)[exemption.start : exemption.end]
        named = self._named(start, words)
        if all(isinstance(verdict, Blank | Unclaimed) for _, verdict in named):
            return False  # 除资金外都正常
        for block, verdict in ((block, _only(verdict)) for block, verdict in named):
            if not isinstance(verdict, Sure):
                draft.unclear = True
            elif not self._is_stated(block.words, verdict.tasks):
                draft.exempt.update(verdict.tasks)
            else:
                self.composer.add(draft, block, verdict)  # 除甲没开工外
        if exemption.state:
            self.composer.sweep(draft, Sweep(Scope.REST, exemption.state))
        return True

    def _is_stated(self, words: str, tasks: Sequence[int]) -> bool:
        """Whether words say more of these tasks than their titles do: how they stand."""
        for task in tasks:
            title = self.composer.index.entries[task].title
            known = {title[at : at + 2] for at in range(len(title) - 1)}
            named = (words[at : at + 2] in known for at in range(-1, len(words)))
            words = "".join(
                " " if before or after else letter
                for letter, (before, after) in zip(words, pairwise(named), strict=True)
            )
        return bool(_STATED.search(words.strip()))

    def _named(self, start: int, words: str) -> Sequence[tuple[Block, Verdict]]:
        """What words name: as a whole, or each of 托位和体检 where those are clear."""
        whole = self.judged([_clause(start, words)])
        parts = [
            judged
            for part in _AND.finditer(words)
            for judged in self.judged([_clause(start + part.start(), part[0])])
        ]
        clear = len(parts) > 1 and all(isinstance(verdict, Sure) for _, verdict in parts)
        return parts if clear else whole

    def _paired(self, clause: Clause) -> tuple[int, ...]:
        """The two tasks of a pair, where each name alone tells which."""
        words = _words(clause)
        pair = read_pair(words) or ()
        told = [self.judged([_clause(clause.head + a, words[a:b])]) for a, b in pair]
        return _one_each(told)

    def listed(self, clause: Clause) -> tuple[int, ...]:
        """The tasks of a list, where each name with the word that all share tells its own."""
        listing = read_listing(clause)
        told = [self.judged(part) for part in listing.parts(self.text)] if listing else []
        return _one_each(told)

    def _counted(self, words: str, draft: Draft) -> tuple[int, ...]:
        """The tasks a clause counts, or those that are left."""
        count = others_left(words)
        if count and draft.entries and (count == 1 or self.composer.standing.asked_for_all):
            left = self.composer.left(draft)
            return left if len(left) == count else ()
        joint = read_joint(words)
        if joint is None:
            return ()
        index, composer = self.composer.index, self.composer
        known = tuple(draft.entries) if draft.entries and not joint.shared else composer.expected
        units = {unit for named in index.names.find(joint.shared) for unit in named.units}
        if units:
            found = tuple(task for task in known if units & {*index.entries[task].task.leads})
        elif joint.of_unit:
            return ()
        else:
            titles = ((task, index.entries[task].title) for task in known)
            found = tuple(task for task, title in titles if all(c in title for c in joint.shared))
        return found if len(found) == joint.count else ()


def _only(verdict: Verdict) -> Verdict:
    """The one task in doubt: what else could be left out of what is said of all others?"""
    if isinstance(verdict, Unsure) and len(verdict.candidates) == 1:
        return Sure(tasks=verdict.candidates, probability=_SURE, evidence=("left out",))
    return verdict


def _one_each(told: Sequence[Sequence[tuple[Block, Verdict]]]) -> tuple[int, ...]:
    """The tasks that several names tell, if each tells one of its own."""
    sure = [verdict for name in told for _, verdict in name if isinstance(verdict, Sure)]
    tasks = tuple(task for verdict in sure for task in verdict.tasks)
    return tasks if len({*tasks}) == len(told) == len(tasks) else ()


def _clause(start: int, words: str) -> Clause:
    return Clause(start, start + len(words), words, Cut.LINE, start, detail=False)


def _words(clause: Clause) -> str:
    return clause.words[clause.head - clause.start :]
