"""Functions and files stay small, here and in the tests; the longest counts as much as the rest."""

import pytest

from tests.architecture.source import PACKAGES, length, modules, percentile

OURS = pytest.mark.parametrize(
    "folders", [PACKAGES, ("tests", "benchmarks")], ids=["code", "tests"]
)


@OURS
def test_no_function_is_longer_than_a_screen(folders: tuple[str, ...]) -> None:
    long = [
        f"{module.path}:{function.lineno} {function.name} {length(function)}"
        for module in modules(*folders)
        for function in module.functions()
        if length(function) > 40
    ]
    assert long == []


@OURS
def test_nine_functions_in_ten_have_at_most_twenty_lines(folders: tuple[str, ...]) -> None:
    lengths = [length(function) for module in modules(*folders) for function in module.functions()]
    assert percentile(lengths, 0.9) <= 20


@OURS
def test_no_file_is_longer_than_three_hundred_lines(folders: tuple[str, ...]) -> None:
    long = [f"{module.path} {module.lines}" for module in modules(*folders) if module.lines > 300]
    assert long == []


@OURS
def test_nine_files_in_ten_have_at_most_two_hundred_lines(folders: tuple[str, ...]) -> None:
    assert percentile([module.lines for module in modules(*folders)], 0.9) <= 200
