"""WeCom callbacks: what is accepted, and the one family of errors for all that is not."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import xmltodict
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.platforms.channel import MAX_BODY, CallbackRequest, WeComSettings
from bot.platforms.wecom.codec import WeComCodec
from reporting.errors import (
    CallbackForged,
    CallbackMalformed,
    CallbackOversized,
    CallbackStale,
    UserMistake,
)
from tests.support.callbacks import (
    NOW,
    VECTORS,
    WECOM,
    encrypt,
    pad,
    plaintext,
    seal,
    wecom_signature,
    wecom_xml,
    wrap,
)

CODEC = WeComCodec(WECOM)
TEXT = wecom_xml("text", "<Content>污水厂完成80%</Content><MsgId>4561255354251345929</MsgId>")
OFFICIAL = VECTORS["wecom_callback"]
OFFICIAL_CODEC = WeComCodec(
    WeComSettings(
        channel="official",
        corp_id=OFFICIAL["corpid"],
        agent_id=218,
        secret="",
        token=OFFICIAL["token"],
        encoding_aes_key=OFFICIAL["encoding_aes_key"],
    )
)


def at(timestamp: str) -> datetime:
    return datetime.fromtimestamp(int(timestamp), ZoneInfo("Asia/Shanghai"))


def test_w1_the_official_message_is_read() -> None:
    vector = OFFICIAL["message"]
    request = CallbackRequest(method="POST", query=vector, headers={}, body=vector["body"].encode())
    decoded = OFFICIAL_CODEC.decode(request, at(vector["timestamp"]))
    assert decoded.message is not None
    assert decoded.answer == b""
    expected = vector["expected_plain_fields"]
    assert decoded.message.key == expected["MsgId"]
    assert decoded.message.sender_id == expected["FromUserName"]
    assert decoded.message.text == expected["Content"]
    assert decoded.message.sent_at == at(expected["CreateTime"])


def test_w1_the_official_address_check_is_answered_with_the_bare_echo() -> None:
    vector = OFFICIAL["verify_url"]
    request = CallbackRequest(method="GET", query=vector, headers={}, body=b"")
    decoded = OFFICIAL_CODEC.decode(request, at(vector["timestamp"]))
    assert decoded.message is None
    assert decoded.answer == b"1616140317555161061"
    assert decoded.content_type == "text/plain"


def test_an_echo_whose_plus_signs_became_spaces_is_still_read() -> None:
    vector = OFFICIAL["verify_url"]
    query = vector | {"echostr": vector["echostr"].replace("+", " ")}
    request = CallbackRequest(method="GET", query=query, headers={}, body=b"")
    assert OFFICIAL_CODEC.decode(request, at(vector["timestamp"])).answer.isdigit()


@pytest.mark.parametrize("length", [0, 1, 11, 12, 31, 32, 33, 3000])
def test_what_the_sdk_seals_we_open_and_the_other_way_round(length: int) -> None:
    text = "督" * length
    plain = wecom_xml("text", f"<Content>{text}</Content><MsgId>1</MsgId>")
    request = seal(plain)
    message = CODEC.decode(request, NOW).message
    assert message is not None
    assert message.text == text
    sdk = WeChatCrypto(WECOM.token, WECOM.encoding_aes_key, WECOM.corp_id)
    ours = wrap(encrypt(pad(plaintext(plain.encode()))))
    opened = sdk.decrypt_message(
        ours.body, ours.query["msg_signature"], ours.query["timestamp"], "nonce"
    )
    assert opened == plain


@pytest.mark.parametrize("receiver", ["ww_other_corp", WECOM.corp_id.upper(), "", "ww"])
def test_w1_a_message_for_another_receiver_is_forged(receiver: str) -> None:
    with pytest.raises(CallbackForged):
        CODEC.decode(seal(TEXT, corp_id=receiver), NOW)


def test_w3_a_body_over_the_limit_is_refused_before_the_signature_is_looked_at() -> None:
    request = CallbackRequest(method="POST", query={}, headers={}, body=b"<" * (MAX_BODY + 1))
    with pytest.raises(CallbackOversized):
        CODEC.decode(request, NOW)


@pytest.mark.parametrize("seconds", [-3601, 301])
def test_w3_a_stale_or_future_callback_is_refused(seconds: int) -> None:
    with pytest.raises(CallbackStale):
        CODEC.decode(seal(TEXT, at=NOW + timedelta(seconds=seconds)), NOW)


@pytest.mark.parametrize("seconds", [-3600, -15, 0, 299])
def test_w3_the_platforms_own_retries_are_accepted(seconds: int) -> None:
    assert CODEC.decode(seal(TEXT, at=NOW + timedelta(seconds=seconds)), NOW).message


def test_w4_three_tries_with_fresh_nonces_carry_one_key() -> None:
    event = wecom_xml("event", "<Event>enter_agent</Event>")
    for plain in (TEXT, event):
        tries = [seal(plain, at=NOW + timedelta(seconds=5 * number)) for number in range(3)]
        assert len({request.body for request in tries}) == 3
        messages = [CODEC.decode(request, NOW + timedelta(seconds=20)).message for request in tries]
        assert len({message.key for message in messages if message}) == 1


@pytest.mark.parametrize("method", ["PUT", "HEAD", ""])
def test_another_method_is_malformed(method: str) -> None:
    with pytest.raises(CallbackMalformed):
        CODEC.decode(replace(seal(TEXT), method=method), NOW)


@pytest.mark.parametrize("key", ["", "A" * 42, "A" * 44, "=" * 43, "督" * 43])
def test_a_wrong_aes_key_is_explained_in_chinese(key: str) -> None:
    with pytest.raises(UserMistake, match="43 位"):
        WeComCodec(replace(WECOM, encoding_aes_key=key))


def test_the_sdk_signs_as_we_do() -> None:
    request = seal(TEXT)
    sealed = xmltodict.parse(request.body)["xml"]["Encrypt"]
    expected = wecom_signature(request.query["timestamp"], "nonce", sealed)
    assert request.query["msg_signature"] == expected


def test_w8_the_acknowledgement_holds_nothing_of_the_message() -> None:
    content = "<Content><![CDATA[<b>]]]]><![CDATA[></Content>]]></Content><MsgId>1</MsgId>"
    decoded = CODEC.decode(seal(wecom_xml("text", content)), NOW)
    assert decoded.message is not None
    assert decoded.message.text == "<b>]]></Content>"
    assert decoded.answer == b""
