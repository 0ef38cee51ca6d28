"""Which words of a reply tell a problem, a next step, a suggestion."""

import pytest

from reporting.understanding.extract import extract_facts

ROAD = "新建绕城公路18公里"

PROBLEMS = [
    ("存在问题：钢材涨价、工人难招；下步措施：倒排工期", "钢材涨价、工人难招"),
    ("问题：无", None),
    ("暂无困难和问题", None),
    ("不存在滞后", None),
    ("完成60%，剩余的管线迁改手续没批下来", "剩余的管线迁改手续没批下来"),
    ("征迁进展偏慢。主要是资金缺口1.2亿元，部分户有异议", "资金缺口1.2亿元，部分户有异议"),
    ("低于目标1.9个百分点，汽车消费下滑明显", "汽车消费下滑明显"),
    ("低于目标1.9个百分点", "低于目标1.9个百分点"),
    ("进度滞后", None),
    ("围堰被冲，材料进不去，进度严重滞后", "围堰被冲，材料进不去"),
    ("60%，慢了一个月（管线迁改）", "管线迁改"),
    ("虽受降雨影响，但整体推进顺利", None),
    ("困难：一是要调规；二是资金压力大。下一步，我局将对接。", "一是要调规；二是资金压力大"),
    ("已治理水土流失11平方公里，化解矛盾纠纷12件", None),
    ("两个点等燃气报装", "两个点等燃气报装"),
    ("本月没有新进展", None),
    ("赶在台风季前合龙没问题", None),
    ("我镇无未了事项", None),
    ("设备欠款，账户封着动不得", "设备欠款，账户封着动不得"),
    ("审批一拖再拖", "审批一拖再拖"),
]  # fmt: skip

NEXT_STEPS = [
    ("下一步抓紧组织进场，确保11月底前验收", "抓紧组织进场，确保11月底前验收"),
    ("下步，我局将对接省厅，争取年底前批复", "对接省厅，争取年底前批复"),
    ("准备7月上旬去外地招商", "7月上旬去外地招商"),
    ("月底招标", "月底招标"),
    ("月低进场施工", "月低进场施工"),
    ("设备下周来", "设备下周来"),
    ("开标在下周三", "开标在下周三"),
    ("下个月进第一批货", "下个月进第一批货"),
    ("苗木够，秋里补", "秋里补"),
    ("结果下月出", None),
    ("别的下周再报", None),
    ("8月底前完成不存在困难", None),
    ("水下部分10月以后才能施工", None),
    ("剩余3处8月完工", "剩余3处8月完工"),
    ("预计8月底完工", None),
    ("按计划推进", None),
    ("占年度计划53%", None),
    ("完成年度计划任务", None),
    ("去年底开工", None),
    ("1-5月完成45%", None),
    ("专项规划还没批下来，待批复后立即启动招标", "待批复后立即启动招标"),
    ("下步：1.倒排工期；2.增加作业面。", "1.倒排工期；2.增加作业面"),
]

SUGGESTIONS = [
    ("建议县财政统筹资金，同时请镇里配合。", "县财政统筹资金，同时请镇里配合"),
    ("恳请县里尽快调度资金", "恳请县里尽快调度资金"),
    ("请电力部门支持迁改", "请电力部门支持迁改"),
    ("望县里牵头开个协调会", "县里牵头开个协调会"),
    ("建议：无", None),
    ("请领导放心", None),
    ("那件代表建议，已答复", None),
    ("已申请专项资金支持", None),
    ("请求解决：一是电力迁改；二是追加预算", "一是电力迁改；二是追加预算"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "problem"), PROBLEMS)
def test_the_problem_is_told_in_the_replys_own_words(words: str, problem: str | None) -> None:
    assert extract_facts(words, title=ROAD).problem == problem


@pytest.mark.parametrize(("words", "next_step"), NEXT_STEPS)
def test_the_next_step_is_a_stated_action_not_a_forecast(words: str, next_step: str | None) -> None:
    assert extract_facts(words, title=ROAD).next_step == next_step


@pytest.mark.parametrize(("words", "suggestion"), SUGGESTIONS)
def test_the_suggestion_is_what_is_asked_of_others(words: str, suggestion: str | None) -> None:
    assert extract_facts(words, title=ROAD).suggestion == suggestion
