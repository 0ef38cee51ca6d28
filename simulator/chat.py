"""The chat log: every message anybody saw, or should have seen, on the simulated platforms."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from reporting.messages import Platform


class Direction(StrEnum):
    """Who wrote the message."""

    TO_BOT = "to_bot"
    FROM_BOT = "from_bot"


class MessageState(StrEnum):
    """Whether the person saw it: a platform drops silently what exceeds a person's limit."""

    SHOWN = "shown"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressable:
    """A button of a card, or with `of` an option of that list of it."""

    key: str
    label: str
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """One message as one person or group sees it.

    `user_id` is the person talking to the bot or written to (empty for the bot in a group);
    `group` is the group's name; `kind` the platform's message type; `reference` the platform's
    message id or processQueryKey; `quoted` the `id` of the message it replies to; `cut` says that
    the platform shortened the text; `card_key` and `buttons` are those of a card.
    """

    id: str
    platform: Platform
    direction: Direction
    user_id: str
    text: str
    at: datetime
    group: str | None = None
    kind: str = "text"
    title: str = ""
    reference: str = ""
    quoted: str | None = None
    state: MessageState = MessageState.SHOWN
    cut: bool = False
    card_key: str = ""
    buttons: tuple[Pressable, ...] = ()

    def renewed(self, words: str) -> "ChatMessage":
        """The same card with words in place of its buttons."""
        return replace(self, text=f"{self.text}\n［{words}］", buttons=())


class ChatLog:
    """All messages in the order they happened; tells waiting readers when one is added."""

    def __init__(self) -> None:
        self._messages: list[ChatMessage] = []
        self._places: dict[str, int] = {}
        self._waiting: set[asyncio.Event] = set()
        self.version = 0

    @property
    def messages(self) -> Sequence[ChatMessage]:
        """Every message so far."""
        return tuple(self._messages)

    def next_id(self) -> str:
        """An id for the next message."""
        return f"m{len(self._messages) + 1}"

    def add(self, message: ChatMessage) -> ChatMessage:
        """Append a message and wake the readers."""
        self._places[message.id] = len(self._messages)
        self._messages.append(message)
        self.touch()
        return message

    def replace(self, message: ChatMessage) -> None:
        """Show a message anew, in its place."""
        self._messages[self._places[message.id]] = message
        self.touch()

    def touch(self) -> None:
        """Wake the readers: something they show has changed."""
        self.version += 1
        for event in self._waiting:
            event.set()

    def find(self, message_id: str) -> ChatMessage | None:
        """The message with this id."""
        place = self._places.get(message_id)
        return None if place is None else self._messages[place]

    def with_person(self, platform: Platform, user_id: str) -> tuple[ChatMessage, ...]:
        """The one-to-one chat of a person with the bot."""
        wanted = user_id.lower()
        return tuple(
            message
            for message in self._messages
            if message.platform == platform
            and message.group is None
            and message.user_id.lower() == wanted
        )

    def in_group(self, platform: Platform, group: str) -> tuple[ChatMessage, ...]:
        """What was said in a group."""
        return tuple(
            message
            for message in self._messages
            if message.platform == platform and message.group == group
        )

    def counts(self) -> Counter[tuple[Platform, Direction, MessageState]]:
        """How many messages there were, by platform, direction and state."""
        return Counter((one.platform, one.direction, one.state) for one in self._messages)

    async def changed_since(self, version: int, *, within: float) -> int:
        """Wait until the log differs from `version`, at most `within` seconds; the version."""
        if self.version != version:
            return self.version
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await asyncio.wait_for(event.wait(), within)
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(event)
        return self.version
