"""A WeCom group robot (智能机器人) on loopback: encrypted JSON or one long connection (100719).

In groups it hears only who mentions it, and only texts with pictures and quotes.
"""

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import xmltodict
from aiohttp import web
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from wechatpy.enterprise.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException

from reporting.messages import Platform
from reporting.ports import Limit
from simulator.aibot_line import AibotLine, Asked, renew_card
from simulator.chat import ChatMessage, Direction
from simulator.courier import Courier, Letter, Spoken
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.stage import Outgoing, Stage, answer, as_ordered
from simulator.wecom_card import buttons_of, words_of
from simulator.world import SimulatedAibot, find_group

_MEDIA_LIFE, _URL_LIFE = timedelta(minutes=5), timedelta(hours=1)


class SimulatedRobot:
    """Plays the robot's platform towards the bot."""

    def __init__(self, world: SimulatedAibot, stage: Stage, courier: Courier) -> None:
        self._world, self._stage, self._courier = world, stage, courier
        self._crypto = WeChatCrypto(world.token, world.encoding_aes_key, "")
        self._answerable: dict[str, Asked] = {}
        self._files: dict[str, tuple[bytes, datetime]] = {}
        self.line = AibotLine(world=world, stage=stage, show=self._show)
        self.url = world.callback_url

    def routes(self) -> list[web.RouteDef]:
        """The long connection, the addresses of answers and of files."""
        stage = self._stage
        said = as_ordered(stage, Endpoint.AIBOT_ANSWER, self._take_answer)
        file = as_ordered(stage, Endpoint.AIBOT_MEDIA, self._give_file)
        return [
            web.get("/aibot/connect", self.line.connect),
            web.post("/aibot/response", said),
            web.get("/aibot/media/{key}", file),
        ]

    async def say(
        self, user_id: str, text: str, quoted: ChatMessage | None, group: str | None
    ) -> Spoken:
        """A person writes to the robot; in a group he mentions it."""
        words = f"@{self._world.app_name} {text}" if group else text
        body: dict[str, object] = {"msgtype": "text", "text": {"content": words}}
        if quoted is not None:
            body["quote"] = {"msgtype": "text", "text": {"content": quoted.text}}
        return await self.send(user_id, body, text=text, group=group)

    async def send(
        self, user_id: str, body: Mapping[str, object], *, text: str = "", group: str | None = None
    ) -> Spoken:
        """A person sends anything: `body` holds the message's own fields."""
        key = secrets.token_hex(16)
        message = ChatMessage(
            id=self._stage.chat.next_id(),
            platform=Platform.AIBOT,
            direction=Direction.TO_BOT,
            user_id=user_id,
            group=group,
            kind=str(body["msgtype"]),
            text=text or f"[{body['msgtype']}]",
            at=self._stage.now(),
            reference=key,
        )
        self._stage.chat.add(message)
        return await self._deliver({"msgid": key, **self._common(user_id, group), **body}, "")

    async def press(self, message: ChatMessage, keys: Sequence[str]) -> Spoken:
        """A person presses a button: told once, and never again."""
        lists = {one.key: one.of for one in message.buttons if one.of}
        ticked = [
            {"question_key": lists.get(key, ""), "option_ids": {"option_id": [key]}} for key in keys
        ]
        event = {
            "card_type": "multiple_interaction" if lists else "button_interaction",
            "event_key": "submit" if lists else keys[0],
            "task_id": message.card_key,
            "selected_items": {"selected_item": ticked if lists else []},
        }
        told = {"eventtype": "template_card_event", "template_card_event": event}
        return await self.tell(message.user_id, told, message)

    async def tell(
        self, user_id: str, event: Mapping[str, object], pressed: ChatMessage | None = None
    ) -> Spoken:
        """Deliver an event."""
        body = {"msgid": secrets.token_hex(16), "create_time": int(self._stage.now().timestamp())}
        common = self._common(user_id, pressed.group if pressed else None)
        told = {**body, **common, "msgtype": "event", "event": event}
        return await self._deliver(told, pressed.id if pressed else "")

    def put_file(self, data: bytes) -> Mapping[str, str]:
        """A file for five minutes: its address and, on the long connection, its own key."""
        secret = secrets.token_bytes(32) if self._world.stream else self._crypto.key
        padding = 32 - len(data) % 32
        encryptor = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
        sealed = encryptor.update(data + bytes([padding]) * padding) + encryptor.finalize()
        name = secrets.token_urlsafe(24)
        self._files[name] = (sealed, self._stage.now())
        located = {"url": f"{self._stage.base_url}/aibot/media/{name}"}
        return located | (
            {"aeskey": base64.b64encode(secret).decode()} if self._world.stream else {}
        )

    def _common(self, user_id: str, group: str | None) -> dict[str, object]:
        found = find_group(self._world.groups, name=group) if group else None
        place = {"chatid": found.key, "chattype": "group"} if found else {"chattype": "single"}
        return {"aibotid": self._world.bot_id, "from": {"userid": user_id}, **place}

    async def _deliver(self, body: dict[str, object], pressed: str) -> Spoken:
        fault = self._stage.faults.take(Endpoint.AIBOT_CALLBACK)
        self._stage.calls[Endpoint.AIBOT_CALLBACK] += 1
        request = secrets.token_hex(16)
        person = Payload(body).child("from").text("userid")
        chat = str(body.get("chatid") or person)
        asked = Asked(chat=chat, at=self._stage.now(), pressed=pressed)
        if self._world.stream:
            self.line.asked[request] = asked
            command = "aibot_event_callback" if body["msgtype"] == "event" else "aibot_msg_callback"
            pushed = [await self.line.push(command, request, body)]
            if fault and fault.kind is FaultKind.DUPLICATE:
                pushed.append(await self.line.push(command, request, body))
            return Spoken(status=200 if all(pushed) else None, attempts=1)
        if body["msgtype"] != "event":
            self._answerable[request] = asked
            body["response_url"] = f"{self._stage.base_url}/aibot/response?response_code={request}"
        plain = json.dumps(body, ensure_ascii=False)
        spoken = await self._courier.deliver(
            lambda: self._seal(plain, fault), self._world.patience, fault
        )
        self._read_answer(spoken, pressed)
        return spoken

    def _seal(self, plain: str, fault: Fault | None) -> Letter:
        nonce, timestamp = secrets.token_hex(5), str(int(self._stage.now().timestamp()))
        sealed = xmltodict.parse(self._crypto.encrypt_message(plain, nonce, timestamp))["xml"]
        signature: str = sealed["MsgSignature"]
        if fault and fault.kind is FaultKind.BAD_SIGNATURE:
            signature = signature[::-1]
        return Letter(
            url=self.url,
            body=json.dumps({"encrypt": sealed["Encrypt"]}).encode(),
            query={"msg_signature": signature, "timestamp": timestamp, "nonce": nonce},
            headers={"Content-Type": "application/json"},
        )

    def _read_answer(self, spoken: Spoken, pressed: str) -> None:
        """An encrypted answer renews the pressed card; it bears the request's own nonce."""
        said = read_payload(spoken.body) if spoken.acknowledged and spoken.body else None
        if said is None:
            return
        try:
            plain = self._crypto.decrypt_message(
                {"Encrypt": said.text("encrypt")},
                said.text("msgsignature"),
                str(said.number("timestamp")),
                said.text("nonce"),
            )
        except (WeChatException, ValueError):
            return
        renew_card(self._stage, pressed, read_payload(plain) or Payload({}))

    async def _take_answer(self, request: web.Request, fault: Fault | None) -> web.Response:
        """One answer to each message, within the hour."""
        if fault and fault.kind is FaultKind.REFUSED:
            return answer({"errcode": int(fault.code), "errmsg": "refused"})
        asked = self._answerable.pop(request.query.get("response_code", ""), None)
        body = read_payload(await request.read()) or Payload({})
        if asked is None or self._stage.now() - asked.at > _URL_LIFE:
            return answer({"errcode": 40058, "errmsg": "invalid response_code"})
        if body.text("msgtype") not in {"markdown", "template_card"}:
            return answer({"errcode": 40008, "errmsg": "invalid message type"})
        self._show(asked.chat, body)
        return answer({"errcode": 0, "errmsg": "ok"})

    async def _give_file(self, request: web.Request, fault: Fault | None) -> web.Response:
        data, at = self._files.get(request.match_info["key"], (b"", self._stage.now()))
        if not data or self._stage.now() - at >= _MEDIA_LIFE:
            return web.Response(status=403, text="<Error>expired</Error>")
        return web.Response(body=data)

    def _show(self, chat: str, body: Payload) -> str | None:
        """Show what the robot says in a chat; None where it says too much."""
        limit = Limit(count=self._world.chat_per_minute, seconds=60)
        if not self._stage.meter.allows(f"aibot {chat.lower()}", limit):
            return None
        kind, card = body.text("msgtype"), body.child("template_card")
        group = find_group(self._world.groups, key=chat)
        message = Outgoing(
            text=body.child(kind).text("content") or words_of(card),
            user_id="" if group else chat,
            group=group.name if group else None,
            kind=kind,
            card_key=card.text("task_id"),
            buttons=buttons_of(card),
        )
        return self._stage.show(Platform.AIBOT, message).id
