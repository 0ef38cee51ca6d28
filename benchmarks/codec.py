"""Our WeCom decoding against the SDK's, on the same sealed callback in the same run.

Only the ratio means anything: both sides verify, decrypt and parse one text message.
"""

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import xmltodict
from wechatpy.enterprise import parse_message
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.platforms.channel import CallbackRequest, WeComSettings
from bot.platforms.wecom.codec import WeComCodec

ROUNDS, CALLS = 15, 400
NOW = datetime(2026, 6, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SETTINGS = WeComSettings(
    channel="bench",
    corp_id="ww1234567890abcdef",
    agent_id=1000002,
    secret="",
    token="benchtoken",  # noqa: S106 - made up
    encoding_aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
)
PLAIN = (
    "<xml><ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName><FromUserName><![CDATA[ZhangSan]]>"
    f"</FromUserName><CreateTime>{int(NOW.timestamp())}</CreateTime><MsgType><![CDATA[text]]>"
    "</MsgType><Content><![CDATA[3-2 污水处理厂提标改造完成80%，预计下月完工]]></Content>"
    "<MsgId>4561255354251345929</MsgId><AgentID>1000002</AgentID></xml>"
)


def measure(call: Callable[[], object]) -> float:
    """Seconds of processor time for one call: the best round, for the machine is shared."""
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(CALLS):
            call()
        rounds.append((time.process_time() - started) / CALLS)
    return statistics.quantiles(rounds, n=4)[0]


def compare() -> tuple[float, float]:
    """Processor seconds for one callback: ours, and the SDK's."""
    sdk = WeChatCrypto(SETTINGS.token, SETTINGS.encoding_aes_key, SETTINGS.corp_id)
    timestamp = str(int(NOW.timestamp()))
    body = sdk.encrypt_message(PLAIN, "nonce", timestamp)
    signature = xmltodict.parse(body)["xml"]["MsgSignature"]
    query = {"msg_signature": signature, "timestamp": timestamp, "nonce": "nonce"}
    request = CallbackRequest(method="POST", query=query, headers={}, body=body.encode())
    codec = WeComCodec(SETTINGS)
    ours = measure(lambda: codec.decode(request, NOW))
    theirs = measure(
        lambda: parse_message(sdk.decrypt_message(body, signature, timestamp, "nonce"))
    )
    return ours, theirs


def main() -> None:
    """Print both times and their ratio."""
    ours, theirs = compare()
    print(f"decode one WeCom text: ours {ours * 1e6:.1f} us, SDK {theirs * 1e6:.1f} us")
    print(f"ratio SDK / ours: {theirs / ours:.2f}")


if __name__ == "__main__":
    main()
