"""Keeping secrets sealed in the database: channel settings and session addresses."""

import hashlib
import hmac
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken

from reporting.errors import NotReady

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Seal:
    """Seals and opens small JSON objects with the installation's key (Fernet)."""

    def __init__(self, key: str) -> None:
        try:
            self._fernet = Fernet(key)
        except ValueError as fault:
            raise NotReady(
                "SECRET_KEY 不是有效的密钥：应为 44 个字符，可用 `liaison-bot new-key` 生成"
            ) from fault
        self._key = key.encode()

    def fingerprint(self, text: str) -> str:
        """A keyed digest: equal texts can be told, the text cannot be found out."""
        return hmac.digest(self._key, text.encode(), hashlib.sha256).hex()

    def close(self, content: Mapping[str, Json]) -> str:
        """The object, sealed."""
        return self._fernet.encrypt(json.dumps(content, ensure_ascii=False).encode()).decode()

    def open(self, sealed: str) -> dict[str, Json]:
        """The object again; NotReady when it was sealed with another key."""
        try:
            content: dict[str, Json] = json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken as fault:
            raise NotReady("数据库中的密文不是用当前 SECRET_KEY 加密的，请恢复原密钥") from fault
        return content


def new_key() -> str:
    """A fresh key for SECRET_KEY."""
    return Fernet.generate_key().decode()
