"""The prescribed top-level names are ours, nobody else's, and say what they are for."""

import ast
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source import PACKAGES, ROOT, modules

EMPTY_WORDS = {
    "util",
    "utils",
    "helper",
    "helpers",
    "manager",
    "managers",
    "base",
    "common",
    "misc",
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_top_level_name_belongs_to_this_distribution(name: str) -> None:
    assert set(packages_distributions()[name]) == {"liaison-bot"}


def test_every_folder_of_modules_is_a_package_of_its_own() -> None:
    # A folder without __init__.py would merge with a stranger's folder of the same name.
    folders = {(ROOT / module.path).parent for module in modules(*PACKAGES, "tests", "benchmarks")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    said = {
        module.path: set(module.name.rsplit(".", 1)[-1].split("_")) for module in modules(*PACKAGES)
    }
    assert [path for path, words in said.items() if words & EMPTY_WORDS] == []


def test_everything_public_says_what_it_is() -> None:
    silent = [
        f"{module.path}:{getattr(node, 'lineno', 1)}"
        for module in modules(*PACKAGES)
        for node in module.public()
        if ast.get_docstring(node) is None
    ]
    assert silent == []


def test_every_test_file_says_what_it_shows() -> None:
    silent = [module.path for module in modules("tests") if not ast.get_docstring(module.tree)]
    assert silent == []
