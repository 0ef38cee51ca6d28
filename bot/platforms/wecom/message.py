"""What a WeCom app's decrypted callback says, in our own words [D 90239, 90240]."""

import hashlib
import re
from collections.abc import Mapping

from bot.platforms.reading import identifier, moment, require_number
from bot.platforms.wecom.card import read_press
from bot.platforms.wecom.document import read_document
from reporting.errors import CallbackMalformed
from reporting.messages import IncomingKind, IncomingMessage

Fields = Mapping[str, list[str]]

KINDS = {
    "text": IncomingKind.TEXT,
    "image": IncomingKind.IMAGE,
    "voice": IncomingKind.VOICE,
    "video": IncomingKind.FILE,
    "file": IncomingKind.FILE,
}
CARD_EVENTS = {"template_card_event", "template_card_menu_event"}
# Which fields make the text of each kind, a line each; a key of the table is a message type.
TEXT_FIELDS = {
    "text": ("Content",),
    "file": ("FileName",),
    "location": ("Label", "Location_X", "Location_Y"),
    "link": ("Title", "Description", "Url"),
}
EVENT_FIELDS = {
    "change_contact": ("UserID", "NewUserID"),
    "inactive_alert": ("EffectTime",),
    "batch_job_result": ("BatchJob/JobId", "BatchJob/ErrCode"),
}
# A client writes the quoted message before the sender's words, in corner brackets and ruled off.
QUOTE = re.compile(r"「(?:[^：\n]{1,64}：)?(.*?)」\n(?:- ?){6,}(?:\n(.*))?", re.DOTALL)


def parse_message(plain: bytes) -> IncomingMessage:
    """The message or event of one decrypted callback; raises CallbackMalformed."""
    fields = read_document(plain)
    kind = _one(fields, "MsgType").lower()
    if not kind:
        raise CallbackMalformed
    return _event(fields, plain) if kind == "event" else _message(fields, kind)


def _message(fields: Fields, kind: str) -> IncomingMessage:
    text, quoted = _unquote(_lines(fields, TEXT_FIELDS.get(kind, ())))
    return IncomingMessage(
        key=identifier(_one(fields, "MsgId")),
        kind=KINDS.get(kind, IncomingKind.OTHER),
        sender_id=identifier(_one(fields, "FromUserName")),
        sent_at=moment(require_number(_one(fields, "CreateTime"))),
        text=text,
        quoted_text=quoted,
        event="" if kind in KINDS else identifier(kind),
        media_id=_one(fields, "MediaId"),
    )


def _event(fields: Fields, plain: bytes) -> IncomingMessage:
    """Two events of one person in one second differ only in their plaintext: its hash is the key.

    The documented key, sender and time, loses the second of them; the plaintext is the same over
    all retries while nonce and ciphertext are fresh.
    """
    name = identifier(_one(fields, "Event"))
    change = _one(fields, "ChangeType")
    is_card = name in CARD_EVENTS
    return IncomingMessage(
        key=hashlib.sha256(plain).hexdigest(),
        kind=IncomingKind.CHOICE if is_card else IncomingKind.EVENT,
        sender_id=identifier(_one(fields, "FromUserName")),
        sent_at=moment(require_number(_one(fields, "CreateTime"))),
        text=_choice(fields) if is_card else _lines(fields, EVENT_FIELDS.get(name, ("EventKey",))),
        quoted_key=(_one(fields, "TaskId") or None) if is_card else None,
        event=f"{name}.{change}" if change else name,
        card_code=(_one(fields, "ResponseCode") or None) if is_card else None,
    )


def _unquote(text: str) -> tuple[str, str]:
    """The sender's own words, and those he quoted."""
    found = QUOTE.fullmatch(text)
    return (found.group(2) or "", found.group(1)) if found else (text, "")


def _choice(fields: Fields) -> str:
    """What was pressed or ticked, in the words of an answer."""
    ticked = fields.get("SelectedItems/SelectedItem/OptionIds/OptionId", [])
    return read_press(_one(fields, "EventKey"), ticked)


def _one(fields: Fields, name: str) -> str:
    """The only text of this name, or an empty one; a repeated element is malformed."""
    values = fields.get(name, [])
    if len(values) > 1:
        raise CallbackMalformed
    return values[0] if values else ""


def _lines(fields: Fields, names: tuple[str, ...]) -> str:
    return "\n".join(value for name in names if (value := _one(fields, name)))
