"""Files the bot leaves with WeCom, for its app or for one group's webhook (96484, 91770)."""

import secrets

from aiohttp import web

from simulator.access_token import TokenDesk, TokenState
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.stage import Stage, answer, as_ordered
from simulator.world import SimulatedWeCom, find_group

_MEGABYTE = 1024 * 1024
_MOST = {"image": 10 * _MEGABYTE, "file": 20 * _MEGABYTE}
_LEAST = 6


class WeComFiles:
    """Takes uploads; a webhook's file is good for that webhook alone."""

    def __init__(self, world: SimulatedWeCom, stage: Stage, tokens: TokenDesk) -> None:
        self._world, self._stage, self._tokens = world, stage, tokens

    def routes(self) -> list[web.RouteDef]:
        """The two ways to leave a file."""
        stage, base = self._stage, "/wecom/cgi-bin"
        upload = as_ordered(stage, Endpoint.WECOM_UPLOAD, self._take)
        hook = as_ordered(stage, Endpoint.WECOM_UPLOAD, self._take_for_group)
        return [
            web.post(f"{base}/media/upload", upload),
            web.post(f"{base}/webhook/upload_media", hook),
        ]

    async def _take(self, request: web.Request, fault: Fault | None) -> web.Response:
        state = self._tokens.check(request.query.get("access_token", ""))
        if state is not TokenState.VALID:
            return answer({"errcode": 40014, "errmsg": "invalid access_token"})
        return await self._keep(request, fault, "")

    async def _take_for_group(self, request: web.Request, fault: Fault | None) -> web.Response:
        group = find_group(self._world.groups, key=request.query.get("key", ""))
        if group is None:
            return answer({"errcode": 93000, "errmsg": "invalid webhook url"})
        return await self._keep(request, fault, group.name)

    async def _keep(self, request: web.Request, fault: Fault | None, owner: str) -> web.Response:
        if fault and fault.kind is FaultKind.REFUSED:
            return answer({"errcode": int(fault.code), "errmsg": "refused"})
        kind, form = request.query.get("type", ""), await request.post()
        field = form.get("media")
        if not isinstance(field, web.FileField) or kind not in _MOST:
            return answer({"errcode": 44001, "errmsg": "empty media data"})
        data = field.file.read()
        if not _LEAST <= len(data) <= _MOST[kind]:
            return answer({"errcode": 40006, "errmsg": "invalid media size"})
        media_id = self._stage.media.put(data, field.filename, self._stage.now(), owner)
        named = {"type": kind, "media_id": media_id, "created_at": str(secrets.randbits(30))}
        return answer({"errcode": 0, "errmsg": "ok"} | named)
