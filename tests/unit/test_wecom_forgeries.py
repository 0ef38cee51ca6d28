"""WeCom callbacks that are missing, broken, forged or hostile: one family of errors."""

import base64
from dataclasses import replace

import pytest

from bot.platforms.wecom.codec import WeComCodec
from reporting.errors import (
    CallbackForged,
    CallbackMalformed,
    CallbackRejected,
)
from tests.support.callbacks import NOW, WECOM, encrypt, pad, plaintext, seal, wecom_xml, wrap

CODEC = WeComCodec(WECOM)
TEXT = wecom_xml("text", "<Content>污水厂完成80%</Content><MsgId>4561255354251345929</MsgId>")


@pytest.mark.parametrize("name", ["msg_signature", "timestamp", "nonce"])
@pytest.mark.parametrize("value", [None, "", "督查", "\ud800", "1" * 40])
def test_w2_a_missing_or_strange_parameter_is_refused(name: str, value: str | None) -> None:
    request = seal(TEXT)
    query = {key: text for key, text in request.query.items() if key != name}
    if value is not None:
        query[name] = value
    with pytest.raises(CallbackRejected):
        CODEC.decode(replace(request, query=query), NOW)


def test_w2_a_wrong_signature_is_forged_before_anything_is_decrypted() -> None:
    request = wrap("AAAA")
    query = dict(request.query) | {"msg_signature": "0" * 40}
    with pytest.raises(CallbackForged):
        CODEC.decode(replace(request, query=query), NOW)


SHORT = encrypt(pad(b"r" * 16))
OVERLONG = encrypt(pad(b"r" * 16 + (9999).to_bytes(4, "big") + b"<xml/>"))


@pytest.mark.parametrize(
    "sealed",
    [
        "AAAA",
        "A",
        "A===",
        "AA=A",
        base64.b64encode(b"x" * 31).decode(),
        base64.b64encode(b"x" * 64).decode(),
        SHORT,
        OVERLONG,
        encrypt(plaintext(b"<xml/>").ljust(64, b"\0")),
        encrypt(plaintext(b"<xml/>").ljust(64, b"\xff")),
        encrypt(plaintext(b"<xml/>").ljust(63, b"\x03") + b"\x21"),
        encrypt(plaintext(b"<xml/>").ljust(62, b"\x05") + b"\x01\x02"),
    ],
)
def test_w2_a_signed_but_broken_cipher_is_malformed(sealed: str) -> None:
    with pytest.raises(CallbackMalformed):
        CODEC.decode(wrap(sealed), NOW)


def test_w2_a_message_sealed_with_another_key_is_refused() -> None:
    other = WeComCodec(replace(WECOM, encoding_aes_key="A" * 43))
    with pytest.raises(CallbackRejected):
        other.decode(seal(TEXT), NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no xml",
        b"<xml/>",
        b"<xml><Encrypt></Encrypt></xml>",
        b"<xml><Encrypt><![CDATA[]]></Encrypt></xml>",
        b"<xml><Encrypt>A</Encrypt><Encrypt>A</Encrypt></xml>",
        b"<xml><Encrypt>&amp;</Encrypt></xml>",
        b"<!DOCTYPE xml [<!ENTITY a 'A'>]><xml><Encrypt>QUFB</Encrypt></xml>",
        b"\xff\xfe<xml><Encrypt>",
    ],
)
def test_w2_a_body_without_one_sealed_text_is_malformed(body: bytes) -> None:
    with pytest.raises(CallbackMalformed):
        CODEC.decode(replace(seal(TEXT), body=body), NOW)


@pytest.mark.parametrize(
    "plain",
    [
        "",
        "no xml",
        "<xml>",
        "<xml/>",
        "<xml><MsgType></MsgType></xml>",
        "<!DOCTYPE xml><xml><MsgType>text</MsgType></xml>",
        "<!DOCTYPE xml [<!ENTITY a 'A'>]><xml><MsgType>&a;</MsgType></xml>",
        "<xml>&undefined;</xml>",
        wecom_xml("event", ""),
        wecom_xml("text", "<MsgType>text</MsgType><MsgId>1</MsgId>"),
        wecom_xml("text", "<Content>no id</Content>"),
        wecom_xml("text", f"<MsgId>{'1' * 300}</MsgId>"),
        wecom_xml("text", "<MsgId>1</MsgId>", sender=""),
        wecom_xml("text", "<MsgId>1</MsgId>").replace(str(int(NOW.timestamp())), "junk"),
        wecom_xml("text", "<MsgId>1</MsgId>").replace(str(int(NOW.timestamp())), "9" * 15),
        wecom_xml("text", "<a>" * 20 + "</a>" * 20),
        wecom_xml("text", "<a/>" * 600),
    ],
)
def test_w2_a_rightly_sealed_but_unreadable_document_is_malformed(plain: str) -> None:
    with pytest.raises(CallbackMalformed):
        CODEC.decode(seal(plain), NOW)


def test_w2_bytes_that_are_no_text_are_malformed() -> None:
    with pytest.raises(CallbackMalformed):
        CODEC.decode(wrap(encrypt(pad(plaintext(b"<xml>\xff</xml>")))), NOW)
