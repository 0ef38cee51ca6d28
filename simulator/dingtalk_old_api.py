"""DingTalk's old API: work notifications with their results, and groups' custom robots.

The same words to one person count once a day and 500 a day are the most; whoever is over it is
told of success and named in the result alone.
"""

import base64
import hmac
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web

from reporting.messages import Platform
from reporting.ports import Limit
from simulator.access_token import TokenState
from simulator.dingtalk_api import DingTalkApi, error
from simulator.dingtalk_message import Markup, read_webhook
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.stage import Outgoing, Stage, answer, as_ordered
from simulator.world import CustomRobot, SimulatedDingTalk, find_person

_A_DAY, _ROBOT_BYTES, _CLOCK_SECONDS = 500, 20_000, 3600
_PER_MINUTE = Limit(count=20, seconds=60)
_LISTS = ("invalid", "forbidden", "failed", "read", "unread")


@dataclass(slots=True)
class _Ledger:
    """What was notified on one day, and the result of every task; `asked` counts the looks."""

    said: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    results: list[dict[str, list[str]]] = field(default_factory=list)


class OldDingTalkApi:
    """Serves `/dingtalk/topapi` and `/dingtalk/robot/send`."""

    def __init__(self, world: SimulatedDingTalk, stage: Stage, api: DingTalkApi) -> None:
        self._world, self._stage, self._api = world, stage, api
        self._ledger = _Ledger()

    def routes(self) -> list[web.RouteDef]:
        """The endpoints, each able to misbehave."""
        topic, stage = "/dingtalk/topapi/message/corpconversation", self._stage
        notify = as_ordered(stage, Endpoint.DINGTALK_NOTICE, self._notify)
        tell = as_ordered(stage, Endpoint.DINGTALK_RESULT, self._tell)
        post = as_ordered(stage, Endpoint.DINGTALK_WEBHOOK, self._post)
        return [
            web.post(f"{topic}/asyncsend_v2", notify),
            web.post(f"{topic}/getsendresult", tell),
            web.post("/dingtalk/robot/send", post),
        ]

    async def _notify(self, request: web.Request, fault: Fault | None) -> web.Response:
        asked = read_payload(await request.read()) or Payload({})
        if refusal := self._refusal(request, asked, fault):
            return refusal
        markup = read_webhook(asked.child("msg"))
        if markup is None:
            return error(33012, "msg 不合法")
        result: dict[str, list[str]] = {name: [] for name in _LISTS}
        for person in asked.text("userid_list").split(","):
            name = self._take(person, markup)
            if fault and fault.kind is FaultKind.PARTIAL and person in fault.people:
                name = fault.code
            result[name].append(person)
            if name == "unread":
                self._show(markup, person)
        self._ledger.results.append(result)
        return answer({"errcode": 0, "errmsg": "ok", "task_id": len(self._ledger.results)})

    def _take(self, person: str, markup: Markup) -> str:
        """In which list of the result a person ends."""
        if find_person((*self._world.members, *self._world.outsiders), person) is None:
            return "invalid"
        day, ledger = f"{self._stage.now():%m%d}", self._ledger
        ledger.said[day, person, markup.text] += 1
        ledger.sent[day, person] += 1
        over = ledger.said[day, person, markup.text] > 1 or ledger.sent[day, person] > _A_DAY
        return "forbidden" if over else "unread"

    def _show(self, markup: Markup, person: str) -> None:
        message = Outgoing(
            text=markup.text, title=markup.title, kind="work_notification", user_id=person
        )
        self._stage.show(Platform.DINGTALK, message)

    async def _tell(self, request: web.Request, fault: Fault | None) -> web.Response:
        asked = read_payload(await request.read()) or Payload({})
        if refusal := self._refusal(request, asked, fault):
            return refusal
        number = asked.number("task_id") or 0
        if not 0 < number <= len(self._ledger.results):
            return error(33013, "task_id 不存在")
        delayed = fault is not None and fault.kind is FaultKind.DELAY
        result = {name: [] for name in _LISTS} if delayed else self._ledger.results[number - 1]
        told = {f"{name}_user_id_list": people for name, people in result.items()}
        return answer({"errcode": 0, "errmsg": "ok", "send_result": told})

    def _refusal(
        self, request: web.Request, asked: Payload, fault: Fault | None
    ) -> web.Response | None:
        match fault and fault.kind:
            case FaultKind.REFUSED if fault:
                return error(int(fault.code), fault.message)
            case FaultKind.EXPIRED_TOKEN:
                self._api.tokens.expire()
        if self._api.tokens.check(request.query.get("access_token", "")) is not TokenState.VALID:
            sub = {"sub_code": "40014", "sub_msg": "不合法的access_token"}
            return answer({"errcode": 88, "errmsg": "ding talk error", **sub})
        if asked.number("agent_id") != self._world.agent_id:
            return error(41011, "agentid 不合法")
        return None

    async def _post(self, request: web.Request, fault: Fault | None) -> web.Response:
        if fault and fault.kind is FaultKind.REFUSED:
            return error(int(fault.code), fault.message)
        token = request.query.get("access_token", "")
        robot = next((one for one in self._world.custom_robots if one.token == token), None)
        if robot is None:
            return error(300005, "token is not exist")
        body = await request.read()
        markup = read_webhook(read_payload(body) or Payload({}))
        if markup is None:
            return error(400106, "msgtype 不支持或内容为空")
        if problem := self._unsafe(robot, request, markup):
            return error(310000, problem)
        if len(body) > _ROBOT_BYTES:
            return error(460101, "message too long, exceed 20000 bytes")
        if not self._stage.meter.allows(f"dingtalk robot {robot.group}", _PER_MINUTE):
            return error(130101, "send too fast, exceed 20 times per minute")
        message = Outgoing(
            text=markup.text, title=markup.title, kind=markup.kind, group=robot.group
        )
        self._stage.show(Platform.DINGTALK, message)
        return answer({"errcode": 0, "errmsg": "ok"})

    def _unsafe(self, robot: CustomRobot, request: web.Request, markup: Markup) -> str:
        """What of the robot's safety settings a message lacks; empty for nothing."""
        if robot.keyword and robot.keyword not in markup.text:
            return "keywords not in content"
        if not robot.secret:
            return ""
        timestamp = request.query.get("timestamp", "")
        if not timestamp.isdigit():
            return "sign not match"
        now = (self._stage.now() + self._stage.ahead).timestamp()
        if abs(now - int(timestamp) / 1000) > _CLOCK_SECONDS:
            return "invalid timestamp"
        text = f"{timestamp}\n{robot.secret}".encode()
        expected = base64.b64encode(hmac.digest(robot.secret.encode(), text, "sha256")).decode()
        return "" if request.query.get("sign") == expected else "sign not match"
