"""Callbacks of a WeCom group robot: encrypted JSON [D 100719, 101033]."""

import json
from collections.abc import Mapping
from datetime import datetime

from bot.platforms.channel import AibotSettings, CallbackRequest, Decoded
from bot.platforms.envelope import Envelope
from bot.platforms.reading import read_json, require_fresh, require_number, require_size, string
from bot.platforms.sealed import SealedBody
from bot.platforms.wecom.aibot_message import parse_message
from bot.platforms.wecom.card import compose_pressed
from bot.platforms.wecom.codec import ADVICE, echo, parameter
from reporting.errors import CallbackMalformed, UserMistake
from reporting.messages import IncomingKind, IncomingMessage


class AibotCodec:
    """Verifies and decodes the callbacks of one robot; the receiver inside is always empty."""

    def __init__(self, settings: AibotSettings) -> None:
        self._settings = settings
        if settings.stream:
            if not settings.secret:
                raise UserMistake("智能机器人用长连接（stream）时须填 secret。")
            self._envelope = None
        else:
            body = SealedBody(settings.encoding_aes_key, ADVICE)
            self._envelope = Envelope(settings.token, "", body)

    def decode(self, request: CallbackRequest, now: datetime) -> Decoded:
        """Verify, decrypt and parse; raises CallbackRejected and nothing else."""
        require_size(request.body)
        if request.method == "GET":
            return Decoded(message=None, answer=self._open(request, echo(request), now))
        if request.method != "POST":
            raise CallbackMalformed
        sealed = string(read_json(request.body), "encrypt")
        message = parse_message(read_json(self._open(request, sealed, now)), now)
        return Decoded(message=message, answer=self._answer(request, message))

    def _open(self, request: CallbackRequest, sealed: str, now: datetime) -> bytes:
        """Signature first, for it is cheap and everything after it costs more."""
        if self._envelope is None:
            raise CallbackMalformed
        timestamp = parameter(request, "timestamp")
        signature = parameter(request, "msg_signature")
        seconds = require_number(timestamp)
        self._envelope.verify(signature, timestamp, parameter(request, "nonce"), sealed)
        require_fresh(seconds, now, self._settings.window_seconds)
        return self._envelope.open(sealed)

    def _answer(self, request: CallbackRequest, message: IncomingMessage | None) -> bytes:
        """Nothing, but for a press: its card is renewed by this answer, in 5 s, or never."""
        if message is None or message.kind is not IncomingKind.CHOICE or self._envelope is None:
            return b""
        timestamp, nonce = parameter(request, "timestamp"), parameter(request, "nonce")
        sealed = self._envelope.close(_compose(compose_pressed(message)))
        return _compose(
            {
                "encrypt": sealed,
                "msgsignature": self._envelope.sign(timestamp, nonce, sealed),
                "timestamp": int(timestamp),
                "nonce": nonce,
            }
        )


def _compose(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
