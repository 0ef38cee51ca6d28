"""Imports stand at the top, go round in no circle, and do nothing by themselves."""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.source import PACKAGES, Module, modules

EVERYTHING = (*PACKAGES, "tests", "benchmarks")


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        f"{module.path}:{node.lineno}"
        for module in modules(*EVERYTHING)
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_all_imports_are_absolute() -> None:
    relative = [
        f"{module.path}:{node.lineno}"
        for module in modules(*EVERYTHING)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def imported(module: Module, known: frozenset[str]) -> set[str]:
    """The modules of ours that this one imports."""
    names: set[str] = set()
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name for alias in aliases}
            case ast.ImportFrom(module=str(source), names=aliases):
                submodules = {f"{source}.{alias.name}" for alias in aliases} & known
                names |= submodules or {source}
            case _:
                continue
    return names & known


def test_no_module_imports_itself_by_a_detour() -> None:
    ours = modules(*PACKAGES)
    known = frozenset(module.name for module in ours)
    graph = TopologicalSorter({module.name: imported(module, known) for module in ours})
    try:
        graph.prepare()
    except CycleError as error:
        pytest.fail(f"imports go round: {' -> '.join(error.args[1])}")


def test_importing_a_module_runs_nothing() -> None:
    running = [
        f"{module.path}:{node.lineno}"
        for module in modules(*PACKAGES)
        for node in module.tree.body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Await)
    ]
    assert running == []


@pytest.mark.parametrize("package", ["handlers", "storage", "reporting", "documents"])
def test_no_one_below_the_process_asks_what_time_it_is(package: str) -> None:
    asked = [
        f"{module.path}:{node.lineno}"
        for module in modules(package)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "today", "utcnow"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"date", "datetime"}
    ]
    assert asked == []
