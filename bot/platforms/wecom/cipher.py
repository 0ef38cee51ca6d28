"""The signed and sealed envelope of WeCom callbacks, decoded strictly [D 90968, 91144].

Written on `cryptography` because the SDK compares signatures with `!=`, does not validate the
padding and leaks nine kinds of exceptions; the tests hold both against the official vectors.
"""

import hashlib
import hmac

from bot.platforms.sealed import SealedBody
from reporting.errors import CallbackForged

ADVICE = "EncodingAESKey 应为 43 位字母和数字，请到管理后台的“接收消息”处重新复制。"


class Envelope:
    """Verifies and opens what one app's token and EncodingAESKey have sealed."""

    def __init__(self, token: str, encoding_aes_key: str, receiver: str) -> None:
        self._body = SealedBody(encoding_aes_key, ADVICE)
        self._token = token
        self._receiver = receiver.encode()

    def verify(self, signature: str, timestamp: str, nonce: str, sealed: str) -> None:
        """Compare the SHA-1 signature in constant time."""
        signed = "".join(sorted((self._token, timestamp, nonce, sealed))).encode()
        expected = hashlib.sha1(signed, usedforsecurity=False).hexdigest()
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise CallbackForged

    def open(self, sealed: str) -> bytes:
        """The plaintext, if it is well-formed and meant for this receiver."""
        content, receiver = self._body.open(sealed)
        if not hmac.compare_digest(receiver, self._receiver):
            raise CallbackForged
        return content
