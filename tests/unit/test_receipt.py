"""Receipts and the one numbered question."""

from reporting.receipt import Receipt, compose_question, compose_receipt, owed_words, told_about
from reporting.report import Facts, Figure, Status
from reporting.understanding.dialogue.question import Choice, Question
from reporting.understanding.outcome import Doubt, Item

TITLES = {"12": "老旧小区改造", "13": "污水处理厂提标", "82": "第三小学", "83": "公办幼儿园"}
SCHOOLS = Doubt(words="综合楼封顶了", facts=Facts(), candidates=("82", "83"))
PLANTS = Doubt(words="设备到场", facts=Facts(), candidates=("13", "12"))


def a_question(*doubts: Doubt) -> Question:
    pairs = [(number, task) for number, d in enumerate(doubts) for task in d.candidates]
    choices = tuple(
        Choice(number=n, doubt=doubt, task=task) for n, (doubt, task) in enumerate(pairs, 1)
    )
    return Question(doubts=doubts, choices=choices)


def an_item(task: str, facts: Facts, words: str = "原话") -> Item:
    return Item(task=task, facts=facts, words=words)


def test_a_receipt_says_what_was_recorded_what_is_owed_and_how_to_correct() -> None:
    facts = Facts(percent=80, status=Status.ON_TRACK, problem="资金未落实")
    receipt = Receipt(items=(an_item("12", facts),), owed=("13", "82"))
    assert compose_receipt(receipt, TITLES) == (
        "已记录1项：\n"
        "第12项 老旧小区改造：进度80%，正常推进；问题：资金未落实\n"
        "本月还有2项未报：第13、82项。\n"
        "有误请回复“更正 12号 …”或“撤回 12号”。"
    )


def test_the_last_one_reported_hears_that_all_is_done() -> None:
    receipt = Receipt(items=(an_item("12", Facts(percent=1)),))
    assert "本月应报事项已全部报齐。" in compose_receipt(receipt, TITLES)


def test_a_correction_and_a_late_report_are_called_so() -> None:
    figures = (Figure(name="管网", value=19.6, unit="公里"),)
    receipt = Receipt(
        items=(an_item("13", Facts(figures=figures)),), corrected=frozenset({"13"}), late=True
    )
    lines = compose_receipt(receipt, TITLES).splitlines()
    assert lines[0] == "已记录1项（截止后补报）："
    assert lines[1] == "第13项 污水处理厂提标（已更正）：管网19.6公里"


def test_a_reply_without_facts_is_quoted() -> None:
    receipt = Receipt(items=(an_item("12", Facts(), "正在抓紧办理"),))
    assert "第12项 老旧小区改造：已记原文“正在抓紧办理”" in compose_receipt(receipt, TITLES)


def test_a_receipt_with_a_doubt_asks_in_the_same_message() -> None:
    receipt = Receipt(items=(an_item("12", Facts(percent=5)),), question=a_question(SCHOOLS))
    assert compose_question(a_question(SCHOOLS), TITLES) in compose_receipt(receipt, TITLES)


def test_a_question_quotes_the_words_and_numbers_the_choices() -> None:
    assert compose_question(a_question(SCHOOLS), TITLES) == (
        "“综合楼封顶了”说的是哪一项？\n"
        "1. 第82项 第三小学\n"
        "2. 第83项 公办幼儿园\n"
        "回复编号即可，可多选如“1、2”；都不对请回复“都不是”。"
    )


def test_numbers_run_on_over_all_doubts_and_the_example_answers_each() -> None:
    assert compose_question(a_question(SCHOOLS, PLANTS), TITLES) == (
        "“综合楼封顶了”说的是哪一项？\n"
        "1. 第82项 第三小学\n"
        "2. 第83项 公办幼儿园\n"
        "“设备到场”说的是哪一项？\n"
        "3. 第13项 污水处理厂提标\n"
        "4. 第12项 老旧小区改造\n"
        "回复编号即可，可多选如“1、3”；都不对请回复“都不是”。"
    )


def test_a_single_choice_is_a_matter_of_yes_or_no() -> None:
    one = Doubt(words="完工", facts=Facts(), candidates=("13",))
    assert compose_question(a_question(one), TITLES) == (
        "“完工”说的是这一项吗？\n"
        "1. 第13项 污水处理厂提标\n"
        "是请回复“1”；不是请回复“都不是”，或写明第几项重发。"
    )


def test_words_that_fit_no_task_are_asked_for_again() -> None:
    nothing = Doubt(words="都挺好", facts=Facts(), candidates=())
    assert compose_question(a_question(nothing), TITLES) == (
        "“都挺好”没有对应上您负责的事项，请写明第几项重发。"
    )


def test_a_long_list_of_owed_tasks_is_cut_with_its_full_count() -> None:
    owed = [str(number) for number in range(1, 31)]
    assert owed_words(owed) == "本月还有30项未报：第1至12项等。"


def test_the_same_said_of_many_tasks_is_one_line() -> None:
    codes = ["3", "5", "9", "民2"]
    items = tuple(an_item(code, Facts(status=Status.ON_TRACK)) for code in codes)
    lines = compose_receipt(Receipt(items=(*items, an_item("12", Facts(percent=9)))), TITLES)
    assert lines.splitlines()[:3] == [
        "已记录5项：",
        "第3、5、9项，民2项：正常推进",
        "第12项 老旧小区改造：进度9%",
    ]


def test_who_quotes_a_receipt_answers_what_it_asks_or_speaks_of_its_items() -> None:
    asked = "第2项原因是什么？（引用本条回复即可）"
    receipt = f"已记录2项：\n第1项 甲：60%\n第2项 乙：滞后\n{asked}\n本月还有1项未报：第3项。"
    assert told_about(receipt) == asked
    plain = "已记录1项：\n第1项 甲：60%\n本月还有1项未报：第3项。\n有误请回复“更正 1号 …”。"
    assert told_about(plain) == "已记录1项：\n第1项 甲：60%"
    assert told_about("本月还有2项未报：第1、3项。") == "本月还有2项未报：第1、3项。"
