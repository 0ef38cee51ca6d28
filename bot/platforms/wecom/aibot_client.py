"""Sending as a WeCom group robot: to a callback's response_url, or over the long connection.

Without the long connection a robot can only answer, once for each message and within an hour.
"""

from collections.abc import Mapping

from bot.platforms.access import over_budget
from bot.platforms.channel import AibotLine, AibotSettings, Outside
from bot.platforms.exchange import Call, Exchange, unreadable
from bot.platforms.outcome import Action, Reading, require_done, settle, settle_trouble
from bot.platforms.sealed import SealedBody
from bot.platforms.splitting import split_text
from bot.platforms.wecom.aibot_message import REQUEST
from bot.platforms.wecom.answer import read_answer, read_body
from bot.platforms.wecom.card import compose_markdown, compose_template_card
from bot.platforms.wecom.codec import ADVICE
from reporting.errors import CallbackMalformed, DeliveryFailed, DeliveryRefused, DeliveryUnknown
from reporting.messages import Address, AddressKind, Card, Delivery, DeliveryState

PERSON, GROUP = 1, 2
Content = Mapping[str, object]


class AibotSender:
    """Sends as one robot."""

    def __init__(self, settings: AibotSettings, outside: Outside) -> None:
        self._settings, self._outside = settings, outside
        self._exchange = Exchange(outside.session, settings)
        self._name = f"aibot:{settings.bot_id}"

    def parts(self, address: Address, text: str) -> tuple[str, ...]:
        """The text in parts of at most as many bytes as one message takes."""
        return split_text(text, self._settings.text_bytes)

    def repeatable(self, address: Address) -> bool:
        """No repeat is dropped by the platform."""
        return False

    async def send(self, address: Address, part: str, *, again: bool, key: str = "") -> Delivery:
        """Send one part as markdown, the only text a robot may begin with."""
        return await self._send(address, _as_markdown(part))

    async def send_card(self, address: Address, text: str, card: Card, *, key: str) -> Delivery:
        """Send a question as a card; where it is surely refused, as text."""
        composed = compose_template_card(card)
        if composed and "template_card" in self._settings.question_forms:
            content = {"msgtype": "template_card", "template_card": composed}
            delivery = await self._send(address, content)
            # The one use of a response_url may be gone with it: then there is nothing to fall to.
            if delivery.state is not DeliveryState.REFUSED:
                return delivery
        return await self._send(address, _as_markdown(text))

    async def renew_card(self, address: Address, text: str, card: Card) -> Delivery:
        """Nothing is left to do: the press itself was answered with the renewed card, or never."""
        return Delivery(state=DeliveryState.DELIVERED)

    async def check(self) -> Delivery:
        """A robot's secret is looked at only when it connects: whether it is connected."""
        line = self._outside.line
        if not self._settings.stream or line is None or await line.is_held(self._name):
            return Delivery(state=DeliveryState.DELIVERED)
        detail = "长连接没有建立：请确认 liaison-bot run 在运行，并核对 bot_id 与 secret。"
        return Delivery(state=DeliveryState.RETRY, code="not_connected", detail=detail)

    async def fetch_media(self, media_id: str, most: int) -> bytes:
        """The bytes of a file: its address is good for five minutes, its body is encrypted."""
        url, _, key = media_id.partition(" ")
        body = SealedBody((key or self._settings.encoding_aes_key).rstrip("="), ADVICE)
        call = Call(url=url, most=most + 64, is_file=True)
        answer = await self._exchange.perform_idempotent(call)
        if answer.file is None:
            require_done(unreadable(answer))
        try:
            return body.open_file(answer.file or b"")
        except CallbackMalformed:
            raise DeliveryRefused("文件解不开密", code="media_key") from None

    async def _send(self, address: Address, content: Content) -> Delivery:
        try:
            return settle(await self._read(address, content), address.target)
        except (DeliveryFailed, DeliveryRefused, DeliveryUnknown) as trouble:
            return settle_trouble(trouble)

    async def _read(self, address: Address, content: Content) -> Reading:
        session = self._session(address)
        chat = self._settings.groups.get(address.target, "") if _is_group(address) else ""
        if _is_group(address) and not chat:
            detail = f"没有为群“{address.target}”设置 chatid，请先添加。"
            return Reading(action=Action.OPERATOR, code="no_group", detail=detail)
        claims = ((f"{self._name}:{chat or address.target.lower()}", self._settings.chat_limits),)
        waiting = await over_budget(self._outside.budget, claims)
        if waiting:
            return waiting
        if session is not None and not session.startswith(REQUEST):
            return read_answer(await self._exchange.perform(Call(url=session, payload=content)))
        line = self._outside.line
        if not self._settings.stream or line is None:
            detail = "智能机器人的回调方式只能在一小时内回答一次，不能主动发送；请改用长连接。"
            return Reading(action=Action.OPERATOR, code="no_push", detail=detail)
        return await self._over(line, address, chat, content, session)

    async def _over(
        self, line: AibotLine, address: Address, chat: str, content: Content, session: str | None
    ) -> Reading:
        """Over the long connection, which another process may hold."""
        if session is not None:
            headers = {"req_id": session.removeprefix(REQUEST)}
            frame = {"cmd": "aibot_respond_msg", "headers": headers, "body": content}
            reading = read_body(await line.ask(self._name, frame))
            # An answer that came too late for its message is said to him alone.
            if reading.action not in {Action.PAYLOAD, Action.OPERATOR}:
                return reading
        to = {"chatid": chat or address.target, "chat_type": GROUP if chat else PERSON}
        return read_body(
            await line.ask(self._name, {"cmd": "aibot_send_msg", "body": {**to, **content}})
        )

    def _session(self, address: Address) -> str | None:
        until = address.session_until
        if address.session_url is None or until is None or until <= self._outside.clock.now():
            return None
        return address.session_url


def _is_group(address: Address) -> bool:
    return address.kind is AddressKind.GROUP


def _as_markdown(text: str) -> Content:
    return {"msgtype": "markdown", "markdown": {"content": compose_markdown(text)}}
