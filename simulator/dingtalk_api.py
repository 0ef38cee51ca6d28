"""The DingTalk server API: tokens, one-to-one, group and session messages, limits and errors.

After help.dingtalk.io (robot messages, batchSend, groupMessages, error codes).
"""

import secrets

from aiohttp import web

from reporting.messages import Platform
from reporting.ports import Limit
from simulator.access_token import TokenDesk, TokenState
from simulator.dingtalk_callback import Sessions
from simulator.dingtalk_message import Markup, read_template, read_webhook
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.stage import Outgoing, Stage, answer, as_ordered
from simulator.world import SimulatedDingTalk, find_group, find_person

_MOST_RECIPIENTS = 20
_SESSION_BYTES = 20_000
_PARTIAL_LISTS = {
    "invalid": "invalidStaffIdList",
    "flow": "flowControlledStaffIdList",
    "filtered": "filteredStaffIdList",
}


class DingTalkApi:
    """Serves the API below `/dingtalk`, the old one and the new."""

    def __init__(self, world: SimulatedDingTalk, stage: Stage, sessions: Sessions) -> None:
        self._world = world
        self._stage = stage
        self._sessions = sessions
        self.tokens = TokenDesk(stage.clock)

    def routes(self) -> list[web.RouteDef]:
        """The endpoints, each able to misbehave."""
        stage = self._stage
        new_token = as_ordered(stage, Endpoint.DINGTALK_TOKEN, self._give_token)
        old_token = as_ordered(stage, Endpoint.DINGTALK_OLD_TOKEN, self._give_old_token)
        person = as_ordered(stage, Endpoint.DINGTALK_PERSON, self._send_to_people)
        group = as_ordered(stage, Endpoint.DINGTALK_GROUP, self._send_to_group)
        session = as_ordered(stage, Endpoint.DINGTALK_SESSION, self._send_by_session)
        return [
            web.post("/dingtalk/v1.0/oauth2/accessToken", new_token),
            web.get("/dingtalk/gettoken", old_token),
            web.post("/dingtalk/v1.0/robot/oToMessages/batchSend", person),
            web.post("/dingtalk/v1.0/robot/groupMessages/send", group),
            web.post("/dingtalk/robot/sendBySession", session),
        ]

    async def _give_token(self, request: web.Request, fault: Fault | None) -> web.Response:
        if refusal := _ordered_refusal(fault):
            return refusal
        asked = read_payload(await request.read()) or Payload({})
        if not self._is_app(asked.text("appKey"), asked.text("appSecret")):
            return refuse("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
        token = self.tokens.issue()
        return answer({"accessToken": token.value, "expireIn": int(token.seconds)})

    async def _give_old_token(self, request: web.Request, fault: Fault | None) -> web.Response:
        if fault and fault.kind is FaultKind.REFUSED:
            return error(int(fault.code), fault.message)
        query = request.query
        if not self._is_app(query.get("appkey", ""), query.get("appsecret", "")):
            return error(40089, "不合法的corpid或corpsecret")
        token = self.tokens.issue()
        fields = {"access_token": token.value, "expires_in": int(token.seconds)}
        return answer({"errcode": 0, "errmsg": "ok"} | fields)

    def _is_app(self, key: str, secret: str) -> bool:
        return (key, secret) == (self._world.app_key, self._world.app_secret)

    async def _send_to_people(self, request: web.Request, fault: Fault | None) -> web.Response:
        payload, markup, refusal = await self._admit(request, fault)
        if refusal is not None:
            return refusal
        wanted = payload.texts("userIds")
        if not wanted:
            return refuse("invalidParameter.userIds.empty", "用户userId列表为空")
        if len(wanted) > _MOST_RECIPIENTS:
            return refuse("invalidParameter.userIds.overMax", "用户userId列表超过最大限制")
        lists = self._sort_out(wanted, fault)
        if len(lists["invalidStaffIdList"]) == len(wanted):
            return refuse("staffId.notExisted", "员工不存在")
        reference = secrets.token_urlsafe(24)
        missed = {user_id for people in lists.values() for user_id in people}
        for user_id in wanted:
            if user_id not in missed:
                self._show(markup, reference, user_id=user_id)
        return answer({"processQueryKey": reference, **lists})

    def _sort_out(self, wanted: tuple[str, ...], fault: Fault | None) -> dict[str, list[str]]:
        """Who is not reached although the answer is 200, in the platform's three lists."""
        lists: dict[str, list[str]] = {name: [] for name in _PARTIAL_LISTS.values()}
        if fault and fault.kind is FaultKind.PARTIAL:
            name = _PARTIAL_LISTS.get(fault.code, "flowControlledStaffIdList")
            lists[name] += [user_id for user_id in wanted if user_id in fault.people]
        lists["invalidStaffIdList"] += [
            user_id for user_id in wanted if find_person(self._world.members, user_id) is None
        ]
        return lists

    async def _send_to_group(self, request: web.Request, fault: Fault | None) -> web.Response:
        payload, markup, refusal = await self._admit(request, fault)
        if refusal is not None:
            return refusal
        group = find_group(self._world.groups, key=payload.text("openConversationId"))
        if group is None:
            return refuse("invalid.openConversationId", "无效的openConversationId")
        reference = secrets.token_urlsafe(24)
        self._show(markup, reference, group=group.name)
        return answer({"processQueryKey": reference})

    async def _admit(
        self, request: web.Request, fault: Fault | None
    ) -> tuple[Payload, Markup, web.Response | None]:
        """What both ways of the new API have in common: token, rate, robot, template."""
        payload = read_payload(await request.read()) or Payload({})
        refusal = self.refusal(request, fault) or self.robot_refusal(payload)
        template = read_template(payload)
        if refusal is None and template.problem:
            refusal = refuse(template.problem, "消息模板参数不合法")
        return payload, template.markup, refusal

    def refusal(self, request: web.Request, fault: Fault | None) -> web.Response | None:
        """What every call of the new API may be refused for: token, rate."""
        token = request.headers.get("x-acs-dingtalk-access-token", "")
        refusal = self._token_refusal(token, fault) or _ordered_refusal(fault)
        if refusal is None and self._is_too_fast(request.path):
            refusal = refuse("QpsLimit.ExceedRealQps", "请求过于频繁", status=403)
        return refusal

    def robot_refusal(self, payload: Payload) -> web.Response | None:
        """What a call in a robot's name may be refused for."""
        if payload.text("robotCode") == self._world.robot_code:
            return None
        return refuse("resource.not.found", "robot 不存在", status=404)

    def _token_refusal(self, token: str, fault: Fault | None) -> web.Response | None:
        if fault and fault.kind is FaultKind.EXPIRED_TOKEN:
            self.tokens.expire()
        elif self.tokens.check(token) is TokenState.VALID:
            return None
        return refuse("InvalidAuthentication", "不合法的access_token")

    def _is_too_fast(self, path: str) -> bool:
        count = self._world.calls_per_second
        if count is None:
            return False
        return not self._stage.meter.allows(f"dingtalk {path}", Limit(count=count, seconds=1))

    async def _send_by_session(self, request: web.Request, fault: Fault | None) -> web.Response:
        match fault and fault.kind:
            case FaultKind.RATE_LIMIT:
                return error(130101, "send too fast, exceed 20 times per minute")
            case FaultKind.REFUSED if fault:
                return error(int(fault.code), fault.message)
        secret = request.query.get("session", "")
        session = self._sessions.find(secret, self._stage.now())
        if session is None or (fault and fault.kind is FaultKind.EXPIRED_TOKEN):
            return error(300001, "session 不存在")
        body = await request.read()
        markup = read_webhook(read_payload(body) or Payload({}))
        if markup is None:
            return error(400106, "msgtype 不支持或内容为空")
        if len(body) > _SESSION_BYTES:
            return error(460101, "message too long, exceed 20000 bytes")
        user_id = session.user_id if session.group is None else ""
        self._show(markup, "", user_id=user_id, group=session.group)
        return answer({"errcode": 0, "errmsg": "ok"})

    def _show(
        self, markup: Markup, reference: str, *, user_id: str = "", group: str | None = None
    ) -> None:
        message = Outgoing(
            text=markup.text,
            title=markup.title,
            kind=markup.kind,
            user_id=user_id,
            group=group,
            reference=reference,
            buttons=markup.taps if user_id else (),
        )
        self._stage.show(Platform.DINGTALK, message)


def _ordered_refusal(fault: Fault | None) -> web.Response | None:
    match fault and fault.kind:
        case FaultKind.RATE_LIMIT:
            return refuse("QpsLimit.ExceedRealQps", "请求过于频繁", status=403)
        case FaultKind.REFUSED if fault:
            return refuse(fault.code, fault.message, status=403)
    return None


def refuse(code: str, message: str, *, status: int = 400) -> web.Response:
    """An error of the new API."""
    request_id = secrets.token_hex(16).upper()
    return answer({"code": code, "requestid": request_id, "message": message}, status=status)


def error(code: int, message: str) -> web.Response:
    """An error of the old API."""
    return answer({"errcode": code, "errmsg": message})
