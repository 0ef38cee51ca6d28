"""How a report sounds: of one's own work, or of another unit's."""

from itertools import product

import pytest

from reporting.understanding.choice.tone import aloofness, runs_of
from reporting.understanding.model import default_model

HEARSAY = ["听说那边已经封顶了", "顺便报一下，路过看到桥面铺完了"]
OWN = ["主体封顶，下步装修", "累计完成投资2.3亿元，占年度计划61%，按计划推进"]


@pytest.mark.parametrize(("heard", "own"), [*product(HEARSAY, OWN)])
def test_what_is_only_heard_sounds_more_like_others_work_than_a_report(
    heard: str, own: str
) -> None:
    model = default_model()
    assert aloofness(heard, model) > aloofness(own, model)


def test_how_much_was_done_does_not_change_the_tone() -> None:
    assert runs_of("完成3.5公里，占61%") == runs_of("完成120公里，占8%")
