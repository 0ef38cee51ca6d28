"""The message a sender quoted, in every shape seen; never taken for his own words.

The body may sit in content.text or content.content, in a card's tree, in a rich text list, be a
JSON string of those, be absent, or be an opaque blob ending like "||3||1||132".
"""

import json
import re
from collections.abc import Mapping

from bot.platforms.reading import clean, mapping, string

MAX_QUOTE = 4000  # characters
MAX_DEPTH = 12
OPAQUE = re.compile(r"(?:\|\|\d+){2,}\s*$")
# The fields of a card or rich text that hold words a person reads.
WORD_FIELDS = ("title", "text", "content", "markdown", "richText", "cardContent", "value")
CONTAINER_FIELDS = ("children", "elements", "contents", "body", "items")


def quoted_key(body: Mapping[str, object]) -> str | None:
    """The platform's key of our own message that was quoted, where it is given."""
    return string(body, "originalProcessQueryKey")[:256] or None


def quoted_text(body: Mapping[str, object]) -> str:
    """The words of the quoted message, as far as the platform tells them."""
    for holder in (mapping(body, "text"), mapping(body, "content"), body):
        replied = mapping(holder, "repliedMsg")
        if replied:
            source = replied.get("content", replied)
            return "\n".join(_words(source, MAX_DEPTH))[:MAX_QUOTE].strip()
    return ""


def _words(source: object, depth: int) -> list[str]:
    """All readable words of a tree, in order."""
    if depth == 0:
        return []
    if isinstance(source, str):
        return _words_of_string(source, depth)
    if isinstance(source, list):
        return [word for item in source for word in _words(item, depth - 1)]
    if isinstance(source, dict):
        fields = [source.get(name) for name in (*WORD_FIELDS, *CONTAINER_FIELDS)]
        return [word for field in fields for word in _words(field, depth - 1)]
    return []


def _words_of_string(text: str, depth: int) -> list[str]:
    """A string is words, a tree written as JSON, or a blob nobody can read."""
    text = clean(text).strip()
    if text[:1] in {"{", "["}:
        try:
            return _words(json.loads(text), depth - 1)
        except (ValueError, RecursionError):
            return [text]
    return [] if not text or OPAQUE.search(text) else [text]
