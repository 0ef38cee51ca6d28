"""Template cards as WeCom takes and shows them (document 90236): limits, words, buttons."""

import re

from simulator.chat import Pressable
from simulator.payload import Payload

_TASK_ID = re.compile(r"[A-Za-z0-9_@-]{1,128}")
_MOST = {"button_list": 6, "select_list": 3, "option_list": 10, "horizontal_content_list": 6}
_KEY_BYTES = 1024
KINDS = frozenset({"button_interaction", "multiple_interaction"})


def card_problem(card: Payload) -> str | None:
    """What is wrong with a card, or None."""
    if card.text("card_type") not in KINDS:
        return "invalid card_type"
    if not _TASK_ID.fullmatch(card.text("task_id")):
        return "invalid task_id"
    lists = card.children("select_list")
    holders = [(card, name) for name in ("button_list", "horizontal_content_list", "select_list")]
    holders += [(chosen, "option_list") for chosen in lists]
    if any(len(holder.children(name)) > _MOST[name] for holder, name in holders):
        return "too many items"
    pressed = buttons_of(card)
    if not pressed or not card.child("main_title").text("title"):
        return "missing title or buttons"
    if any(len(one.key.encode()) > _KEY_BYTES or not one.key or not one.label for one in pressed):
        return "invalid button"
    return None


def buttons_of(card: Payload) -> tuple[Pressable, ...]:
    """Everything that can be pressed or ticked."""
    buttons = [
        Pressable(key=one.text("key"), label=one.text("text"))
        for one in card.children("button_list")
    ]
    options = [
        Pressable(key=one.text("id"), label=one.text("text"), of=chosen.text("question_key"))
        for chosen in card.children("select_list")
        for one in chosen.children("option_list")
    ]
    return (*buttons, *options)


def words_of(card: Payload) -> str:
    """What a person reads on the card, above its buttons."""
    title = card.child("main_title")
    lines = [title.text("title"), card.text("sub_title_text")]
    lines += [
        f"{one.text('keyname')}. {one.text('value')}"
        for one in card.children("horizontal_content_list")
    ]
    for chosen in card.children("select_list"):
        lines += [
            chosen.text("title"),
            *(one.text("text") for one in chosen.children("option_list")),
        ]
    return "\n".join(filter(None, [*lines, title.text("desc")]))
