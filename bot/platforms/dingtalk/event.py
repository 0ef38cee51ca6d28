"""DingTalk's event push: who left or joined the organisation, sealed over HTTP or by Stream.

Over HTTP every event, the check_url of saving the address too, is answered with a sealed
"success"; anything else is a failure to the platform, and the event comes again.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.platforms.channel import CallbackRequest, Decoded, DingTalkSettings
from bot.platforms.dingtalk.message import milliseconds
from bot.platforms.envelope import Envelope
from bot.platforms.reading import (
    identifier,
    read_json,
    require_fresh,
    require_number,
    string,
)
from bot.platforms.sealed import SealedBody
from reporting.errors import CallbackMalformed
from reporting.messages import IncomingKind, IncomingMessage

ADVICE = "钉钉事件订阅的 event_aes_key 应为 43 位字母和数字，请到开发者后台重新复制。"
CHECK_URL = "check_url"
SIGNATURES, TIMES = ("msg_signature", "signature"), ("timestamp", "timeStamp")
SECONDS_BELOW = 10**11  # a larger number is a time in milliseconds


class EventPush:
    """Verifies, opens and answers the events pushed to one app."""

    def __init__(self, settings: DingTalkSettings) -> None:
        body = SealedBody(settings.event_aes_key, ADVICE)
        owner = settings.event_owner or settings.app_key
        self._envelope = Envelope(settings.event_token, owner, body)
        self._window = settings.window_seconds

    def decode(self, request: CallbackRequest, now: datetime) -> Decoded:
        """The event and the sealed word it is answered with; raises CallbackRejected."""
        sealed = string(read_json(request.body), "encrypt")
        timestamp, nonce = _parameter(request, TIMES), _parameter(request, ("nonce",))
        number = require_number(timestamp)
        self._envelope.verify(_parameter(request, SIGNATURES), timestamp, nonce, sealed)
        require_fresh(number if number < SECONDS_BELOW else number / 1000, now, self._window)
        body = read_json(self._envelope.open(sealed))
        message = None if string(body, "EventType") == CHECK_URL else parse_event(body, now)
        answer = json.dumps(self._success(timestamp, nonce)).encode()
        return Decoded(message=message, answer=answer, content_type="application/json")

    def _success(self, timestamp: str, nonce: str) -> Mapping[str, str]:
        sealed = self._envelope.close(b"success")
        signature = self._envelope.sign(timestamp, nonce, sealed)
        return {
            "msg_signature": signature,
            "timeStamp": timestamp,
            "nonce": nonce,
            "encrypt": sealed,
        }


def is_event_push(request: CallbackRequest) -> bool:
    """A robot's messages are signed in the headers, events in the address."""
    return any(name in request.query for name in SIGNATURES)


def parse_event(body: Mapping[str, object], received: datetime) -> IncomingMessage:
    """An event with the people it names, a line each; raises CallbackMalformed.

    Its own id is the key; events of older kinds have none and repeat word for word.
    """
    written = json.dumps(body, sort_keys=True).encode()
    return IncomingMessage(
        key=identifier(string(body, "eventId") or hashlib.sha256(written).hexdigest()),
        kind=IncomingKind.EVENT,
        sender_id="",
        sent_at=_born(body) or received,
        text="\n".join(_people(body)),
        event=identifier(string(body, "EventType")),
    )


def _born(body: Mapping[str, object]) -> datetime | None:
    times = (milliseconds(body, name) for name in ("EventTime", "TimeStamp", "timeStamp"))
    return next((time for time in times if time is not None), None)


def _people(body: Mapping[str, object]) -> Iterator[str]:
    """HTTP writes UserId, Stream userId."""
    listed = body.get("UserId") or body.get("userId") or []
    for person in listed if isinstance(listed, list) else [listed]:
        if isinstance(person, str) and person and not person.isspace():
            yield identifier(person.strip())


def _parameter(request: CallbackRequest, names: tuple[str, ...]) -> str:
    value = next((found for name in names if (found := request.query.get(name))), "")
    if not value or not value.isascii():
        raise CallbackMalformed
    return value
