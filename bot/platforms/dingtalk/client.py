"""Sending as a DingTalk robot: one-to-one, to a group, and to a callback's session address."""

import json
from collections.abc import Mapping

import aiohttp

from bot.platforms.access import Access, check_access, over_budget
from bot.platforms.channel import DingTalkSettings
from bot.platforms.dingtalk.answer import read_answer
from bot.platforms.dingtalk.message import trusted_session
from bot.platforms.exchange import Call, Exchange, read_token
from bot.platforms.outcome import Action, Reading, require_done, settle, settle_trouble
from bot.platforms.splitting import split_text
from reporting.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from reporting.messages import Address, AddressKind, Delivery
from reporting.ports import Budget, Clock, Token, TokenCache

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
        self._budget = budget
        self._clock = clock
        self._exchange = Exchange(session, settings)
        self._name = f"dingtalk:{settings.app_key}"
        self._access = Access(tokens, self._name, self._fetch_token)

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
        return await check_access(self._fetch_token)

    async def _send(self, address: Address, part: str) -> Reading:
        if address.kind is AddressKind.GROUP:
            return await self._send_to_group(address.target, part)
        url = self._usable_session(address)
        if url is None:
            return await self._send_to_person(address.target, part)
        waiting = await self._over_budget("session")
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
            return read_answer(await self._exchange.perform(call), "")
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
        waiting = await self._over_budget(path)
        if waiting:
            return waiting
        payload = {
            "robotCode": self._settings.robot_code,
            **target,
            "msgKey": "sampleText",
            "msgParam": _parameter(part),
        }

        async def attempt(token: str) -> Reading:
            headers = {"x-acs-dingtalk-access-token": token}
            call = Call(url=self._url(f"robot/{path}"), headers=headers, payload=payload)
            return read_answer(await self._exchange.perform(call), "processQueryKey")

        return await self._access.run(attempt)

    async def _over_budget(self, path: str) -> Reading | None:
        return await over_budget(
            self._budget, ((f"{self._name}:{path}", self._settings.api_limits),)
        )

    async def _fetch_token(self) -> Token:
        """A new access token; the same one comes back while it lives."""
        secrets = {"appKey": self._settings.app_key, "appSecret": self._settings.app_secret}
        call = Call(url=self._url("oauth2/accessToken"), payload=secrets)
        answer = await self._exchange.perform_idempotent(call)
        require_done(read_answer(answer, "accessToken"))
        return read_token(answer, "accessToken", "expireIn")

    def _url(self, path: str) -> str:
        return f"{self._settings.api_base.rstrip('/')}/v1.0/{path}"


def sent_bytes(text: str) -> int:
    """The bytes of a text once it stands inside a JSON string."""
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "replace")) - 2


def _inner_bytes(text: str) -> int:
    """The bytes of a text inside msgParam, which is JSON inside JSON."""
    return sent_bytes(json.dumps(text, ensure_ascii=False)[1:-1])


def _parameter(text: str) -> str:
    return json.dumps({"content": text}, ensure_ascii=False)
