"""What one configured channel is, the same for both platforms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

import aiohttp

from reporting.messages import Address, Card, Delivery, IncomingMessage
from reporting.ports import Budget, Clock, Limit, Sender, TokenCache

MAX_BODY = 64 * 1024  # bytes of a callback that are read; real ones stay under 20 KiB
QuestionForm = Literal["template_card", "markdown"]
CardForm = Literal["card", "markdown"]
FUTURE_SECONDS = 300  # how far a platform's clock may run ahead of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRequest:
    """One HTTP callback as it came; its headers are found by their lower-case names."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A verified callback: what to remember (None: nothing) and the word to answer with."""

    message: IncomingMessage | None
    answer: bytes
    content_type: str = "text/plain"


class CallbackCodec(Protocol):
    """Verifies and decodes the callbacks of one channel."""

    def decode(self, request: CallbackRequest, now: datetime) -> Decoded:
        """Verify, decrypt and parse; raises CallbackRejected and nothing else."""


class ChannelSender(Sender, Protocol):
    """A sender that can also say whether its credentials are good."""

    async def check(self) -> Delivery:
        """DELIVERED if the platform accepts our credentials, else what the operator must mend."""


@runtime_checkable
class MediaSource(Protocol):
    """A sender whose platform keeps the files people send."""

    async def fetch_media(self, media_id: str, most: int) -> bytes:
        """The file's bytes, at most one more than `most`.

        DeliveryRefused when the platform has it no more, DeliveryFailed when it may later.
        """


@runtime_checkable
class FileSender(Protocol):
    """A sender that takes pictures and files."""

    async def send_file(self, address: Address, name: str, data: bytes) -> Delivery:
        """Send a picture or file; REFUSED with the limit for one too large."""


@runtime_checkable
class CardSender(Protocol):
    """A sender whose platform has cards."""

    async def send_card(self, address: Address, text: str, card: Card, *, key: str) -> Delivery:
        """Send a question as a card, or as text where it cannot be one."""

    async def renew_card(self, address: Address, text: str, card: Card) -> Delivery:
        """Put words in place of the buttons of a card that `address.target` has pressed."""


@runtime_checkable
class TemplateSender(Protocol):
    """A sender whose cards stand on a template that somebody must set up on the platform."""

    async def check_template(self) -> Delivery | None:
        """DELIVERED if the template is usable, else what to mend; None where none is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeComSettings:
    """A WeCom self-built app (自建应用) and the group webhooks (消息推送) beside it.

    `groups` maps a group's name to its webhook key. Hosts are settings so that a private
    deployment or a proxy can take the place of the public service.
    """

    channel: str
    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)
    groups: Mapping[str, str] = field(default_factory=dict, repr=False)
    api_base: str = "https://qyapi.weixin.qq.com"
    window_seconds: int = 3600
    proxy: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout_seconds: float = 15.0
    text_bytes: int = 2048  # of one message's text; a longer one is cut or refused [D 90236]
    # Login for pages: the host that asks the person, and our own address as he reaches it.
    oauth_base: str = "https://open.weixin.qq.com"
    public_url: str = ""
    # Groups the app has created itself (appchat): name to chatid; they need no webhook.
    chats: Mapping[str, str] = field(default_factory=dict)
    # What a group's webhook is written to in; markdown_v2 has no colours and is plain text before
    # client 4.1.36. With long_as_file a text of several parts goes as its beginning and a file.
    group_form: Literal["text", "markdown", "markdown_v2"] = "text"
    long_as_file: bool = False
    # The forms a question is tried in before plain text. Markdown does not show in the WeChat
    # plug-in, so it is for offices whose people all use the client.
    question_forms: tuple[QuestionForm, ...] = ("template_card",)
    # A margin under the documented 30 a minute and 1,000 an hour per member, 20 a minute per
    # webhook and 10,000 a minute for the corporation [D 90312, 91770].
    member_limits: tuple[Limit, ...] = (Limit(count=28, seconds=60), Limit(count=950, seconds=3600))
    group_limits: tuple[Limit, ...] = (Limit(count=18, seconds=60),)
    api_limits: tuple[Limit, ...] = (Limit(count=9000, seconds=60),)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWebhook:
    """A group's custom robot (自定义机器人): its token, and what its safety settings ask for."""

    token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    keyword: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DingTalkSettings:
    """A DingTalk app robot (企业内部应用机器人).

    `groups` maps a group's name to its openConversationId. `session_hosts` are the only hosts a
    callback's sessionWebhook may name (https; "127.0.0.1:8080" with its port: http too): the
    robot's signature does not cover the body, so an address found there is not trusted. `stream`:
    messages come over a connection we open, for a site without a public address. `aes_key`: the
    bodies of HTTP callbacks are encrypted with it. `event_token` and `event_aes_key` belong to the
    event push; `event_owner` is the receiver inside its bodies, the AppKey unless given. Cards
    need a template; without `stream` presses come to `card_callback_url`, signed by `card_secret`.
    `webhooks` are groups with a custom robot instead of the app's. With an `agent_id` whom the
    robot cannot reach gets a work notification.
    """

    channel: str
    app_key: str
    app_secret: str = field(repr=False)
    robot_code: str
    groups: Mapping[str, str] = field(default_factory=dict)
    webhooks: Mapping[str, GroupWebhook] = field(default_factory=dict)
    agent_id: int = 0
    api_base: str = "https://api.dingtalk.com"
    oapi_base: str = "https://oapi.dingtalk.com"
    session_hosts: tuple[str, ...] = ("oapi.dingtalk.com",)
    stream: bool = False
    aes_key: str = field(default="", repr=False)
    event_token: str = field(default="", repr=False)
    event_aes_key: str = field(default="", repr=False)
    event_owner: str = ""
    card_template_id: str = ""
    card_callback_url: str = ""
    card_secret: str = field(default="", repr=False)
    # Login for pages, as for WeCom.
    oauth_base: str = "https://login.dingtalk.com"
    public_url: str = ""
    question_forms: tuple[CardForm, ...] = ("card", "markdown")  # tried before plain text
    window_seconds: int = 3600
    proxy: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout_seconds: float = 15.0
    text_bytes: int = 15_000  # of one message's msgParam as it is sent
    api_limits: tuple[Limit, ...] = (Limit(count=18, seconds=1),)  # 20 a second per app and API
    webhook_limits: tuple[Limit, ...] = (Limit(count=18, seconds=60),)  # 20 a minute per robot


@dataclass(frozen=True, slots=True, kw_only=True)
class AibotSettings:
    """A WeCom group robot (智能机器人), told by JSON callbacks or over a long connection.

    Callbacks need `token` and `encoding_aes_key`; with `stream` the `secret`. `groups` maps a
    group's name to its chatid. Limits: 30 a minute and 1,000 an hour to one chat [D 101463].
    """

    channel: str
    bot_id: str
    token: str = field(default="", repr=False)
    encoding_aes_key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    stream: bool = False
    groups: Mapping[str, str] = field(default_factory=dict)
    api_base: str = "wss://openws.work.weixin.qq.com"
    window_seconds: int = 3600
    proxy: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout_seconds: float = 15.0
    text_bytes: int = 20_000  # of one message's markdown; 20,480 are taken
    question_forms: tuple[QuestionForm, ...] = ("template_card",)
    chat_limits: tuple[Limit, ...] = (Limit(count=28, seconds=60), Limit(count=950, seconds=3600))


PagedSettings = WeComSettings | DingTalkSettings  # a platform that can log people in for pages
ChannelSettings = PagedSettings | AibotSettings


class AibotLine(Protocol):
    """The long connections of robots, each held by one process of all and used by any."""

    async def ask(self, name: str, frame: Mapping[str, object]) -> Mapping[str, object]:
        """Send a frame over whichever process's connection; the platform's answer.

        DeliveryFailed when it was surely not sent, DeliveryUnknown when nobody knows.
        """

    async def is_held(self, name: str) -> bool:
        """Whether any process holds the connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What senders share: one HTTP session, the tokens, budgets, clock and long connections."""

    session: aiohttp.ClientSession
    tokens: TokenCache
    budget: Budget
    clock: Clock
    line: AibotLine | None = None


def group_names(settings: ChannelSettings) -> tuple[str, ...]:
    """The groups this channel can write to."""
    more: Mapping[str, object] = {}
    if isinstance(settings, DingTalkSettings):
        more = settings.webhooks
    elif isinstance(settings, WeComSettings):
        more = settings.chats
    return (*settings.groups, *more)
