"""The message bodies DingTalk takes: templates of the new API, webhook messages of the old."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from simulator.chat import Pressable
from simulator.payload import Payload, read_payload

_TEMPLATE_BYTES = 15_000
_TAP = re.compile(r"\[([^\]]+)\]\(dtmd://dingtalkclient/sendMessage\?content=([^)\s]+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What is shown: plain text, or markdown with a title and links that say something."""

    kind: str = "text"
    title: str = ""
    text: str = ""
    taps: tuple[Pressable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template message read, or the error code that refuses it."""

    markup: Markup = Markup()
    problem: str = ""


def _markdown(fields: Payload) -> Markup:
    """Markdown as it looks: a tap on a dtmd link says its content in the reader's name."""
    text = fields.text("text")
    taps = tuple(Pressable(key=unquote(said), label=words) for words, said in _TAP.findall(text))
    shown = _TAP.sub(lambda found: found[1], text)
    return Markup(kind="markdown", title=fields.text("title"), text=shown, taps=taps)


def read_template(payload: Payload) -> Template:
    """Read msgKey and msgParam, a JSON text of at most 15,000 bytes."""
    raw = payload.text("msgParam")
    fields = read_payload(raw)
    if fields is None:
        return Template(problem="invalidParameter.msgParam.invalid")
    if len(raw.encode()) > _TEMPLATE_BYTES:
        return Template(problem="invalidParameter.param.invalid")
    match payload.text("msgKey"):
        case "sampleText":
            markup = Markup(text=fields.text("content"))
        case "sampleMarkdown":
            markup = _markdown(fields)
        case _:
            return Template(problem="invalidParameter.msgKey.invalid")
    if not markup.text:
        return Template(problem="invalidParameter.msgParam.invalid")
    return Template(markup=markup)


def read_webhook(payload: Payload) -> Markup | None:
    """Read a webhook message; None if it is of another type or empty."""
    kind = payload.text("msgtype")
    fields = payload.child(kind)
    match kind:
        case "text":
            markup = Markup(text=fields.text("content"))
        case "markdown":
            markup = _markdown(fields)
        case _:
            return None
    return markup if markup.text else None
