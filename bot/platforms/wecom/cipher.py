"""The signed and sealed envelope of WeCom callbacks, decoded strictly [D 90968, 91144].

Written on `cryptography` because the SDK compares signatures with `!=`, does not validate the
padding and leaks nine kinds of exceptions; the tests hold both against the official vectors.
"""

import base64
import binascii
import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from reporting.errors import CallbackForged, CallbackMalformed, UserMistake

BLOCK = 32  # PKCS#7 pads to 32 bytes here, not to the 16 of AES
RANDOM = 16  # random bytes before the length


class Envelope:
    """Verifies and opens what one app's token and EncodingAESKey have sealed."""

    def __init__(self, token: str, encoding_aes_key: str, receiver: str) -> None:
        key = _aes_key(encoding_aes_key)
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
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
        plain = self._decrypt(sealed)
        start = RANDOM + 4
        end = start + int.from_bytes(plain[RANDOM:start], "big")
        if end > len(plain):
            raise CallbackMalformed
        if not hmac.compare_digest(plain[end:], self._receiver):
            raise CallbackForged
        return plain[start:end]

    def _decrypt(self, sealed: str) -> bytes:
        try:
            data = binascii.a2b_base64(sealed, strict_mode=True)
        except ValueError:
            raise CallbackMalformed from None
        if len(data) < BLOCK or len(data) % 16:
            raise CallbackMalformed
        decryptor = self._cipher.decryptor()
        padded = decryptor.update(data) + decryptor.finalize()
        padding = padded[-1]
        if not 1 <= padding <= BLOCK or padded[-padding:] != bytes([padding]) * padding:
            raise CallbackMalformed
        plain = padded[:-padding]
        if len(plain) < RANDOM + 4:
            raise CallbackMalformed
        return plain


def _aes_key(encoded: str) -> bytes:
    """The 32 bytes of an EncodingAESKey of 43 characters."""
    if len(encoded) == 43 and encoded.isascii() and encoded.isalnum():
        return base64.b64decode(encoded + "=")
    raise UserMistake("EncodingAESKey 应为 43 位字母和数字，请到管理后台的“接收消息”处重新复制。")
