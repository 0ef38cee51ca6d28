"""Mutated callbacks by the hundred thousand: nothing but our one family of errors, and soon.

`python -m benchmarks.noise 1000000`; the tests run a smaller number of the same.
"""

import base64
import hashlib
import hmac
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.platforms.channel import (
    AibotSettings,
    CallbackCodec,
    CallbackRequest,
    DingTalkSettings,
    WeComSettings,
)
from bot.platforms.registry import open_codec
from reporting.errors import CallbackRejected

NOW = datetime(2026, 6, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SECONDS = str(int(NOW.timestamp()))
TOKEN, AES_KEY, CORP = "noise", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "ww1234567890abcdef"
WECOM = WeComSettings(
    channel="noise",
    corp_id=CORP,
    agent_id=1,
    secret="",
    token=TOKEN,
    encoding_aes_key=AES_KEY,
)
DINGTALK = DingTalkSettings(
    channel="noise",
    app_key=CORP,
    app_secret=TOKEN,
    robot_code="r",
    event_token=TOKEN,
    event_aes_key=AES_KEY,
    card_secret=TOKEN,
)
AIBOT = AibotSettings(channel="noise", bot_id="b", token=TOKEN, encoding_aes_key=AES_KEY)
DOCUMENT = (
    f"<xml><ToUserName>{CORP}</ToUserName><FromUserName>ZhangSan</FromUserName><CreateTime>{SECONDS}"
    "</CreateTime><MsgType>event</MsgType><Event><![CDATA[template_card_event]]></Event><TaskId>3-2"
    "</TaskId><SelectedItems><SelectedItem><OptionIds><OptionId>a</OptionId></OptionIds>"
    "</SelectedItem></SelectedItems><Content>「张三：污水厂」\n- - - - - - - -\n完成80%</Content>"
    "<MsgId>45612</MsgId></xml>"
).encode()
BODY = json.dumps(
    {
        "msgId": "m",
        "msgtype": "richText",
        "conversationType": "2",
        "conversationId": "cid",
        "createAt": int(SECONDS) * 1000,
        "sessionWebhook": "https://oapi.dingtalk.com/robot",
        "sessionWebhookExpiredTime": int(SECONDS) * 1000,
        "text": {"content": "完成", "repliedMsg": {"content": {"text": "\ud83d\ude00"}}},
        "content": {"richText": [{"text": "@联络通"}, {"downloadCode": "d"}], "recognition": "好"},
    }
).encode()
ROBOT_PRESS = json.dumps(
    {
        "msgid": "m",
        "chattype": "single",
        "from": {"userid": "ZhangSan"},
        "response_url": "https://qyapi.weixin.qq.com/r",
        "msgtype": "event",
        "quote": {"msgtype": "text", "text": {"content": "完成"}},
        "event": {
            "eventtype": "template_card_event",
            "template_card_event": {
                "event_key": "1",
                "task_id": "q3-ab",
                "selected_items": {"selected_item": [{"option_ids": {"option_id": ["1"]}}]},
            },
        },
    }
).encode()
EVENT = json.dumps({"EventType": "user_leave_org", "eventId": "e", "UserId": ["1", "2"]}).encode()
PRESS = json.dumps(
    {
        "userId": "u",
        "outTrackId": "q3-ab",
        "content": json.dumps({"cardPrivateData": {"actionIds": ["1"], "params": {}}}),
    }
).encode()
TOKENS = (
    b"<![CDATA[", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"\\ud800", b"\\u0000", b"\0",
    b"null", b"1e999", b"-1", b"{", b"[", b'"', b"<a>", b"</xml>", b"\xff", "督".encode(),
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """How the inputs ended, and the most processor seconds any of them took."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def take(self, codec: CallbackCodec, request: CallbackRequest) -> None:
        """Decode one input; anything but a rejection goes through to the caller."""
        started = time.process_time()
        try:
            codec.decode(request, NOW)
            outcome = "read"
        except CallbackRejected as rejected:
            outcome = rejected.reason
        self.slowest = max(self.slowest, time.process_time() - started)
        self.outcomes[outcome] += 1


def mutate(chance: random.Random, original: bytes) -> bytes:
    """A few pieces cut out, doubled, moved or replaced."""
    raw = bytearray(original)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at, span = chance.randint(0, len(raw)), chance.choice((0, 1, 1, 2, 8, 40))
        piece = bytes(raw[at : at + 40])
        fresh = (chance.choice(TOKENS), chance.randbytes(chance.randint(0, 4)), piece, piece * 3)
        raw[at : at + span] = chance.choice(fresh)
    return bytes(raw)


def sealed(plain: bytes, owner: bytes = CORP.encode()) -> bytes:
    """Sealed for our corporation, whatever it is."""
    key = base64.b64decode(AES_KEY + "=")
    whole = b"r" * 16 + len(plain).to_bytes(4, "big") + plain + owner
    padding = 32 - len(whole) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(whole + bytes([padding]) * padding))


def signed(cipher: bytes, *, as_json: bool = False) -> CallbackRequest:
    """A callback whose signature in the address is right for this cipher text."""
    text = cipher.decode("latin-1")
    digest = hashlib.sha1("".join(sorted((TOKEN, SECONDS, "n", text))).encode())  # noqa: S324
    query = {"msg_signature": digest.hexdigest(), "timestamp": SECONDS, "nonce": "n"}
    body = b"<xml><Encrypt>" + cipher + b"</Encrypt></xml>"
    if as_json:
        body = json.dumps({"encrypt": text}).encode()
    return CallbackRequest(method="POST", query=query, headers={}, body=body)


def robot(body: bytes) -> CallbackRequest:
    """A DingTalk callback with right headers and this body."""
    timestamp = f"{SECONDS}000"
    mac = hmac.digest(TOKEN.encode(), f"{timestamp}\n{TOKEN}".encode(), "sha256")
    headers = {"timestamp": timestamp, "sign": base64.b64encode(mac).decode()}
    return CallbackRequest(method="POST", query={}, headers=headers, body=body)


def pressed(body: bytes) -> CallbackRequest:
    """A press on a DingTalk card with right headers and this body."""
    timestamp = f"{SECONDS}000"
    mac = hmac.digest(TOKEN.encode(), timestamp.encode(), "sha256")
    names = ("x-ddpaas-signature-timestamp", "x-ddpaas-signature")
    headers = dict(zip(names, (timestamp, base64.b64encode(mac).decode()), strict=True))
    return CallbackRequest(method="POST", query={}, headers=headers, body=body)


def make_noise(count: int, seed: int) -> Tally:
    """Send that many mutated callbacks through all codecs, eight kinds in turn."""
    kinds, tally = tuple(_kinds(random.Random(seed))), Tally()  # noqa: S311 - noise, not a secret
    for number in range(count):
        codec, write = kinds[number % len(kinds)]
        tally.take(codec, write())
    return tally


def _kinds(chance: random.Random) -> Iterator[tuple[CallbackCodec, Callable[[], CallbackRequest]]]:
    wecom, dingtalk, aibot = open_codec(WECOM), open_codec(DINGTALK), open_codec(AIBOT)
    private = open_codec(replace(DINGTALK, aes_key=AES_KEY))
    cipher = sealed(DOCUMENT)
    envelope = signed(cipher)
    yield wecom, lambda: signed(sealed(mutate(chance, DOCUMENT)))
    yield wecom, lambda: signed(mutate(chance, cipher))
    yield wecom, lambda: replace(envelope, body=mutate(chance, envelope.body))
    yield dingtalk, lambda: robot(mutate(chance, BODY))
    yield aibot, lambda: signed(sealed(mutate(chance, ROBOT_PRESS), b""), as_json=True)
    yield dingtalk, lambda: signed(sealed(mutate(chance, EVENT)), as_json=True)
    yield dingtalk, lambda: pressed(mutate(chance, PRESS))
    yield (
        private,
        lambda: robot(json.dumps({"encrypt": sealed(mutate(chance, BODY)).decode()}).encode()),
    )


def main() -> None:
    """Print how the inputs ended."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    tally = make_noise(count, seed=20260622)
    print(f"{count} mutated callbacks: {dict(tally.outcomes.most_common())}")
    print(f"slowest: {tally.slowest * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
