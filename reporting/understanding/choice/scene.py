"""A message as it was read, against a plan, from a sender."""

from dataclasses import dataclass, field

from reporting.understanding.choice.assign import Block
from reporting.understanding.choice.decide_words import by_words
from reporting.understanding.choice.match import Match, match
from reporting.understanding.choice.reading import Reading
from reporting.understanding.choice.standing import Standing
from reporting.understanding.choice.verdict import Verdict
from reporting.understanding.naming.index import PlanIndex

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A message as it was read; what its stretches were matched with and mean is kept."""

    reading: Reading
    index: PlanIndex
    standing: Standing
    _matched: dict[Spans, Match] = field(default_factory=dict)
    _worded: dict[Block, Verdict] = field(default_factory=dict)

    def match(self, block: Block) -> Match:
        """How likely a block is about each of the sender's tasks."""
        spans = block.spans
        if spans not in self._matched:
            asker, spoken = self.standing.asker, self.standing.spoken
            self._matched[spans] = match(self.reading, self.index, spans, asker, spoken)
        return self._matched[spans]

    def by_words(self, block: Block) -> Verdict:
        """What a block is about by its words alone."""
        if block not in self._worded:
            self._worded[block] = by_words(block, self.match(block), self.index)
        return self._worded[block]

    def words(self, block: Block) -> str:
        """A block's words without its ordinal."""
        return self.reading.text[block.clauses[0].head : block.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How far a message has come before a block, and what it names elsewhere.

    `last` are the tasks spoken of last, by their codes if `coded`, `told` all so far, `named` those
    its pieces name, `exempt` those taken out of what is said of the rest; `cuts` are where its
    blocks begin.
    """

    last: tuple[int, ...] = ()
    coded: bool = False
    told: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    exempt: frozenset[int] = frozenset()
    cuts: frozenset[int] = frozenset()
