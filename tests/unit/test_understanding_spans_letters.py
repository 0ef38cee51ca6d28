"""What the letters of a clause speak for where no table tells its part of the report."""

from reporting.understanding.parts.extract import extract_facts
from reporting.understanding.parts.letters import parts_of_each
from reporting.understanding.words.spans import clauses, fold

MONTH = "2026-07"

TROUBLES = """
河滩那片地村里老人讲是坟山动不得 林权证跟红线图对不拢 新买的压雪车零件国内没得配
码头旁的鱼排主人联系不着 剧团老演员退了新人接不上 井打到一百二十米还是干的 班车没人坐
校医一个人跑五个校区 茶青没人摘烂在树上 检测线排队排到下个月 船厂欠电费被拉了闸 苗圃让野猪拱了
"""
PLANS = """
再跟两家银行谈谈授信 回头把台账从头理一遍 趁枯水把闸底板浇了 月底把第二批名单报上去
让监理盯死工序 八月请农科院的人来看土
"""


def _share(told: list[str | None]) -> float:
    return sum(one is not None for one in told) / len(told)


def test_troubles_and_plans_in_words_of_no_table_are_told() -> None:
    troubles = [extract_facts(words, month=MONTH).problem for words in TROUBLES.split()]
    plans = [extract_facts(words, month=MONTH).next_step for words in PLANS.split()]
    assert _share(troubles) >= 0.5
    assert _share(plans) >= 0.8


def test_what_the_rules_deny_is_not_told_by_its_letters() -> None:
    assert extract_facts("虽受降雨影响，但整体推进顺利", month=MONTH).problem is None
    assert extract_facts("设备下周来", month=MONTH).next_step is None
    assert extract_facts("1月组织了两场培训", month="2026-12").next_step is None


def test_a_clause_has_runs_of_its_letters_and_the_edges_of_its_neighbours() -> None:
    first, second = parts_of_each(clauses(fold("修了12米。没钱")))
    assert {"^修了", "0米$", ">没钱", "#last"} <= first
    assert {"没钱$", "<修了", "<-米", "#new"} <= second
