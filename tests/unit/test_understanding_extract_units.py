"""What is counted, in which unit, and whether the count was reached."""

import pytest

from reporting.understanding.parts.extract import extract_facts

Counted = tuple[tuple[float, str], ...]
UNITS: dict[str, Counted] = {
    "柳堤路修了三公里四，都结实": ((3.4, "公里"),),
    "管子埋了两公里六了": ((2.6, "公里"),),
    "北塔浇到186m，南塔171m": ((186, "米"), (171, "米")),
    "组件装了146MW": ((146, "MW"),),
    "标识牌装了17块": ((17, "块"),),
    "罚款50块": ((50, "元"),),
    "查处63个人次": ((63, "人次"),),
    "一亩收得八百四十斤": ((840, "斤/亩"),),
    "半年GDP1298.6亿元": ((129_860_000_000, "元"),),
    "补贴4200万我局已拨": ((42_000_000, "元"),),
    "长假7天观众16.8万": ((168_000, "人"),),
    "认定9家（实验室1、工程中心5）": ((9, "家"), (1, "家"), (5, "家")),
    "发电1.2亿度": ((120_000_000, "度"),),
    "涵洞38道，视频4200路": ((38, "道"), (4200, "路")),
    "优良天数只有19天": ((19, "天"),),
    "二期三期都在装修": (),
    "投了1个多亿": (),
}
# Words, title and what was reached.
REACHED: list[tuple[str, str, Counted]] = [
    ("小升规 79/120", "新增企业120家", ((79, "家"),)),
    ("小升规 9/30报来", "新增企业120家", ()),
    ("净增31", "企业净增100家", ((31, "家"),)),
    ("121", "新增企业120家", ((121, "家"),)),
    ("固投8.3", "固定资产投资增长8%", ((8.3, "%"),)),
    ("开工120户，竣工97户", "改造危房120户", ((120, "户"), (97, "户"))),
    ("1200户全部整改到位", "整改户厕1200户", ((1200, "户"),)),
    ("小区改造31个，弄完14个", "改造小区160个", ((14, "个"),)),
    ("改造小区26个,已开工24个", "改造小区26个", ((24, "个"),)),
    ("水库那八座，验了六座", "加固水库8座", ((6, "座"),)),
    ("三家开门了", "建设服务中心5个", ((3, "家"),)),
    ("3项试运行", "上线20项", ((3, "项"),)),
    ("吊装到第62台", "风电项目", ((62, "台"),)),
    ("三条路没通", "打通断头路8条", ()),
    ("还有3处未完成", "治理30处", ()),
    ("没达到12家的目标", "新增12家", ()),
    ("超了1家", "新增12家", ()),
    ("刚才写成完工5所，是4所", "改造18所", ((4, "所"),)),
    ("前面52个报多了，实际49个", "改造60个", ((49, "个"),)),
    ("应为241户，非251户", "改造260户", ((241, "户"),)),
    ("请财政先拨2000万", "河道治理8.5公里", ()),
    ("上半年预计108亿", "生产总值增长8%", ((10_800_000_000, "元"),)),
    ("护坡塌了两处", "岸线修复", ()),
    ("项目占地186亩，建筑面积3.2万平方米", "建设医院", ()),
    ("涉及拆迁户126户，已签约98户", "片区征收", ((98, "户"),)),
    ("计划投资2亿元，完成投资1.3亿元", "建设医院", ((130_000_000, "元"),)),
    ("K12+300至K15+600路基成型", "建设道路", ()),
]


@pytest.mark.parametrize("words", list(UNITS))
def test_a_count_has_its_unit(words: str) -> None:
    figures = extract_facts(words).figures
    assert tuple((figure.value, figure.unit) for figure in figures) == UNITS[words]


@pytest.mark.parametrize(("words", "title", "reached"), REACHED)
def test_a_figure_is_a_count_reached(words: str, title: str, reached: Counted) -> None:
    figures = extract_facts(words, title=title).figures
    assert tuple((figure.value, figure.unit) for figure in figures) == reached


def test_a_figure_is_called_by_the_words_before_it() -> None:
    told = "实现旅游收入9.7亿元，当月增长5.2%，1-6月累计增长4.8%"
    names = [figure.name for figure in extract_facts(told).figures]
    assert names == ["实现旅游收入", "当月增长", "当月增长"]


@pytest.mark.parametrize(
    ("words", "title", "percent"),
    [
        ("主体90，装修20，整体62", "建设社区医院", 62),
        ("引进34个，占比68%", "引进项目50个", 68),
        ("累计成桩312根，占43%", "安置房800套", None),
        ("浓度稳定在32%", "抽采2800万立方米", None),
        ("外省货占全市四成", "吞吐量60万标箱", None),
        ("密度都到100%", "动物防疫", None),
        ("栽的树活了九成多", "复绿18公里", None),
        ("32", "建设车间30个", None),
        ("74", "接入系统42个", 74),
    ],
)
def test_a_share_is_the_completion_only_if_it_is_of_the_whole(
    words: str, title: str, percent: float | None
) -> None:
    assert extract_facts(words, title=title).percent == percent
