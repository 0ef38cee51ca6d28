"""Login by WeCom [D 91022, 91023]: inside its client, silently."""

from urllib.parse import urlencode

from bot.platforms.channel import Outside, WeComSettings
from bot.platforms.reading import identifier, string
from bot.platforms.wecom.api import AppApi
from reporting.errors import CallbackMalformed, DeliveryRefused


class WeComLogin:
    """The login of one app; its trusted domain must be registered with the app."""

    code_name = "code"

    def __init__(self, settings: WeComSettings, outside: Outside) -> None:
        self._settings = settings
        self._api = AppApi(settings, outside.session, outside.tokens)

    def address(self, back: str, state: str) -> str:
        """The platform's page; the fragment is demanded by it."""
        settings = self._settings
        query = {
            "appid": settings.corp_id,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
            "agentid": settings.agent_id,
        }
        base = settings.oauth_base.rstrip("/")
        return f"{base}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"

    async def user_of(self, code: str) -> str:
        """The member's id; a code lives five minutes and is good once."""
        body = await self._api.look("auth/getuserinfo", {"code": code})
        try:
            return identifier(string(body, "userid"))
        except CallbackMalformed:
            raise DeliveryRefused("不是本企业的成员，不能登录。", code="not_a_member") from None
