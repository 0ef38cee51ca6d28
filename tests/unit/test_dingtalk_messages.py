"""Every DingTalk message type, quote shape and session address."""

import json

import pytest

from bot.platforms.dingtalk.message import parse_message, trusted_session
from reporting.messages import IncomingKind, IncomingMessage
from tests.support.callbacks import NOW, dingtalk_body

HOSTS = ("oapi.dingtalk.com", "127.0.0.1:8080")
CARD = {
    "cardContent": {
        "title": "待报事项",
        "elements": [
            {"type": "markdown", "text": "3-2 污水处理厂"},
            {"type": "action", "children": [{"text": "已完成"}]},
        ],
    }
}


def read(**fields: object) -> IncomingMessage:
    return parse_message(dingtalk_body(**fields), NOW, HOSTS)


def test_a_one_to_one_text_has_all_its_parts() -> None:
    message = read(text={"content": " 完成80% "})
    assert (message.kind, message.text) == (IncomingKind.TEXT, "完成80%")
    assert (message.sender_id, message.sender_name) == ("0123", "张三")
    assert (message.group_id, message.sent_at, message.event) == (None, NOW, "")


def test_a_group_text_names_its_group() -> None:
    message = read(conversationType="2", conversationId="cidG", text={"content": " 完成"})
    assert (message.group_id, message.text) == ("cidG", "完成")


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        (
            "audio",
            {"recognition": "完成八成", "downloadCode": "d"},
            (IncomingKind.VOICE, "完成八成", "d"),
        ),
        ("audio", {"downloadCode": "d"}, (IncomingKind.VOICE, "", "d")),
        ("picture", {"downloadCode": "d"}, (IncomingKind.IMAGE, "", "d")),
        (
            "file",
            {"fileName": "进度.xlsx", "downloadCode": "d"},
            (IncomingKind.FILE, "进度.xlsx", "d"),
        ),
        ("video", {"downloadCode": "d", "duration": 3}, (IncomingKind.FILE, "", "d")),
        ("picture", None, (IncomingKind.IMAGE, "", "")),
        ("file", "junk", (IncomingKind.FILE, "", "")),
    ],
)
def test_d4_each_type_has_its_kind(
    kind: str, content: object, expected: tuple[IncomingKind, str, str]
) -> None:
    message = read(msgtype=kind, content=content, text=None)
    assert (message.kind, message.text, message.media_id) == expected


@pytest.mark.parametrize(("kind", "event"), [("unknownMsgType", "unknownMsgType"), ("x", "x")])
def test_d4_an_unknown_type_is_named(kind: str, event: str) -> None:
    message = read(msgtype=kind)
    assert (message.kind, message.event, message.text) == (IncomingKind.OTHER, event, "")


def test_d4_a_missing_type_is_unknown() -> None:
    assert read(msgtype=None).event == "unknownMsgType"


def test_d4_a_person_outside_the_organisation_has_no_id() -> None:
    assert read(senderStaffId=None).sender_id == ""


@pytest.mark.parametrize(
    ("pieces", "kind", "text", "media"),
    [
        ([{"text": "@联络通"}, {"text": " 完成80%"}], "text", "完成80%", ""),
        ([{"text": "@联络通 "}, {"text": "1完成\n2动工"}], "text", "1完成\n2动工", ""),
        ([{"text": "@联络通 完成"}], "text", "@联络通 完成", ""),
        ([{"text": "完成"}, {"type": "picture", "downloadCode": "d"}], "text", "完成", "d"),
        ([{"type": "picture", "downloadCode": "d"}], "image", "", "d"),
        (
            [{"text": "甲"}, {"type": "picture", "downloadCode": "d"}, {"text": "乙"}],
            "text",
            "甲\n乙",
            "d",
        ),
        (["junk", 7, None], "text", "", ""),
        ("junk", "text", "", ""),
    ],
)
def test_d4_rich_text_gives_words_and_first_picture_without_the_mention(
    pieces: object, kind: str, text: str, media: str
) -> None:
    message = read(
        msgtype="richText", content={"richText": pieces}, conversationType="2", text=None
    )
    assert (message.kind.value, message.text, message.media_id) == (kind, text, media)


def test_a_mention_in_a_private_rich_text_is_the_senders_own() -> None:
    pieces = {"richText": [{"text": "@张三"}, {"text": "在办"}]}
    assert read(msgtype="richText", content=pieces).text == "@张三在办"


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


def test_text_that_no_database_can_hold_is_mended() -> None:
    message = read(text={"content": "已\0完成\ud83d"}, senderNick="张\0三")
    assert (message.text, message.sender_name) == ("已完成?", "张三")
