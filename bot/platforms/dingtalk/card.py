"""A question as an interactive card: a template of the office's with a text and a row of buttons.

A press comes back by HTTP, signed with a secret of its own, or over the stream. It is answered
with the card's new looks, so that nobody presses twice.
"""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from bot.platforms.channel import CallbackRequest, Decoded, DingTalkSettings
from bot.platforms.reading import (
    identifier,
    mapping,
    moment,
    read_json,
    require_fresh,
    require_number,
    string,
)
from reporting.card import NONE_KEY, NONE_LABEL
from reporting.errors import CallbackForged, CallbackMalformed
from reporting.messages import Card, CardOption, IncomingKind, IncomingMessage

MAX_BUTTONS = 6
NONE_ACTION = "none"
SIGNATURE, TIMESTAMP = "x-ddpaas-signature", "x-ddpaas-signature-timestamp"
TITLE, TAKEN = "请选择是哪一项", "已收到，正在记录…"


def compose_instance(
    settings: DingTalkSettings, person: str, text: str, card: Card
) -> Mapping[str, object] | None:
    """The card for a person; None for a question that one button cannot answer."""
    if len(card.doubts) != 1 or len(card.doubts[0].options) >= MAX_BUTTONS:
        return None
    buttons = [_button(one) for one in card.doubts[0].options]
    buttons.append(_button(CardOption(key=NONE_ACTION, label=NONE_LABEL)))
    words = {"title": TITLE, "text": "  \n".join(text.splitlines()), "status": ""}
    instance: dict[str, object] = {
        "cardTemplateId": settings.card_template_id,
        "outTrackId": card.key,
        "userIdType": 1,
        "callbackType": "STREAM" if settings.stream else "HTTP",
        "cardData": {"cardParamMap": {**words, "buttons": _json(buttons)}},
        "openSpaceId": f"dtv1.card//IM_ROBOT.{person}",
        "imRobotOpenSpaceModel": {"supportForward": False},
        "imRobotOpenDeliverModel": {
            "spaceType": "IM_ROBOT",
            "robotCode": settings.robot_code,
        },
    }
    if not settings.stream:
        instance["callbackRouteKey"] = route_key(settings)
    return instance


def compose_trial(settings: DingTalkSettings) -> Mapping[str, object]:
    """A card that is made and put before nobody, to see whether the template is usable."""
    words = {"title": TITLE, "text": "", "status": "", "buttons": "[]"}
    return {
        "cardTemplateId": settings.card_template_id,
        "outTrackId": f"trial-{uuid4().hex}",
        "callbackType": "STREAM",
        "cardData": {"cardParamMap": words},
    }


def takes_cards(settings: DingTalkSettings) -> bool:
    """Whether the office has a template, and presses a way back."""
    back = settings.stream or (settings.card_callback_url and settings.card_secret)
    return bool(settings.card_template_id and back)


def route_key(settings: DingTalkSettings) -> str:
    """The name under which this channel's address for presses is registered."""
    return f"liaison-{settings.channel}"


def new_looks(words: str) -> Mapping[str, object]:
    """What changes on a card once it was pressed: no buttons, and words in their place."""
    return {
        "cardUpdateOptions": {"updateCardDataByKey": True},
        "cardData": {"cardParamMap": {"buttons": "[]", "status": words}},
    }


def is_press(request: CallbackRequest) -> bool:
    """Presses are signed in headers of their own."""
    return SIGNATURE in request.headers


def decode_press(secret: str, request: CallbackRequest, now: datetime, window: int) -> Decoded:
    """Verify and read a press that came by HTTP; raises CallbackRejected."""
    timestamp = request.headers.get(TIMESTAMP, "")
    milliseconds = require_number(timestamp)
    expected = sign_press(secret, timestamp)
    given = request.headers.get(SIGNATURE, "").encode("utf-8", "replace")
    if not secret or not hmac.compare_digest(expected.encode(), given):
        raise CallbackForged
    require_fresh(milliseconds / 1000, now, window)
    message = parse_press(read_json(request.body), moment(milliseconds / 1000))
    answer = json.dumps(new_looks(TAKEN), ensure_ascii=False).encode()
    return Decoded(message=message, answer=answer, content_type="application/json")


def sign_press(secret: str, timestamp: str) -> str:
    """The signature of a time (base64 of HMAC-SHA256)."""
    return b64encode(hmac.digest(secret.encode(), timestamp.encode(), "sha256")).decode()


def parse_press(body: Mapping[str, object], at: datetime) -> IncomingMessage:
    """A press, as the number it stands for; raises CallbackMalformed.

    It has no id: the same button of the same card pressed again by the same person is the same.
    """
    person, track = identifier(string(body, "userId")), identifier(string(body, "outTrackId"))
    pressed = _pressed(string(body, "content"))
    said = NONE_KEY if pressed == NONE_ACTION else pressed
    named = "\n".join((track, person.lower(), said)).encode()
    return IncomingMessage(
        key=f"press:{hashlib.sha256(named).hexdigest()}",
        kind=IncomingKind.CHOICE,
        sender_id=person,
        sent_at=at,
        text=said,
        quoted_key=track,
        event="card_press",
    )


def _pressed(content: str) -> str:
    """The id of the button."""
    private = mapping(read_json(content.encode("utf-8", "replace")), "cardPrivateData")
    ids = private.get("actionIds")
    if not isinstance(ids, list) or not ids or not isinstance(ids[0], str):
        raise CallbackMalformed
    return identifier(ids[0])


def _button(one: CardOption) -> Mapping[str, object]:
    event = {"type": "sendCardRequest", "params": {"actionId": one.key, "params": {}}}
    return {"id": one.key, "text": one.label, "color": "blue", "event": event}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
