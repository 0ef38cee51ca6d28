"""Calls of DingTalk's server API under the app's access token and budgets."""

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.platforms.access import Access, check_access, over_budget
from bot.platforms.channel import DingTalkSettings
from bot.platforms.dingtalk.answer import read_answer
from bot.platforms.exchange import Answer, Call, Exchange, read_token
from bot.platforms.outcome import Reading, require_done
from reporting.messages import Delivery
from reporting.ports import Budget, Limit, Token, TokenCache

TOKEN_HEADER = "x-acs-dingtalk-access-token"  # noqa: S105 - the name of a header


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call: `success` names the field a good answer has; `repeatable`: it sends nothing.

    `old`: of the old API, whose token stands in the address.
    """

    path: str
    payload: Mapping[str, object]
    success: str
    repeatable: bool = False
    method: str = "POST"
    old: bool = False


class DingTalkApi:
    """The API as one app may call it."""

    def __init__(
        self,
        settings: DingTalkSettings,
        session: aiohttp.ClientSession,
        tokens: TokenCache,
        budget: Budget,
    ) -> None:
        self._settings = settings
        self._budget = budget
        self.exchange = Exchange(session, settings)
        self._name = f"dingtalk:{settings.app_key}"
        self._access = Access(tokens, self._name, self._fetch_token)

    async def call(self, request: Request) -> Reading:
        """What the platform makes of a call; its reference is the `success` field."""
        reading, _ = await self.look(request)
        return reading

    async def look(self, request: Request) -> tuple[Reading, Mapping[str, object]]:
        """The same, with the whole answer."""
        waiting = await self.over_budget(request.path)
        if waiting:
            return waiting, {}
        body: Mapping[str, object] = {}

        async def attempt(token: str) -> Reading:
            nonlocal body
            call = self._signed(request, token)
            answer = await self._perform(call, repeatable=request.repeatable)
            body = answer.body or {}
            return read_answer(answer, request.success)

        return await self._access.run(attempt), body

    def _signed(self, request: Request, token: str) -> Call:
        """The call with the app's token where its API wants it."""
        if request.old:
            url = f"{self._settings.oapi_base.rstrip('/')}/{request.path}"
            return Call(url=url, query={"access_token": token}, payload=request.payload)
        return Call(
            url=self.url(request.path),
            headers={TOKEN_HEADER: token},
            payload=request.payload,
            method=request.method,
        )

    async def over_budget(
        self, name: str, limits: tuple[Limit, ...] | None = None
    ) -> Reading | None:
        """None if one more call of this name is within its limits, those of an API unless given."""
        limits = limits or self._settings.api_limits
        return await over_budget(self._budget, ((f"{self._name}:{name}", limits),))

    async def check(self) -> Delivery:
        """Whether the platform gives us a token; if not, the detail says what to mend."""
        return await check_access(self._fetch_token)

    async def _perform(self, call: Call, *, repeatable: bool) -> Answer:
        if repeatable:
            return await self.exchange.perform_idempotent(call)
        return await self.exchange.perform(call)

    async def _fetch_token(self) -> Token:
        """A new access token; the same one comes back while it lives."""
        secrets = {"appKey": self._settings.app_key, "appSecret": self._settings.app_secret}
        call = Call(url=self.url("oauth2/accessToken"), payload=secrets)
        answer = await self.exchange.perform_idempotent(call)
        require_done(read_answer(answer, "accessToken"))
        return read_token(answer, "accessToken", "expireIn")

    def url(self, path: str) -> str:
        """The address of a call of the new API."""
        return f"{self._settings.api_base.rstrip('/')}/v1.0/{path}"
