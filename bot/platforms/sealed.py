"""The sealed body both platforms share [D 90968]: AES-256-CBC over random, length, content, tail.

Padded by PKCS#7 to 32 bytes, not to the 16 of AES. Whatever is wrong with a body is one and the
same error, so that nobody learns from the answer what it was.
"""

import base64
import binascii
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from reporting.errors import CallbackMalformed, UserMistake

BLOCK, RANDOM, HEAD = 32, 16, 20  # random bytes, then four of length, come before the content


class SealedBody:
    """Opens and seals with a 43-character key; UserMistake with `advice` for any other key."""

    def __init__(self, key: str, advice: str) -> None:
        if len(key) != 43 or not (key.isascii() and key.isalnum()):
            raise UserMistake(advice)
        secret = base64.b64decode(key + "=")
        self._cipher = Cipher(algorithms.AES(secret), modes.CBC(secret[:16]))

    def open(self, sealed: str) -> tuple[bytes, bytes]:
        """The content and what follows it, the receiver; raises CallbackMalformed."""
        plain = self._unpad(self._decrypt(sealed))
        end = HEAD + int.from_bytes(plain[RANDOM:HEAD], "big")
        if len(plain) < HEAD or end > len(plain):
            raise CallbackMalformed
        return plain[HEAD:end], plain[end:]

    def close(self, content: bytes, receiver: bytes) -> str:
        """The content sealed, with its receiver behind it."""
        plain = secrets.token_bytes(RANDOM) + len(content).to_bytes(4, "big") + content + receiver
        padding = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        sealed = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def open_file(self, data: bytes) -> bytes:
        """A file sealed as it is, without the envelope's parts; raises CallbackMalformed."""
        return self._unpad(self._decrypt_bytes(data))

    def _decrypt(self, sealed: str) -> bytes:
        try:
            data = binascii.a2b_base64(sealed, strict_mode=True)
        except ValueError:
            raise CallbackMalformed from None
        return self._decrypt_bytes(data)

    def _decrypt_bytes(self, data: bytes) -> bytes:
        if len(data) < BLOCK or len(data) % 16:
            raise CallbackMalformed
        decryptor = self._cipher.decryptor()
        return decryptor.update(data) + decryptor.finalize()

    @staticmethod
    def _unpad(padded: bytes) -> bytes:
        padding = padded[-1]
        if not 1 <= padding <= BLOCK or padded[-padding:] != bytes([padding]) * padding:
            raise CallbackMalformed
        return padded[:-padding]
