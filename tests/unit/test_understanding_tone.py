"""How a report sounds: of one's own work, or of another unit's."""

from itertools import product

import pytest

from reporting.understanding.choice.tone import aloofness, runs_of, vagueness
from reporting.understanding.model import default_model

HEARSAY = ["听说那边已经封顶了", "顺便报一下，路过看到桥面铺完了"]
VAGUE = ["那边的事也差不多了", "上次说的那个还在跑手续"]
FULL = [
    "农村公路危桥改造完成9座，占年度计划的64%",
    "累计完成投资2.3亿元，占年度计划61%，按计划推进",
]
OWN = ["主体封顶，下步装修", "累计完成投资2.3亿元，占年度计划61%，按计划推进"]


@pytest.mark.parametrize(("heard", "own"), [*product(HEARSAY, OWN)])
def test_what_is_only_heard_sounds_more_like_others_work_than_a_report(
    heard: str, own: str
) -> None:
    model = default_model()
    assert aloofness(heard, model) > aloofness(own, model)


@pytest.mark.parametrize(("vague", "full"), [*product(VAGUE, FULL)])
def test_what_says_neither_what_nor_how_much_sounds_vaguer_than_a_full_report(
    vague: str, full: str
) -> None:
    model = default_model()
    assert vagueness(vague, model) > 0 > vagueness(full, model)


def test_how_much_was_done_does_not_change_the_tone() -> None:
    assert runs_of("完成3.5公里，占61%") == runs_of("完成120公里，占8%")
