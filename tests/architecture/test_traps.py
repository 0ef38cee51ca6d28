"""The page of the platforms' traps names tests that exist."""

import ast
import re

import pytest

from tests.architecture.source import ROOT

NAMED = re.compile(r"`(tests/[a-z_/]+\.py)(?:::(test_[a-z0-9_]+))?`")
PAGE = (ROOT / "docs/traps.md").read_text("utf-8")


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED.findall(PAGE))))
def test_a_named_test_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    found = {node.name for node in ast.walk(tree) if isinstance(node, functions)}
    assert name in found if name else found


@pytest.mark.parametrize("number", range(1, 16))
def test_every_trap_of_dingtalk_has_its_row(number: int) -> None:
    assert f"| D{number} |" in PAGE


@pytest.mark.parametrize("number", range(1, 18))
def test_every_trap_of_wecom_has_its_row(number: int) -> None:
    assert f"| W{number} |" in PAGE
