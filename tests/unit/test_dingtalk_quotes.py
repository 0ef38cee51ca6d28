"""Quotes in every shape, and session addresses on trusted hosts alone."""

import json

import pytest

from bot.platforms.dingtalk.message import parse_message, trusted_session
from reporting.messages import IncomingMessage
from tests.support.callbacks import NOW, dingtalk_body

HOSTS = ("oapi.dingtalk.com", "127.0.0.1:8080")


def read(**fields: object) -> IncomingMessage:
    return parse_message(dingtalk_body(**fields), NOW, HOSTS)


CARD = {
    "cardContent": {
        "title": "待报事项",
        "elements": [
            {"type": "markdown", "text": "3-2 污水处理厂"},
            {"type": "action", "children": [{"text": "已完成"}]},
        ],
    }
}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "3-2 污水处理厂"}, "3-2 污水处理厂"),
        ({"content": "3-2 污水处理厂"}, "3-2 污水处理厂"),
        ("3-2 污水处理厂", "3-2 污水处理厂"),
        (json.dumps({"text": "3-2 污水处理厂"}), "3-2 污水处理厂"),
        ({"richText": [{"text": "3-2"}, {"text": "污水"}]}, "3-2\n污水"),
        (CARD, "待报事项\n3-2 污水处理厂\n已完成"),
        (json.dumps(CARD), "待报事项\n3-2 污水处理厂\n已完成"),
        ("{broken", "{broken"),
        ("AAECAwQFBgc=||3||1||132", ""),
        ({}, ""),
        (None, ""),
        (17, ""),
    ],
)
def test_d4_every_quote_shape_is_read_and_never_the_senders_words(
    content: object, expected: str
) -> None:
    replied = {"msgType": "text", "msgId": "m", "senderId": "s", "content": content}
    message = read(text={"content": "已完成", "isReplyMsg": True, "repliedMsg": replied})
    assert message.quoted_text == expected
    assert message.text == "已完成"


def test_d4_a_quote_without_content_is_empty() -> None:
    assert (
        read(text={"content": "好", "repliedMsg": {"msgId": "m", "msgType": "x"}}).quoted_text == ""
    )


def test_d4_a_quote_in_rich_text_sits_under_content() -> None:
    content = {"richText": [{"text": "完成"}], "repliedMsg": {"content": {"text": "3-2"}}}
    message = read(msgtype="richText", content=content, text=None)
    assert (message.text, message.quoted_text) == ("完成", "3-2")


@pytest.mark.parametrize(("given", "expected"), [("key==", "key=="), ("", None), (None, None)])
def test_d5_the_key_of_our_own_quoted_message_is_kept(
    given: str | None, expected: str | None
) -> None:
    assert read(originalProcessQueryKey=given).quoted_key == expected


def test_an_endless_quote_is_cut() -> None:
    deep: object = "底"
    for _ in range(500):
        deep = {"content": deep}
    assert read(text={"content": "好", "repliedMsg": {"content": deep}}).quoted_text == ""
    wide = {"content": ["字" * 100] * 100}
    assert len(read(text={"content": "好", "repliedMsg": wide}).quoted_text) == 4000


@pytest.mark.parametrize(
    "url",
    [
        "https://oapi.dingtalk.com/robot/sendBySession?session=a",
        "https://oapi.dingtalk.com:443/robot/sendBySession?session=a",
        "https://OAPI.dingtalk.com/robot",
        "http://127.0.0.1:8080/robot?session=a",
        "https://127.0.0.1:8080/robot?session=a",
    ],
)
def test_a_session_address_on_a_listed_host_is_kept(url: str) -> None:
    assert trusted_session(url, HOSTS) == url
    assert read(sessionWebhook=url).session_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://oapi.dingtalk.com/robot",
        "https://oapi.dingtalk.com:8443/robot",
        "https://oapi.dingtalk.com.evil.example/robot",
        "https://evil.example/oapi.dingtalk.com",
        "https://oapi.dingtalk.com@evil.example/robot",
        "https://evil.example\\@oapi.dingtalk.com/robot",
        "https://oapi.dingtalk.com\n.evil.example/",
        "http://127.0.0.1:8081/robot",
        "http://127.0.0.1/robot",
        "https://oapi.dingtalk.com:99999/",
        "https://[::1",
        "file:///etc/passwd",
        "//oapi.dingtalk.com/robot",
        "https://督查.example/",
        "",
    ],
)
def test_a_session_address_anywhere_else_is_dropped(url: str) -> None:
    assert trusted_session(url, HOSTS) is None
    message = read(sessionWebhook=url)
    assert (message.session_url, message.session_until) == (None, None)


def test_a_session_address_lives_as_long_as_the_field_says() -> None:
    message = read()
    assert message.session_until is not None
    assert (message.session_until - NOW).total_seconds() == pytest.approx(5400.123)
    assert read(sessionWebhookExpiredTime=None).session_until is None
