"""The labelled offices stay understood: the measures may not fall below what was reached."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from reporting.understanding.corpus import understand_lines

CORPUS = Path(__file__).parents[1] / "corpus"

AT_LEAST = {
    "messages_right": 0.94,
    "record_precision": 0.99,
    "record_coverage": 0.95,
    "asked_rightly": 0.9,
    "refused_rightly": 0.9,
    "commands_right": 0.98,
    "chatter_right": 0.98,
    "percent_when_stated": 0.97,
    "status": 0.95,
    "figures": 0.85,
}
AT_MOST = {"other_unit_writes": 0, "needless_ask_share": 0.05}


def scorer() -> ModuleType:
    """The corpus' own scorer."""
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("office", ["qinghe", "linhu"])
def test_an_office_is_understood(office: str) -> None:
    folder = CORPUS / office
    data = json.loads((folder / "office.json").read_text("utf-8"))
    lines = (folder / "messages.jsonl").read_text("utf-8").splitlines()
    report, wrong = scorer().score(folder, list(understand_lines(data, map(json.loads, lines))))
    short = {name: report[name] for name, least in AT_LEAST.items() if report[name] < least}
    over = {name: report[name] for name, most in AT_MOST.items() if report[name] > most}
    assert (short, over) == ({}, {}), [row["id"] for row in wrong]
