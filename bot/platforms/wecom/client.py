"""Sending through a WeCom app to a person, and through webhooks to groups [D 90236, 91770]."""

import hashlib
from collections.abc import Awaitable, Iterator, Mapping

import aiohttp
import structlog

from bot.platforms.access import check_access, over_budget
from bot.platforms.channel import WeComSettings
from bot.platforms.outcome import Action, Reading, settle, settle_trouble
from bot.platforms.splitting import split_text
from bot.platforms.wecom.api import AppApi
from bot.platforms.wecom.card import compose_markdown, compose_template_card
from bot.platforms.wecom.file import Way, as_uploaded, check_file
from bot.platforms.wecom.group import GroupDesk
from bot.platforms.wecom.taxonomy import read_error
from reporting.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown
from reporting.messages import Address, AddressKind, Card, Delivery
from reporting.ports import Budget, TokenCache

DUPLICATE_CHECK = 14_400  # seconds; the longest the platform offers

log = structlog.get_logger()


class WeComSender:
    """Sends to one WeCom app's people and groups."""

    def __init__(
        self,
        settings: WeComSettings,
        session: aiohttp.ClientSession,
        tokens: TokenCache,
        budget: Budget,
    ) -> None:
        self._settings = settings
        self._budget = budget
        self._api = AppApi(settings, session, tokens)
        self._groups = GroupDesk(settings, self._api, budget)

    def parts(self, address: Address, text: str) -> tuple[str, ...]:
        """The text in parts of at most as many bytes as one message takes."""
        if address.kind is AddressKind.GROUP:
            return self._groups.parts(address.target, text)
        return split_text(text, self._settings.text_bytes)

    def repeatable(self, address: Address) -> bool:
        """The app's messages are checked for repeats by the platform, a webhook's are not.

        A card's permission is for one use: a second one does nothing.
        """
        return address.kind is not AddressKind.GROUP

    async def send(self, address: Address, part: str, *, again: bool, key: str = "") -> Delivery:
        """Send one part; a repeat with the same key is byte-identical and dropped by WeCom."""
        if address.kind is AddressKind.GROUP:
            return await _settled(self._groups.send(address.target, part), address)
        return await _settled(self._send_to_person(address.target, _as_text(part), key), address)

    async def send_card(self, address: Address, text: str, card: Card, *, key: str) -> Delivery:
        """Send a question in the best form that is set and taken: card, markdown, text."""
        return await _settled(self._send_question(address.target, text, card, key), address)

    async def renew_card(self, address: Address, text: str, card: Card) -> Delivery:
        """Put words in place of the buttons, by the press's permission: 72 hours, one use."""
        payload = {
            "userids": [address.target],
            "agentid": self._settings.agent_id,
            "response_code": address.session_url or "",
            "button": {"replace_name": text},
        }
        return await _settled(self._api.post("message/update_template_card", payload), address)

    async def send_file(self, address: Address, name: str, data: bytes) -> Delivery:
        """Send a picture or file to a person or group."""
        if address.kind is AddressKind.GROUP:
            return await _settled(self._groups.send_file(address.target, name, data), address)
        return await _settled(self._send_file_to_person(address.target, name, data), address)

    async def check(self) -> Delivery:
        """Whether the platform gives us a token; if not, the detail says what to mend."""
        return await check_access(self._api.fetch_token)

    async def fetch_media(self, media_id: str, most: int) -> bytes:
        """The bytes of a file somebody sent to the app; kept for three days [D 90254]."""
        answer = await self._api.fetch("media/get", {"media_id": media_id}, most)
        return answer.file or b""

    async def _send_file_to_person(self, person: str, name: str, data: bytes) -> Reading:
        file = check_file(name, data, Way.APP)
        media_id = await self._api.upload(file)
        return await self._send_to_person(person, as_uploaded(file, media_id), media_id)

    async def _send_question(self, person: str, text: str, card: Card, key: str) -> Reading:
        """A form that is surely refused was not sent, so the next one is no repetition."""
        for form, message in self._forms(text, card):
            reading = await self._send_to_person(person, message, key)
            if reading.action not in {Action.PAYLOAD, Action.OPERATOR}:
                return reading
            name = self._settings.channel
            log.warning(
                "form refused", action="form_refused", channel=name, form=form, code=reading.code
            )
        return await self._send_to_person(person, _as_text(text), key)

    def _forms(self, text: str, card: Card) -> Iterator[tuple[str, Mapping[str, object]]]:
        """The forms of a question that are set and fit, the best first."""
        composed = compose_template_card(card)
        marked = compose_markdown(text)
        for form in self._settings.question_forms:
            if form == "template_card" and composed:
                yield form, {"msgtype": form, form: composed}
            elif form == "markdown" and len(marked.encode()) <= self._settings.text_bytes:
                yield form, {"msgtype": form, form: {"content": marked}}

    async def _send_to_person(
        self, person: str, message: Mapping[str, object], key: str
    ) -> Reading:
        if not person or "|" in person or person.startswith("@"):
            return read_error("40003", "")  # "@all" and "a|b" would reach others
        claims = (
            (f"{self._api.name}:member:{person.lower()}", self._settings.member_limits),
            (f"{self._api.name}:api", self._settings.api_limits),
        )
        waiting = await over_budget(self._budget, claims)
        if waiting:
            return waiting
        payload = {
            "touser": person,
            "agentid": self._settings.agent_id,
            **message,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": duplicate_interval(key),
        }
        return await self._api.post("message/send", payload)


def _as_text(part: str) -> Mapping[str, object]:
    return {"msgtype": "text", "text": {"content": part}}


async def _settled(work: Awaitable[Reading], address: Address) -> Delivery:
    try:
        return settle(await work, address.target)
    except (DeliveryFailed, DeliveryRefused, DeliveryUnknown) as trouble:
        return settle_trouble(trouble)


def duplicate_interval(key: str) -> int:
    """The check's interval, different for different messages of the same words.

    WeCom drops a request whose JSON equals one of the last hours, so a second "帮助" would never
    be answered; a few minutes taken off the interval by key tell the two apart and cost nothing.
    """
    if not key:
        return DUPLICATE_CHECK
    return DUPLICATE_CHECK - int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % 3600
