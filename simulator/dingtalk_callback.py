"""DingTalk robot callbacks in HTTP mode: JSON signed in the headers, and a session webhook."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from reporting.messages import Platform
from simulator.chat import ChatMessage, Direction
from simulator.courier import Courier, Letter, Spoken
from simulator.dingtalk_stream import Gateway, Push
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.stage import Stage
from simulator.world import Group, Person, SimulatedDingTalk, find_group, find_person


def sign(app_secret: str, timestamp: str) -> str:
    """The `sign` header: base64 of HMAC-SHA256 over the timestamp and the secret."""
    text = f"{timestamp}\n{app_secret}".encode()
    return base64.b64encode(hmac.digest(app_secret.encode(), text, "sha256")).decode()


def encrypt(plain: bytes, aes_key: str, receiver: bytes = b"") -> str:
    """A body sealed for the robot; some senders put the receiver behind it, some do not."""
    key = base64.b64decode(f"{aes_key}=")
    text = secrets.token_bytes(16) + len(plain).to_bytes(4, "big") + plain + receiver
    padding = 32 - len(text) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    sealed = encryptor.update(text + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a sessionWebhook answers to: one chat, for a while."""

    user_id: str
    group: str | None
    until: datetime


class Sessions:
    """The open session webhooks by their bearer secret."""

    def __init__(self) -> None:
        self._open: dict[str, Session] = {}

    def open(self, session: Session) -> str:
        """Open a session: its secret."""
        secret = secrets.token_hex(16)
        self._open[secret] = session
        return secret

    def find(self, secret: str, now: datetime) -> Session | None:
        """The session, while it lives."""
        session = self._open.get(secret)
        return session if session is not None and now < session.until else None


class DingTalkCallbacks:
    """Plays the DingTalk server towards the bot."""

    def __init__(self, world: SimulatedDingTalk, stage: Stage, courier: Courier) -> None:
        self._world = world
        self._stage = stage
        self._courier = courier
        self.sessions = Sessions()
        self.gateway = Gateway(world, stage)
        self.url = world.callback_url

    async def say(
        self, user_id: str, text: str, quoted: ChatMessage | None, group: str | None
    ) -> Spoken:
        """A member writes to the robot, one-to-one or by mentioning it in a group."""
        key = f"msg{secrets.token_urlsafe(16)}"
        message = self._stage.chat.add(
            ChatMessage(
                id=self._stage.chat.next_id(),
                platform=Platform.DINGTALK,
                direction=Direction.TO_BOT,
                user_id=user_id,
                group=group,
                text=text,
                at=self._stage.now(),
                reference=key,
                quoted=quoted.id if quoted else None,
            )
        )
        # In a group the mention itself is taken out and the space behind it stays.
        content: dict[str, object] = {"content": text if group is None else f" {text}"}
        fields: dict[str, object] = {"msgId": key, "text": content}
        if quoted is not None:
            content |= self._quote_in_text(quoted)
            fields |= self._quote_beside_text(quoted)
        spoken = await self.send(user_id, "text", fields, group=group)
        return replace(spoken, message_key=key, chat_id=message.id)

    async def send(
        self,
        user_id: str,
        kind: str,
        fields: Mapping[str, object],
        *,
        group: str | None = None,
    ) -> Spoken:
        """Deliver any message: who, where and the session webhook are added to `fields`."""
        common = {"msgId": f"msg{secrets.token_urlsafe(16)}", "msgtype": kind}
        body = self._common(user_id, group) | common | dict(fields)
        fault = self._stage.faults.take(Endpoint.DINGTALK_CALLBACK)
        self._stage.calls[Endpoint.DINGTALK_CALLBACK] += 1
        text = json.dumps(body, ensure_ascii=False)
        if self._world.stream:
            return await self.gateway.deliver(Push(data=text), self._world.patience, fault)
        raw = text.encode()
        if self._world.aes_key:
            raw = json.dumps({"encrypt": encrypt(raw, self._world.aes_key)}).encode()
        return await self._courier.deliver(
            lambda: self._seal(raw, fault), self._world.patience, fault
        )

    def _seal(self, raw: bytes, fault: Fault | None) -> Letter:
        skew = fault.seconds if fault and fault.kind is FaultKind.CLOCK_SKEW else 0.0
        timestamp = str(int((self._stage.now().timestamp() + skew) * 1000))
        signature = sign(self._world.app_secret, timestamp)
        if fault and fault.kind is FaultKind.BAD_SIGNATURE:
            signature = sign(f"{self._world.app_secret}?", timestamp)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "timestamp": timestamp,
            "sign": signature,
        }
        return Letter(url=self.url, body=raw, headers=headers)

    def _common(self, user_id: str, group_name: str | None) -> dict[str, object]:
        now = self._stage.now()
        until = now + timedelta(minutes=self._world.session_minutes)
        secret = self.sessions.open(Session(user_id=user_id, group=group_name, until=until))
        webhook = f"{self._stage.base_url}/dingtalk/robot/sendBySession?session={secret}"
        person = find_person(self._world.members, user_id) or Person(user_id=user_id, name=user_id)
        group = find_group(self._world.groups, name=group_name) if group_name else None
        return {
            "chatbotCorpId": self._world.corp_id,
            "chatbotUserId": _opaque(self._world.robot_code),
            "robotCode": self._world.robot_code,
            "senderCorpId": self._world.corp_id,
            "senderId": _opaque(user_id),
            "senderStaffId": user_id,
            "senderNick": person.name,
            "senderPlatform": "Android",
            "isAdmin": False,
            "createAt": _milliseconds(now),
            "sessionWebhook": webhook,
            "sessionWebhookExpiredTime": _milliseconds(until),
        } | self._conversation(user_id, group)

    def _conversation(self, user_id: str, group: Group | None) -> dict[str, object]:
        if group is None:
            number = hashlib.sha256(user_id.encode()).hexdigest()[:24]
            return {"conversationType": "1", "conversationId": f"cid{number}=="}
        return {
            "conversationType": "2",
            "conversationId": group.key,
            "conversationTitle": group.name,
            "isInAtList": True,
            "atUsers": [{"dingtalkId": _opaque(self._world.robot_code)}],
        }

    def _quote_in_text(self, quoted: ChatMessage) -> dict[str, object]:
        by_bot = quoted.direction is Direction.FROM_BOT
        author = self._world.robot_code if by_bot else quoted.user_id
        replied = {
            "msgType": quoted.kind,
            "msgId": f"msg{_opaque(quoted.id)[-12:]}",
            "senderId": _opaque(author),
            "createdAt": _milliseconds(quoted.at),
            "content": {"text": quoted.text},
        }
        return {"isReplyMsg": True, "repliedMsg": replied}

    def _quote_beside_text(self, quoted: ChatMessage) -> dict[str, object]:
        fields: dict[str, object] = {"originalMsgId": f"msg{_opaque(quoted.id)[-12:]}"}
        by_bot = quoted.direction is Direction.FROM_BOT
        if by_bot and quoted.reference and self._world.quotes_carry_key:
            fields["originalProcessQueryKey"] = quoted.reference
        return fields


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _opaque(user_id: str) -> str:
    """The platform's encrypted id of somebody; nothing can be read from it."""
    digest = hashlib.sha256(user_id.encode()).digest()[:15]
    return f"$:LWCP_v1:${base64.b64encode(digest).decode()}"
