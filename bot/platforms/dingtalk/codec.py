"""Callbacks of a DingTalk robot in HTTP mode: signed JSON."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from bot.platforms.channel import CallbackRequest, Decoded, DingTalkSettings
from bot.platforms.dingtalk.card import decode_press, is_press
from bot.platforms.dingtalk.event import EventPush, is_event_push
from bot.platforms.dingtalk.message import parse_message
from bot.platforms.reading import (
    moment,
    read_json,
    require_fresh,
    require_number,
    require_size,
    string,
)
from bot.platforms.sealed import SealedBody
from reporting.errors import CallbackForged, CallbackMalformed

ADVICE = "钉钉的 aes_key 应为 43 位字母和数字，请到开发者后台重新复制。"


class DingTalkCodec:
    """Verifies and decodes the callbacks of one robot.

    The signature covers the time alone, not the body: so the window is enforced, the message id
    is remembered for ever, and no address found in the body is trusted. Where the body is
    encrypted a plain one is refused, for only who knows the key can have written the other.
    """

    def __init__(self, settings: DingTalkSettings) -> None:
        self._settings = settings
        self._cipher = SealedBody(settings.aes_key, ADVICE) if settings.aes_key else None
        self._events = EventPush(settings) if settings.event_aes_key else None

    def decode(self, request: CallbackRequest, now: datetime) -> Decoded:
        """Verify and parse; raises CallbackRejected and nothing else."""
        require_size(request.body)
        if request.method != "POST":
            raise CallbackMalformed
        if self._events is not None and is_event_push(request):
            return self._events.decode(request, now)
        if is_press(request):
            settings = self._settings
            return decode_press(settings.card_secret, request, now, settings.window_seconds)
        sent = self._verify(request.headers, now)
        body = read_json(request.body)
        if self._cipher is not None:
            # Nothing signs the ciphertext, and the receiver is not always given.
            content, _ = self._cipher.open(string(body, "encrypt"))
            body = read_json(content)
        message = parse_message(body, sent, self._settings.session_hosts)
        return Decoded(message=message, answer=b"{}", content_type="application/json")

    def _verify(self, headers: Mapping[str, str], now: datetime) -> datetime:
        timestamp, given = headers.get("timestamp"), headers.get("sign", "")
        milliseconds = require_number(timestamp)
        expected = sign(f"{milliseconds}", self._settings.app_secret)
        if timestamp != f"{milliseconds}" or not given:
            raise CallbackMalformed
        if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
            raise CallbackForged
        require_fresh(milliseconds / 1000, now, self._settings.window_seconds)
        return moment(milliseconds / 1000)


def sign(timestamp: str, app_secret: str) -> str:
    """The robot's signature of a time in milliseconds (base64 of HMAC-SHA256)."""
    text = f"{timestamp}\n{app_secret}".encode()
    return base64.b64encode(hmac.digest(app_secret.encode(), text, hashlib.sha256)).decode()
