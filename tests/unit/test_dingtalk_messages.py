"""Every DingTalk message type, quote shape and session address."""

import pytest

from bot.platforms.dingtalk.message import parse_message
from reporting.messages import IncomingKind, IncomingMessage
from tests.support.callbacks import NOW, dingtalk_body

HOSTS = ("oapi.dingtalk.com", "127.0.0.1:8080")


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


def test_text_that_no_database_can_hold_is_mended() -> None:
    message = read(text={"content": "已\0完成\ud83d"}, senderNick="张\0三")
    assert (message.text, message.sender_name) == ("已完成?", "张三")
