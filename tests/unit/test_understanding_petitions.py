"""Suggestions and proposals: which task is one, and what says how one is answered."""

import pytest

from reporting.task import Task, TaskKind
from reporting.understanding.naming.petitions import is_petition, speaks_of_handling


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("办理市人大第26号建议:支持预制菜产业", None),
        ("关于缓解停车难问题的提案(第41号)", TaskKind.MATTER),
        ("增设过街天桥", TaskKind.PROPOSAL),
    ],
)
def test_a_task_is_one_by_its_kind_or_its_title(title: str, kind: TaskKind | None) -> None:
    assert is_petition(Task(code="1", title=title, kind=kind))


def test_other_tasks_are_none() -> None:
    assert not is_petition(Task(code="1", title="新建口袋公园8个", kind=TaskKind.MATTER))


@pytest.mark.parametrize("said", ["面复了", "委员签了满意", "47号提案在办", "跟几位代表座谈过"])
def test_it_is_said_how_one_is_answered(said: str) -> None:
    assert speaks_of_handling(said)


@pytest.mark.parametrize(
    "said", ["建议县里协调用地", "代表团来考察", "管委会批了", "村民代表大会开了"]
)
def test_a_request_or_other_deputies_say_nothing_of_it(said: str) -> None:
    assert not speaks_of_handling(said)
