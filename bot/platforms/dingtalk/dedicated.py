"""The port to 专有钉钉 (dedicated DingTalk, 浙政钉): how its calls are signed.

Another platform with other paths, tokens and ids; what is still to be written for it stands in
docs/dedicated-dingtalk.md. Nothing of the ordinary DingTalk signs its calls.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

VERSION = "1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppKey:
    """An app's key pair, and the address and network card it is registered with."""

    key: str
    secret: str = field(repr=False)
    ip: str
    mac: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCall:
    """What of a call is signed: `nonce` is fresh for each, `fields` are its form's."""

    method: str
    path: str
    at: datetime
    nonce: str
    fields: Mapping[str, str] = field(default_factory=dict)


def hmac_headers(app: AppKey, call: SignedCall) -> Mapping[str, str]:
    """The headers that sign a call; the form's fields are signed sorted and unescaped."""
    time = call.at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{call.at.microsecond // 1000:03}+08:00"
    parts = [call.method.upper(), time, call.nonce, call.path]
    if call.fields:
        parts.append("&".join(f"{name}={value}" for name, value in sorted(call.fields.items())))
    signature = hmac.digest(app.secret.encode(), "\n".join(parts).encode(), hashlib.sha256)
    return {
        "X-Hmac-Auth-Timestamp": time,
        "X-Hmac-Auth-Version": VERSION,
        "X-Hmac-Auth-Nonce": call.nonce,
        "X-Hmac-Auth-Signature": base64.b64encode(signature).decode(),
        "X-Hmac-Auth-IP": app.ip,
        "X-Hmac-Auth-MAC": app.mac,
        "apiKey": app.key,
    }
