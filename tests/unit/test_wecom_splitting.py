"""Cutting texts into parts, in the bytes that are sent."""

import json
import re
from dataclasses import replace

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.dingtalk.client import DingTalkSender
from bot.platforms.exchange import compose
from bot.platforms.splitting import split_text, utf8
from bot.platforms.wecom.client import WeComSender
from reporting.messages import Address, AddressKind
from tests.support.callbacks import DINGTALK, WECOM
from tests.support.platform_server import FakeBudget, FakeClock, FakeTokens

PERSON = Address(channel="c", kind=AddressKind.PERSON, target="p")
MARK = re.compile(r"（(\d+)/(\d+)）\n")
FAMILY = "👨‍👩‍👧‍👦"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=400) | st.text(
    st.sampled_from("督查\n，。1;👍🏽\u0301\u200d "), max_size=400
)


def bare(parts: tuple[str, ...]) -> list[str]:
    """The parts without their marks, which must count them."""
    if len(parts) == 1:
        return list(parts)
    marks = [MARK.match(part) for part in parts]
    assert [mark.groups() for mark in marks if mark] == [
        (str(at), str(len(parts))) for at in range(1, len(parts) + 1)
    ]
    return [MARK.sub("", part, count=1) for part in parts]


@pytest.mark.parametrize("limit", [2048, 4096])
def test_w11_a_chinese_text_of_exactly_the_limit_stays_whole(limit: int) -> None:
    whole = "督" * (limit // 3) + "a" * (limit % 3)
    assert utf8(whole) == limit
    assert split_text(whole, limit) == (whole,)
    assert len(split_text(whole + "a", limit)) == 2


@pytest.mark.parametrize("limit", [2048, 4096])
def test_w11_a_list_is_cut_between_items_and_each_part_is_as_full_as_can_be(limit: int) -> None:
    items = [f"{number}. 第{number}项：污水处理厂提标改造，进度 {number}%" for number in range(200)]
    parts = split_text("\n".join(items), limit)
    assert "\n".join(bare(parts)).split("\n") == items
    for part in parts:
        assert utf8(part) <= limit
    for part in parts[:-1]:
        assert utf8(part) > limit - 100


def test_a_long_line_is_cut_after_a_full_stop_if_one_is_near() -> None:
    line = "完成主体工程。" * 20 + "其余在建，" * 20
    parts = bare(split_text(line, 300))
    assert "".join(parts) == line
    assert all(part.endswith(("。", "，")) for part in parts)


def test_a_character_of_several_code_points_stays_whole() -> None:
    parts = bare(split_text(FAMILY * 60, 300))
    assert set("".join(parts).replace(FAMILY, "")) == set()
    assert all(part.count("👨") == part.count("👦") for part in parts)


def test_a_blank_text_is_still_one_part() -> None:
    assert split_text("", 2048) == ("",)
    assert split_text("\n\n", 2048) == ("",)


@settings(max_examples=300, deadline=None)
@given(text=texts, limit=st.integers(40, 300))
def test_no_part_is_too_long_and_nothing_is_lost(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert parts == split_text(text, limit)
    assert all(utf8(part) <= limit for part in parts)
    assert "".join(bare(parts)).replace("\n", "") == text.replace("\n", "")


async def test_d10_the_bytes_on_the_wire_stay_within_the_limit() -> None:
    nasty = '督查"\\\n' * 4000
    async with aiohttp.ClientSession() as session:
        sender = DingTalkSender(DINGTALK, session, FakeTokens(), FakeBudget(), FakeClock())
        parts = sender.parts(PERSON, nasty)
    assert len(parts) > 1
    for part in parts:
        parameter = json.dumps({"content": part}, ensure_ascii=False)
        assert len(compose({"msgParam": parameter})) - len(compose({"msgParam": ""})) <= 15_000
    assert "".join(bare(parts)).replace("\n", "") == nasty.replace("\n", "")


async def test_w11_both_addresses_of_a_wecom_channel_take_2048_bytes() -> None:
    async with aiohttp.ClientSession() as session:
        sender = WeComSender(replace(WECOM, text_bytes=2048), session, FakeTokens(), FakeBudget())
        for kind in (AddressKind.PERSON, AddressKind.GROUP):
            parts = sender.parts(replace(PERSON, kind=kind), "督查督办\n" * 500)
            assert len(parts) == 4
            assert max(map(utf8, parts)) <= 2048
