"""Callbacks as the platforms make them: WeCom's sealed by its SDK, DingTalk's signed by formula."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import xmltodict
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.platforms.channel import CallbackRequest, DingTalkSettings, WeComSettings

NOW = datetime(2026, 6, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
WECOM = WeComSettings(
    channel="qinghe",
    corp_id="ww1234567890abcdef",
    agent_id=1000002,
    secret="wecom-app-secret",
    token="callbacktoken",
    encoding_aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    groups={"督查工作群": "11111111-2222-3333-4444-555555555555"},
)
DINGTALK = DingTalkSettings(
    channel="linhu",
    app_key="dingappkey",
    app_secret="dingtalk-app-secret",
    robot_code="dingrobot",
    groups={"督查工作群": "cidGROUP=="},
)


def seal(plain: str, *, corp_id: str = WECOM.corp_id, at: datetime = NOW) -> CallbackRequest:
    """A WeCom callback holding this plaintext, encrypted and signed by the SDK."""
    crypto = WeChatCrypto(WECOM.token, WECOM.encoding_aes_key, corp_id)
    timestamp = str(int(at.timestamp()))
    body = crypto.encrypt_message(plain, "nonce", timestamp)
    signature = xmltodict.parse(body)["xml"]["MsgSignature"]
    query = {"msg_signature": signature, "timestamp": timestamp, "nonce": "nonce"}
    return CallbackRequest(method="POST", query=query, headers={}, body=body.encode())


def wecom_signature(*parts: str) -> str:
    """WeCom's signature over the token and these parts."""
    return hashlib.sha1("".join(sorted((WECOM.token, *parts))).encode()).hexdigest()


def wrap(sealed: str, *, at: datetime = NOW) -> CallbackRequest:
    """A rightly signed WeCom callback around any sealed text, however broken."""
    timestamp = str(int(at.timestamp()))
    signature = wecom_signature(timestamp, "nonce", sealed)
    query = {"msg_signature": signature, "timestamp": timestamp, "nonce": "nonce"}
    body = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()
    return CallbackRequest(method="POST", query=query, headers={}, body=body)


def encrypt(padded: bytes) -> str:
    """Sealed as it is, so that a test can choose every byte of the padding."""
    key = base64.b64decode(WECOM.encoding_aes_key + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def plaintext(message: bytes, receiver: bytes = WECOM.corp_id.encode()) -> bytes:
    """What is sealed: random bytes, length, message, receiver."""
    return b"r" * 16 + len(message).to_bytes(4, "big") + message + receiver


def pad(data: bytes, block: int = 32) -> bytes:
    """Padded to 32 bytes, as WeCom does."""
    padding = block - len(data) % block
    return data + bytes([padding]) * padding


def wecom_xml(kind: str, inner: str, *, sender: str = "ZhangSan") -> str:
    """The plaintext of a WeCom callback; `inner` are the elements of its kind."""
    return (
        f"<xml><ToUserName>{WECOM.corp_id}</ToUserName><FromUserName>{sender}</FromUserName>"
        f"<CreateTime>{int(NOW.timestamp())}</CreateTime><MsgType>{kind}</MsgType>{inner}"
        f"<AgentID>{WECOM.agent_id}</AgentID></xml>"
    )


def dingtalk_headers(at: datetime = NOW, secret: str = DINGTALK.app_secret) -> dict[str, str]:
    """The two headers of a DingTalk robot callback."""
    timestamp = str(int(at.timestamp() * 1000))
    text = f"{timestamp}\n{secret}".encode()
    sign = base64.b64encode(hmac.digest(secret.encode(), text, "sha256")).decode()
    return {"timestamp": timestamp, "sign": sign}


def dingtalk_body(**fields: object) -> dict[str, object]:
    """The body of a one-to-one text, with some fields replaced; None takes one away."""
    body: dict[str, object] = {
        "conversationId": "cidPRIVATE==",
        "conversationType": "1",
        "createAt": int(NOW.timestamp() * 1000),
        "isAdmin": False,
        "msgId": "msgA==",
        "msgtype": "text",
        "robotCode": DINGTALK.robot_code,
        "senderCorpId": "dingcorp",
        "senderId": "$:LWCP_v1:$abc",
        "senderNick": "张三",
        "senderStaffId": "0123",
        "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=s3cr3t",
        "sessionWebhookExpiredTime": int(NOW.timestamp() * 1000) + 5_400_123,
        "text": {"content": "污水厂完成80%"},
    }
    return {name: value for name, value in (body | fields).items() if value is not None}


def dingtalk_request(
    body: Mapping[str, object] | bytes, headers: Mapping[str, str] | None = None
) -> CallbackRequest:
    """A signed DingTalk callback with this body."""
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return CallbackRequest(
        method="POST",
        query={},
        headers=dingtalk_headers() if headers is None else headers,
        body=raw,
    )
