"""A question as a WeCom template card [D 90236], or as markdown where cards are not to be had.

Up to six buttons; more choices, or several doubts, become up to three lists of ten to choose from.
"""

import re
from collections.abc import Mapping

from reporting.card import NONE_KEY, NONE_LABEL, pressed_label
from reporting.messages import Card, CardDoubt, IncomingMessage

MAX_BUTTONS, MAX_LISTS, MAX_OPTIONS = 6, 3, 10
NONE_IN_LIST = "none"  # ids of a list's options cannot be the same in two lists
TITLE = "请选择是哪一项"
HINT = "也可直接回复编号；都不对请回复“都不是”。"
# What WeCom's markdown would take for markup: a person's words must not turn into it.
MARKUP = str.maketrans(
    {"<": "＜", ">": "＞", "*": "＊", "`": "｀", "#": "＃", "[": "［", "]": "］"}
)
NUMBERED = re.compile(r"^(\d+\..*)$", re.MULTILINE)


def compose_template_card(card: Card) -> Mapping[str, object] | None:
    """The card as the platform wants it; None for a question too large for any."""
    if len(card.doubts) == 1 and len(card.doubts[0].options) < MAX_BUTTONS:
        return {**_buttons(card.doubts[0]), "task_id": card.key}
    small = all(len(doubt.options) < MAX_OPTIONS for doubt in card.doubts)
    if not small or not 0 < len(card.doubts) <= MAX_LISTS:
        return None
    return {
        "card_type": "multiple_interaction",
        "main_title": {"title": TITLE, "desc": HINT},
        "select_list": [_list(place, doubt) for place, doubt in enumerate(card.doubts)],
        "submit_button": {"text": "提交", "key": "submit"},
        "task_id": card.key,
    }


def _buttons(doubt: CardDoubt) -> Mapping[str, object]:
    buttons = [{"text": one.label, "style": 1, "key": one.key} for one in doubt.options]
    return {
        "card_type": "button_interaction",
        "main_title": {"title": TITLE, "desc": HINT},
        "sub_title_text": doubt.words,
        "horizontal_content_list": [
            {"keyname": one.key, "value": one.text.removeprefix(f"{one.key}. ")}
            for one in doubt.options
        ],
        "button_list": [*buttons, {"text": NONE_LABEL, "style": 2, "key": NONE_KEY}],
    }


def _list(place: int, doubt: CardDoubt) -> Mapping[str, object]:
    options = [{"id": one.key, "text": one.text} for one in doubt.options]
    return {
        "question_key": f"doubt-{place}",
        "title": doubt.words,
        "option_list": [*options, {"id": f"{NONE_IN_LIST}-{place}", "text": NONE_LABEL}],
    }


def read_press(button: str, ticked: list[str]) -> str:
    """What a press says, as it would be written: the button's key, or the numbers ticked."""
    if not ticked:
        return button
    numbers = [option for option in ticked if not option.startswith(f"{NONE_IN_LIST}-")]
    return "、".join(numbers) or NONE_KEY


def compose_pressed(message: IncomingMessage) -> Mapping[str, object]:
    """What a robot's card turns into once it was pressed [D 101031]."""
    card = {
        "card_type": "text_notice",
        "main_title": {"title": pressed_label(message.text)},
        "task_id": message.quoted_key or "",
    }
    return {"response_type": "update_template_card", "template_card": card}


def compose_markdown(text: str) -> str:
    """The text with its numbered choices set off, and nothing in it taken for markup."""
    return NUMBERED.sub(r"> \1", text.translate(MARKUP))
