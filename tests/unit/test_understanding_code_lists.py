"""Several tasks by their codes, in whatever form a plan numbers them and people write them."""

import pytest

from reporting.task import Task, TaskKind
from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Record
from reporting.understanding.understand import understand
from reporting.unit import Unit

UNIT = "市水务局"
TITLES = (
    "青龙水库除险加固 白鹤水库除险加固 城区供水老旧管网40公里 农村供水提升工程 河道整治12公里 "
    "污水处理厂扩建 高效节水灌溉2万亩 节水型单位创建8家"
)
PLANS = {
    "dash": "3-1 3-2 3-3 3-4 3-5 4-1 4-2 4-3",
    "dot": "3.1 3.2 3.3 3.4 3.5 4.1 4.2 4.3",
    "bracket": "（三）1 （三）2 （三）3 （三）4 （三）5 （四）1 （四）2 （四）3",
    "part": "三-1 三-2 三-3 三-4 三-5 四-1 四-2 四-3",
    "letter": "A01 A02 A03 A04 A05 B01 B02 B03",
    "number": "21 22 23 24 25 31 32 33",
    "livelihood": "21 22 23 24 25 民1 民2 民3",
    "alone": "A01 A02 A03 A04 A05 B06 B07 B08",
}
FEW = {
    "few": "1 2 3 4 5 6 7 8",  # each also an ordinal of a list
    "mixed": "A01 A02 A03 B01 41 42 43 44",
}
SHAPES = (
    "{0}完成60%，{1}正常，{2}未开工|{0}：60%；{1}：正常；{2}：未开工|{0}、{1}正常，{2}未开工"
    "|{0}和{1}按计划，{2}滞后|{0}/{1}/{2}都正常|{0},{1},{2}均正常|{0} {1} {2}均正常"
    "|第{0}项60%，第{1}项正常，第{2}项未开工|任务{0}、{1}完成，任务{2}在推"
    "|{0}号60%，{1}号正常，{2}号未开工|{0}已完成{1}已开工{2}还没动"
    "|（{0}）60%（{1}）正常（{2}）未开工|【{0}】60%【{1}】正常【{2}】未开工|{0}~{1}正常，{2}未开工"
    "|{0}-60%，{1}-正常，{2}-未开工|{0}√ {1}√ {2}×|{0}，{1}已完工；{2}招标"
    "|{0}跟{1}一样，都完工了；{2}招标|{0}=60%,{1}=正常,{2}=未开工"
    "|1、{0}：60%\n2、{1}：正常\n3、{2}：未开工|{0}\t60%\n{1}\t正常\n{2}\t未开工"
)


def plan_of(name: str) -> PlanIndex:
    """The plan numbered in this way, all of one unit."""
    kind = TaskKind.MATTER
    tasks = [
        Task(code=code, title=title, kind=kind, leads=(UNIT,), supports=())
        for code, title in zip((PLANS | FEW)[name].split(), TITLES.split(), strict=True)
    ]
    return PlanIndex.build(tasks, (Unit(name=UNIT, aliases=()),))


def recorded(text: str, index: PlanIndex) -> set[str]:
    """The tasks a message of the unit is recorded for."""
    outcome = understand(text, index, Context(units=frozenset({UNIT}), month="2026-06"))
    return {item.task for item in outcome.items} if isinstance(outcome, Record) else set()


@pytest.mark.parametrize("plan", PLANS)
def test_codes_are_read_in_every_shape_of_a_list(plan: str) -> None:
    codes, index = PLANS[plan].split(), plan_of(plan)
    three = [codes[1], codes[2], codes[7]]
    texts = [shape.format(*three) for shape in SHAPES.split("|")]
    assert [text for text in texts if recorded(text, index) != set(three)] == []


SHORT = {
    "dash": ("3-2、3、5正常", {"3-2", "3-3", "3-5"}),
    "bracket": ("（三）2、3均完成", {"（三）2", "（三）3"}),
    "letter": ("A02、03、05正常", {"A02", "A03", "A05"}),
    "number": ("22至24正常", {"22", "23", "24"}),
    "livelihood": ("22、民1、3正常", {"22", "民1", "民3"}),
}


@pytest.mark.parametrize("plan", SHORT)
def test_what_all_codes_of_a_list_share_may_be_said_once(plan: str) -> None:
    text, tasks = SHORT[plan]
    assert recorded(text, plan_of(plan)) == tasks


MIXED = [
    ("livelihood", "民3、24号均正常", {"民3", "24"}),
    ("livelihood", "民2和21号按计划推进", {"民2", "21"}),
    ("livelihood", "民1、民3、22号都完工了", {"民1", "民3", "22"}),
    ("livelihood", "民1、22、25号滞后", {"民1", "22", "25"}),
    ("livelihood", "民1，23号均已开工", {"民1", "23"}),
    ("livelihood", "民生实事2、24项正常", {"民2", "24"}),
    ("livelihood", "25号、民3完成", {"25", "民3"}),
    ("livelihood", "民2/21正常", {"民2", "21"}),
    ("mixed", "A02、44号均正常", {"A02", "44"}),
    ("mixed", "A2、3、41号未动工", {"A02", "A03", "41"}),
    ("mixed", "A01至A03、B01、43号正常", {"A01", "A02", "A03", "B01", "43"}),
    ("mixed", "B1跟43号都封顶了", {"B01", "43"}),
    ("mixed", "B01、41号60%", {"B01", "41"}),
    ("mixed", "A03，42号楼封顶", {"A03"}),
    ("mixed", "A03，42户签约", {"A03"}),
]


@pytest.mark.parametrize(("plan", "text", "tasks"), MIXED)
def test_a_list_may_give_codes_of_different_forms(plan: str, text: str, tasks: set[str]) -> None:
    assert recorded(text, plan_of(plan)) == tasks


def test_his_own_are_meant_where_a_list_may_give_either() -> None:
    codes = {"民3": UNIT, "民12": "教育局", "12": UNIT, "14": UNIT}
    tasks = [
        Task(code=code, title=title, kind=TaskKind.MATTER, leads=(unit,), supports=())
        for (code, unit), title in zip(codes.items(), TITLES.split(), strict=False)
    ]
    index = PlanIndex.build(tasks, tuple(Unit(name=u, aliases=()) for u in (UNIT, "教育局")))
    assert recorded("民3、12号均正常", index) == {"民3", "12"}
    assert recorded("民3、民12号均正常", index) == {"民3"}
    assert recorded("民12号正常", index) == set()
    assert recorded("民14号正常", index).isdisjoint({"12"})


IN_ONE_LINE = [
    ("3.1 39% 3.2 58% 3.3 完工17座", {"3.1", "3.2", "3.3"}),
    ("3.5 64.9% 4.2 77.6%", {"3.5", "4.2"}),
    ("3.1 正常 3.2 滞后 4.1 已招标", {"3.1", "3.2", "4.1"}),
    ("3.1 换管8公里 3.3 60%", {"3.1", "3.3"}),
    ("3.2 建成三座 4.3 创建5家", {"3.2", "4.3"}),
    ("3.2完成39% 3.3完成58% 4.1正常", {"3.2", "3.3", "4.1"}),
    ("3.4√ 3.5√ 4.1×", {"3.4", "3.5", "4.1"}),
    ("3.1 到位1.2亿元 4.2 在建", {"3.1", "4.2"}),
    ("4.1 已验收 4.2 过半 4.3 未动", {"4.1", "4.2", "4.3"}),
    ("3.3 主体完工 3.4 80%(含备料) 3.5 没动", {"3.3", "3.4", "3.5"}),
    ("3.1 投资 4.2 亿元", {"3.1"}),
    ("3.1 39% 增长3.2 环比持平", {"3.1"}),
    ("3.2 完成 3.3 公里", {"3.2"}),
]


@pytest.mark.parametrize(("text", "tasks"), IN_ONE_LINE)
def test_decimal_codes_may_be_divided_only_by_blanks(text: str, tasks: set[str]) -> None:
    assert recorded(text, plan_of("dot")) == tasks


def test_a_code_in_what_is_said_of_another_begins_nothing() -> None:
    index = plan_of("letter")
    assert recorded("A02要等A03完工才能开工", index) == {"A02"}
    assert recorded("B02，23家企业完成，C30浇筑完", index) == {"B02"}


def test_what_counts_things_is_no_code_of_a_list() -> None:
    index = plan_of("number")
    assert recorded("22完成23户签约，33人上岗", index) == {"22"}
    assert recorded("22已完成32%", index) == {"22"}
    assert recorded("3已完成10%", plan_of("few")) == {"3"}


def test_a_decimal_behind_a_code_is_its_value() -> None:
    for plan in ("dash", "dot"):
        first, other = PLANS[plan].split()[1], PLANS[plan].split()[6]
        assert recorded(f"{first} 4.1\n{other} 3.5", plan_of(plan)) == {first, other}


NUMBERS_ALONE = (
    "2项 48%；3项 96%",
    "02完成六成，03改完23个",
    "第2项完成66%，第3项完成43%",
    "2：9个，56.3%；3：主体完",
    "2 5个，3 30%",
    "实事2号完成，3号起草方案",
)


@pytest.mark.parametrize("text", NUMBERS_ALONE)
def test_the_letters_of_a_code_may_be_left_out(text: str) -> None:
    assert recorded(text, plan_of("alone")) == {"A02", "A03"}


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("4号揭牌，城区供水老旧管网改了8公里", {"A03"}),
        ("我局4项任务里城区供水老旧管网改了8公里", {"A03"}),
        ("1\t城区供水老旧管网\t8公里\n2\t污水处理厂扩建\t60%", {"A03", "B01"}),
        ("4#工地停工，城区供水老旧管网改了8公里", {"A03"}),
    ],
)
def test_a_number_that_begins_no_report_is_no_code_without_its_letters(
    text: str, tasks: set[str]
) -> None:
    assert recorded(text, plan_of("letter")) == tasks


def test_anothers_code_in_the_middle_of_a_clause_may_be_a_make() -> None:
    tasks = [
        Task(code=code, title=title, kind=TaskKind.MATTER, leads=(unit,), supports=())
        for code, title, unit in (("A01", "青龙水库除险加固", UNIT), ("B02", "新建学校", "教育局"))
    ]
    index = PlanIndex.build(tasks, tuple(Unit(name=u, aliases=()) for u in (UNIT, "教育局")))
    assert recorded("青龙水库除险加固完成60%，排涝换了B02水泵", index) == {"A01"}


def test_tasks_that_share_a_number_are_told_apart_by_what_is_said() -> None:
    index = plan_of("letter")
    assert recorded("3号 创建5家", index) == {"B03"}
    outcome = understand("2号 正常", index, Context(units=frozenset({UNIT}), month="2026-06"))
    assert isinstance(outcome, Ask)
    assert set(outcome.doubts[0].candidates) == {"A02", "B02"}


@pytest.mark.parametrize("text", ["我镇A03涉及的3个村已开工", "上月A03报的8公里有误，是7公里"])
def test_a_code_may_stand_in_the_middle_of_a_clause(text: str) -> None:
    assert recorded(text, plan_of("letter")) == {"A03"}
