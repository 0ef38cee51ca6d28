"""Sending as a DingTalk robot: one-to-one, to a group, and to a callback's session address.

Whom the robot cannot reach gets a work notification; a group may have a custom robot instead.
What people send the robot is fetched here too.
"""

from collections.abc import Awaitable, Mapping
from dataclasses import replace

import aiohttp
import structlog

from bot.platforms.channel import CardForm, DingTalkSettings
from bot.platforms.dingtalk.answer import read_answer
from bot.platforms.dingtalk.api import DingTalkApi, Request
from bot.platforms.dingtalk.body import (
    Body,
    compose_markdown,
    inner_bytes,
    parameter_bytes,
)
from bot.platforms.dingtalk.card import (
    compose_instance,
    compose_trial,
    new_looks,
    route_key,
    takes_cards,
)
from bot.platforms.dingtalk.message import trusted_session
from bot.platforms.dingtalk.notification import Notifications
from bot.platforms.dingtalk.webhook import Webhooks
from bot.platforms.exchange import Call, unreadable
from bot.platforms.outcome import Action, Reading, require_done, settle, settle_trouble
from bot.platforms.splitting import split_text
from reporting.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from reporting.messages import Address, AddressKind, Card, CardGrant, Delivery, DeliveryState
from reporting.ports import Budget, Clock, TokenCache

PERSON = AddressKind.PERSON
NO_WAY_BACK = (
    "填了 card_template_id，按钮点击却回不来：请设 stream，或填 card_callback_url 和 card_secret。"
)
TRIAL_FAILED = "卡片模板试建没有成功，请核对 card_template_id，模板须已发布并绑定本应用。"
SESSION_MARGIN = 30  # seconds before its end at which a session address is no longer used


log = structlog.get_logger()


class DingTalkSender:
    """Sends as one robot."""

    def __init__(
        self,
        settings: DingTalkSettings,
        session: aiohttp.ClientSession,
        tokens: TokenCache,
        budget: Budget,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._api = DingTalkApi(settings, session, tokens, budget)
        self._webhooks = Webhooks(settings, self._api, clock)
        self._notifications = Notifications(settings, self._api, clock)
        self._registered = False

    def parts(self, address: Address, text: str) -> tuple[str, ...]:
        """The text in parts whose msgParam stays within the limit, as it goes over the wire."""
        room = self._settings.text_bytes - parameter_bytes(Body(text=""))
        return split_text(text, room, inner_bytes)

    def repeatable(self, address: Address) -> bool:
        """DingTalk has no check for repeats, so an unknown try is never safe to repeat."""
        return False

    async def send(self, address: Address, part: str, *, again: bool, key: str = "") -> Delivery:
        """Send one part; a session address falls back to one-to-one on any definite failure."""
        return await _settled(self._send(address, Body(text=part)), address)

    async def send_card(self, address: Address, text: str, card: Card, *, key: str) -> Delivery:
        """Send a question in the best form that is set and taken: card, markdown, text."""
        return await _settled(self._send_question(address, text, card), address)

    async def renew_card(self, address: Address, text: str, card: Card) -> Delivery:
        """Put words in place of the buttons of a card."""
        looks = {"outTrackId": card.key, **new_looks(text)}
        request = Request(
            path="card/instances", payload=looks, success="success", repeatable=True, method="PUT"
        )
        return await _settled(self._api.call(request), address)

    async def check(self) -> Delivery:
        """Whether the platform gives us a token; if not, the detail says what to mend."""
        return await self._api.check()

    async def check_template(self) -> Delivery | None:
        """Make a card nobody gets; without a way back for presses no card is ever sent."""
        if not self._settings.card_template_id:
            return None
        if not takes_cards(self._settings):
            return Delivery(state=DeliveryState.REFUSED, code="no_way_back", detail=NO_WAY_BACK)
        request = Request(
            path="card/instances", payload=compose_trial(self._settings), success="success"
        )
        made = await _settled(self._api.call(request), Address(channel="", kind=PERSON, target=""))
        return replace(made, detail=f"{TRIAL_FAILED}{made.detail}") if made.code else made

    async def fetch_media(self, media_id: str, most: int) -> bytes:
        """The bytes of a file somebody sent the robot: its address is good for a short while."""
        asked = {"downloadCode": media_id, "robotCode": self._settings.robot_code}
        request = Request(
            path="robot/messageFiles/download",
            payload=asked,
            success="downloadUrl",
            repeatable=True,
        )
        located = await self._api.call(request)
        require_done(located)
        call = Call(url=located.reference, most=most, is_file=True)
        answer = await self._api.exchange.perform_idempotent(call)
        if answer.file is None:
            require_done(unreadable(answer))
        return answer.file or b""

    async def _send_question(self, address: Address, text: str, card: Card) -> Reading:
        """A form that is surely refused was not sent, so the next one is no repetition."""
        for form in self._settings.question_forms:
            reading = await self._try_form(form, address, text, card)
            if reading is None:
                continue
            if reading.action not in {Action.PAYLOAD, Action.OPERATOR}:
                return reading
            name, code = self._settings.channel, reading.code
            log.warning("form refused", action="form_refused", channel=name, form=form, code=code)
        return await self._send(address, Body(text=text))

    async def _try_form(
        self, form: CardForm, address: Address, text: str, card: Card
    ) -> Reading | None:
        """What came of one form; None where the question does not fit it."""
        if form == "card":
            instance = compose_instance(self._settings, address.target, text, card)
            usable = instance and address.target and takes_cards(self._settings)
            return await self._deliver_card(instance) if instance and usable else None
        marked = compose_markdown(text, card)
        if marked is None or parameter_bytes(marked) > self._settings.text_bytes:
            return None
        return await self._send(address, marked)

    async def _deliver_card(self, instance: Mapping[str, object]) -> Reading:
        """Make a card and put it before its reader; where presses go is told once before."""
        settings = self._settings
        if not settings.stream and not self._registered:
            route = {
                "callbackRouteKey": route_key(settings),
                "callbackUrl": settings.card_callback_url,
                "apiSecret": settings.card_secret,
                "forceUpdate": True,
            }
            told = Request(
                path="card/callbacks/register", payload=route, success="success", repeatable=True
            )
            reading = await self._api.call(told)
            if reading.action is not Action.DONE:
                return reading
            self._registered = True
        path = "card/instances/createAndDeliver"
        reading = await self._api.call(Request(path=path, payload=instance, success="outTrackId"))
        done = reading.action is Action.DONE
        return replace(reading, grant=CardGrant()) if done else reading

    async def _send(self, address: Address, body: Body) -> Reading:
        if address.kind is AddressKind.GROUP:
            return await self._send_to_group(address.target, body)
        url = self._usable_session(address)
        if url is None:
            return await self._send_to_person(address.target, body)
        waiting = await self._api.over_budget("session")
        if waiting:
            return waiting
        reading = await self._send_to_session(url, body)
        if reading.action in {Action.DONE, Action.UNSURE}:
            return reading
        return await self._send_to_person(address.target, body)

    def _usable_session(self, address: Address) -> str | None:
        """The session address while it lasts, if its host is one of those we trust."""
        if address.kind is not AddressKind.SESSION or not address.session_url:
            return None
        if address.session_until is not None:
            left = (address.session_until - self._clock.now()).total_seconds()
            if left < SESSION_MARGIN:
                return None
        return trusted_session(address.session_url, self._settings.session_hosts)

    async def _send_to_session(self, url: str, body: Body) -> Reading:
        """One try; what went wrong for certain is a reading, so that the caller can fall back."""
        call = Call(url=url, payload=body.webhook())
        try:
            return read_answer(await self._api.exchange.perform(call), "")
        except (DeliveryFailed, DeliveryRefused) as trouble:
            return Reading(action=Action.BACK_OFF, code=trouble.code, detail=str(trouble))

    async def _send_to_person(self, person: str, body: Body) -> Reading:
        if not person:
            detail = "对方不在本组织内，没有可用的账号，会话回复地址又已失效。"
            return Reading(action=Action.RECIPIENT, code="no_account", detail=detail)
        reading = await self._send_message("oToMessages/batchSend", {"userIds": [person]}, body)
        if reading.action is not Action.RECIPIENT or not self._settings.agent_id:
            return reading
        return await self._notifications.send(person, body)

    async def _send_to_group(self, group: str, body: Body) -> Reading:
        if group in self._settings.webhooks:
            return await self._webhooks.post(group, body)
        groups = self._settings.groups
        conversation = groups.get(group, group)
        if conversation not in groups.values() and not conversation.startswith("cid"):
            detail = f"没有为群“{group}”设置 openConversationId，请先添加。"
            return Reading(action=Action.OPERATOR, code="no_group", detail=detail)
        target = {"openConversationId": conversation}
        return await self._send_message("groupMessages/send", target, body)

    async def _send_message(self, path: str, target: Mapping[str, object], body: Body) -> Reading:
        payload = {
            "robotCode": self._settings.robot_code,
            **target,
            **body.template(),
        }
        return await self._api.call(
            Request(path=f"robot/{path}", payload=payload, success="processQueryKey")
        )


async def _settled(work: Awaitable[Reading], address: Address) -> Delivery:
    try:
        return settle(await work, address.target)
    except (DeliveryFailed, DeliveryRefused, DeliveryUnknown) as trouble:
        return settle_trouble(trouble)
