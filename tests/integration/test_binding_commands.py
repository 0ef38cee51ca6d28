"""Codes and alarms on the command line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build
from storage.seal import new_key

PLANS = Path(__file__).parent.parent / "plans"
OFFICE = "青河县人民政府督查室"

Command = Callable[..., Result]


@pytest.fixture
def command(database_url: str, redis_url: str, tmp_path: Path) -> Command:
    """Runs `liaison-bot` with these arguments, an office with its plan already imported."""
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "LIAISON_SECRET_KEY": new_key(),
        "LIAISON_DATA_FOLDER": str(tmp_path / "data"),
        "COLUMNS": "200",
    }

    def run(*words: object) -> Result:
        return CliRunner().invoke(build(), [str(word) for word in words], env=environment)

    assert run("import", PLANS / "qinghe.xlsx", "--office", OFFICE).exit_code == 0
    return run


def test_a_code_is_shown_once_with_its_term(command: Command) -> None:
    done = command("liaison", "code", "--office", OFFICE, "--unit", "县教育体育局")
    assert done.exit_code == 0, done.stderr
    assert re.search(r"绑定码：[A-Z2-9]{4}-[A-Z2-9]{4}\n", done.stdout)
    assert "县教育体育局" in done.stdout
    assert "前有效" in done.stdout


def test_a_code_for_an_unknown_unit_or_liaison_is_refused(command: Command) -> None:
    for words in (("--unit", "没有的局"), ("--unit", "县教育体育局", "--liaison", "nobody")):
        done = command("liaison", "code", "--office", OFFICE, *words)
        assert done.exit_code == 2
        assert "没有" in done.stderr


def test_without_trouble_there_are_no_alarms(command: Command) -> None:
    assert "没有告警" in command("alarms", "--office", OFFICE).stdout
    assert command("alarms", "--office", OFFICE, "--done", "7").exit_code == 2
