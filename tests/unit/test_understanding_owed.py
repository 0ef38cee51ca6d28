"""What is still owed, a card or a day says which task is meant; an answered proposal as well."""

from dataclasses import replace

import pytest

from reporting.task import TaskKind
from reporting.understanding.choice.standing import stand
from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Nothing, Outcome, Record
from reporting.understanding.understand import understand
from reporting.unit import Unit
from tests.unit.understanding_office import a_task

HOUSING = "县住建局"
BUREAU = Context(units=frozenset({HOUSING}), quoted=None, owed=None, month="2026-06")
PLAN = PlanIndex.build(
    (
        a_task("1-1", "改扩建第三中学教学综合楼", HOUSING),
        a_task("1-2", "建成城东污水处理厂二期", HOUSING),
        a_task("1-3", "S217线城关至柳川段改建工程", HOUSING),
        a_task("1-4", "新建口袋公园8个", HOUSING),
        a_task("1-5", "铁佛寺夜市街区改造提升", HOUSING),
        a_task("1-6", "北苑安置房A地块主体封顶", HOUSING),
        a_task("1-7", "北苑安置房B地块开工建设", HOUSING),
        replace(a_task("民8", "关于缓解人民路停车难问题的提案", HOUSING), kind=TaskKind.PROPOSAL),
        a_task("民9", "新增公共停车泊位900个", HOUSING),
        a_task("3-1", "建成儿童公园", "县园林局", HOUSING),
        a_task("3-2", "新增绿道12公里", "县园林局", HOUSING),
        a_task("20", "新建中心血站", "县卫健局"),
    ),
    (Unit(name=HOUSING), Unit(name="县卫健局"), Unit(name="县园林局")),
)


def read(text: str, *, quoted: str | None = None, owed: tuple[str, ...] | None = None) -> Outcome:
    """What a message of the bureau comes to."""
    return understand(text, PLAN, replace(BUREAU, quoted=quoted, owed=owed))


def recorded(
    text: str, *, quoted: str | None = None, owed: tuple[str, ...] | None = None
) -> list[str]:
    """The tasks it is recorded for, and nothing asked beside."""
    outcome = read(text, quoted=quoted, owed=owed)
    assert isinstance(outcome, Record), outcome
    assert outcome.doubts == ()
    return [item.task for item in outcome.items]


def test_what_is_reported_already_is_seldom_meant_again() -> None:
    assert isinstance(read("停车这块新划了60个位子"), Ask)
    assert recorded("停车这块新划了60个位子", owed=("民9", "1-2")) == ["民9"]


def test_who_only_supports_a_task_owes_no_report_on_it_unless_asked() -> None:
    def settled(*owed: str) -> set[str]:
        standing = stand(PLAN, replace(BUREAU, owed=owed))
        return {PLAN.entries[number].task.code for number in standing.spoken.settled}

    assert "1-4" in settled("1-2")
    assert settled("1-2").isdisjoint({"1-2", "3-1", "3-2"})
    assert {"1-4", "3-2"} < settled("1-2", "3-1")
    assert settled() == set()


def test_who_corrects_speaks_of_what_is_reported_already() -> None:
    text = "更正：口袋公园建成5个，不是6个"
    assert recorded(text, owed=("1-2", "1-5")) == ["1-4"]


def test_a_code_or_a_card_is_meant_though_it_is_reported_already() -> None:
    police = "县公安局"
    titles = ("整治农村道路交通事故多发点段15处", "城区新增公共安全视频监控1200路")
    pair = [a_task(str(107 + place), title, police) for place, title in enumerate(titles)]
    plan = PlanIndex.build(pair, (Unit(name=police),))
    context = Context(units=frozenset({police}), owed=("108",), month="2026-06")
    for said, quoted in (("107号高度重视，狠抓落实", None), ("高度重视，狠抓落实", "107")):
        outcome = understand(said, plan, replace(context, quoted=quoted))
        assert isinstance(outcome, Record)
        assert [item.task for item in outcome.items] == ["107"]


def test_what_is_named_is_meant_though_it_is_reported_already() -> None:
    assert recorded("口袋公园又建成2个", owed=("1-2", "民9")) == ["1-4"]


@pytest.mark.parametrize("text", ["提案已经面复，委员签了满意", "委员那边沟通过了，答复函下周寄出"])
def test_how_a_proposal_is_answered_names_it(text: str) -> None:
    assert recorded(text) == ["民8"]


def test_the_work_a_proposal_asks_for_is_not_taken_for_the_proposal() -> None:
    assert recorded("公共停车泊位新划了260个") == ["民9"]


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("铁佛寺夜市8号已经重新开街", "1-5"),
        ("口袋公园20号开园了", "1-4"),
        ("污水处理厂批复文号〔2026〕214号，二期可以动工", "1-2"),
    ],
)
def test_a_day_or_a_document_number_is_no_code(text: str, task: str) -> None:
    assert recorded(text) == [task]


def test_the_number_of_a_road_names_it() -> None:
    assert recorded("217线征拆还剩4户没签") == ["1-3"]


def test_plots_are_told_apart_by_their_letters() -> None:
    assert recorded("安置房A地块出正负零了，B地块桩机今天进场") == ["1-6", "1-7"]


def test_an_answer_to_a_card_is_about_the_card() -> None:
    text = "5.2公里管沟挖完，路面恢复了一半，总体完成75%左右"
    assert recorded(text, quoted="1-2") == ["1-2"]
    assert recorded("年度18项里已销号15项，其余3项按时序推进", quoted="1-4") == ["1-4"]


def test_a_card_gives_way_to_a_task_that_is_named() -> None:
    assert recorded("铁佛寺夜市外摆区铺完了", quoted="1-2") == ["1-5"]


def test_what_is_doubtful_is_about_the_task_told_next_to_it() -> None:
    assert recorded("外摆那块还在铺，铁佛寺夜市下月开街") == ["1-5"]


def test_two_that_are_left_are_told_by_their_number() -> None:
    told = recorded("1-4正常，另外两项方案刚定", quoted="owed", owed=("1-2", "1-4", "1-5"))
    assert told == ["1-4", "1-2", "1-5"]


@pytest.mark.parametrize(
    "text", ["都没有新进展", "我局各项任务均达到序时进度", "都按时完成了", "均已完成年度任务"]
)
def test_one_word_may_answer_for_all_that_is_owed(text: str) -> None:
    assert recorded(text, quoted="owed", owed=("1-2", "1-5")) == ["1-2", "1-5"]


@pytest.mark.parametrize(
    "text",
    [
        "口袋公园缺苗，请教育局那边跟家长解释下",
        "口袋公园的苗只管到场，验收数请问园林局",
    ],
)
def test_another_unit_that_is_asked_something_makes_no_question_of_a_report(text: str) -> None:
    assert recorded(text) == ["1-4"]


def test_a_wish_or_a_promise_reports_nothing() -> None:
    assert isinstance(read("新年好！开工大吉"), Nothing)
    assert isinstance(read("收到，月底前报", quoted="owed", owed=("1-2", "1-5")), Nothing)


def test_what_is_waited_for_is_not_told_of() -> None:
    plan = PlanIndex.build(
        [a_task(code, f"华晟银浆项目{code}期开工建设", HOUSING) for code in ("一", "二")],
        (Unit(name=HOUSING),),
    )
    outcome = understand("银浆二期还没动，老板在观望，说等一期爬坡了再讲", plan, BUREAU)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == ["二"]


def test_spells_of_time_are_no_amounts() -> None:
    assert recorded("口袋公园停了两个月，刚复工") == ["1-4"]


def test_a_code_behind_what_was_said_before_is_a_code() -> None:
    assert recorded("前头民9报多了，应该是640个", owed=("1-2", "1-4")) == ["民9"]


def test_a_list_of_codes_of_both_kinds_names_each() -> None:
    assert recorded("民9、1-2、1-4正常") == ["民9", "1-2", "1-4"]
