"""Which words of a reply tell a problem, a next step, a suggestion."""

import pytest

from reporting.understanding.parts.extract import extract_facts

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
    ("设备下周来", None),
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


@pytest.mark.parametrize(
    "words",
    [
        "主体完工,进度没得问题",
        "老旧管子漏水我们返工完了",
        "水泵跑了一整夜没停机",
        "群众工作没有阻碍",
        "亏损企业减少5户",
        "不合格处置率100%",
        "班车多跑了两趟",
        "委员那边还没面商",
        "听说那边杆线还没迁",
        "全部滞后",
        "误不了开学",
        "委员反映的出行难,加开了6条班线",
        "臭气没了",
        "目前没遇到什么困难",
        "资金缺口已补上",
        "没碰到大的障碍",
    ],
)
def test_what_only_sounds_like_a_trouble_is_none(words: str) -> None:
    assert extract_facts(words).problem is None


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("群众蛮高兴,就是有几户太偏,车子拖不进", "有几户太偏,车子拖不进"),
        ("地面做完了嗯就是东边那段没断完水", "东边那段没断完水"),
        ("玻璃供货慢", "玻璃供货慢"),
        ("65%,等钱", "等钱"),
        ("设备运输耽误了,滞后", "设备运输耽误了"),
        ("变压器容量不够,工期拖了近一个月", "变压器容量不够,工期拖了近一个月"),
        ("受高温影响,较计划滞后半个月", "受高温影响,较计划滞后半个月"),
        ("最大的困难是青苗补偿,两个村要价高", "青苗补偿,两个村要价高"),
        ("剩余2个选址存在争议", "剩余2个选址存在争议"),
        ("滞后原因:无", None),
        ("滞后原因:图纸没出", "图纸没出"),
    ],
)
def test_the_cause_is_the_problem_with_what_a_measured_lag_comes_to(
    words: str, problem: str | None
) -> None:
    assert extract_facts(words).problem == problem


@pytest.mark.parametrize(
    "words",
    [
        "春季完成栽植3.9万亩",
        "原定10月进料调试",
        "5月8号领导来调研后",
        "可满足11月中旬试滑的节点",
        "会同两个镇现场办公两次",
    ],
)
def test_what_is_past_or_a_bare_goal_is_no_next_step(words: str) -> None:
    assert extract_facts(words).next_step is None


def test_a_form_filled_in_with_tabs_is_read_as_one_with_colons() -> None:
    facts = extract_facts("项目\t输水隧洞\n总进度\t75%\n问题\t手续未办\n下月\t顶管施工")
    assert (facts.percent, facts.problem, facts.next_step) == (75, "手续未办", "顶管施工")


def test_a_proposal_named_by_its_kind_is_no_suggestion() -> None:
    assert extract_facts("出口物流建议专列首发").suggestion is None
    assert extract_facts("人手不够,望抽调各镇人员支援").suggestion == "抽调各镇人员支援"


@pytest.mark.parametrize(
    "words",
    [
        "银行放款卡着",
        "拆迁户漫天要价",
        "砂石料紧俏",
        "中标单位弃标",
        "冬季施工窗口期短",
        "资金到位率低",
        "那座铁塔迁不走",
    ],
)
def test_a_trouble_told_in_few_words_is_a_problem(words: str) -> None:
    facts = extract_facts(words)
    assert (facts.problem, facts.next_step) == (words, None)


@pytest.mark.parametrize(
    "words", ["等验收完就移交", "等料到了就铺", "11月上旬组织竣工验收", "入冬前要组织一轮排查"]
)
def test_what_follows_another_step_is_a_next_step(words: str) -> None:
    assert extract_facts(words).next_step == words


@pytest.mark.parametrize(
    "words",
    ["能不能请领导出面协调", "麻烦领导帮忙催一下省厅", "想请市里给点支持", "可否请财政尽快拨付"],
)
def test_a_plea_however_polite_is_a_suggestion(words: str) -> None:
    assert extract_facts(words).suggestion == words


def test_the_parts_of_a_form_need_no_line_of_their_own() -> None:
    facts = extract_facts(
        "【进展】完成率37.5%【问题】管线单位配合慢【下步】月底验收【建议】请住建局协调"
    )
    assert (facts.percent, facts.problem) == (37.5, "管线单位配合慢")
    assert (facts.next_step, facts.suggestion) == ("月底验收", "请住建局协调")
