"""Login by DingTalk (new-style OAuth 2): in any browser, silently inside its client.

The page gives a code, the code a token of the person's own, that his unionId, and with the app's
token the unionId the user id by which callbacks name him.
"""

from urllib.parse import urlencode

from bot.platforms.channel import DingTalkSettings, Outside
from bot.platforms.dingtalk.answer import read_answer
from bot.platforms.dingtalk.api import TOKEN_HEADER, DingTalkApi, Request
from bot.platforms.exchange import TOKEN, Call
from bot.platforms.outcome import require_done
from bot.platforms.reading import identifier, mapping, string
from reporting.errors import CallbackMalformed, DeliveryRefused

INTERNAL = 0  # the contact type of a member; 1 is an outside contact


class DingTalkLogin:
    """The login of one app; its address to come back to must be registered with the app."""

    code_name = "authCode"

    def __init__(self, settings: DingTalkSettings, outside: Outside) -> None:
        self._settings = settings
        self._api = DingTalkApi(settings, outside.session, outside.tokens, outside.budget)

    def address(self, back: str, state: str) -> str:
        """The platform's page; without `prompt` it refuses to ask."""
        query = {
            "client_id": self._settings.app_key,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "openid",
            "state": state,
            "prompt": "consent",
        }
        return f"{self._settings.oauth_base.rstrip('/')}/oauth2/auth?{urlencode(query)}"

    async def user_of(self, code: str) -> str:
        """The member's id; a code is good once."""
        union = await self._union_of(await self._own_token(code))
        request = Request(
            path="topapi/user/getbyunionid",
            payload={"unionid": union},
            success="userid",
            repeatable=True,
            old=True,
        )
        reading, body = await self._api.look(request)
        require_done(reading)
        if mapping(body, "result").get("contact_type", INTERNAL) != INTERNAL:
            raise _stranger()
        return _named(reading.reference)

    async def _own_token(self, code: str) -> str:
        """The token with which the person himself may be looked at, and nothing else."""
        settings = self._settings
        payload = {
            "clientId": settings.app_key,
            "clientSecret": settings.app_secret,
            "code": code,
            "grantType": "authorization_code",
        }
        call = Call(url=self._api.url("oauth2/userAccessToken"), payload=payload)
        return await self._ask(call, "accessToken")

    async def _union_of(self, token: str) -> str:
        if not TOKEN.fullmatch(token):
            raise _stranger()
        url = self._api.url("contact/users/me")
        return await self._ask(Call(url=url, headers={TOKEN_HEADER: token}), "unionId")

    async def _ask(self, call: Call, field: str) -> str:
        answer = await self._api.exchange.perform_idempotent(call)
        require_done(read_answer(answer, field))
        return _named(string(answer.body or {}, field))


def _named(value: str) -> str:
    try:
        return identifier(value)
    except CallbackMalformed:
        raise _stranger() from None


def _stranger() -> DeliveryRefused:
    return DeliveryRefused("不是本组织的成员，不能登录。", code="not_a_member")
