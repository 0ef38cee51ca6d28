"""Pictures, files and groups through WeCom, against the simulator with its limits."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Literal

import pytest

from bot.platforms.channel import WeComSettings
from bot.platforms.wecom.client import WeComSender
from bot.platforms.wecom.file import MEGABYTE, file_name, text_file
from reporting.messages import Address, AddressKind, Delivery, DeliveryState, Platform
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.world import Group
from tests.support.platform_server import FakeBudget, FakeTokens
from tests.support.simulated import WECOM, Scene, a_scene

W = Platform.WECOM
GROUP = WECOM.groups[0]
CHAT = Group(name="全县联络员群", key="chat-1")
PICTURE = b"\xff\xd8\xff"
DELIVERED, REFUSED = DeliveryState.DELIVERED, DeliveryState.REFUSED
LONG = "【六月摘要】\n" + "\n".join(f"第{n}项 城东污水处理厂提标改造完成60%" for n in range(200))


def to(target: str, kind: AddressKind = AddressKind.GROUP) -> Address:
    """A group or person of this channel."""
    return Address(channel="c", kind=kind, target=target)


def settings_of(scene: Scene) -> WeComSettings:
    """What an operator sets who makes no mistake."""
    return WeComSettings(
        channel="c",
        corp_id=WECOM.corp_id,
        agent_id=WECOM.agent_id,
        secret=WECOM.secret,
        token=WECOM.token,
        encoding_aes_key=WECOM.encoding_aes_key,
        groups={GROUP.name: GROUP.key},
        chats={CHAT.name: CHAT.key},
        api_base=f"{scene.base}/wecom",
    )


def sender_of(scene: Scene, settings: WeComSettings | None = None) -> WeComSender:
    """A sender with these settings, else the right ones."""
    made = settings or settings_of(scene)
    return WeComSender(made, scene.client, FakeTokens(), FakeBudget())


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with a_scene(wecom=replace(WECOM, chats=(CHAT,)), dingtalk=None) as made:
        yield made


def said(scene: Scene) -> list[tuple[str, str]]:
    """What was shown: kind and words."""
    return [(one.kind, one.text) for one in scene.simulator.chat.messages]


@pytest.mark.parametrize(
    "address", [to(GROUP.name), to(CHAT.name), to("ZhangSan", AddressKind.PERSON)]
)
async def test_w16_a_file_with_a_chinese_name_arrives_under_it(
    scene: Scene, address: Address
) -> None:
    delivery = await sender_of(scene).send_file(
        address, "六月督查通报（定稿）.docx", b"PK document"
    )
    assert delivery.state is DELIVERED
    assert said(scene) == [("file", "[file] 六月督查通报（定稿）.docx")]
    [kept] = scene.simulator.stage.media.files.values()
    assert kept.data == b"PK document"


@pytest.mark.parametrize(
    ("target", "size", "kind", "state"),
    [
        (GROUP.name, 2 * MEGABYTE, "image", DELIVERED),
        (GROUP.name, 2 * MEGABYTE + 1, "file", DELIVERED),
        (CHAT.name, 10 * MEGABYTE, "image", DELIVERED),
        (CHAT.name, 10 * MEGABYTE + 1, "file", DELIVERED),
        (GROUP.name, 20 * MEGABYTE, "file", DELIVERED),
        (GROUP.name, 20 * MEGABYTE + 1, "", REFUSED),
        (CHAT.name, 5, "", REFUSED),
    ],
)
async def test_w16_pictures_and_files_go_out_up_to_their_limits(
    scene: Scene, target: str, size: int, kind: str, state: DeliveryState
) -> None:
    data = (PICTURE + bytes(size))[:size]
    delivery = await sender_of(scene).send_file(to(target), "现场.jpg", data)
    assert delivery.state is state
    assert [one for one, _ in said(scene)] == ([kind] if kind else [])
    assert bool(delivery.detail) == (state is REFUSED)


async def test_w16_a_long_digest_goes_as_its_beginning_and_a_file(scene: Scene) -> None:
    sender = sender_of(scene, replace(settings_of(scene), long_as_file=True))
    head, whole = sender.parts(to(GROUP.name), LONG)
    assert len(head.encode()) <= 2048
    assert head.endswith("全文见下面的文件。")
    assert whole == LONG
    for part in (head, whole):
        assert (await sender.send(to(GROUP.name), part, again=False)).state is DELIVERED
    assert said(scene)[1] == ("file", "[file] 六月摘要.txt")
    [kept] = scene.simulator.stage.media.files.values()
    assert kept.data.decode("utf-8-sig") == LONG
    assert len(sender_of(scene).parts(to(GROUP.name), LONG)) > 2, "where it is set only"
    assert sender.parts(to(GROUP.name), "短") == ("短",)


@pytest.mark.parametrize("form", ["markdown", "markdown_v2"])
async def test_a_group_is_written_to_in_the_form_that_is_set(
    scene: Scene, form: Literal["markdown", "markdown_v2"]
) -> None:
    sender = sender_of(scene, replace(settings_of(scene), group_form=form))
    assert (await sender.send(to(GROUP.name), "1. 第7项", again=False)).state is DELIVERED
    refusal = Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.WECOM_WEBHOOK, code="40008")
    scene.simulator.misbehave(refusal)
    assert (await sender.send(to(GROUP.name), "1. 第8项", again=False)).state is DELIVERED
    assert said(scene) == [(form, "> 1. 第7项"), ("text", "1. 第8项")]


async def test_a_chat_of_the_apps_own_needs_no_webhook(scene: Scene) -> None:
    delivery = await sender_of(scene, replace(settings_of(scene), groups={})).send(
        to(CHAT.name), "本月通报", again=False
    )
    assert delivery.state is DELIVERED
    assert scene.simulator.chat.messages[-1].group == CHAT.name


@pytest.mark.parametrize("code", ["86001", "86003", "86008", "48002"])
async def test_a_chat_whose_conditions_do_not_hold_is_told_with_the_remedy(
    scene: Scene, code: str
) -> None:
    fault = Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.WECOM_APPCHAT, code=code)
    scene.simulator.misbehave(fault)
    delivery = await sender_of(scene).send(to(CHAT.name), "本月通报", again=False)
    assert (delivery.state, delivery.code) == (REFUSED, code)
    assert "未收录" not in delivery.detail


@pytest.mark.parametrize(
    ("kind", "code", "state"),
    [
        (FaultKind.REFUSED, "44001", REFUSED),
        (FaultKind.SERVER_ERROR, "", DeliveryState.RETRY),
        (FaultKind.HTML, "", DeliveryState.RETRY),
    ],
)
async def test_an_upload_that_fails_sends_nothing(
    scene: Scene, kind: FaultKind, code: str, state: DeliveryState
) -> None:
    scene.simulator.misbehave(Fault(kind=kind, endpoint=Endpoint.WECOM_UPLOAD, code=code))
    delivery: Delivery = await sender_of(scene).send_file(to(GROUP.name), "a.txt", b"content")
    assert delivery.state is state
    assert said(scene) == []


async def test_a_file_for_an_unknown_group_is_refused_by_name(scene: Scene) -> None:
    delivery = await sender_of(scene).send_file(to("无此群"), "a.txt", b"content")
    assert (delivery.state, delivery.code) == (REFUSED, "no_group")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ('六月/通报:"定稿".docx', "六月 通报  定稿.docx"),
        ("通报", "通报"),
        (".docx", "文件.docx"),
        ("长" * 100 + ".pdf", "长" * 60 + ".pdf"),
    ],
)
def test_w16_a_name_is_one_that_any_client_can_store(words: str, name: str) -> None:
    assert file_name(words) == name


def test_a_long_text_is_named_by_its_first_line() -> None:
    assert text_file("【六月摘要】\n一、……")[0] == "六月摘要.txt"
