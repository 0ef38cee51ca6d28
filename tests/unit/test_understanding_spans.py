"""Problems, next steps and suggestions told without a word that announces them."""

import pytest

from reporting.understanding.parts.extract import extract_facts

MONTH = "2026-06"

TOLD = {
    "建议上级尽快明确补助标准，目前完成60%": {"suggestion": "上级尽快明确补助标准"},
    "完成70%，希望县里能把配套资金早点拨下来": {"suggestion": "县里能把配套资金早点拨下来"},
    "征地还差3户，恳请镇里出面做做工作": {
        "problem": "征地还差3户",
        "suggestion": "恳请镇里出面做做工作",
    },
    "目前12公里管网已铺完，盼市里在用电指标上给予倾斜": {"suggestion": "市里在用电指标上给予倾斜"},
    "项目能否列入专项债，请领导考虑": {"suggestion": "项目能否列入专项债，请领导考虑"},
    "路基完成80%，最好能让交警配合封半幅路": {"suggestion": "最好能让交警配合封半幅路"},
    "设计变更卡在评审中心，是不是可以走绿色通道": {
        "problem": "设计变更卡在评审中心",
        "suggestion": "是不是可以走绿色通道",
    },
    "主体完工，请自来水公司把水管接过来": {"suggestion": "请自来水公司把水管接过来"},
    "拆了45户，剩下5户不同意，请求法院提前介入": {
        "problem": "剩下5户不同意",
        "suggestion": "请求法院提前介入",
    },
    "要是财政能先垫一部分就好了，工人工资拖了俩月": {
        "problem": "工人工资拖了俩月",
        "suggestion": "要是财政能先垫一部分就好了",
    },
    "电力迁改拖着没动，麻烦供电局催一催": {
        "problem": "电力迁改拖着没动",
        "suggestion": "麻烦供电局催一催",
    },
    "可否由督查室牵头开个协调会": {"suggestion": "可否由督查室牵头开个协调会"},
    "还缺两个技术员，看能不能从市里借调": {
        "problem": "还缺两个技术员",
        "suggestion": "看能不能从市里借调",
    },
    "环评没批下来，进场不了": {"problem": "环评没批下来，进场不了"},
    "用地手续卡在省厅": {"problem": "用地手续卡在省厅"},
    "村民不同意占地，打桩停了": {"problem": "村民不同意占地，打桩停了"},
    "完成55%，缺资金800万元": {"problem": "缺资金800万元"},
    "设备迟迟不到货": {"problem": "设备迟迟不到货"},
    "主体封顶，就是电梯厂家拖着不发货": {"problem": "电梯厂家拖着不发货"},
    "签了120户，还有8户嫌补偿低": {"problem": "还有8户嫌补偿低"},
    "进度过半，人手不够": {"problem": "人手不够"},
    "规划没定下来，设计没法做": {"problem": "规划没定下来，设计没法做"},
    "财评审减太多，施工单位不愿意签合同": {"problem": "财评审减太多，施工单位不愿意签合同"},
    "开挖发现地下有老管线，得改设计": {"problem": "开挖发现地下有老管线，得改设计"},
    "两家企业观望，不愿意搬": {"problem": "两家企业观望，不愿意搬"},
    "中标单位放弃了，要重新招": {"problem": "中标单位放弃了，要重新招"},
    "系统老掉线，群众意见大": {"problem": "系统老掉线，群众意见大"},
    "原材料涨价，成本压不住": {"problem": "原材料涨价，成本压不住"},
    "部门之间推来推去，没人接手": {"problem": "部门之间推来推去，没人接手"},
    "验收标准没明确": {"problem": "验收标准没明确"},
    "贷款银行一直没放款": {"problem": "贷款银行一直没放款"},
    "路基完成60%，7月开始铺沥青": {"next_step": "7月开始铺沥青"},
    "主体完成，下个月打算做外墙": {"next_step": "做外墙"},
    "完成招标，接下来组织进场施工": {"next_step": "组织进场施工"},
    "设备安装完成80%，月底前做完联调": {"next_step": "月底前做完联调"},
    "资料齐了，下周报省厅审批": {"next_step": "下周报省厅审批"},
    "已签约40户，争取7月底全部签完": {"next_step": "争取7月底全部签完"},
    "正在走流程，批下来就进场": {"next_step": "批下来就进场"},
    "完成摸底，准备7月上会研究": {"next_step": "7月上会研究"},
    "施工图已出，8月挂网招标": {"next_step": "8月挂网招标"},
    "完成了第一批，第二批9月发放": {"next_step": "第二批9月发放"},
    "排查完了，下一步逐户整改": {"next_step": "逐户整改"},
    "雨季过后再补种": {"next_step": "雨季过后再补种"},
    "先把东边的路修完，再修西边的": {"next_step": "先把东边的路修完，再修西边的"},
    "已完成投资1.2亿，后面加派两个班组，抢8月份的工期": {
        "next_step": "后面加派两个班组，抢8月份的工期"
    },
    "设备7月中旬到，到了马上安装": {"next_step": "到了马上安装"},
    "验收资料在整理，月内报市局": {"next_step": "月内报市局"},
    "目前完成62%，我们将倒排工期，挂图作战": {"next_step": "倒排工期，挂图作战"},
    "6月完成了主体，7月做内装": {"next_step": "7月做内装"},
}
NOTHING_MORE = (
    "5月底已完成招标，6月进场，现已完成基础 4月开工，5月完成基础，目前主体施工到三层 预计9月完工 "
    "10月底前可以交付 群众没有意见，进展顺利 困难群众救助金已发放320万元 "
    "没有出现拖欠工资问题，完成80% 已解决用地问题，手续办齐 12345投诉办结率98% "
    "建议提案办结23件 希望小学主体封顶 办理群众建议56条，全部答复 "
    "请示已批复 排查隐患320处，整改完成315处 缺口资金已全部补齐 "
    "雨污分流改造完成12公里 打通断头路3条 信访积案化解率95% "
    "停车位新增1200个 "
)
AHEAD = {
    "5月底已完成招标，6月进场": None,
    "4月开工，5月完成基础": None,
    "8月主攻跨河那一段": "8月主攻跨河那一段",
    "6月下旬组织两场培训": "6月下旬组织两场培训",
    "9月通车": None,
    "预计7月完工": None,
}


@pytest.mark.parametrize("words", list(TOLD))
def test_a_part_is_told_by_its_own_words(words: str) -> None:
    facts = extract_facts(words, month=MONTH)
    parts = ("problem", "next_step", "suggestion")
    told = {part: getattr(facts, part) for part in parts if getattr(facts, part)}
    assert told == TOLD[words]


@pytest.mark.parametrize("words", NOTHING_MORE.split())
def test_words_that_only_sound_like_a_part_tell_progress(words: str) -> None:
    facts = extract_facts(words, month=MONTH)
    assert (facts.problem, facts.next_step, facts.suggestion) == (None, None, None)


@pytest.mark.parametrize("words", list(AHEAD))
def test_what_comes_is_told_from_what_was_by_the_month(words: str) -> None:
    assert extract_facts(words, month=MONTH).next_step == AHEAD[words]


def test_in_december_january_lies_ahead() -> None:
    assert extract_facts("1月上旬组织验收材料报送", month="2026-12").next_step
    assert not extract_facts("1月组织了两场培训", month="2026-12").next_step
