"""Callbacks of a WeCom self-built app: URL verification and encrypted XML [D 90930, 90238]."""

import re
from datetime import datetime

from bot.platforms.channel import CallbackRequest, Decoded, WeComSettings
from bot.platforms.envelope import Envelope
from bot.platforms.reading import require_fresh, require_number, require_size
from bot.platforms.sealed import SealedBody
from bot.platforms.wecom.message import parse_message
from reporting.errors import CallbackMalformed

# The envelope is flat and ours to demand so: one Encrypt element of base64, in CDATA or bare. No
# XML parser sees anything before the signature is known to be right.
ENCRYPT = re.compile(
    rb"<Encrypt>\s*(?:<!\[CDATA\[([A-Za-z0-9+/=]+)\]\]>|([A-Za-z0-9+/=]+))\s*</Encrypt>"
)
ADVICE = "EncodingAESKey 应为 43 位字母和数字，请到管理后台的“接收消息”处重新复制。"
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class WeComCodec:
    """Verifies and decodes the callbacks of one WeCom app."""

    def __init__(self, settings: WeComSettings) -> None:
        self._settings = settings
        body = SealedBody(settings.encoding_aes_key, ADVICE)
        self._envelope = Envelope(settings.token, settings.corp_id, body)

    def decode(self, request: CallbackRequest, now: datetime) -> Decoded:
        """Verify, decrypt and parse; raises CallbackRejected and nothing else."""
        require_size(request.body)
        if request.method == "GET":
            return Decoded(message=None, answer=self._open(request, echo(request), now))
        if request.method != "POST":
            raise CallbackMalformed
        plain = self._open(request, _sealed(request.body), now)
        return Decoded(message=parse_message(plain), answer=b"")

    def _open(self, request: CallbackRequest, sealed: str, now: datetime) -> bytes:
        """Signature first, for it is cheap and everything after it costs more."""
        timestamp = parameter(request, "timestamp")
        signature = parameter(request, "msg_signature")
        seconds = require_number(timestamp)
        self._envelope.verify(signature, timestamp, parameter(request, "nonce"), sealed)
        require_fresh(seconds, now, self._settings.window_seconds)
        return self._envelope.open(sealed)


def parameter(request: CallbackRequest, name: str) -> str:
    """A parameter of the callback's address that must be there."""
    value = request.query.get(name, "")
    if not value or not value.isascii():
        raise CallbackMalformed
    return value


def echo(request: CallbackRequest) -> str:
    """The echo text; a proxy that decoded the query twice has turned "+" into a space."""
    return parameter(request, "echostr").replace(" ", "+")


def _sealed(body: bytes) -> str:
    found = ENCRYPT.findall(body)
    if len(found) != 1 or DECLARATION.search(body):
        raise CallbackMalformed
    quoted, bare = found[0]
    sealed: bytes = quoted or bare
    return sealed.decode("ascii")
