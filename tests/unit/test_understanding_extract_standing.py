"""Where a task stands and how far it is, in office chat, dialect and forms."""

import pytest

from reporting.report import Status
from reporting.task import TaskKind
from reporting.understanding.parts.extract import extract_facts

ON_TRACK = (
    "桩都打完了,没得问题 机械化那个事进度没得问题 汛期冇得问题 进度莫得问题 没啥子问题 没么子问题 "
    "都在序时以内 均在计划之内 在时间节点内 误不了开学 耽误不了汛期 工作正有条不紊地推进 整体顺利 "
    "筹备顺利 按点走的 都能赶在入冬前点火 可满足国庆前的节点 是否正常:正常 是否按期:是 搞得蛮快 "
    "达到三季度节点要求 目前OK 国庆开馆稳的 双抢搞得蛮顺当 赶趟 年底没麻达 防控平稳有序 "
    "赶得赢 妥妥的"
)
BEHIND = (
    "比计划拖了一个多月 比计划晚了20天 较原定节点迟了半个月 原定5月进场,现在看要拖到8月 "
    "看样子得延到明年一季度,比计划晚 还是慢 慢得很 有点慢 较节点滞后 是否滞后:是,滞后半个月 "
    "投产delay到9月 预计晚一个月 原定9月通车推到10月了 标段搞得慢 工期跟不上"
)
SILENT = (
    "滞后原因:无 滞后原因：/ 是否滞后:否 按期办结率98.4% 等待下达计划 "
    "开工4个,还有一处因土地调整未动工 两处已收尾,东边那个扯皮半年还没动 基本完工 没有欠账 "
    "拖后腿的是木材加工 院区正常接诊 拆迁的问题没动 对未达标车间组织诊断"
)
NOT_STARTED = (
    "没开工,证没下来 土地摘牌三个月没动工 目前还没开工,正在做地勘 一直没动静 一处也没动工 "
    "还么开工 木有动静"
)
DONE = (
    "整利索了 妥了 全完成 已达标 任务搞完哒 可以close了 这项就算完成了 竣工验收通过 早办结了 "
    "超额完成16230人"
)


@pytest.mark.parametrize(
    ("words", "status"),
    [(w, Status.ON_TRACK) for w in ON_TRACK.split()]
    + [(w, Status.BEHIND) for w in BEHIND.split()]
    + [(w, Status.NOT_STARTED) for w in NOT_STARTED.split()]
    + [(w, Status.DONE) for w in DONE.split()]
    + [(w, None) for w in SILENT.split() if "是否滞后:否" not in w],
)
def test_the_status_is_what_the_words_state(words: str, status: Status | None) -> None:
    assert extract_facts(words).status == status


def test_a_form_states_that_the_task_is_done() -> None:
    assert extract_facts("是否完成:是").status == Status.DONE
    assert extract_facts("是否完成:否").status is None
    proposal = extract_facts("委员当面谈过,没意见,可以结了", kind=TaskKind.PROPOSAL)
    assert proposal.status == Status.DONE
    advice = extract_facts("停车建议已办结", title="办理停车建议", kind=TaskKind.PROPOSAL)
    assert advice.status == Status.DONE


def test_a_tick_and_no_word_says_that_the_task_is_done() -> None:
    assert extract_facts("✅").status == Status.DONE
    assert extract_facts(" ✔ ").status == Status.DONE
    assert extract_facts("✅上线19个").status is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("复绿4.8公里,完工", "岸线复绿18公里"),
        ("涉及我局的2项已销号", "问题整改销号12项"),
        ("完成60%,已完工", "建设医院"),
        ("养老服务中心已投用", "建成养老服务中心4个"),
        ("已有3家投产", "建设项目"),
        ("主楼已投用", "建设医院"),
        ("下月1日正式通车", "建设大桥"),
    ],
)
def test_nothing_is_done_of_which_only_a_part_is(words: str, title: str) -> None:
    assert extract_facts(words, title=title).status is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("雨污分流两项均已竣工验收", "改造雨污分流管网"),
        ("改造的四千户全部弄完了", "适老化改造4000户"),
        ("4A拿下", "创建4A级景区"),
        ("已通过省复核认定", "通过复核认定"),
        ("大桥10月1日正式通车", "建设大桥"),
        ("水厂通水了", "建设水厂"),
        ("养老服务中心都投用了", "建成养老服务中心4个"),
        ("方案已印发实施", "制定方案"),
        ("拖欠账款已清零", "清偿拖欠账款"),
        ("片区征收已正式启动", "启动片区征收"),
        ("文化节已圆满举办", "举办文化节"),
        ("北段全线贯通", "高速北段贯通"),
    ],
)
def test_what_a_title_sets_out_to_do_is_done(words: str, title: str) -> None:
    assert extract_facts(words, title=title).status == Status.DONE


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("总进度\t74%", 74),
        ("占比：74.5%", 74.5),
        ("木地板铺到一半", None),
        ("面砖贴了一半", None),
        ("总体干到一半", 50),
        ("累计数还没过六成", None),
        ("不到七成", None),
        ("外省游客占34%", None),
        ("同比分别下降25%和33.3%", None),
        ("更正：应为66%，刚才打成56%了", 66),
        ("应该是47%，前面输成74%", 47),
        ("G230绕越线 86", 86),
        ("北坝12，还是慢", 12),
        ("设备联调完成90%", None),
    ],
)
def test_the_overall_completion_is_told_from_other_shares(
    words: str, percent: float | None
) -> None:
    assert extract_facts(words, title="建成绕越线和北坝").percent == percent


def test_a_joined_share_falls_as_the_one_before_it() -> None:
    values = [figure.value for figure in extract_facts("起数、人数分别下降25%和33.3%").figures]
    assert values == [-25, -33.3]
