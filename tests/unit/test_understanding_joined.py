"""Several reports in one message, joined as people join them: each goes to its own task."""

import pytest

from reporting.understanding.model import default_model
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand
from tests.unit.understanding_office import INDEX, ROADS, WATER

DAM = "青龙水库除险加固坝体灌浆收尾，总进度80%"
PIPES = "供水老旧管网改了28公里，占年度任务的70%，沥青没到货"
BRIDGES = "危桥改造开工15座、完工9座，占50%，沥青涨价"
RAILWAY = "截至6月20日，港口铁路专用线路基完成3公里，正在铺轨"


# Both models of turning weigh the same signs: the fit would stop at one that a table lacks.
def test_both_models_of_turning_weigh_the_same_signs() -> None:
    model = default_model()
    assert model.switch.keys() == model.firm_switch.keys()


JOINED = (
    "{0}；{1}",
    "{0}。{1}",
    "{0}\n{1}",
    "{0}\n\n{1}",
    "{0}。另，{1}",
    "{0}。此外，{1}",
    "1、{0}\n2、{1}",
    "（1）{0}；（2）{1}",
    "一是{0}；二是{1}",
)


@pytest.mark.parametrize("joined", JOINED)
@pytest.mark.parametrize(("first", "second"), [(DAM, PIPES), (PIPES, DAM)])
def test_two_reports_sent_as_one_are_both_recorded(joined: str, first: str, second: str) -> None:
    outcome = understand(joined.format(first, second), INDEX, WATER)
    assert isinstance(outcome, Record)
    assert not outcome.doubts
    told = {item.task: item.facts.percent for item in outcome.items}
    assert told == {"1": 80.0, "3": 70.0}


@pytest.mark.parametrize("joined", JOINED)
def test_a_date_before_a_report_begins_another_one_as_well(joined: str) -> None:
    outcome = understand(joined.format(BRIDGES, RAILWAY), INDEX, ROADS)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["A-2", "A-3"]


@pytest.mark.parametrize("joint", ["，", "。", "；", "\n"])
def test_what_goes_on_about_a_task_stays_with_it(joint: str) -> None:
    """Bits of one report sent as sentences or lines name no other task."""
    parts = ("青龙水库坝体灌浆做完80%", "溢洪道在浇", "剩下的等沥青", "下步抢在汛前收尾")
    outcome = understand(joint.join(parts), INDEX, WATER)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["1"]


def test_a_question_beside_a_report_reports_nothing() -> None:
    outcome = understand(f"{DAM}。对了，管网的补助拨了没？", INDEX, WATER)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["1"]


@pytest.mark.parametrize(
    "told",
    [
        f"{DAM}，管网那项归住建报，我手上没有数",
        f"{DAM}，管网那边等老陈报",
        f"{DAM}；管网下个月一起报",
        f"{DAM}，管网那项是住建牵头我不掌握",
    ],
)
def test_what_is_left_to_others_takes_nothing_with_it(told: str) -> None:
    outcome = understand(told, INDEX, WATER)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["1"]
