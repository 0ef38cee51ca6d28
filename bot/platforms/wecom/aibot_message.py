"""What a WeCom group robot (智能机器人) is told, in our own words [D 100719, 101463]."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.platforms.reading import identifier, mapping, string
from bot.platforms.wecom.card import read_press
from reporting.messages import IncomingKind, IncomingMessage

Body = Mapping[str, object]

KINDS = {
    "text": IncomingKind.TEXT,
    "mixed": IncomingKind.TEXT,
    "voice": IncomingKind.VOICE,  # its words come recognised
    "image": IncomingKind.IMAGE,
    "file": IncomingKind.FILE,
    "video": IncomingKind.FILE,
}
URL_LIVES = timedelta(hours=1)
REQUEST = "request:"  # before the id under which a message of the long connection is answered
REQUEST_LIVES = timedelta(hours=24)
EVICTED, CARD_EVENT = "disconnected_event", "template_card_event"
MENTION = re.compile(r"^\s*@\S{1,64}(?:\s+|$)")


def parse_message(body: Body, now: datetime, request: str = "") -> IncomingMessage | None:
    """The message or event; None for a poll of a streamed answer, which we never begin.

    `request` is the id of its frame on the long connection, where there is no response_url.
    """
    kind = string(body, "msgtype")
    if kind == "stream":
        return None
    if kind == "event":
        return _event(body, now)
    url = string(body, "response_url")
    until = now + (REQUEST_LIVES if request else URL_LIVES)
    media = _media(body, kind)
    return IncomingMessage(
        key=identifier(string(body, "msgid")),
        kind=KINDS.get(kind, IncomingKind.OTHER),
        sender_id=identifier(string(mapping(body, "from"), "userid")),
        sent_at=now,
        text=_own_words(body, kind),
        quoted_text=_words(mapping(body, "quote")),
        group_id=string(body, "chatid") or None,
        event="" if kind in KINDS else identifier(kind),
        media_id=media[0] if media else "",
        more_media=tuple(media[1:]),
        session_url=f"{REQUEST}{request}" if request else url or None,
        session_until=until if request or url else None,
    )


def _event(body: Body, now: datetime) -> IncomingMessage:
    """An event; its key is the platform's id, and for one without, the hash of what it says."""
    event = mapping(body, "event")
    name = identifier(string(event, "eventtype"))
    press = mapping(event, CARD_EVENT)
    is_press = name == CARD_EVENT
    plain = json.dumps(body, sort_keys=True).encode()
    return IncomingMessage(
        key=string(body, "msgid")[:256] or hashlib.sha256(plain).hexdigest(),
        kind=IncomingKind.CHOICE if is_press else IncomingKind.EVENT,
        # What concerns the connection itself comes from nobody.
        sender_id=string(mapping(body, "from"), "userid")[:256] or "sys",
        sent_at=now,
        text=read_press(string(press, "event_key"), _ticked(press)) if is_press else "",
        group_id=string(body, "chatid") or None,
        quoted_key=string(press, "task_id") or None,
        event=f"aibot.{name}",
        session_url=string(body, "response_url") or None,
        session_until=now + URL_LIVES if string(body, "response_url") else None,
    )


def _ticked(press: Body) -> list[str]:
    chosen = _objects(mapping(press, "selected_items"), "selected_item")
    listed = [mapping(one, "option_ids").get("option_id") for one in chosen]
    return [option for ids in listed if isinstance(ids, list) for option in ids]


def _own_words(body: Body, kind: str) -> str:
    """The sender's words, without the robot's name he had to mention in a group."""
    words = _words(body) if kind in KINDS else ""
    return MENTION.sub("", words, count=1) if string(body, "chatid") else words


def _words(body: Body) -> str:
    kind = string(body, "msgtype")
    if kind == "mixed":
        parts = (_words(item) for item in _objects(mapping(body, "mixed"), "msg_item"))
        return "\n".join(filter(None, parts))
    return string(mapping(body, kind), "content") if kind in {"text", "voice"} else ""


def _media(body: Body, kind: str) -> Sequence[str]:
    """Addresses of the files; on the long connection each has a key of its own, after a blank."""
    if kind == "mixed":
        items = _objects(mapping(body, "mixed"), "msg_item")
        return [one for item in items for one in _media(item, string(item, "msgtype"))]
    held = mapping(body, kind) if kind in {"image", "file", "video"} else {}
    url, key = string(held, "url"), string(held, "aeskey")
    return [f"{url} {key}".strip()] if url.startswith(("https://", "http://")) else []


def _objects(source: Body, name: str) -> Sequence[Body]:
    found = source.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
