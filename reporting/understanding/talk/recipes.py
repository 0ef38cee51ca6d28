"""What the words of each command do together: the table of `commands.txt`."""

from dataclasses import dataclass
from functools import cache

from reporting.understanding.outcome import CommandName
from reporting.understanding.words.lexicon import lines_of
from reporting.understanding.words.speech import Does, Speech, all_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A command: words of each of `needs`, no word of `bars`, all words of `only` if given.

    At most `spare` letters may belong to no known word: a report speaks of things.
    """

    name: CommandName
    needs: tuple[Does, ...]
    spare: int
    bars: Does
    only: Does

    def fits(self, said: Speech) -> bool:
        """Whether a message is such a command."""
        return (
            said.strange <= self.spare
            and not any(group.isdisjoint(said.does) for group in self.needs)
            and self.bars.isdisjoint(said.does)
            and (not self.only or said.only(self.only))
        )


@cache
def recipes() -> tuple[Recipe, ...]:
    """Every row of the table, in its order."""
    return tuple(_recipe(line) for line in lines_of("commands.txt"))


def _recipe(line: str) -> Recipe:
    name, needs, spare, bars, only = (cell.strip() for cell in f"{line} |".split(" |", 5)[:5])
    return Recipe(
        name=CommandName(name),
        needs=tuple(frozenset(group.split("|")) for group in needs.split()),
        spare=int(spare),
        bars=all_of(bars),
        only=all_of(only),
    )
