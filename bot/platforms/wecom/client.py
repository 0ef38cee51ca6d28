"""Sending through a WeCom app to a person, and through webhooks to groups [D 90236, 91770]."""

import hashlib

import aiohttp

from bot.platforms.access import Access, check_access, over_budget
from bot.platforms.channel import WeComSettings
from bot.platforms.exchange import Answer, Call, Exchange, read_token, unreadable
from bot.platforms.outcome import Action, Reading, require_done, settle, settle_trouble
from bot.platforms.reading import string
from bot.platforms.splitting import split_text
from bot.platforms.wecom.taxonomy import ERRORS, UNLICENSED, read_error
from reporting.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from reporting.messages import Address, AddressKind, Delivery
from reporting.ports import Budget, Token, TokenCache

DUPLICATE_CHECK = 14_400  # seconds; the longest the platform offers


class WeComSender:
    """Sends text to one WeCom app's people and groups."""

    def __init__(
        self,
        settings: WeComSettings,
        session: aiohttp.ClientSession,
        tokens: TokenCache,
        budget: Budget,
    ) -> None:
        self._settings = settings
        self._budget = budget
        self._exchange = Exchange(session, settings)
        self._name = f"wecom:{settings.corp_id}:{settings.agent_id}"
        self._access = Access(tokens, self._name, self._fetch_token)

    def parts(self, address: Address, text: str) -> tuple[str, ...]:
        """The text in parts of at most as many bytes as one message takes."""
        return split_text(text, self._settings.text_bytes)

    def repeatable(self, address: Address) -> bool:
        """The app's messages are checked for repeats by the platform, a webhook's are not."""
        return address.kind is not AddressKind.GROUP

    async def send(self, address: Address, part: str, *, again: bool, key: str = "") -> Delivery:
        """Send one part; a repeat with the same key is byte-identical and dropped by WeCom."""
        try:
            if address.kind is AddressKind.GROUP:
                reading = await self._send_to_group(address.target, part)
            else:
                reading = await self._send_to_person(address.target, part, key)
        except (DeliveryFailed, DeliveryRefused, DeliveryUnknown) as trouble:
            return settle_trouble(trouble)
        return settle(reading, address.target)

    async def check(self) -> Delivery:
        """Whether the platform gives us a token; if not, the detail says what to mend."""
        return await check_access(self._fetch_token)

    async def fetch_media(self, media_id: str, most: int) -> bytes:
        """The bytes of a file somebody sent to the app; kept for three days [D 90254]."""
        taken = b""

        async def attempt(token: str) -> Reading:
            nonlocal taken
            query = {"access_token": token, "media_id": media_id}
            call = Call(url=self._url("media/get"), query=query, most=most)
            answer = await self._exchange.perform_idempotent(call)
            if answer.status == 200 and answer.file is not None:
                taken = answer.file
                return Reading(action=Action.DONE)
            return read_answer(answer)

        require_done(await self._access.run(attempt))
        return taken

    async def _send_to_person(self, person: str, part: str, key: str) -> Reading:
        if not person or "|" in person or person.startswith("@"):
            return read_error("40003", "")  # "@all" and "a|b" would reach others
        claims = (
            (f"{self._name}:member:{person.lower()}", self._settings.member_limits),
            (f"{self._name}:api", self._settings.api_limits),
        )
        waiting = await over_budget(self._budget, claims)
        if waiting:
            return waiting
        payload = {
            "touser": person,
            "msgtype": "text",
            "agentid": self._settings.agent_id,
            "text": {"content": part},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": duplicate_interval(key),
        }

        async def attempt(token: str) -> Reading:
            call = Call(
                url=self._url("message/send"), query={"access_token": token}, payload=payload
            )
            return read_answer(await self._exchange.perform(call))

        return await self._access.run(attempt)

    async def _send_to_group(self, group: str, part: str) -> Reading:
        webhook_key = self._settings.groups.get(group)
        if webhook_key is None:
            detail = f"没有为群“{group}”设置 webhook，请先添加。"
            return Reading(action=Action.OPERATOR, code="no_group", detail=detail)
        claims = ((f"{self._name}:group:{group}", self._settings.group_limits),)
        waiting = await over_budget(self._budget, claims)
        if waiting:
            return waiting
        payload = {"msgtype": "text", "text": {"content": part}}
        call = Call(url=self._url("webhook/send"), query={"key": webhook_key}, payload=payload)
        return read_answer(await self._exchange.perform(call))

    async def _fetch_token(self) -> Token:
        """A new access token [D 91039]."""
        query = {"corpid": self._settings.corp_id, "corpsecret": self._settings.secret}
        call = Call(url=self._url("gettoken"), query=query)
        answer = await self._exchange.perform_idempotent(call)
        require_done(read_answer(answer))
        return read_token(answer, "access_token", "expires_in")

    def _url(self, path: str) -> str:
        return f"{self._settings.api_base.rstrip('/')}/cgi-bin/{path}"


def duplicate_interval(key: str) -> int:
    """The check's interval, different for different messages of the same words.

    WeCom drops a request whose JSON equals one of the last hours, so a second "帮助" would never
    be answered; a few minutes taken off the interval by key tell the two apart and cost nothing.
    """
    if not key:
        return DUPLICATE_CHECK
    return DUPLICATE_CHECK - int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % 3600


def read_answer(answer: Answer) -> Reading:
    """What an answer of any WeCom API means."""
    if answer.body is None or "errcode" not in answer.body:
        return unreadable(answer)
    code = str(answer.body["errcode"])
    if code != "0":
        return read_error(code, string(answer.body, "errmsg"))
    unlicensed = _people(string(answer.body, "unlicenseduser"))
    invalid = _people(string(answer.body, "invaliduser"))
    code, detail = "", ""
    if unlicensed or invalid:
        code = "unlicenseduser" if unlicensed else "invaliduser"
        detail = UNLICENSED if unlicensed else ERRORS["81013"].text
    return Reading(
        action=Action.DONE,
        code=code,
        reference=string(answer.body, "msgid"),
        missed=(*invalid, *unlicensed),
        detail=detail,
    )


def _people(joined: str) -> tuple[str, ...]:
    return tuple(person for person in joined.split("|") if person)
