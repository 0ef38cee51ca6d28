"""The callbacks the load generator sends, ready-made: sealed for us, signed for the peers."""

import base64
import hashlib
import hmac
import itertools
import json
import os
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

TOKEN, AES_KEY, CORP = "bench", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "ww1234567890abcdef"
CHANNEL = "bench"
SENDERS = 10_000
SLACK_SECRET = "benchsigningsecret"  # noqa: S105 - made up
TELEGRAM_SECRET = "benchsecret"  # noqa: S105 - made up
TEXT = "3-2 污水处理厂提标改造完成80%，下步加快设备安装，预计下月完工"


def http(path: str, headers: dict[str, str], body: bytes) -> bytes:
    """A POST as it goes over the wire."""
    lines = {"Host": "127.0.0.1", **headers, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body


class WeComCallbacks:
    """Text messages of ten thousand liaisons, each with an id of its own."""

    def __init__(self) -> None:
        key = base64.b64decode(AES_KEY + "=")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self._serial = itertools.count(int(time.time()) * 1_000_000)

    def make(self, count: int, text: str = TEXT) -> list[bytes]:
        """So many different callbacks."""
        people = (f"liaison{number % SENDERS}" for number in itertools.count())
        return [self.one(text, person) for person in itertools.islice(people, count)]

    def one(self, text: str, person: str, channel: str = CHANNEL) -> bytes:
        """A message of this person, as new as any."""
        serial, now = next(self._serial), str(int(time.time()))
        plain = (
            f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><FromUserName>"
            f"<![CDATA[{person}]]></FromUserName><CreateTime>{now}</CreateTime>"
            f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
            f"<MsgId>{serial}</MsgId><AgentID>1000002</AgentID></xml>"
        ).encode()
        sealed = self._seal(plain)
        signed = "".join(sorted((TOKEN, now, "nonce", sealed))).encode()
        query = urlencode(
            {
                "msg_signature": hashlib.sha1(signed, usedforsecurity=False).hexdigest(),
                "timestamp": now,
                "nonce": "nonce",
            }
        )
        body = (
            f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID>"
            f"<Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        )
        return http(f"/callbacks/{channel}?{query}", {"Content-Type": "text/xml"}, body.encode())

    def _seal(self, plain: bytes) -> str:
        whole = os.urandom(16) + len(plain).to_bytes(4, "big") + plain + CORP.encode()
        padding = 32 - len(whole) % 32
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(whole + bytes([padding]) * padding)).decode()


def slack_event() -> bytes:
    """A message event as Slack signs it."""
    event = {"type": "message", "channel": "C1", "user": "U1", "text": TEXT, "ts": "1.1"}
    content = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "E1"}
    body = json.dumps({**content, "event_time": 1, "event": event}).encode()
    now = str(int(time.time()))
    digest = hmac.digest(SLACK_SECRET.encode(), f"v0:{now}:".encode() + body, "sha256").hex()
    headers = {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={digest}"}
    return http("/callbacks/bench", {**headers, "Content-Type": "application/json"}, body)


def telegram_update() -> bytes:
    """A message as Telegram posts it."""
    person = {"id": 7, "is_bot": False, "first_name": "A"}
    chat = {"id": 7, "type": "private", "first_name": "A"}
    message = {"message_id": 1, "from": person, "chat": chat, "date": 1, "text": TEXT}
    body = json.dumps({"update_id": 1, "message": message}).encode()
    headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
    return http("/callbacks/bench", {**headers, "Content-Type": "application/json"}, body)


def repeated(request: bytes) -> Iterator[bytes]:
    """The same request for ever."""
    return itertools.repeat(request)
