"""Misbehaviour on order: what a real platform does on a bad day, queued per endpoint."""

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum


class Endpoint(StrEnum):
    """Everything that can be made to misbehave."""

    WECOM_TOKEN = "wecom.gettoken"  # noqa: S105 - the name of an endpoint
    WECOM_MESSAGE = "wecom.message_send"
    WECOM_CARD = "wecom.update_template_card"
    WECOM_WEBHOOK = "wecom.webhook_send"
    WECOM_MEDIA = "wecom.media_get"
    WECOM_LOGIN = "wecom.getuserinfo"
    WECOM_UPLOAD = "wecom.upload"
    WECOM_APPCHAT = "wecom.appchat_send"
    WECOM_CALLBACK = "wecom.callback"
    AIBOT_CALLBACK = "aibot.callback"
    AIBOT_ANSWER = "aibot.response_url"
    AIBOT_MEDIA = "aibot.media"
    DINGTALK_TOKEN = "dingtalk.access_token"  # noqa: S105 - the name of an endpoint
    DINGTALK_OLD_TOKEN = "dingtalk.gettoken"  # noqa: S105 - the name of an endpoint
    DINGTALK_PERSON = "dingtalk.batch_send"
    DINGTALK_GROUP = "dingtalk.group_send"
    DINGTALK_SESSION = "dingtalk.session_send"
    DINGTALK_MEDIA = "dingtalk.message_files"
    DINGTALK_FILE = "dingtalk.file"
    DINGTALK_CALLBACK = "dingtalk.callback"
    DINGTALK_NOTICE = "dingtalk.work_notification"
    DINGTALK_RESULT = "dingtalk.send_result"
    DINGTALK_WEBHOOK = "dingtalk.robot_send"
    DINGTALK_CARD = "dingtalk.card"
    DINGTALK_ROUTE = "dingtalk.card_route"
    DINGTALK_RENEWAL = "dingtalk.card_renewal"
    DINGTALK_EVENT = "dingtalk.event"
    DINGTALK_GATEWAY = "dingtalk.gateway"
    DINGTALK_LOGIN = "dingtalk.user_token"
    DINGTALK_PROFILE = "dingtalk.users_me"


class FaultKind(StrEnum):
    """What goes wrong; the last nine are for callbacks."""

    SERVER_ERROR = "server_error"  # HTTP 503, nothing done
    HTML = "html"  # 200 with a web page, as a proxy or the gateway answers
    BLOCKED = "blocked"  # 200 with DingTalk's page for a blocked address, without an errcode
    HANG = "hang"  # done as asked, but the answer never comes
    SLOW = "slow"  # answered after `seconds`
    EXPIRED_TOKEN = "expired_token"  # noqa: S105 - a kind of fault
    PARTIAL = "partial"  # `people` do not get it; on DingTalk `code` names the list
    RATE_LIMIT = "rate_limit"
    REFUSED = "refused"  # the platform's own error `code` with `message`
    DUPLICATE = "duplicate"  # delivered once more after the acknowledgement
    REORDER = "reorder"  # held back until the next one has arrived, at most `seconds`
    DELAY = "delay"  # sent `seconds` later
    DROP_ACK = "drop_ack"  # the acknowledgement is lost on its way
    BAD_SIGNATURE = "bad_signature"
    CLOCK_SKEW = "clock_skew"  # its timestamp is `seconds` off
    MALFORMED = "malformed"  # broken frames come before it on a stream
    DISCONNECT = "disconnect"  # the stream's gateway says disconnect right after it
    CUT = "cut"  # the stream breaks off right after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`times` calls of an endpoint go wrong (None: for ever), of these every `every`-th."""

    kind: FaultKind
    endpoint: Endpoint
    times: int | None = 1
    every: int = 1
    seconds: float = 0.0
    people: tuple[str, ...] = ()
    code: str = ""
    message: str = ""


@dataclass(slots=True)
class _Queued:
    fault: Fault
    seen: int = 0
    used: int = 0


class Faults:
    """The queue of each endpoint: the first fault must be used up before the next has its turn."""

    def __init__(self) -> None:
        self._queues: defaultdict[Endpoint, deque[_Queued]] = defaultdict(deque)

    def add(self, fault: Fault) -> None:
        """Queue a fault."""
        self._queues[fault.endpoint].append(_Queued(fault))

    def clear(self) -> None:
        """Behave again."""
        self._queues.clear()

    def take(self, endpoint: Endpoint) -> Fault | None:
        """The fault for this call of the endpoint, if any."""
        queue = self._queues[endpoint]
        if not queue:
            return None
        first = queue[0]
        first.seen += 1
        if first.seen % first.fault.every:
            return None
        first.used += 1
        if first.fault.times is not None and first.used >= first.fault.times:
            queue.popleft()
        return first.fault
