"""Which of several shares is the completion of the whole: not a part's, a month's or a hope's."""

import pytest

from reporting.understanding.parts.extract import extract_facts

HALL, TOILETS, TALENT = "新建滨江体育馆", "新建公厕40座", "引进高层次人才200人"
SHARES = [
    # said as points, without a sign, with a blank before it, in slang
    (HALL, "进度八十五个点", 85),
    (HALL, "形象进度85个百分点", 85),
    (HALL, "干了68个点", 68),
    (HALL, "整体推进到 68 %", 68),
    (HALL, "看台吊完了，八十七趴", 87),
    (HALL, "百分百完工", 100),
    (HALL, "我们百分百配合", None),
    (TOILETS, "公厕，67.5", 67.5),
    (TOILETS, "公厕已经67.5了", 67.5),
    (TOILETS, "公厕还差13", None),
    # beside a request, a plan or a slip
    (HALL, "建议增加人手，进度才68%", 68),
    (HALL, "麻烦把体育馆改成68%", 68),
    (HALL, "力争年底进度达到80%", None),
    (HALL, "86%写反了，是68%", 68),
    (HALL, "还是上月的68%", 68),
    # one month's beside the whole
    (HALL, "本月完成5%，累计完成68%", 68),
    (HALL, "本月完成进度5%，累计进度68%", 68),
    (HALL, "63%->68%，本月推进5%", 68),
    (HALL, "本月到68%", 68),
    # what is due, hoped for, lacking, or gone of the time
    (HALL, "应完成75%，实完成68%", 68),
    (HALL, "75%的节点要求，我们68%", 68),
    (HALL, "已完成75%，预计月底达到80%", 75),
    (HALL, "年底完成100%没问题，现在75%", 75),
    (HALL, "截至6月底完成75%", 75),
    (HALL, "完成量68%，剩余32%主要是室外", 68),
    (HALL, "还剩三成", None),
    (HALL, "合同工期过了75%，实物量完成68%", 68),
    (HALL, "还有18%没干", None),
    (HALL, "完成82%（目标90%）", 82),
    (HALL, "计划90%实际82%", 82),
    (HALL, "82%/90%", 82),
    (HALL, "actual 82% vs plan 90%", 82),
    (HALL, "76%涨到82%", 82),
    (HALL, "达成率82%", 82),
    (HALL, "正好一半", 50),
    (HALL, "八成还不到", None),
    # parts, payments and plans of money beside the work
    (HALL, "机电管线综合完成82%，总进度88%", 88),
    (HALL, "综合楼装修60%", None),
    (HALL, "装修收尾、92%", 92),
    (HALL, "总体进度：土建100%，设备60%", None),
    (HALL, "总体进度：82%", 82),
    (HALL, "桩基打了640根，占桩基总数91%", None),
    (HALL, "付款60%，干了68%", 68),
    (HALL, "完成投资1.2亿，占年度计划68%，形象进度55%", 55),
    (HALL, "完成投资1.2亿，占年度计划68%", 68),
    (TOILETS, "开工率100%，完工率67.5%", 67.5),
    (TALENT, "引进138人，完成69%，博士占三成", 69),
    (TALENT, "比去年多出两成三", None),
    ("旧村改造", "已签约310户，占应签340户的91.2%", None),
    ("接待游客90万人次,旅游收入7亿元", "人次、收入分别完成目标的83%、79%", None),
]


@pytest.mark.parametrize(("title", "words", "percent"), SHARES)
def test_the_percent_is_that_of_the_whole(title: str, words: str, percent: float | None) -> None:
    assert extract_facts(words, title=title).percent == percent
