"""Pages behind a platform's login; so far one: which account am I, and whose is it.

A liaison whom the office cannot place opens it in his client and reads his account out.
"""

import secrets

import structlog
from aiohttp import web

from bot.channels import Channel, ChannelBook
from bot.platforms.channel import Outside, PagedSettings
from bot.platforms.login import STATE_LIVES, Login, is_own_state, issue_state
from bot.platforms.registry import open_login
from reporting.errors import DeliveryFailed, DeliveryRefused, NotReady
from storage.unit_of_work import Store

COOKIE = "login_state"
MOST_CODE = 512

log = structlog.get_logger()


class LoginPages:
    """Serves `/login/{channel}` and where the platform sends people back to."""

    def __init__(self, store: Store, channels: ChannelBook, outside: Outside) -> None:
        self._store, self._channels, self._outside = store, channels, outside

    def add_to(self, app: web.Application) -> None:
        """Serve them."""
        app.router.add_get("/login/{channel}", self._begin)
        app.router.add_get("/login/{channel}/back", self._end)

    async def _begin(self, request: web.Request) -> web.Response:
        channel, login, public = await self._open(request)
        now = self._outside.clock.now()
        state = issue_state(secrets.token_urlsafe(16), now, self._store.seal.fingerprint)
        back = f"{public}/login/{channel.name}/back"
        response = web.Response(status=302, headers={"Location": login.address(back, state)})
        response.set_cookie(
            COOKIE,
            state,
            max_age=int(STATE_LIVES.total_seconds()),
            path=f"/login/{channel.name}",
            secure=public.startswith("https"),
            httponly=True,
            samesite="Lax",
        )
        return response

    async def _end(self, request: web.Request) -> web.Response:
        channel, login, _ = await self._open(request)
        given, kept = request.query.get("state", ""), request.cookies.get(COOKIE, "")
        code = request.query.get(login.code_name, "")
        now, sign = self._outside.clock.now(), self._store.seal.fingerprint
        if not is_own_state(given, kept, now, sign) or not 0 < len(code) <= MOST_CODE:
            return _page("登录已过期或不是从本机发起的，请重新打开链接。", 403)
        try:
            user_id = await login.user_of(code)
        except (DeliveryRefused, DeliveryFailed) as trouble:
            named = {"channel": channel.name, "code": trouble.code, "detail": str(trouble)}
            log.warning("login refused", action="login_refused", **named)
            return _page("平台没有认出您，请重新打开链接；仍不行请联系督查室。", 403)
        response = _page(await self._whose(channel, user_id), 200)
        response.del_cookie(COOKIE, path=f"/login/{channel.name}")
        return response

    async def _whose(self, channel: Channel, user_id: str) -> str:
        async with self._store.unit_of_work(self._outside.clock.now()) as work:
            found = await work.people.correspondent(channel.name, user_id)
        if found is None:
            return f"您的账号：{user_id}\n还没有绑定，请把账号告诉督查室，或向督查室要绑定码。"
        liaison = found.liaison
        return f"您的账号：{user_id}\n已绑定：{liaison.name}（{'、'.join(liaison.units)}）"

    async def _open(self, request: web.Request) -> tuple[Channel, Login, str]:
        """The channel with its login; not found where its public address is not set."""
        try:
            channel = await self._channels.find(request.match_info["channel"])
        except NotReady:
            channel = None
        settings = channel.settings if channel else None
        if channel is None or not isinstance(settings, PagedSettings) or not settings.public_url:
            raise web.HTTPNotFound
        login = open_login(settings, self._outside)
        return channel, login, settings.public_url.rstrip("/")


def _page(words: str, status: int) -> web.Response:
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return web.Response(text=words, status=status, headers=headers)
