"""Questions as interactive cards on DingTalk: pressed by HTTP or Stream, renewed, degraded."""

import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.app import Bot, open_bot, working
from bot.clock import MovableClock
from bot.platforms.channel import CallbackRequest
from bot.platforms.dingtalk.card import decode_press, sign_press
from reporting.errors import CallbackForged, CallbackRejected, CallbackStale
from reporting.messages import IncomingKind
from simulator.chat import ChatMessage
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.server import Simulator
from simulator.world import Patience
from storage.channels import ChannelRow
from storage.statistics import count_unfinished
from tests.support.callbacks import NOW
from tests.support.simulated import served
from tests.support.town import (
    CHANNELS,
    GROUP,
    MORNING,
    D,
    channel_settings,
    found_office,
    platforms,
)
from tests.support.town_at_work import Place, until

PERSON, ASKING = "Liaison01", "改造完成60%"
SECRET, TEMPLATE = "card-secret", "liaison-question.schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A DingTalk between a person and a bot at work."""

    simulator: Simulator
    bot: Bot

    def last(self) -> ChatMessage:
        """What the person sees last."""
        return self.simulator.chat.with_person(D, PERSON)[-1]

    async def ask(self, words: str = ASKING) -> ChatMessage:
        """He writes what may be two things: the bot's question."""
        assert (await self.simulator.say(D, PERSON, words)).acknowledged
        await self.settle()
        return self.last()

    async def press(self, card: ChatMessage, label: str) -> str:
        """He presses the first button that begins so; the bot's last answer."""
        key = next(one.key for one in card.buttons if one.label.startswith(label))
        assert (await self.simulator.press(card.id, key)).acknowledged
        await self.settle()
        return self.last().text

    def now(self, card: ChatMessage) -> ChatMessage:
        """The card as it looks now."""
        found = self.simulator.chat.find(card.id)
        assert found is not None
        return found

    def order(self, kind: FaultKind, endpoint: Endpoint, code: str = "") -> None:
        """Let the platform misbehave."""
        self.simulator.misbehave(Fault(kind=kind, endpoint=endpoint, code=code))

    async def settle(self) -> None:
        """Wait until every message is answered and every answer is out."""

        async def is_quiet() -> bool:
            return await count_unfinished(self.bot.store.engine) == 0

        await until(is_quiet)


@dataclass(slots=True)
class Gate:
    """An address known before the bot's is: hands on to it what comes."""

    client: aiohttp.ClientSession
    target: str = ""

    async def hand_on(self, request: web.Request) -> web.Response:
        """Ask the bot, and answer as it does."""
        told = {name: value for name, value in request.headers.items() if name.startswith("x-")}
        body = await request.read()
        async with self.client.post(self.target, headers=told, data=body) as answer:
            return web.Response(status=answer.status, body=await answer.read())


@asynccontextmanager
async def a_table(place: Place, *, stream: bool = False, **cards: str) -> AsyncIterator[Table]:
    """A bot at work whose DingTalk channel has these settings for cards."""
    clock = MovableClock(place.folder / "clock")
    clock.begin(MORNING)
    world = replace(platforms(Patience(pause=0.1))[1], stream=stream, card_template_id=TEMPLATE)
    simulator = Simulator(wecom=None, dingtalk=world, clock=clock)
    async with AsyncExitStack() as stack:
        base = await simulator.start()
        stack.push_async_callback(simulator.stop)
        gate = Gate(await stack.enter_async_context(aiohttp.ClientSession()))
        known = {**channel_settings(base)[D], "stream": stream, **cards}
        if cards and not stream:
            url = await stack.enter_async_context(served(gate.hand_on))
            known |= {"card_callback_url": url, "card_secret": SECRET}
        bot = await stack.enter_async_context(open_bot(place.settings, progress=lambda _: None))
        office_id = await found_office(bot, "青河县人民政府督查室", base)
        row = ChannelRow(name=CHANNELS[D], office_id=office_id, platform=D, settings=known)
        async with bot.store.unit_of_work(clock.now()) as work:
            await work.channels.save(row, [GROUP])
        address = await stack.enter_async_context(working(bot))
        gate.target = f"{address}/callbacks/{CHANNELS[D]}"
        simulator.set_callback(D, gate.target)
        yield Table(simulator=simulator, bot=bot)


@pytest.mark.parametrize("stream", [False, True])
async def test_a_button_answers_as_its_number_would_and_the_card_is_renewed(
    place: Place, stream: bool
) -> None:
    async with a_table(place, stream=stream, card_template_id=TEMPLATE) as table:
        card = await table.ask()
        assert card.kind == "interactive_card"
        first, second, *_, last = (one.label for one in card.buttons)
        assert first != second
        assert last == "都不是"
        told = await table.press(card, second)
        assert "已记录1项" in told
        assert second in told
        assert table.now(card).buttons == ()
        assert "已选2" in table.now(card).text


async def test_a_press_that_is_pushed_twice_or_forged_changes_nothing(place: Place) -> None:
    async with a_table(place, card_template_id=TEMPLATE) as table:
        card = await table.ask()
        table.order(FaultKind.BAD_SIGNATURE, Endpoint.DINGTALK_CALLBACK)
        assert (await table.simulator.press(card.id, "1")).status == 403
        assert table.now(card).buttons
        table.order(FaultKind.DUPLICATE, Endpoint.DINGTALK_CALLBACK)
        assert "没有记录" in await table.press(card, "都不是")
        answers = [one for one in table.simulator.chat.messages if "没有记录" in one.text]
        assert len(answers) == 1


async def test_an_old_card_never_answers_a_newer_question(place: Place) -> None:
    async with a_table(place, card_template_id=TEMPLATE) as table:
        old = await table.ask()
        table.order(FaultKind.REFUSED, Endpoint.DINGTALK_RENEWAL, "param.cardNotExist")
        new = await table.ask("改造完成65%")
        assert new.id != old.id
        assert "已经答过或已过期" in await table.press(old, "第")
        assert "已失效" in table.now(old).text
        assert "65%" in await table.press(new, "第")
        answered = await table.ask("改造完成70%")
        await table.ask("1")
        assert table.now(answered).buttons == ()
        assert "已选1" in table.now(answered).text


@pytest.mark.parametrize(
    ("kind", "endpoint", "code"),
    [
        (FaultKind.REFUSED, Endpoint.DINGTALK_CARD, "param.templateError"),
        (FaultKind.REFUSED, Endpoint.DINGTALK_ROUTE, "Forbidden.AccessDenied.x"),
        (FaultKind.PARTIAL, Endpoint.DINGTALK_CARD, ""),
    ],
)
async def test_a_card_that_is_refused_becomes_markdown_to_be_tapped(
    place: Place, kind: FaultKind, endpoint: Endpoint, code: str
) -> None:
    async with a_table(place, card_template_id=TEMPLATE) as table:
        table.order(kind, endpoint, code)
        asked = await table.ask()
        assert asked.kind == "markdown"
        assert "  \n1. 第" in asked.text, "a single newline breaks no line in markdown"
        first, second, *_, last = (one.key for one in asked.buttons)
        assert (first, second, last) == ("1", "2", "都不是")
        assert "已记录1项" in await table.press(asked, "1. 第")


async def test_markdown_that_is_refused_becomes_text(place: Place) -> None:
    async with a_table(place) as table:
        table.order(FaultKind.REFUSED, Endpoint.DINGTALK_SESSION, "400106")
        table.order(FaultKind.REFUSED, Endpoint.DINGTALK_PERSON, "invalidParameter.msgKey.invalid")
        asked = await table.ask()
        assert (asked.kind, asked.buttons) == ("text", ())
        assert "\n1. 第" in asked.text


async def test_a_question_in_a_group_has_no_buttons(place: Place) -> None:
    async with a_table(place, card_template_id=TEMPLATE) as table:
        assert (await table.simulator.say(D, PERSON, ASKING, group=GROUP)).acknowledged
        await table.settle()
        asked = table.simulator.chat.in_group(D, GROUP)[-1]
        assert (asked.kind, asked.buttons) == ("text", ())
        assert "\n1. 第" in asked.text


async def test_an_answer_that_comes_too_late_for_the_card_is_made_good_by_a_renewal(
    place: Place,
) -> None:
    async with a_table(place, card_template_id=TEMPLATE) as table:
        card = await table.ask()
        table.order(FaultKind.DROP_ACK, Endpoint.DINGTALK_CALLBACK)
        await table.simulator.press(card.id, "2")
        await table.settle()
        assert "已记录1项" in table.last().text
        assert table.now(card).buttons == ()
        assert "［已选2］" in table.now(card).text
        told = [one for one in table.simulator.chat.messages if "已记录1项" in one.text]
        assert len(told) == 1


async def test_a_renewal_that_fails_is_no_trouble_to_anybody(place: Place) -> None:
    async with a_table(place, card_template_id=TEMPLATE) as table:
        card = await table.ask()
        table.order(FaultKind.REFUSED, Endpoint.DINGTALK_RENEWAL, "param.cardNotExist")
        assert "已记录1项" in await table.press(card, "第")
        async with table.bot.store.unit_of_work(MORNING) as work:
            assert await work.alarms.all(1) == []


def pressed(body: object, *, at: float = NOW.timestamp(), secret: str = SECRET) -> CallbackRequest:
    """A press as it comes by HTTP."""
    timestamp = str(int(at * 1000))
    headers = {
        "x-ddpaas-signature": sign_press(secret, timestamp),
        "x-ddpaas-signature-timestamp": timestamp,
    }
    raw = json.dumps(body).encode()
    return CallbackRequest(method="POST", query={}, headers=headers, body=raw)


def press(content: str) -> dict[str, object]:
    return {"userId": "0123", "outTrackId": "q1-abc", "content": content}


def test_a_press_is_read_with_its_card_and_answered_with_new_looks() -> None:
    body = press('{"cardPrivateData": {"actionIds": ["none"], "params": {}}}')
    decoded = decode_press(SECRET, pressed(body), NOW, 3600)
    assert decoded.message is not None
    message = decoded.message
    assert (message.kind, message.text, message.quoted_key) == (
        IncomingKind.CHOICE,
        "都不是",
        "q1-abc",
    )
    assert json.loads(decoded.answer)["cardData"]["cardParamMap"]["buttons"] == "[]"


def test_a_press_of_another_secret_or_time_is_refused() -> None:
    body = press('{"cardPrivateData": {"actionIds": ["1"]}}')
    for secret, known in (("other", SECRET), (SECRET, "")):
        with pytest.raises(CallbackForged):
            decode_press(known, pressed(body, secret=secret), NOW, 3600)
    with pytest.raises(CallbackStale):
        decode_press(SECRET, pressed(body, at=NOW.timestamp() - 4000), NOW, 3600)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)


@given(JSON, JSON)
def test_whatever_a_press_holds_is_read_or_rejected(content: object, track: object) -> None:
    private = {"cardPrivateData": content}
    for inside in (json.dumps(content), json.dumps(private), json.dumps({"actionIds": content})):
        body = {"userId": "0123", "outTrackId": track, "content": inside}
        with contextlib.suppress(CallbackRejected):
            decode_press(SECRET, pressed(body), NOW, 3600)
