"""Login by DingTalk: the page that asks, the person's own token, who he is, and his user id."""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlencode

from aiohttp import web

from simulator.access_token import TokenState
from simulator.dingtalk_api import DingTalkApi, error, refuse
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.stage import Stage, answer, as_ordered
from simulator.world import SimulatedDingTalk, find_person

_CODE_LIFE = timedelta(minutes=5)
_HEADER = "x-acs-dingtalk-access-token"
_ASKED = {"response_type": "code", "scope": "openid", "prompt": "consent"}


class DingTalkLoginDesk:
    """Plays the platform's login; the query's `as` says who holds the telephone.

    A unionId names a person in all organisations; here it is his user id behind a "u-".
    """

    def __init__(self, world: SimulatedDingTalk, stage: Stage, api: DingTalkApi) -> None:
        self._world, self._stage, self._api = world, stage, api
        self._codes: dict[str, tuple[str, datetime]] = {}
        self._people: dict[str, str] = {}

    def routes(self) -> list[web.RouteDef]:
        """The page, and the three calls that lead from a code to a user id."""
        redeem = as_ordered(self._stage, Endpoint.DINGTALK_LOGIN, self._redeem)
        look = as_ordered(self._stage, Endpoint.DINGTALK_PROFILE, self._who)
        return [
            web.get("/dingtalk/oauth2/auth", self._ask),
            web.post("/dingtalk/v1.0/oauth2/userAccessToken", redeem),
            web.get("/dingtalk/v1.0/contact/users/me", look),
            web.post("/dingtalk/topapi/user/getbyunionid", self._user_id),
        ]

    async def _ask(self, request: web.Request) -> web.Response:
        query = request.query
        asked = {name: query.get(name) for name in _ASKED}
        if query.get("client_id") != self._world.app_key or asked != _ASKED:
            return web.Response(status=400, text="client_id, scope or prompt is wrong")
        code = secrets.token_urlsafe(32)
        self._codes[code] = (query.get("as", ""), self._stage.now())
        back = f"{query['redirect_uri']}?{urlencode({'authCode': code, 'state': query['state']})}"
        return web.Response(status=302, headers={"Location": back})

    async def _redeem(self, request: web.Request, _: Fault | None) -> web.Response:
        asked = read_payload(await request.read()) or Payload({})
        app = (asked.text("clientId"), asked.text("clientSecret"))
        if app != (self._world.app_key, self._world.app_secret):
            return refuse("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
        person, at = self._codes.pop(asked.text("code"), ("", self._stage.now()))
        late = self._stage.now() - at >= _CODE_LIFE
        if late or not person or asked.text("grantType") != "authorization_code":
            return refuse("invalidParameter.authCode.notFound", "不合法的临时授权码")
        token = secrets.token_urlsafe(32)
        self._people[token] = person
        return answer({"accessToken": token, "refreshToken": "r", "expireIn": 7200})

    async def _who(self, request: web.Request, fault: Fault | None) -> web.Response:
        if fault and fault.kind is FaultKind.REFUSED:
            scopes = {"requiredScopes": ["Contact.User.Read"]}
            denied = {"code": fault.code, "message": fault.message, "accessdenieddetail": scopes}
            return answer(denied, status=403)
        person = self._people.get(request.headers.get(_HEADER, ""))
        if person is None:
            return refuse("InvalidAuthentication", "不合法的access_token")
        return answer({"nick": person, "openId": f"o-{person}", "unionId": f"u-{person}"})

    async def _user_id(self, request: web.Request) -> web.Response:
        asked = read_payload(await request.read()) or Payload({})
        if self._api.tokens.check(request.query.get("access_token", "")) is not TokenState.VALID:
            return error(40014, "不合法的access_token")
        named = asked.text("unionid").removeprefix("u-")
        inside = (*self._world.members, *self._world.outsiders)
        person = find_person((*inside, *self._world.partners), named)
        if person is None:
            return error(60121, "找不到该用户")
        result = {"contact_type": int(person not in inside), "userid": person.user_id}
        return answer({"errcode": 0, "errmsg": "ok", "result": result})
