"""The frames of DingTalk's Stream mode: JSON texts with headers, a topic and data in a string."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.platforms.dingtalk.card import TAKEN, new_looks
from bot.platforms.reading import mapping, read_json, string
from reporting.errors import CallbackMalformed

ROBOT_TOPIC, CARD_TOPIC = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"
PING, DISCONNECT = "ping", "disconnect"
SYSTEM, CALLBACK, EVENT = "SYSTEM", "CALLBACK", "EVENT"
OK, UNUSABLE, UNWANTED = 200, 400, 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame; `message_id` is empty where none came, `data` is JSON in a string.

    An event's name, id and time stand in its `headers`.
    """

    kind: str
    topic: str
    message_id: str
    data: str
    headers: Mapping[str, object] = field(default_factory=dict)


def read_frame(raw: str) -> Frame | None:
    """The frame in a text, or None where it is none: the connection outlives it."""
    try:
        body = read_json(raw.encode("utf-8", "replace"))
    except CallbackMalformed:
        return None
    headers = mapping(body, "headers")
    frame = Frame(
        kind=string(body, "type"),
        topic=string(headers, "topic"),
        message_id=string(headers, "messageId"),
        data=string(body, "data"),
        headers=headers,
    )
    return frame if frame.kind and frame.topic else None


def read_data(frame: Frame) -> Mapping[str, object]:
    """The JSON object a frame carries; raises CallbackMalformed."""
    return read_json(frame.data.encode("utf-8", "replace"))


def read_event(frame: Frame) -> Mapping[str, object]:
    """The event a frame carries, as the event push writes it; raises CallbackMalformed."""
    told = {
        "EventType": frame.headers.get("eventType"),
        "eventId": frame.headers.get("eventId"),
        "EventTime": frame.headers.get("eventBornTime"),
    }
    return {**read_data(frame), **told}


def acknowledgement(frame: Frame, code: int = OK) -> str:
    """The answer to a frame: a ping gets its own data back, a pressed card its new looks."""
    looks = new_looks(TAKEN) if frame.topic == CARD_TOPIC and code == OK else None
    data = frame.data if frame.topic == PING else json.dumps({"response": looks})
    if frame.kind == EVENT:
        data = json.dumps({"status": "SUCCESS", "message": "success"})
    headers = {"messageId": frame.message_id, "contentType": "application/json"}
    message = "OK" if code == OK else "refused"
    return json.dumps(
        {"code": code, "headers": headers, "message": message, "data": data}, ensure_ascii=False
    )
