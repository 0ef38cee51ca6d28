"""Robot messages whose body is encrypted as well: {"encrypt": "…"}, where the app asks for it.

AES-256-CBC over 16 random bytes, the length, the JSON, and the receiver where it is given; padded
to 32. Nothing signs the ciphertext, so whatever is wrong with it is one and the same error.
"""

import base64
import binascii

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from reporting.errors import CallbackMalformed, UserMistake

BLOCK, HEAD = 32, 20  # 16 random bytes and four of length come before the JSON


class BodyCipher:
    """Opens what the robot's aes_key has sealed."""

    def __init__(self, aes_key: str) -> None:
        if len(aes_key) != 43 or not (aes_key.isascii() and aes_key.isalnum()):
            raise UserMistake("钉钉的 aes_key 应为 43 位字母和数字，请到开发者后台重新复制。")
        key = base64.b64decode(aes_key + "=")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def open(self, sealed: str) -> bytes:
        """The JSON inside; raises CallbackMalformed."""
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
        end = HEAD + int.from_bytes(plain[16:HEAD], "big")
        if len(plain) < HEAD or end > len(plain):
            raise CallbackMalformed
        return plain[HEAD:end]
