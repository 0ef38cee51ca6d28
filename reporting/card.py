"""A question as a card: its choices are pressed, and a press says what the number would."""

import hashlib
from collections.abc import Mapping

from reporting.messages import Card, CardDoubt, CardOption
from reporting.receipt import doubt_words
from reporting.understanding.dialogue.question import Choice, Question
from reporting.wording import code_words, shorten

NONE_KEY, NONE_LABEL = "都不是", "都不是"
STALE = "这张卡片已经答过或已过期，没有记录。请直接发一句话，写明第几项的进展。"
STALE_LABEL = "已失效"
_LABEL_WIDTH, _TEXT_WIDTH = 20, 52


def compose_card(
    question: Question, titles: Mapping[str, str], message_id: int, message_key: str
) -> Card | None:
    """The card of a question about this message; None when a doubt leaves nothing to choose."""
    doubts = []
    for place, doubt in enumerate(question.doubts):
        choices = [choice for choice in question.choices if choice.doubt == place]
        if not choices:
            return None
        options = tuple(_option(choice, titles.get(choice.task, "")) for choice in choices)
        words = doubt_words(doubt, len(choices))
        doubts.append(CardDoubt(words=words, options=options))
    # The number alone would come again with a new database under the same app.
    digest = hashlib.sha256(message_key.encode()).hexdigest()[:16]
    return Card(key=f"{_stem(message_id)}{digest}", doubts=tuple(doubts))


def is_card_of(key: str | None, message_id: int) -> bool:
    """Whether a pressed card asked the question about this message, and not an earlier one."""
    return key is not None and key.startswith(_stem(message_id))


def pressed_label(text: str) -> str:
    """What stands in place of the buttons afterwards, for an answer made of numbers."""
    return NONE_LABEL if text == NONE_KEY else f"已选{shorten(text, _LABEL_WIDTH)}"


def _stem(message_id: int) -> str:
    return f"q{message_id}-"


def _option(choice: Choice, title: str) -> CardOption:
    return CardOption(
        key=str(choice.number),
        label=shorten(code_words(choice.task), _LABEL_WIDTH),
        text=f"{choice.number}. {code_words(choice.task)} {shorten(title, _TEXT_WIDTH)}".rstrip(),
    )
