"""What a DingTalk robot callback says, in our own words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot.platforms.dingtalk.quote import quoted_key, quoted_text
from bot.platforms.reading import clean, identifier, mapping, moment, string
from reporting.messages import IncomingKind, IncomingMessage

Body = Mapping[str, object]

MAX_CODE = 2048  # characters of a download code; real ones have some hundreds
MAX_PICTURES = 9
GROUP = "2"  # conversationType of a group; "1" is one-to-one
KINDS = {
    "text": IncomingKind.TEXT,
    "richText": IncomingKind.TEXT,
    "audio": IncomingKind.VOICE,
    "picture": IncomingKind.IMAGE,
    "file": IncomingKind.FILE,
    "video": IncomingKind.FILE,
}


def parse_message(body: Body, received: datetime, hosts: tuple[str, ...]) -> IncomingMessage:
    """The message of one verified callback; raises CallbackMalformed.

    `received` stands in for a missing time; `hosts` are those a session address may name.
    """
    name = string(body, "msgtype") or "unknownMsgType"
    text, codes = _content(body, name)
    kind = KINDS.get(name, IncomingKind.OTHER)
    if name == "richText" and codes and not text:
        kind = IncomingKind.IMAGE
    session_url = trusted_session(string(body, "sessionWebhook"), hosts)
    return IncomingMessage(
        key=identifier(string(body, "msgId")),
        kind=kind,
        sender_id=_short(string(body, "senderStaffId")),
        sent_at=milliseconds(body, "createAt") or received,
        text=text,
        sender_name=string(body, "senderNick")[:100],
        group_id=identifier(string(body, "conversationId")) if _in_group(body) else None,
        quoted_key=quoted_key(body),
        quoted_text=quoted_text(body),
        event="" if name in KINDS else _short(name),
        media_id=codes[0] if codes else "",
        more_media=codes[1:],
        session_url=session_url,
        session_until=milliseconds(body, "sessionWebhookExpiredTime") if session_url else None,
    )


def trusted_session(url: str, hosts: tuple[str, ...]) -> str | None:
    """The session address if its host is one of `hosts`, else None.

    https on the standard port for a plain host; http or another port only where the list names
    host and port together ("127.0.0.1:8080").
    """
    if not url.isascii() or not url.isprintable() or set(url) & set(" \\@"):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    plain = parts.scheme == "https" and port in {None, 443} and host in hosts
    named = parts.scheme in {"http", "https"} and f"{host}:{port}" in hosts
    return url if plain or named else None


def _content(body: Body, name: str) -> tuple[str, tuple[str, ...]]:
    """The sender's own words and the download codes of what he attached."""
    content = mapping(body, "content")
    code = _codes([content])
    match name:
        case "text":
            return string(mapping(body, "text"), "content").strip(), ()
        case "richText":
            return _rich_text(content.get("richText"), _in_group(body))
        case "audio":
            return string(content, "recognition").strip(), code
        case "file":
            return string(content, "fileName").strip(), code
        case _:
            return "", code


def _rich_text(source: object, in_group: bool) -> tuple[str, tuple[str, ...]]:
    """Text and pictures; some clients send the mention of the robot as the first piece."""
    listed = source if isinstance(source, list) else []
    pieces = [piece for piece in listed if isinstance(piece, dict)]
    words = list(_rich_words(pieces))
    if in_group and words and _is_mention(words[0]):
        words = words[1:]
    return "".join(words).strip(), _codes(pieces)


def _codes(pieces: Sequence[Body]) -> tuple[str, ...]:
    """The download codes; one longer than any real one is none."""
    codes = (string(piece, "downloadCode") for piece in pieces)
    return tuple(code for code in codes if 0 < len(code) <= MAX_CODE)[:MAX_PICTURES]


def _rich_words(pieces: list[dict[str, object]]) -> Iterator[str]:
    for piece in pieces:
        text = piece.get("text")
        yield clean(text) if isinstance(text, str) else "\n"


def _is_mention(word: str) -> bool:
    word = word.strip()
    return word.startswith("@") and len(word.split()) == 1


def _in_group(body: Body) -> bool:
    return str(body.get("conversationType")) == GROUP


def milliseconds(body: Body, name: str) -> datetime | None:
    """A time in milliseconds, number or digits; None where it is missing or no time."""
    value = body.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 15:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e15:
        return None
    return moment(value / 1000)


def _short(text: str) -> str:
    """An optional id: empty, or as long as an id may be."""
    return identifier(text) if text else ""
