"""Counts and sums as liaisons give them: money without its unit, parts, sizes, what is added."""

import pytest

from reporting.understanding.parts.extract import extract_facts


def _figures(words: str, title: str = "") -> list[tuple[float, str]]:
    return [(figure.value, figure.unit) for figure in extract_facts(words, title=title).figures]


@pytest.mark.parametrize(
    ("words", "title", "figures"),
    [
        ("创业贷发了260万", "建设创业驿站5个", [(2_600_000, "元")]),
        ("到账3800万", "培育企业12家", [(38_000_000, "元")]),
        ("代收了8900万", "参保率达到95%", [(89_000_000, "元")]),
        ("完成1.3个亿", "改线工程", [(130_000_000, "元")]),
        ("投了2.5个亿", "", [(250_000_000, "元")]),
        ("签约13个亿元项目", "引进项目35个", [(13, "个")]),
        ("到位18.9亿(39.4%)", "到位内资48亿元", [(1_890_000_000, "元")]),
        ("用电量4.86亿千瓦时", "", [(486_000_000, "千瓦时")]),
        ("均价612元/吨", "", [(612, "元/吨")]),
        ("集群产值84.6亿元", "", [(8_460_000_000, "元")]),
    ],
)
def test_money_and_measures_keep_their_unit(
    words: str, title: str, figures: list[tuple[float, str]]
) -> None:
    assert _figures(words, title) == figures


@pytest.mark.parametrize(
    ("words", "title", "figures"),
    [
        ("建成12个,另有3个正在装修", "建设食堂18个", [(12, "个"), (3, "个")]),
        ("建成12个,其余3个正在装修", "建设食堂18个", [(12, "个")]),
        ("完成148户,其余62户已入户", "改造210户", [(148, "户"), (62, "户")]),
        ("申报示范社9家,公示通过4家", "培育6家", [(9, "家"), (4, "家")]),
        ("已签协议812户,完工533户", "搬迁860户", [(812, "户"), (533, "户")]),
        ("整地1.28万亩、栽植1.06万亩", "新造林1.5万亩", [(12_800, "亩"), (10_600, "亩")]),
        ("15万平方米共12栋,已封顶7栋", "厂房15万平方米", [(7, "栋")]),
        ("9栋楼中7栋完成验收", "安置620套", [(7, "栋")]),
        ("施工到6层", "建成新院", []),
        ("年消纳能力40万吨", "建成建材厂", []),
        ("修好了3个点", "新建公墓6个", [(3, "个")]),
        ("增速提高1.2个点", "", []),
        ("断头路通了两条", "打通断头路3条", [(2, "条")]),
        ("外窗更换420樘", "", [(420, "樘")]),
        ("又签了11户,一共302户", "征收380户", [(11, "户"), (302, "户")]),
        ("完成120根(总共260根)", "", [(120, "根")]),
    ],
)
def test_what_is_reached_is_told_from_the_size_of_the_whole(
    words: str, title: str, figures: list[tuple[float, str]]
) -> None:
    assert _figures(words, title) == figures
