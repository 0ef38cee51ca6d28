"""Every labelled office holds together: labels can be reached and keep to the sender's tasks."""

import json
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest

from tests.unit.test_understanding_corpus import CORPUS, scorer
from tests.unit.understanding_labels import labelled

OFFICES = sorted(folder.parent.name for folder in CORPUS.glob("*/office.json"))


class Outcome(TypedDict):
    """What a reply is labelled as, as far as these tests look."""

    items: NotRequired[list[dict[str, str | None]]]


class Reply(TypedDict):
    """One line of messages.jsonl, as far as these tests look."""

    id: str
    text: str
    expect: Outcome


def lines(folder: Path) -> list[Reply]:
    return [
        json.loads(line) for line in (folder / "messages.jsonl").read_text("utf-8").splitlines()
    ]


@pytest.mark.parametrize("office", OFFICES)
def test_the_labels_given_back_as_the_answer_are_wholly_right(office: str) -> None:
    folder = CORPUS / office
    given = [{"id": row["id"], "outcome": row["expect"]} for row in lines(folder)]
    report, wrong = scorer().score(folder, given)
    assert wrong == []
    assert report["other_unit_writes"] == 0
    assert {report[name] for name in ("record_precision", "record_coverage", "percent")} == {1.0}


@pytest.mark.parametrize("office", OFFICES)
def test_a_labelled_office_loads_with_one_reply_a_line(office: str) -> None:
    replies = labelled(CORPUS / office)
    assert len({reply.key for reply in replies}) == len(replies) >= 200


@pytest.mark.parametrize("office", OFFICES)
def test_problems_and_plans_are_words_of_the_reply(office: str) -> None:
    strange = [
        (row["id"], item[name])
        for row in lines(CORPUS / office)
        for item in row["expect"].get("items", ())
        for name in ("problem", "next_step", "suggestion")
        if (item[name] or "") not in row["text"]
    ]
    assert strange == []
