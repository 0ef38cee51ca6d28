"""Which tasks of a new year's plan go on from the last, and what is said of their short names."""

from datetime import datetime

import pytest

from reporting.alias import LearnedAlias, Source
from reporting.calendar import OFFICE_ZONE
from reporting.continuation import compose_carried, continued_tasks
from reporting.task import Task


def tasks(*titles: str) -> list[Task]:
    return [Task(code=str(at), title=title) for at, title in enumerate(titles, 1)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("完成红旗水库除险加固", "完成红旗水库除险加固"),
        ("完成红旗水库除险加固", "完成红旗水库除险加固（延续）"),
        ("完成红旗水库除险加固。", "【续建】完成红旗水库除险加固"),
        ("2026年建设绕城高速", "2027年建设绕城高速"),
        ("推进绕城高速建设", "继续推进绕城高速建设"),
        ("绕城高速建设", "持续推进绕城高速建设"),
    ],
)
def test_the_same_title_goes_on(old: str, new: str) -> None:
    assert continued_tasks(tasks("别的", old), tasks(new)) == {"2": "1"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["完成红旗水库除险加固"], ["完成青山水库除险加固"]),
        (["新建学校"], ["新建学校", "新建学校（延续）"]),
        (["新建学校", "新建学校"], ["新建学校"]),
        (["新建学校"], []),
    ],
)
def test_likeness_or_two_of_a_title_are_not_enough(old: list[str], new: list[str]) -> None:
    assert continued_tasks(tasks(*old), tasks(*new)) == {}


def test_each_short_name_is_said_to_go_on_or_not() -> None:
    kept, lost = (
        LearnedAlias(
            words=words,
            task_id=1,
            code=code,
            title="",
            source=Source.OPERATOR,
            confirmed=1,
            made_by="operator",
            learned_at=datetime(2026, 6, 8, tzinfo=OFFICE_ZONE),
        )
        for words, code in (("三道沟", "71"), ("北环", "108"))
    )
    assert compose_carried([kept, lost], {"71": "68"}) == (
        "别名“三道沟”：上年第71项 → 第68项，继续有效",
        "别名“北环”：上年第108项没有延续的任务，不再使用",
    )
