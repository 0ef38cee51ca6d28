"""The signed and sealed envelope of both platforms' callbacks, decoded strictly [D 90968, 91144].

Written on `cryptography` because the SDKs compare signatures with `!=`, do not validate the
padding and leak nine kinds of exceptions; the tests hold it against the official vectors.
"""

import hashlib
import hmac

from bot.platforms.sealed import SealedBody
from reporting.errors import (
    CallbackForged,
    CallbackMalformed,
    CallbackMisdirected,
    CallbackUnsealed,
)


class Envelope:
    """Verifies and opens what was sealed for one receiver, and seals what it is answered."""

    def __init__(self, token: str, receiver: str, body: SealedBody) -> None:
        self._body = body
        self._token = token
        self._receiver = receiver.encode()

    def sign(self, timestamp: str, nonce: str, sealed: str) -> str:
        """The SHA-1 signature over the token and these."""
        signed = "".join(sorted((self._token, timestamp, nonce, sealed))).encode()
        return hashlib.sha1(signed, usedforsecurity=False).hexdigest()

    def verify(self, signature: str, timestamp: str, nonce: str, sealed: str) -> None:
        """Compare the signature in constant time."""
        expected = self.sign(timestamp, nonce, sealed)
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise CallbackForged

    def open(self, sealed: str) -> bytes:
        """The plaintext, if it is well-formed and meant for this receiver."""
        try:
            content, receiver = self._body.open(sealed)
        except CallbackMalformed:
            raise CallbackUnsealed from None
        if not hmac.compare_digest(receiver, self._receiver):
            raise CallbackMisdirected
        return content

    def close(self, content: bytes) -> str:
        """The content sealed for the platform."""
        return self._body.close(content, self._receiver)
