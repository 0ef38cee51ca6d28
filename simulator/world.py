"""What the simulated platforms consist of: people, groups, credentials, documented limits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class NotPlayed(LookupError):
    """The simulator plays no such platform, group or message."""


class Role(StrEnum):
    """What a simulated person is to the office; the platforms themselves do not know."""

    LIAISON = "liaison"
    LEADER = "leader"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of the organisation on one platform."""

    user_id: str
    name: str
    title: str = ""
    unit: str = ""
    role: Role = Role.LIAISON


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group chat: `key` is the WeCom webhook key or the DingTalk openConversationId."""

    name: str
    key: str = field(repr=False)
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a platform waits for an acknowledgement and how often it tries in all.

    `repeats_errors`: whether an answer other than 200 counts as no answer.
    """

    timeout: float = 5.0
    attempts: int = 3
    pause: float = 1.0
    repeats_errors: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedWeCom:
    """A WeCom corporation with one self-built app (自建应用) and group webhooks.

    Callbacks: 5 s, three attempts (document 90238). Limits: 30 a minute and 1,000 an hour to one
    member (90312), 20 a minute to one group (91770). `chats` are groups the app has created itself
    (appchat, 90244): their key is the chatid.
    """

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)
    callback_url: str = ""
    members: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    app_name: str = "联络通"
    chats: tuple[Group, ...] = ()
    patience: Patience = Patience()
    member_per_minute: int = 30
    member_per_hour: int = 1000
    group_per_minute: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomRobot:
    """A group's custom robot (自定义机器人) and its safety settings."""

    group: str
    token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    keyword: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedAibot:
    """A WeCom group robot (智能机器人): told by callbacks, or with `stream` over one connection.

    Media live five minutes, a response_url an hour and one use (document 100719).
    """

    bot_id: str
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)
    secret: str = field(repr=False)
    callback_url: str = ""
    members: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    app_name: str = "联络通"
    stream: bool = False
    patience: Patience = Patience()
    chat_per_minute: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedDingTalk:
    """A DingTalk organisation with one app robot (企业内部应用机器人) in HTTP mode.

    No document states how an unanswered robot callback is repeated, nor that a quote always names
    the robot's own message: `patience` and `quotes_carry_key` settle that. A sessionWebhook lives
    90 minutes. `stream`: callbacks go over the connections the bot has opened, none over HTTP.
    `aes_key`: the bodies of HTTP callbacks are encrypted. `event_token`, `event_aes_key`: the
    event push's. `card_template_id`: the one card template there is. `agent_id`: the app's, for
    work notifications, which reach `outsiders` of the robot too; `partners` are outside contacts;
    `custom_robots` may be posted to 20 times a minute.
    `calls_per_second` limits one API (20 in the standard edition); None: unlimited.
    """

    app_key: str
    app_secret: str = field(repr=False)
    robot_code: str
    callback_url: str = ""
    members: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    app_name: str = "联络通"
    corp_id: str = "dingsimulated"
    patience: Patience = Patience(attempts=2)
    session_minutes: int = 90
    stream: bool = False
    aes_key: str = field(default="", repr=False)
    event_token: str = field(default="", repr=False)
    event_aes_key: str = field(default="", repr=False)
    card_template_id: str = ""
    agent_id: int = 0
    outsiders: tuple[Person, ...] = ()
    partners: tuple[Person, ...] = ()
    custom_robots: tuple[CustomRobot, ...] = ()
    quotes_carry_key: bool = True
    calls_per_second: int | None = None


def find_person(members: Iterable[Person], user_id: str) -> Person | None:
    """The member with this id; ids are compared without regard to case, as WeCom does."""
    wanted = user_id.lower()
    return next((person for person in members if person.user_id.lower() == wanted), None)


def find_group(
    groups: Iterable[Group], *, name: str | None = None, key: str | None = None
) -> Group | None:
    """The group of this name, or with this key."""
    return next((group for group in groups if group.name == name or group.key == key), None)
