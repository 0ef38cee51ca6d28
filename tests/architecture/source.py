"""Our own source files, read once for the tests that hold them to the rules of the house."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "storage", "reporting", "documents", "simulator")
# Revisions and the entry file of the migrations have the shape Alembic gives them.
WRITTEN_BY_OTHERS = ("storage/migrations/versions/", "storage/migrations/env.py", "tests/corpus/")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One source file."""

    path: str
    name: str
    lines: int
    tree: ast.Module

    def functions(self) -> Iterator[Function]:
        """Every function and method, however deep."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def public(self) -> Iterator[Documented]:
        """What others may use: the module, its classes and functions, and their methods."""
        waiting: list[Documented] = [self.tree]
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, Function):
                continue  # what stands inside a function is explained by the function
            waiting += [
                inner
                for inner in node.body
                if isinstance(inner, Documented) and not getattr(inner, "name", "").startswith("_")
            ]


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """All source files below these folders of the checkout."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    places = ((path, path.relative_to(ROOT).as_posix()) for path in found)
    return tuple(
        _module(path, place) for path, place in places if not place.startswith(WRITTEN_BY_OTHERS)
    )


def length(node: Function) -> int:
    """Lines from `def` to the last statement."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def percentile(values: list[int], share: float) -> int:
    """The value that this share of the values does not exceed."""
    return sorted(values)[max(0, round(share * len(values)) - 1)]


def _module(path: Path, place: str) -> Module:
    text = path.read_text(encoding="utf-8")
    name = place.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    return Module(
        path=place, name=name, lines=text.count("\n"), tree=ast.parse(text, filename=place)
    )
