"""Every kind of WeCom message and event in our own words."""

import pytest

from bot.platforms.wecom.message import parse_message
from reporting.messages import IncomingKind, IncomingMessage
from tests.support.callbacks import NOW, wecom_xml

CARD = (
    "<Event>template_card_event</Event><EventKey>confirm</EventKey><TaskId>task-3-2</TaskId>"
    "<CardType>multiple_interaction</CardType><ResponseCode>secret</ResponseCode>"
)
ITEM = (
    "<SelectedItem><QuestionKey>q{n}</QuestionKey><OptionIds><OptionId>o{n}</OptionId></OptionIds>"
    "</SelectedItem>"
)


def message(inner: str) -> IncomingMessage:
    return parse_message(wecom_xml("text", f"{inner}<MsgId>77</MsgId>").encode())


def event(inner: str, *, sender: str = "ZhangSan") -> IncomingMessage:
    return parse_message(wecom_xml("event", inner, sender=sender).encode())


@pytest.mark.parametrize(
    ("kind", "inner", "expected"),
    [
        ("text", "<Content>已完成</Content>", (IncomingKind.TEXT, "已完成", "")),
        ("text", "<Content></Content>", (IncomingKind.TEXT, "", "")),
        ("image", "<PicUrl>u</PicUrl><MediaId>m</MediaId>", (IncomingKind.IMAGE, "", "m")),
        ("voice", "<MediaId>m</MediaId><Format>amr</Format>", (IncomingKind.VOICE, "", "m")),
        (
            "video",
            "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>",
            (IncomingKind.FILE, "", "m"),
        ),
        (
            "file",
            "<FileName>进度.xlsx</FileName><MediaId>m</MediaId>",
            (IncomingKind.FILE, "进度.xlsx", "m"),
        ),
    ],
)
def test_each_message_type_has_its_kind(
    kind: str, inner: str, expected: tuple[IncomingKind, str, str]
) -> None:
    found = parse_message(wecom_xml(kind, f"{inner}<MsgId>77</MsgId>").encode())
    assert (found.kind, found.text, found.media_id) == expected
    assert (found.key, found.sender_id, found.sent_at, found.event) == ("77", "ZhangSan", NOW, "")
    assert found.group_id is None


@pytest.mark.parametrize(
    ("kind", "inner", "text"),
    [
        (
            "location",
            "<Location_X>23.1</Location_X><Location_Y>113.3</Location_Y><Label>清河大桥</Label>",
            "清河大桥\n23.1\n113.3",
        ),
        ("link", "<Title>简报</Title><Url>https://example.com</Url>", "简报\nhttps://example.com"),
        ("brand_new", "<Content>?</Content>", ""),
    ],
)
def test_a_type_we_do_nothing_with_is_named(kind: str, inner: str, text: str) -> None:
    found = parse_message(wecom_xml(kind, f"{inner}<MsgId>77</MsgId>").encode())
    assert (found.kind, found.event, found.text) == (IncomingKind.OTHER, kind, text)


def test_a_quote_is_kept_apart_from_the_senders_own_words() -> None:
    found = message(
        "<Content><![CDATA[「联络通：【待报】\n3-2 污水厂」\n- - - - - - - - - - - - - - -\n"
        "完成80%\n预计下月完工]]></Content>"
    )
    assert found.text == "完成80%\n预计下月完工"
    assert found.quoted_text == "【待报】\n3-2 污水厂"


def test_corner_brackets_alone_are_no_quote() -> None:
    assert message("<Content>「一网通办」已完成</Content>").text == "「一网通办」已完成"


def test_a_control_character_in_a_pasted_text_does_not_lose_the_message() -> None:
    assert message("<Content>已\x08完\x1f成</Content>").text == "已完成"


def test_split_cdata_is_joined() -> None:
    assert message("<Content><![CDATA[a]]]]><![CDATA[>b]]></Content>").text == "a]]>b"


@pytest.mark.parametrize("name", ["enter_agent", "subscribe", "unsubscribe", "LOCATION"])
def test_a_plain_event_is_named(name: str) -> None:
    found = event(f"<Event>{name}</Event><EventKey></EventKey>")
    assert (found.kind, found.event, found.text) == (IncomingKind.EVENT, name, "")
    assert len(found.key) == 64


@pytest.mark.parametrize("name", ["inactive_alert", "close_inactive_agent", "low_active_alert"])
def test_w17_a_warning_about_the_app_reaches_the_office_as_an_event(name: str) -> None:
    found = event(f"<Event>{name}</Event><EffectTime>1750000000</EffectTime>")
    assert (found.kind, found.event) == (IncomingKind.EVENT, name)


def test_w17_a_deleted_member_is_named_by_the_event() -> None:
    found = event(
        "<Event>change_contact</Event><ChangeType>delete_user</ChangeType><UserID>LiSi</UserID>",
        sender="sys",
    )
    assert (found.event, found.text) == ("change_contact.delete_user", "LiSi")
    assert found.sender_id == "sys"


def test_a_renamed_member_is_given_with_both_ids() -> None:
    found = event(
        "<Event>change_contact</Event><ChangeType>update_user</ChangeType><UserID>LiSi</UserID>"
        "<NewUserID>LiSi2</NewUserID>"
    )
    assert found.text == "LiSi\nLiSi2"


def test_w5_two_events_of_one_person_in_one_second_have_two_keys() -> None:
    keys = {event(f"<Event>click</Event><EventKey>{key}</EventKey>").key for key in "ab"}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ("", "confirm"),
        (ITEM.format(n=1), "o1"),
        (ITEM.format(n=1) + ITEM.format(n=2), "o1、o2"),
        (ITEM.format(n=1) + ITEM.format(n=2).replace("o2", "none-1"), "o1"),
        (ITEM.format(n=1).replace("o1", "none-0"), "都不是"),
    ],
)
def test_w6_a_card_is_read_with_any_number_of_ticked_options(items: str, text: str) -> None:
    found = event(f"{CARD}<SelectedItems>{items}</SelectedItems>")
    assert (found.kind, found.text) == (IncomingKind.CHOICE, text)
    assert (found.event, found.quoted_key) == ("template_card_event", "task-3-2")


def test_a_card_menu_is_a_choice_too() -> None:
    found = event("<Event>template_card_menu_event</Event><EventKey>more</EventKey>")
    assert (found.kind, found.text, found.quoted_key) == (IncomingKind.CHOICE, "more", None)
