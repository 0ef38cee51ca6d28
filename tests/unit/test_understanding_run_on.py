"""Dictated words without marks: several tasks are told apart, one is not torn."""

import pytest

from reporting.understanding.context import Context
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand
from tests.unit.understanding_office import CULTURE, FARMS, INDEX, ROADS, SCHOOLS, WATER

SEVERAL = (
    ("青龙水库灌浆做完了白鹤水库在清库底供水管网换了二十公里", WATER, "1 2 3"),
    ("危桥改了十二座还有六座在架梁农村公路修了八十公里", ROADS, "A-2 A-1"),
    ("滨江学校主体封顶了中小学食堂改好十六个还有八个等设备", SCHOOLS, "7 8"),
    ("农田开工五万亩另外茶叶加工厂建成两座还差一座", FARMS, "11 12"),
    ("度假区材料报省里了送戏唱了一百八十场", CULTURE, "21 22"),
)
ONE = (
    ("青龙水库那个灌浆做完了溢洪道也浇了就是闸门还没到货下个月装", WATER, "1"),
    ("农村公路修了八十公里还有四十公里等沥青降温了再铺", ROADS, "A-1"),
    ("中小学食堂改好了十六个还有八个厨具没到货估计下个月能弄完", SCHOOLS, "8"),
    ("滨江学校配套资金3200万元已拨付到位", SCHOOLS, "7"),
    ("高标准农田开工了四万亩水渠做了十二公里还有两个村没进场", FARMS, "11"),
)


@pytest.mark.parametrize(("text", "context", "codes"), SEVERAL + ONE)
def test_dictated_words_are_cut_where_another_task_is_named(
    text: str, context: Context, codes: str
) -> None:
    outcome = understand(text, INDEX, context)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == codes.split()
    assert outcome.doubts == ()


def test_each_statement_keeps_its_own_value() -> None:
    outcome = understand("危桥改了十二座农村公路修了八十公里", INDEX, ROADS)
    assert isinstance(outcome, Record)
    values = [[figure.value for figure in item.facts.figures] for item in outcome.items]
    assert values == [[12.0], [80.0]]
