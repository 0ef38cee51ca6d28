"""Messages as they cross the edge: what came in, what goes out, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Platform(StrEnum):
    """The chat systems we live in."""

    WECOM = "wecom"
    AIBOT = "aibot"  # a WeCom group robot: its people's ids need not be those of the directory
    DINGTALK = "dingtalk"


class IncomingKind(StrEnum):
    """What kind of thing a callback brought."""

    TEXT = "text"
    VOICE = "voice"
    IMAGE = "image"
    FILE = "file"
    CHOICE = "choice"  # a button or option of a card of ours
    EVENT = "event"  # enter, subscribe, unsubscribe, contact changes …
    OTHER = "other"  # a kind we know nothing to do with


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """One verified callback, in our own words.

    `key` makes it unique within its channel for ever: the platform's message id, or for events the
    SHA-256 of the decrypted plaintext. `sender_id` is the platform's user id, empty for a person
    outside the organisation. `group_id` is None in a one-to-one chat. `quoted_key` identifies our
    own quoted message where the platform gives it; `quoted_text` is its text, never the sender's
    own words. `event` names an event ("enter_agent"). `session_url` is a reply address (a bearer
    secret: never log it) usable until `session_until`; `card_code` a permission, for one use, to
    renew the card that was pressed, whose key is then the `quoted_key`. `media_id` names a file on
    the platform; a text with several pictures has `more_media`.
    """

    key: str
    kind: IncomingKind
    sender_id: str
    sent_at: datetime
    text: str = ""
    sender_name: str = ""
    group_id: str | None = None
    quoted_key: str | None = None
    quoted_text: str = ""
    event: str = ""
    media_id: str = ""
    more_media: tuple[str, ...] = ()
    session_url: str | None = None
    session_until: datetime | None = None
    card_code: str | None = None


class OutgoingKind(StrEnum):
    """Why we write to somebody."""

    RECEIPT = "receipt"
    REMINDER = "reminder"
    DIGEST = "digest"
    NOTICE = "notice"


class AddressKind(StrEnum):
    """Where an outgoing message goes."""

    PERSON = "person"  # `target` is a user id, one-to-one
    GROUP = "group"  # `target` names a group of the channel (webhook key's name, conversation id)
    SESSION = "session"  # `target` is a user id, `session_url` the place to answer first
    CARD = "card"  # a card `target` has pressed, `session_url` the permission to renew it


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One place on one channel."""

    channel: str
    kind: AddressKind
    target: str
    session_url: str | None = None
    session_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOption:
    """One thing to press: `key` is what the press says, `label` fits a button."""

    key: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDoubt:
    """One doubt of a question and what may be pressed for it."""

    words: str
    options: tuple[CardOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A question that can be pressed instead of answered in words; `key` comes with the press."""

    key: str
    doubts: tuple[CardDoubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """What is to be sent; `key` is its idempotency key: the same key is sent once for ever.

    `text` is plain text with list items a line each; the platform edge splits and styles it. A
    `card` says the same as the text, for platforms that have cards; to an AddressKind.CARD it is
    the card to renew, and the text what is put in place of its buttons.
    """

    key: str
    kind: OutgoingKind
    address: Address
    text: str
    card: Card | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGrant:
    """Leave to renew a card that went out: for one use, within `seconds` where there is an end."""

    code: str = field(default="", repr=False)
    seconds: float | None = None


class DeliveryState(StrEnum):
    """What became of an outgoing message, for one person or group."""

    DELIVERED = "delivered"
    PARTLY = "partly"  # some of the named people did not get it
    RETRY = "retry"  # nothing was sent; again later
    REFUSED = "refused"  # an operator must act
    UNKNOWN = "unknown"  # it may or may not have arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The platform's answer for one message: `reference` is its id, `missed` who did not get it.

    `code` is the platform's error code and `detail` a text without secrets, for the operator.
    `retry_after` is how many seconds to wait at least, where RETRY knows; `rests_channel` says that
    until then the platform takes nothing at all from this channel. `grant`: it went out as a card.
    """

    state: DeliveryState
    reference: str = ""
    missed: tuple[str, ...] = ()
    code: str = ""
    detail: str = ""
    retry_after: float | None = None
    rests_channel: bool = False
    grant: CardGrant | None = None
