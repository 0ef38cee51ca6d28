"""What a robot says, as each of DingTalk's ways wants it: a template's parameter, a webhook's JSON.

Markdown breaks no line at a single newline, and its links may send a message in the reader's name
(dtmd): so a numbered choice can be tapped instead of typed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from reporting.card import NONE_KEY, NONE_LABEL
from reporting.messages import Card

TITLE = "请选择是哪一项"
CHOICE = re.compile(r"^(\d+)(\..*)$", re.MULTILINE)
# A person's words must not turn into markup.
MARKUP = str.maketrans(
    {"<": "＜", ">": "＞", "*": "＊", "`": "｀", "#": "＃", "[": "［", "]": "］"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A plain text, or markdown where it has a title."""

    text: str
    title: str = ""

    def template(self) -> Mapping[str, object]:
        """The message template of the new API, its parameter as JSON in a string."""
        if self.title:
            fields = {"title": self.title, "text": self.text}
            return {"msgKey": "sampleMarkdown", "msgParam": _json(fields)}
        return {"msgKey": "sampleText", "msgParam": _json({"content": self.text})}

    def webhook(self) -> Mapping[str, object]:
        """The message of a session address, a group's webhook or a work notification."""
        if self.title:
            return {"msgtype": "markdown", "markdown": {"title": self.title, "text": self.text}}
        return {"msgtype": "text", "text": {"content": self.text}}


def compose_markdown(text: str, card: Card) -> Body | None:
    """A question whose choices can be tapped; None for one that one tap cannot answer."""
    if len(card.doubts) != 1:
        return None
    keys = {one.key for one in card.doubts[0].options}

    def link(found: re.Match[str]) -> str:
        return _link(found[0], found[1]) if found[1] in keys else found[0]

    marked = CHOICE.sub(link, text.translate(MARKUP))
    lines = [*marked.splitlines(), _link(NONE_LABEL, NONE_KEY)]
    return Body(title=TITLE, text="  \n".join(lines))


def _link(words: str, said: str) -> str:
    return f"[{words}](dtmd://dingtalkclient/sendMessage?content={quote(said)})"


def sent_bytes(text: str) -> int:
    """The bytes of a text once it stands inside a JSON string."""
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "replace")) - 2


def inner_bytes(text: str) -> int:
    """The bytes of a text inside msgParam, which is JSON inside JSON."""
    return sent_bytes(json.dumps(text, ensure_ascii=False)[1:-1])


def parameter_bytes(body: Body) -> int:
    """The bytes of a body's msgParam as it goes over the wire, with its quotation marks."""
    return sent_bytes(str(body.template()["msgParam"])) + 2


def _json(fields: Mapping[str, str]) -> str:
    return json.dumps(fields, ensure_ascii=False)
