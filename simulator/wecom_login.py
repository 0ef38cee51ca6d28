"""Login by WeCom (91022, 91023): the page that asks, and who is behind a code."""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlencode

from aiohttp import web

from simulator.access_token import TokenDesk, TokenState
from simulator.fault import Endpoint, Fault
from simulator.stage import Stage, answer, as_ordered
from simulator.world import SimulatedWeCom, find_person

_CODE_LIFE = timedelta(minutes=5)


class WeComLoginDesk:
    """Plays the platform's login; the query's `as` says who holds the telephone."""

    def __init__(self, world: SimulatedWeCom, stage: Stage, tokens: TokenDesk) -> None:
        self._world, self._stage, self._tokens = world, stage, tokens
        self._codes: dict[str, tuple[str, datetime]] = {}

    def routes(self) -> list[web.RouteDef]:
        """The page, and the call that redeems a code."""
        look = as_ordered(self._stage, Endpoint.WECOM_LOGIN, self._who)
        return [
            web.get("/wecom/connect/oauth2/authorize", self._ask),
            web.get("/wecom/cgi-bin/auth/getuserinfo", look),
        ]

    async def _ask(self, request: web.Request) -> web.Response:
        query = request.query
        if query.get("appid") != self._world.corp_id or query.get("response_type") != "code":
            return web.Response(status=400, text="redirect_uri is not registered")
        code = secrets.token_urlsafe(32)
        self._codes[code] = (query.get("as", ""), self._stage.now())
        back = f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        return web.Response(status=302, headers={"Location": back})

    async def _who(self, request: web.Request, fault: Fault | None) -> web.Response:
        if self._tokens.check(request.query.get("access_token", "")) is not TokenState.VALID:
            return answer({"errcode": 40014, "errmsg": "invalid access_token"})
        user_id, at = self._codes.pop(request.query.get("code", ""), ("", self._stage.now()))
        if self._stage.now() - at >= _CODE_LIFE or not user_id:
            return answer({"errcode": 40029, "errmsg": "invalid code"})
        member = find_person(self._world.members, user_id)
        named = {"userid": member.user_id} if member else {"openid": "o-stranger"}
        return answer({"errcode": 0, "errmsg": "ok"} | named)
