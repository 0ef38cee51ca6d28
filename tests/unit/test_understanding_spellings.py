"""One amount in many spellings: with blanks, grouped digits, other letters for a unit, in words."""

import pytest

from reporting.report import Facts
from reporting.understanding.outcome import Record
from reporting.understanding.parts.extract import extract_facts
from reporting.understanding.understand import understand
from reporting.understanding.words.spellings import spelled_alike
from tests.unit.understanding_office import FARMS, INDEX, ROADS, WATER


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("完成 12 公里", "完成 12公里"),
        ("投资 1200 万元，占 60 %", "投资 1200万元，占 60%"),
        ("已完成 3.2 万 亩", "已完成 3.2万 亩"),
        ("D9 58.3 万平方米", "D9 58.3万平方米"),
        ("12 户，已改", "12户，已改"),
        ("11,230户", "11230户"),
        ("1,216,000亩", "1216000亩"),
        ("拆违3.2万㎡", "拆违3.2万平方米"),
        ("铺管8 km，", "铺管8公里，"),
        ("治理11.6平方千米", "治理11.6平方公里"),
        ("同比↑9.7%、环比↓2%", "同比增9.7%、环比降2%"),
        ("累计投资3200万块", "累计投资3200万元"),
        ("3万块钱", "3万元"),
    ],
)
def test_amounts_are_spelled_alike(typed: str, spelled: str) -> None:
    assert spelled_alike(typed) == spelled


@pytest.mark.parametrize(
    "typed",
    [
        "3-2 户厕改造80%",  # a code and a title
        "3-2 万寿桥修缮",
        "民5 街道腾空地",
        "4 家企业入驻",
        "301,302,303完成",  # a list of codes
        "81 正常",
        "护岸扭王字块安了1.2万块",  # blocks
        "户厕980户",
    ],
)
def test_what_is_no_amount_stays_as_it_was_typed(typed: str) -> None:
    assert spelled_alike(typed) == typed


def read(text: str) -> Facts:
    """What a message of the office says of its one task."""
    context = WATER if "供水" in text else ROADS if "公路" in text else FARMS
    outcome = understand(text, INDEX, context)
    assert isinstance(outcome, Record), text
    (item,) = outcome.items
    return item.facts


@pytest.mark.parametrize(
    ("told", "others"),
    [
        (
            "供水老旧管网改造12.6公里，完成投资1200万元，占31.5%",
            "供水老旧管网改造 12.6 公里，完成投资 1200 万元，占 31.5 %"
            "|供水老旧管网改造12.6km，完成投资1200万块，占百分之三十一点五"
            "|供水老旧管网改造12.6千米，完成投资1,200万元，占百分之31.5",
        ),
        (
            "农村公路修了86公里（71.7%），投资1.12亿元",
            "农村公路修了86公里（百分之71.7），投资一点一二亿元"
            "|农村公路修了 86 公里（71.7 %），投资 1.12 亿元"
            "|农村公路修了八十六公里（百分之七十一点七），投资1.12亿",
        ),
        (
            "高标准农田建成3.2万亩，完成53%，正常推进",
            "高标准农田建成32000亩，完成百分之五十三，正常推进"
            "|高标准农田建成32,000亩，完成53 %，正常推进"
            "|高标准农田建成 3.2 万亩，完成５３％，正常推进",
        ),
    ],
)
def test_a_report_reads_alike_however_its_amounts_are_spelled(told: str, others: str) -> None:
    values = [(one.value, one.unit) for one in read(told).figures]
    assert values
    for other in others.split("|"):
        said = read(other)
        assert [(one.value, one.unit) for one in said.figures] == values, other
        assert (said.percent, said.status) == (read(told).percent, read(told).status), other


@pytest.mark.parametrize(
    ("words", "title", "figures"),
    [
        ("复绿388亩（百分之五十五点四）", "复绿700亩", [(388, "亩")]),
        ("五一人都挤爆了", "全年接待游客50万人", []),
        ("首期8000万已拨付住建局", "收购存量房300套", [(80_000_000, "元")]),
        ("产值算下来才二点一亿", "林下经济面积3万亩", [(210_000_000, "元")]),
        ("完成80%，比上月多5个点", "改造食堂24个", []),
        ("今年建成5个点", "建成充电站20个", [(5, "个")]),
        ("同比↓9.7%", "用水量下降", [(-9.7, "%")]),
    ],
)
def test_figures_are_what_was_reached(
    words: str, title: str, figures: list[tuple[float, str]]
) -> None:
    found = extract_facts(spelled_alike(words), title=title, month="2026-08").figures
    assert [(one.value, one.unit) for one in found] == figures


def test_a_rate_of_closing_closes_no_task() -> None:
    title = "12345热线按期办结率98%"
    for rate in ("98.7%", "百分之98.7", "百分之九十八点七"):
        assert extract_facts(f"按期办结率{rate}", title=title).status is None


def test_a_code_in_a_list_is_not_part_of_a_grouped_number() -> None:
    outcome = understand("今年任务1,500亩，已完成638亩高标准农田", INDEX, FARMS)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["11"]
