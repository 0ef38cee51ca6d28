"""Words about many tasks at once."""

import pytest

from reporting.understanding.course.whole import Scope, read_sweep
from reporting.understanding.words.normalise import plain
from reporting.understanding.words.split import clauses

REST = (
    "其余正常 其他都按计划推进 其余各项均按时间节点推进 "
    "另外两项正常 其他没变化 剩下几项没啥问题 别的都还行 其它的都走着"
)
EACH = "都正常 都还行 都没啥问题 均按序时推进 全部顺利 以上均正常 都挺好的"
NEITHER = "其余3户月底搬完 都江堰灌区完工 另外新增两家企业 其他道路铺完"


@pytest.mark.parametrize("words", REST.split())
def test_the_rest_is_swept_over_with_its_state_alone(words: str) -> None:
    sweep = read_sweep(plain(words))
    assert sweep
    assert sweep.scope is Scope.REST
    assert not sweep.words.startswith(("其", "另外", "剩"))


@pytest.mark.parametrize("words", EACH.split())
def test_each_is_swept_over(words: str) -> None:
    sweep = read_sweep(plain(words))
    assert sweep
    assert sweep.scope is Scope.EACH


@pytest.mark.parametrize("words", NEITHER.split())
def test_a_clause_of_its_own_is_no_sweep(words: str) -> None:
    assert read_sweep(plain(words)) is None


def test_a_tick_ends_its_clause() -> None:
    assert [clause.words for clause in clauses(plain("管网完工✅学校✅ 道路60%"))] == [
        "管网完工√",
        "学校√",
        "道路60%",
    ]


LISTED = ["a.管网封顶 b.道路60% c.学校开工", "⑴管网64%⑵道路48%⑶学校开工", "①管网②道路③学校"]


@pytest.mark.parametrize("text", LISTED)
def test_list_letters_and_signs_begin_items(text: str) -> None:
    found = clauses(plain(text))
    assert sum(clause.head > clause.start for clause in found) == 3
