"""Sending as a DingTalk robot: one-to-one, to a group, and to a callback's session address.

What people send the robot is fetched here too.
"""

import json
from collections.abc import Mapping

import aiohttp

from bot.platforms.channel import DingTalkSettings
from bot.platforms.dingtalk.answer import read_answer
from bot.platforms.dingtalk.api import DingTalkApi, Request
from bot.platforms.dingtalk.message import trusted_session
from bot.platforms.exchange import Call, unreadable
from bot.platforms.outcome import Action, Reading, require_done, settle, settle_trouble
from bot.platforms.splitting import split_text
from reporting.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from reporting.messages import Address, AddressKind, Delivery
from reporting.ports import Budget, Clock, TokenCache

SESSION_MARGIN = 30  # seconds before its end at which a session address is no longer used


class DingTalkSender:
    """Sends text as one robot."""

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

    def parts(self, address: Address, text: str) -> tuple[str, ...]:
        """The text in parts whose msgParam stays within the limit, as it goes over the wire."""
        overhead = sent_bytes(_parameter("")) + 2
        return split_text(text, self._settings.text_bytes - overhead, _inner_bytes)

    def repeatable(self, address: Address) -> bool:
        """DingTalk has no check for repeats, so an unknown try is never safe to repeat."""
        return False

    async def send(self, address: Address, part: str, *, again: bool, key: str = "") -> Delivery:
        """Send one part; a session address falls back to one-to-one on any definite failure."""
        try:
            return settle(await self._send(address, part), address.target)
        except (DeliveryFailed, DeliveryRefused, DeliveryUnknown) as trouble:
            return settle_trouble(trouble)

    async def check(self) -> Delivery:
        """Whether the platform gives us a token; if not, the detail says what to mend."""
        return await self._api.check()

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

    async def _send(self, address: Address, part: str) -> Reading:
        if address.kind is AddressKind.GROUP:
            return await self._send_to_group(address.target, part)
        url = self._usable_session(address)
        if url is None:
            return await self._send_to_person(address.target, part)
        waiting = await self._api.over_budget("session")
        if waiting:
            return waiting
        reading = await self._send_to_session(url, part)
        if reading.action in {Action.DONE, Action.UNSURE}:
            return reading
        return await self._send_to_person(address.target, part)

    def _usable_session(self, address: Address) -> str | None:
        """The session address while it lasts, if its host is one of those we trust."""
        if address.kind is not AddressKind.SESSION or not address.session_url:
            return None
        if address.session_until is not None:
            left = (address.session_until - self._clock.now()).total_seconds()
            if left < SESSION_MARGIN:
                return None
        return trusted_session(address.session_url, self._settings.session_hosts)

    async def _send_to_session(self, url: str, part: str) -> Reading:
        """One try; what went wrong for certain is a reading, so that the caller can fall back."""
        call = Call(url=url, payload={"msgtype": "text", "text": {"content": part}})
        try:
            return read_answer(await self._api.exchange.perform(call), "")
        except (DeliveryFailed, DeliveryRefused) as trouble:
            return Reading(action=Action.BACK_OFF, code=trouble.code, detail=str(trouble))

    async def _send_to_person(self, person: str, part: str) -> Reading:
        if not person:
            detail = "对方不在本组织内，没有可用的账号，会话回复地址又已失效。"
            return Reading(action=Action.RECIPIENT, code="no_account", detail=detail)
        return await self._send_message("oToMessages/batchSend", {"userIds": [person]}, part)

    async def _send_to_group(self, group: str, part: str) -> Reading:
        groups = self._settings.groups
        conversation = groups.get(group, group)
        if conversation not in groups.values() and not conversation.startswith("cid"):
            detail = f"没有为群“{group}”设置 openConversationId，请先添加。"
            return Reading(action=Action.OPERATOR, code="no_group", detail=detail)
        target = {"openConversationId": conversation}
        return await self._send_message("groupMessages/send", target, part)

    async def _send_message(self, path: str, target: Mapping[str, object], part: str) -> Reading:
        payload = {
            "robotCode": self._settings.robot_code,
            **target,
            "msgKey": "sampleText",
            "msgParam": _parameter(part),
        }
        return await self._api.call(
            Request(path=f"robot/{path}", payload=payload, success="processQueryKey")
        )


def sent_bytes(text: str) -> int:
    """The bytes of a text once it stands inside a JSON string."""
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "replace")) - 2


def _inner_bytes(text: str) -> int:
    """The bytes of a text inside msgParam, which is JSON inside JSON."""
    return sent_bytes(json.dumps(text, ensure_ascii=False)[1:-1])


def _parameter(text: str) -> str:
    return json.dumps({"content": text}, ensure_ascii=False)
