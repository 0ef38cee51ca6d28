"""Commands, questions and small talk, told from reports."""

import pytest

from reporting.understanding.outcome import Command, CommandName, Nothing
from reporting.understanding.talk.commands import read_command
from reporting.understanding.words.normalise import plain

COMMANDS = [
    ("我的任务", CommandName.MY_TASKS),
    ("我们局还有哪几项没报？", CommandName.MY_TASKS),
    ("这个月还欠几项", CommandName.MY_TASKS),
    ("任务清单发一下", CommandName.MY_TASKS),
    ("帮助", CommandName.HELP),
    ("这个怎么报啊", CommandName.HELP),
    ("有没有模板", CommandName.HELP),
    ("撤回", CommandName.WITHDRAW),
    ("发错了，撤回上一条", CommandName.WITHDRAW),
    ("刚才那条作废", CommandName.WITHDRAW),
    ("什么时候截止？", CommandName.DEADLINE),
    ("最晚几号报", CommandName.DEADLINE),
    ("你们机器人老是认错任务", CommandName.COMPLAIN),
    ("能不能别再催了", CommandName.COMPLAIN),
    ("绑定水务局", CommandName.BIND),
    ("我是教育局新来的联络员小陈", CommandName.BIND),
]


@pytest.mark.parametrize(("text", "name"), COMMANDS)
def test_a_command_in_free_wording_is_understood(text: str, name: CommandName) -> None:
    outcome = read_command(plain(text))
    assert isinstance(outcome, Command)
    assert outcome.name is name


TALK = [
    "收到",
    "好的谢谢领导",
    "收到，马上报",
    "在开会，晚点报给您",
    "明天上午报",
    "请问支出进度按什么口径算？",
    "超了会扣几分",
    "中秋快乐",
]


@pytest.mark.parametrize("text", TALK)
def test_small_talk_and_questions_are_nothing(text: str) -> None:
    assert read_command(plain(text)) == Nothing()


REPORTS = [
    "刚才发错了，应该是85%",
    "业主天天催施工单位，进度还是慢",
    "群众投诉多，停工三天",
    "审批手续太麻烦，还没批下来",
    "去年的不算数，今年完成9座",
    "主体封顶，下午浇筑屋面",
    "马上验收，完成95%",
    "用地批复什么时候下来还不知道，目前停工",
    "系统上线17项",
    "除险那边落后了，石头太多",
    "桥梁变更手续我局负责的批完了，涉及3座",
    "粪污处理走申报程序了，把验收放在12月初",
    "拆违走行政复议程序，强拆放在下月初",
    "门诊楼砌体变更我们负责的部分批复了，多出1.2米",
    "下周走竣备程序，把摇号放在国庆后",
    "换了施工单位，交接手续变更办好了，已砌到二层",
    "合同主体变更，正在重新走程序",
    "技改那家慢了，订单太少",
    "进度差，雨天太多，外墙刷不了",
]


@pytest.mark.parametrize("text", REPORTS)
def test_a_report_is_never_taken_for_a_command(text: str) -> None:
    assert read_command(plain(text)) is None


ABOUT_THE_DEMANDS = [
    "台风刚过谁有空填表",
    "抢种正忙，哪顾得上填表",
    "说的是敬老院，偏给我整到幼儿园",
]


@pytest.mark.parametrize("text", ABOUT_THE_DEMANDS)
def test_who_asks_who_has_the_time_or_what_was_made_of_his_words_complains(text: str) -> None:
    outcome = read_command(plain(text))
    assert isinstance(outcome, Command)
    assert outcome.name is CommandName.COMPLAIN


@pytest.mark.parametrize(
    "text",
    [
        "6号任务的基数用年初数还是调整数？",
        "群里昵称要带科室吗",
        "扫描件是传系统还是传群里",
        "请问桥梁这个月的数用快报数还是决算数？",
    ],
)
def test_the_letters_of_a_question_overrule_words_that_only_make_up_a_command(text: str) -> None:
    assert read_command(plain(text)) == Nothing()
