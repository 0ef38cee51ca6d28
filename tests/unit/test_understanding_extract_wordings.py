"""Status, shares and quantities in wordings of many writers."""

import pytest

from reporting.report import Status
from reporting.understanding.parts.extract import extract_facts

ROAD = "新建绕城公路18公里"
ON_TRACK = (
    "都还行 还可以 都没啥问题 进度不用愁 符合9月通车的节点要求 满足年度节点 按合同工期推进 "
    "按计化进行 进度正藏 赶在汛期前合龙没问题 年底前完成不存在困难 不耽误进度 年底通车不成问题"
)
SILENT = "24台完工 手续一拖再拖 3部已完工"


@pytest.mark.parametrize("words", ON_TRACK.split())
def test_work_that_goes_on_normally_is_on_track(words: str) -> None:
    assert extract_facts(words, title=ROAD).status is Status.ON_TRACK


@pytest.mark.parametrize("words", SILENT.split())
def test_a_part_done_or_a_delay_elsewhere_gives_no_status(words: str) -> None:
    assert extract_facts(words, title=ROAD).status is None


PERCENTS = [("总共差不多四成吧", 40), ("差不多60%", 60), ("路面做了六成", None), ("税比75%", None)]


@pytest.mark.parametrize(("words", "percent"), PERCENTS)
def test_the_share_of_a_part_is_not_the_whole(words: str, percent: float | None) -> None:
    assert extract_facts(words, title="推进片区建设").percent == percent


FIGURES = [
    ("完成9.8万标箱", (98_000, "标箱")),
    ("完成9.8万TEU", (98_000, "TEU")),
    ("月均服务5.4万餐次", (54_000, "餐次")),
    ("配了12块引导牌", (12, "块")),
    ("完成投资2.05亿，正常", (205_000_000, "元")),
    ("加装电梯33部", (33, "部")),
    ("应开18个、实开14个", (14, "个")),
]


@pytest.mark.parametrize(("words", "figure"), FIGURES)
def test_a_quantity_is_read_with_its_unit(words: str, figure: tuple[float, str]) -> None:
    (found,) = extract_facts(words, title="推进片区建设").figures
    assert (found.value, found.unit) == figure
