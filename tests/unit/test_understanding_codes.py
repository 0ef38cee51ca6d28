"""What is a task code in a reply and what only looks like one."""

import pytest

from reporting.understanding.naming.codes import bare_codes
from reporting.understanding.naming.marked_codes import marked_codes
from reporting.understanding.naming.special_codes import special_codes, special_patterns
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.split import clauses


def nobodys(_: str) -> bool:
    """Whose codes they are, where that tells nothing."""
    return False


MARKED = [
    ("12号完成60%", ["12"]),
    ("第十二项正常", ["12"]),
    ("81# 95%", ["81"]),
    ("#20 65%  #21 还在谋划", ["20", "21"]),
    ("序号77,31个", ["77"]),
    ("任务107,进度80%", ["107"]),
    ("5号、12号、16号,均正常", ["5", "12", "16"]),
    ("5、7项完成", ["5", "7"]),
    ("18、19两项正常", ["18", "19"]),
    ("3-5号正常", ["3", "4", "5"]),
    ("五号正常,七号50%", ["5", "7"]),
    ("38号到位6.4亿", ["38"]),
]

NO_CODES = [
    "112号提案已答复",
    "17号那个建议办结",
    "3号楼封顶",
    "52号批复已拿到",
    "厂房共5栋,1至3号封顶",
    "6号泊位开工",
    "7月20号前完成",
    "本月25号截止",
    "20号之前交付",
    "第一污水厂调试",
    "第二水厂通水",
    "3号机组并网",
    "完成年度任务38.4%",
    "桩基三分之一,正常",
]


@pytest.mark.parametrize(("text", "codes"), MARKED)
def test_marked_codes_are_found(text: str, codes: list[str]) -> None:
    found = [code for mention in marked_codes(plain(text)) for code in mention.codes]
    assert found == codes


@pytest.mark.parametrize("text", NO_CODES)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert list(marked_codes(plain(text))) == []


def bare(text: str, own: set[str]) -> list[str]:
    """The bare codes of a text for a sender who has these."""
    folded = plain(text)
    mentions = bare_codes(folded, clauses(folded), own.__contains__)
    return [code for mention in mentions for code in mention.codes]


def test_bare_numbers_that_are_his_codes_are_codes() -> None:
    assert bare("22已竣工,23完成招标,30 90%", {"22", "23", "30"}) == ["22", "23", "30"]


def test_a_bare_number_before_a_colon_is_a_code_unless_it_is_a_time_of_day() -> None:
    assert bare("81:12项;82:96.9%;12:30开会;18:55%", {"81", "82", "12", "18"}) == ["81", "82", "18"]
    assert bare("50√ 51√", {"50", "51"}) == ["50", "51"]


def test_bare_numbers_that_count_are_no_codes() -> None:
    assert bare("22个小区完工,30户签约,12公里", {"22", "30", "12"}) == []


def test_a_bare_code_set_apart_by_a_blank_may_stand_before_a_word_that_counts() -> None:
    assert bare("58 完成90%。59 场平", {"58", "59"}) == ["58", "59"]
    assert bare("完成 58 个村", {"58"}) == []


def test_numbered_lines_are_no_codes() -> None:
    assert bare("1.管网完工\n2.水库70%\n3.供水正常", {"1", "2", "3"}) == []


def test_codes_that_are_more_than_a_number_are_found() -> None:
    patterns = special_patterns(["民3", "民5", "A-12", "3-2", "（五）7"])
    text = plain("民3、5完成;A12正常,3-2未动工;(五)7 60%")
    found = [code for mention in special_codes(text, patterns, nobodys) for code in mention.codes]
    assert sorted(found) == sorted(["民3", "民5", "a12", "3-2", "(五)7"])


def test_codes_with_leading_zeros_are_found_with_or_without_them() -> None:
    patterns = special_patterns(["B03", "C06", "C07"])
    for text, codes in (
        ("B03 65%,C7正常", ["b3", "c7"]),
        ("B03、C06、C07正常", ["b3", "c6", "c7"]),
        ("C06至C07正常", ["c6", "c7"]),
        ("除B03外正常", ["b3"]),
        ("楼栋B03封顶", []),
    ):
        found = [
            code
            for mention in special_codes(plain(text), patterns, nobodys)
            for code in mention.codes
        ]
        assert found == codes


def test_residents_are_no_codes() -> None:
    patterns = special_patterns(["民3", "民23"])
    assert list(special_codes("居民23户签约", patterns, nobodys)) == []


DOUBLE = [
    ("第3-2项 完成60%", ["3-2"]),
    ("任务3-2：进场", ["3-2"]),
    ("3—2 60%，4.11 45%", ["3-2", "4-11"]),
    ("3-2和4-11都按计划", ["3-2", "4-11"]),
    ("三-2正常", ["3-2"]),
    ("三2 40%;三4正常", ["3-2", "3-4"]),
    ("周三2点开会,十三2家", []),
    ("（三）2正常", ["3-2"]),
    ("实事12：开工29个", ["实12"]),
    ("民生实事第12项完工", ["实12"]),
    ("实3 1号园封顶、2号园装修", ["实3"]),
    ("3-4月完成60%", []),
    ("完成3.2公里", []),
    ("3.2亿元投资完成", []),
    ("增长3.2，符合预期", []),
]


@pytest.mark.parametrize(("text", "codes"), DOUBLE)
def test_codes_of_two_numbers_are_found_however_joined(text: str, codes: list[str]) -> None:
    known = special_patterns(["3-2", "3-4", "4-11", "实3", "实12"])
    found = [
        code for mention in special_codes(plain(text), known, nobodys) for code in mention.codes
    ]
    assert found == codes


def test_a_decimal_code_is_its_own() -> None:
    known = special_patterns(["4.7", "4.8", "47"])
    found = [m.codes[0] for m in special_codes(plain("4.7 62%，4-8正常"), known, nobodys)]
    assert found == ["4.7", "4.8"]
    assert [m.codes[0] for m in special_codes(plain("4.7，62%"), known, nobodys)] == ["4.7"]


def test_plots_floors_and_grades_are_no_codes() -> None:
    known = special_patterns(["A-3", "B-1", "C-30"])
    for text in ("A3地块挂牌", "B1层封顶", "C30混凝土浇筑"):
        assert list(special_codes(plain(text), known, nobodys)) == [], text


def test_runs_of_codes_of_two_numbers_are_found() -> None:
    patterns = special_patterns(["3-7", "5-1", "5-2", "5-3"])
    for text, codes in (("5-1到5-3正常", ["5-1", "5-2", "5-3"]), ("第三部分第7条正常", ["3-7"])):
        found = [
            code
            for mention in special_codes(plain(text), patterns, nobodys)
            for code in mention.codes
        ]
        assert found == codes
