"""The chat page and its API: who is there, what was said, speaking, moving the clock."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import simulator
from reporting.messages import Platform
from simulator.chat import Pressable
from simulator.server import Simulator
from simulator.stage import Outgoing
from tests.support.simulated import WECOM, MovableClock, Scene, a_scene

Answer = tuple[int, dict[str, object]]
PAGES = Path(simulator.__file__).parent / "pages"
WORDS = {"platform": "wecom", "user": "ZhangSan", "text": "完成80%"}


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with a_scene() as made:
        yield made


async def get(scene: Scene, path: str, **query: str) -> Answer:
    async with scene.client.get(f"{scene.base}{path}", params=query) as response:
        return response.status, await response.json()


async def post(scene: Scene, path: str, fields: object) -> Answer:
    async with scene.client.post(f"{scene.base}{path}", json=fields) as response:
        return response.status, await response.json()


def relative_luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((relative_luminance(one), relative_luminance(other)))
    return (high + 0.05) / (low + 0.05)


async def test_the_page_and_its_files_come_from_here_alone(scene: Scene) -> None:
    async with scene.client.get(scene.base) as response:
        page = await response.text()
        assert response.headers["Content-Security-Policy"] == "default-src 'self'"
    files = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert {"/pages/chat.js", "/pages/chat.css"} <= set(files)
    for file in files:
        async with scene.client.get(f"{scene.base}{file}") as response:
            assert response.status == 200
            assert "http" not in re.sub(r"http://www.w3.org/\S+", "", await response.text())


def test_the_page_keeps_the_names_that_tests_rely_on() -> None:
    page = (PAGES / "index.html").read_text()
    names = "person people chat say send clock forward-hour forward-day landmarks groups"
    assert all(f'id="{name}"' in page for name in names.split())


def test_every_field_of_the_page_has_a_label() -> None:
    page = (PAGES / "index.html").read_text()
    fields = re.findall(r'<(?:input|select|textarea) id="([^"]+)"', page)
    assert len(fields) == 3
    assert all(f'<label for="{name}"' in page for name in fields)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("#17252b", "#cfeade"),
        ("#4c5d64", "#ffffff"),
        ("#4c5d64", "#eaf0f0"),
        ("#4c5d64", "#cfeade"),
        ("#ffffff", "#0f5b57"),
        ("#dcefed", "#0f5b57"),
        ("#c7dedc", "#0a4441"),
        ("#9a3412", "#ffffff"),
        ("#1d4f91", "#f4f8f8"),
    ],
)
def test_colours_of_the_page_can_be_told_apart(text: str, ground: str) -> None:
    sheet = (PAGES / "chat.css").read_text()
    assert text == "#ffffff" or text in sheet
    assert ground in sheet
    assert contrast(text, ground) >= 4.5


async def test_the_state_names_people_groups_and_the_time(scene: Scene) -> None:
    scene.simulator.stage.show(Platform.WECOM, Outgoing(text="请报进度", user_id="LiSi"))
    _, state = await get(scene, "/api/state")
    assert (state["now"], state["movable"]) == ("2026-06-22T09:00:00+08:00", True)
    platforms = json.loads(json.dumps(state["platforms"]))
    assert [one["name"] for one in platforms] == ["企业微信", "钉钉"]
    assert [one["groups_reach_bot"] for one in platforms] == [False, True]
    assert platforms[0]["groups"] == ["县政府督办群"]
    people = {one["user_id"]: one for one in platforms[0]["people"]}
    assert (people["LiSi"]["received"], people["ZhangSan"]["received"]) == (1, 0)
    assert people["WangWu"]["role"] == "leader"


async def test_the_state_holds_no_secret(scene: Scene) -> None:
    _, state = await get(scene, "/api/state")
    shown = json.dumps(state, ensure_ascii=False)
    secrets = (WECOM.secret, WECOM.token, WECOM.encoding_aes_key, "wecom-key", "cidgroup==")
    assert not any(secret in shown for secret in secrets)


async def test_words_said_on_the_page_reach_the_bot(scene: Scene) -> None:
    status, answer = await post(scene, "/api/say", WORDS)
    assert (status, answer["acknowledged"], answer["attempts"]) == (200, True, 1)
    assert len(scene.bot.received) == 1
    _, shown = await get(scene, "/api/messages", platform="wecom", user="ZhangSan")
    messages = json.loads(json.dumps(shown["messages"]))
    assert [(one["text"], one["direction"]) for one in messages] == [("完成80%", "to_bot")]
    assert messages[0]["id"] == answer["chat_id"]


async def test_words_said_in_a_group_show_in_the_group(scene: Scene) -> None:
    words = {"platform": "dingtalk", "user": "WangWu", "text": "谁没报", "group": "县委督办群"}
    await post(scene, "/api/say", words)
    _, shown = await get(scene, "/api/groups")
    groups = json.loads(json.dumps(shown["groups"]))
    assert [len(group["messages"]) for group in groups] == [0, 1]
    _, shown = await get(scene, "/api/messages", platform="dingtalk", group="县委督办群")
    assert len(json.loads(json.dumps(shown["messages"]))) == 1
    _, everything = await get(scene, "/api/messages")
    assert everything["messages"] == shown["messages"]


@pytest.mark.parametrize(
    "changes",
    [
        {"platform": "qq"},
        {"user": ""},
        {"text": "  "},
        {"quote": "m99"},
        {"group": "县政府督办群"},
    ],
)
async def test_words_that_cannot_be_said_are_refused_in_chinese(
    scene: Scene, changes: dict[str, str]
) -> None:
    status, answer = await post(scene, "/api/say", WORDS | changes)
    assert status == 400
    assert re.search("[一-鿿]", str(answer["error"]))


async def test_an_unknown_platform_has_no_messages(scene: Scene) -> None:
    assert (await get(scene, "/api/messages", platform="qq"))[0] == 400


@pytest.mark.parametrize(
    ("step", "now"),
    [
        ({"days": 1}, "2026-06-23T09:00:00+08:00"),
        ({"hours": 1, "minutes": 30}, "2026-06-22T10:30:00+08:00"),
        ({"to": "cutoff"}, "2026-06-25T17:00:00+08:00"),
    ],
)
async def test_the_page_moves_the_clock(scene: Scene, step: dict[str, object], now: str) -> None:
    assert await post(scene, "/api/clock", step) == (200, {"now": now})
    _, state = await get(scene, "/api/state")
    assert state["now"] == now


@pytest.mark.parametrize(
    "step", [{}, [], {"days": -1}, {"days": 32}, {"days": 10**30}, {"to": "doomsday"}]
)
async def test_the_clock_takes_no_other_step(scene: Scene, step: object) -> None:
    status, answer = await post(scene, "/api/clock", step)
    assert (status, "error" in answer) == (400, True)


async def test_a_landmark_that_is_past_is_not_offered(scene: Scene) -> None:
    assert len(json.loads(json.dumps((await get(scene, "/api/state"))[1]["landmarks"]))) == 1
    await post(scene, "/api/clock", {"to": "cutoff"})
    assert (await get(scene, "/api/state"))[1]["landmarks"] == []


async def test_a_clock_that_cannot_be_moved_says_so(scene: Scene) -> None:
    fixed = Simulator(wecom=WECOM, dingtalk=None, clock=MovableClock())
    base = await fixed.start()
    try:
        async with scene.client.post(f"{base}/api/clock", json={"days": 1}) as response:
            assert response.status == 400
        async with scene.client.get(f"{base}/api/state") as response:
            assert (await response.json())["movable"] is False
    finally:
        await fixed.stop()


async def test_readers_hear_of_every_change_until_the_simulator_stops(scene: Scene) -> None:
    async with scene.client.get(f"{scene.base}/api/events") as response:
        first = json.loads((await response.content.readuntil(b"\n\n"))[6:])
        await post(scene, "/api/say", WORDS)
        second = json.loads((await response.content.readuntil(b"\n\n"))[6:])
        assert second["version"] > first["version"]
        stopping = asyncio.create_task(scene.simulator.stop())
        await asyncio.wait_for(response.content.read(), 2)
        await stopping


async def test_a_reader_who_leaves_is_forgotten(scene: Scene) -> None:
    async with scene.client.get(f"{scene.base}/api/events") as response:
        await response.content.readuntil(b"\n\n")
    for _ in range(3):
        await post(scene, "/api/say", WORDS)
    assert (await get(scene, "/api/state"))[0] == 200


async def test_a_port_in_use_is_reported_and_the_simulator_can_start_elsewhere(
    scene: Scene,
) -> None:
    other = Simulator(wecom=WECOM, dingtalk=None, clock=MovableClock())
    with pytest.raises(OSError, match="address already in use"):
        await other.start(port=int(scene.base.rpartition(":")[2]))
    assert (await other.start("0.0.0.0")).startswith("http://127.0.0.1:")
    await other.stop()


async def test_a_button_of_a_card_is_pressed_on_the_page(scene: Scene) -> None:
    buttons = (Pressable(key="1", label="第7项"),)
    scene.simulator.stage.show(
        Platform.WECOM,
        Outgoing(text="请选择", user_id="ZhangSan", card_key="q7-ab", buttons=buttons),
    )
    _, shown = await get(scene, "/api/messages", platform="wecom", user="ZhangSan")
    assert '"buttons": [{"key": "1", "label": "第7项", "of": ""}]' in json.dumps(
        shown, ensure_ascii=False
    )
    [card] = scene.simulator.chat.messages
    status, heard = await post(scene, "/api/press", {"message": card.id, "keys": ["1"]})
    assert (status, heard["acknowledged"]) == (200, True)
    for wrong in ({"message": "m9", "keys": ["1"]}, {"message": card.id, "keys": ["7"]}, {}):
        assert (await post(scene, "/api/press", wrong))[0] == 400
