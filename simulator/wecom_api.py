"""The WeCom server API: tokens, app messages and group webhooks, with its limits and errors.

Documents 91039 (gettoken), 90236 (message/send), 91770 (webhook), 90313 (error codes).
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from aiohttp import web

from reporting.messages import Platform
from reporting.ports import Limit
from simulator.access_token import TokenDesk, TokenState
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.press import Press
from simulator.stage import Outgoing, Stage, answer, as_ordered
from simulator.wecom_card import buttons_of, card_problem, words_of
from simulator.wecom_chat import WeComChats, shown_file
from simulator.wecom_file import WeComFiles
from simulator.wecom_login import WeComLoginDesk
from simulator.world import Group, Person, SimulatedWeCom, find_group, find_person

_APP_BYTES = 2048
_WEBHOOK_BYTES = {"text": 2048, "markdown": 4096, "markdown_v2": 4096}
_MOST_RECIPIENTS = 1000
_FILES = frozenset({"image", "file"})
_TOKEN_ERRORS = {
    TokenState.MISSING: (41001, "access_token missing"),
    TokenState.UNKNOWN: (40014, "invalid access_token"),
    TokenState.EXPIRED: (42001, "access_token expired"),
}


class WeComApi:
    """Serves the API below `/wecom`."""

    def __init__(self, world: SimulatedWeCom, stage: Stage) -> None:
        self._world = world
        self._stage = stage
        self.tokens = TokenDesk(stage.clock)
        self._sent: dict[str, tuple[datetime, str]] = {}

    def routes(self) -> list[web.RouteDef]:
        """The endpoints, each able to misbehave."""
        stage, base = self._stage, "/wecom/cgi-bin"
        token = as_ordered(stage, Endpoint.WECOM_TOKEN, self._give_token)
        message = as_ordered(stage, Endpoint.WECOM_MESSAGE, self._send_message)
        webhook = as_ordered(stage, Endpoint.WECOM_WEBHOOK, self._send_to_group)
        card = as_ordered(stage, Endpoint.WECOM_CARD, self._renew_card)
        return [
            web.get(f"{base}/gettoken", token),
            web.post(f"{base}/message/send", message),
            web.post(f"{base}/message/update_template_card", card),
            web.post(f"{base}/webhook/send", webhook),
            web.get(f"{base}/media/get", as_ordered(stage, Endpoint.WECOM_MEDIA, self._give_media)),
            *WeComFiles(self._world, stage, self.tokens).routes(),
            *WeComChats(self._world, stage, self.tokens).routes(),
            *WeComLoginDesk(self._world, stage, self.tokens).routes(),
        ]

    async def _give_token(self, request: web.Request, fault: Fault | None) -> web.Response:
        if refusal := _ordered_refusal(fault):
            return refusal
        if request.query.get("corpid") != self._world.corp_id:
            return _error(40013, "invalid corpid")
        if request.query.get("corpsecret") != self._world.secret:
            return _error(40001, "invalid credential")
        token = self.tokens.issue()
        fields = {"access_token": token.value, "expires_in": int(token.seconds)}
        return answer({"errcode": 0, "errmsg": "ok"} | fields)

    async def _send_message(self, request: web.Request, fault: Fault | None) -> web.Response:
        if refusal := self._token_refusal(request, fault) or _ordered_refusal(fault):
            return refusal
        body = await request.read()
        payload = read_payload(body)
        if payload is None:
            return _error(47001, "data format error")
        if problem := _app_problem(payload, self._world.agent_id):
            return _error(*problem)
        shown = shown_file(self._stage, payload, "")
        if payload.text("msgtype") in _FILES and shown is None:
            return _error(40007, "invalid media_id")
        wanted = tuple(filter(None, payload.text("touser").split("|")))
        refused = fault.people if fault and fault.kind is FaultKind.PARTIAL else ()
        people, invalid = self._sort_out(wanted, refused)
        if not people:
            return _error(81013, "user & party & tag all invalid")
        reference = self._repeated(payload, body)
        if reference is None:
            reference = self._deliver(payload, people, body, shown.text if shown else "")
        fields = {"invaliduser": "|".join(invalid), "msgid": reference}
        return answer({"errcode": 0, "errmsg": "ok"} | fields | self._permission(payload))

    async def _give_media(self, request: web.Request, fault: Fault | None) -> web.Response:
        if refusal := self._token_refusal(request, fault) or _ordered_refusal(fault):
            return refusal
        media = self._stage.media.find(request.query.get("media_id", ""), self._stage.now())
        if media is None:
            return _error(40007, "invalid media_id")
        headers = {"Content-Disposition": f'attachment; filename="{media.name}"'}
        return web.Response(body=media.data, content_type=media.content_type, headers=headers)

    def _token_refusal(self, request: web.Request, fault: Fault | None) -> web.Response | None:
        if fault and fault.kind is FaultKind.EXPIRED_TOKEN:
            self.tokens.expire()
            return _error(42001, "access_token expired")
        problem = _TOKEN_ERRORS.get(self.tokens.check(request.query.get("access_token", "")))
        return _error(*problem) if problem else None

    def _sort_out(
        self, wanted: tuple[str, ...], refused: tuple[str, ...]
    ) -> tuple[list[Person], list[str]]:
        """Members, and ids the platform will not reach, in lower case as it reports them."""
        if wanted == ("@all",):
            return list(self._world.members), []
        barred = {user_id.lower() for user_id in refused}
        people, invalid = [], []
        for user_id in wanted:
            person = find_person(self._world.members, user_id)
            if person is None or user_id.lower() in barred:
                invalid.append(user_id.lower())
            else:
                people.append(person)
        return people, invalid

    def _repeated(self, payload: Payload, body: bytes) -> str | None:
        """The msgid of a byte-identical request within the interval, if a check was asked for."""
        if payload.number("enable_duplicate_check") != 1:
            return None
        interval = min(payload.number("duplicate_check_interval") or 1800, 4 * 3600)
        at, reference = self._sent.get(_digest(body), (None, ""))
        if at is None or self._stage.now() - at >= timedelta(seconds=interval):
            return None
        return reference

    def _deliver(self, payload: Payload, people: list[Person], body: bytes, file: str) -> str:
        kind = payload.text("msgtype")
        card = payload.child("template_card")
        text, cut = _cut(payload.child(kind).text("content") or words_of(card) or file)
        reference = secrets.token_urlsafe(32)
        if payload.number("enable_duplicate_check") == 1:
            self._sent[_digest(body)] = (self._stage.now(), reference)
        per_minute = Limit(count=self._world.member_per_minute, seconds=60)
        per_hour = Limit(count=self._world.member_per_hour, seconds=3600)
        for person in people:
            allowed = self._stage.meter.allows(
                f"wecom member {person.user_id}", per_minute, per_hour
            )
            message = Outgoing(
                text=text,
                user_id=person.user_id,
                kind=kind,
                reference=reference,
                dropped=not allowed,
                cut=cut,
                card_key=card.text("task_id"),
                buttons=buttons_of(card),
            )
            self._stage.show(Platform.WECOM, message)
        return reference

    def _permission(self, payload: Payload) -> dict[str, str]:
        """What comes with a card that can be pressed: leave to renew it (document 90236)."""
        if payload.text("msgtype") != "template_card":
            return {}
        shown = self._stage.chat.messages[-1]
        press = Press(message_id=shown.id, user_id=shown.user_id, at=self._stage.now())
        return {"response_code": self._stage.presses.permit(press)}

    async def _renew_card(self, request: web.Request, fault: Fault | None) -> web.Response:
        """Put words in place of a card's buttons, for whoever has pressed it (document 94888)."""
        if refusal := self._token_refusal(request, fault) or _ordered_refusal(fault):
            return refusal
        payload = read_payload(await request.read())
        if payload is None:
            return _error(47001, "data format error")
        press = self._stage.presses.use(payload.text("response_code"), self._stage.now())
        words = payload.child("button").text("replace_name")
        if press is None or not words or press.user_id not in payload.texts("userids"):
            return _error(40058, "invalid response_code. invalid Request Parameter")
        message = self._stage.chat.find(press.message_id)
        if message is not None:
            self._stage.chat.replace(message.renewed(words))
        return answer({"errcode": 0, "errmsg": "ok", "invaliduser": []})

    async def _send_to_group(self, request: web.Request, fault: Fault | None) -> web.Response:
        if refusal := _ordered_refusal(fault):
            return refusal
        group = find_group(self._world.groups, key=request.query.get("key", ""))
        if group is None:
            return _error(93000, "invalid webhook url")
        payload = read_payload(await request.read())
        if payload is None:
            return _error(47001, "data format error")
        kind = payload.text("msgtype")
        shown = shown_file(self._stage, payload, group.name) if kind in _FILES else None
        if kind in _FILES and shown is None:
            return _error(40007, "invalid media_id or picture")
        problem = None if shown else _webhook_problem(payload)
        if problem := problem or self._too_often(group):
            return _error(*problem)
        text = shown.text if shown else payload.child(kind).text("content")
        self._stage.show(Platform.WECOM, Outgoing(text=text, group=group.name, kind=kind))
        return answer({"errcode": 0, "errmsg": "ok"})

    def _too_often(self, group: Group) -> tuple[int, str] | None:
        limit = Limit(count=self._world.group_per_minute, seconds=60)
        if self._stage.meter.allows(f"wecom group {group.name}", limit):
            return None
        return 45009, "api freq out of limit"


def _error(code: int, message: str) -> web.Response:
    hint = f"{message}, hint: [{secrets.token_hex(8)}]"
    return answer({"errcode": code, "errmsg": hint})


def _ordered_refusal(fault: Fault | None) -> web.Response | None:
    match fault and fault.kind:
        case FaultKind.RATE_LIMIT:
            return _error(45009, "api freq out of limit")
        case FaultKind.REFUSED if fault:
            return _error(int(fault.code), fault.message or "refused")
    return None


def _app_problem(payload: Payload, agent_id: int) -> tuple[int, str] | None:
    """What is wrong with an app message before anybody is looked up."""
    kind = payload.text("msgtype")
    content = payload.child(kind).text("content")
    if kind not in {"text", "markdown", "template_card", *_FILES}:
        return 40008, "invalid message type"
    if payload.number("agentid") != agent_id:
        return 301002, "not allow operate another agent with this accesstoken"
    if kind == "template_card":
        problem = card_problem(payload.child(kind))
        return (40058, f"{problem}. invalid Request Parameter") if problem else None
    if kind in _FILES:
        return None
    if not content:
        return 44004, f"empty content, field: {kind}.content"
    if kind == "markdown" and len(content.encode()) > _APP_BYTES:
        return 45002, "content size out of limit"
    if payload.text("touser").count("|") >= _MOST_RECIPIENTS:
        return 40058, "touser exceed max count 1000"
    return None


def _webhook_problem(payload: Payload) -> tuple[int, str] | None:
    """What is wrong with a group message; one too long is refused as a whole."""
    kind = payload.text("msgtype")
    content = payload.child(kind).text("content")
    limit = _WEBHOOK_BYTES.get(kind)
    if limit is None:
        return 40008, "invalid message type"
    if not content:
        return 44004, f"empty content, field: {kind}.content"
    if len(content.encode()) > limit:
        return 40058, f"{kind}.content exceed max length {limit}. invalid Request Parameter"
    return None


def _cut(text: str) -> tuple[str, bool]:
    """The text as the member sees it: an app message is cut silently at 2,048 bytes."""
    raw = text.encode()
    return raw[:_APP_BYTES].decode(errors="ignore"), len(raw) > _APP_BYTES


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
