"""Words that sound like the one that is meant: a pinyin keyboard's choice, or heard so."""

import pytest

from reporting.understanding.context import Context
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand
from reporting.understanding.words.sounds import mended, misspelled, near_sound, sound, sounds
from tests.unit.understanding_office import FARMS, INDEX, ROADS, SCHOOLS, WATER


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("人才公遇在粉刷", "人才公寓在粉刷"),
        ("技能陪训三千人", "技能培训三千人"),
        ("老旧小曲开工", "老旧小区开工"),
        ("免根播种的补助", "免耕播种的补助"),  # gen for geng
        ("高标准浓田", "高标准农田"),
        ("社备调试", "设备调试"),
    ],
)
def test_a_word_of_talk_is_meant_by_another_of_its_sound(said: str, meant: str) -> None:
    assert mended(said, misspelled(said), spelled=0) == meant


@pytest.mark.parametrize(
    "text",
    ["证没有办下来", "联合水务部门", "屠宰厂封顶", "一共十家", "人才公寓在粉刷", "技能培训三千人"],
)
def test_what_makes_sense_is_not_mended(text: str) -> None:
    assert misspelled(text) == []


def test_a_wrong_letter_that_is_part_of_a_word_stays() -> None:
    said = "适老画展"
    assert mended(said, misspelled(said), spelled=0) == "适老化展"
    assert mended(said, misspelled(said), spelled=0b1100) == said  # 画展


def test_every_common_character_has_one_sound_and_near_sounds_meet() -> None:
    assert len(sounds()) > 6_700
    assert sound("户侧") == sound("户厕")
    assert sound("根") != sound("耕")
    assert near_sound("根") == near_sound("耕")
    assert near_sound("农") == near_sound("龙")
    assert near_sound("资") == near_sound("知")


@pytest.mark.parametrize(
    ("text", "context", "code"),
    [
        ("青龙水苦灌浆完了", WATER, "1"),
        ("围桥改了九座", ROADS, "A-2"),
        ("高标准浓田开工五万亩", FARMS, "11"),
        ("茶业加工厂建成两座", FARMS, "12"),
        ("中小学石堂改好十六个", SCHOOLS, "8"),
        ("学未新增一千个", SCHOOLS, "9"),
    ],
)
def test_a_task_is_found_by_how_its_name_sounds(text: str, context: Context, code: str) -> None:
    outcome = understand(text, INDEX, context)
    assert isinstance(outcome, Record)
    assert [item.task for item in outcome.items] == [code]
