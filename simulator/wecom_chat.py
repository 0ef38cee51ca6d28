"""Groups an app has created itself (appchat, 90248), and how pictures and files are shown."""

import base64
import binascii
import hashlib

from aiohttp import web

from reporting.messages import Platform
from simulator.access_token import TokenDesk, TokenState
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.stage import Outgoing, Stage, answer, as_ordered
from simulator.world import SimulatedWeCom, find_group

_PICTURE_MOST = 2 * 1024 * 1024
_KINDS = frozenset({"text", "markdown", "image", "file"})


class WeComChats:
    """Takes what the app says in its own chats; cards are not among it."""

    def __init__(self, world: SimulatedWeCom, stage: Stage, tokens: TokenDesk) -> None:
        self._world, self._stage, self._tokens = world, stage, tokens

    def routes(self) -> list[web.RouteDef]:
        """The one endpoint."""
        send = as_ordered(self._stage, Endpoint.WECOM_APPCHAT, self._send)
        return [web.post("/wecom/cgi-bin/appchat/send", send)]

    async def _send(self, request: web.Request, fault: Fault | None) -> web.Response:
        if fault and fault.kind is FaultKind.REFUSED:
            return answer({"errcode": int(fault.code), "errmsg": "refused"})
        if self._tokens.check(request.query.get("access_token", "")) is not TokenState.VALID:
            return answer({"errcode": 40014, "errmsg": "invalid access_token"})
        payload = read_payload(await request.read()) or Payload({})
        group = find_group(self._world.chats, key=payload.text("chatid"))
        if group is None:
            return answer({"errcode": 86003, "errmsg": "chat not exist"})
        kind = payload.text("msgtype")
        if kind not in _KINDS:
            return answer({"errcode": 40008, "errmsg": "invalid message type"})
        text = payload.child(kind).text("content")
        shown = Outgoing(text=text, kind=kind) if text else shown_file(self._stage, payload, "")
        if shown is None:
            return answer({"errcode": 40007, "errmsg": "invalid media_id"})
        message = Outgoing(text=shown.text, group=group.name, kind=kind)
        self._stage.show(Platform.WECOM, message)
        return answer({"errcode": 0, "errmsg": "ok"})


def shown_file(stage: Stage, payload: Payload, owner: str) -> Outgoing | None:
    """A picture or file as it is seen; None where what is named is not there."""
    kind = payload.text("msgtype")
    content = payload.child(kind)
    if kind == "image" and content.text("base64"):
        return _shown_picture(content)
    media = stage.media.find(content.text("media_id"), stage.now())
    if media is None or media.owner != owner:
        return None
    return Outgoing(text=f"[{kind}] {media.name}", kind=kind, reference=content.text("media_id"))


def _shown_picture(content: Payload) -> Outgoing | None:
    try:
        data = base64.b64decode(content.text("base64"), validate=True)
    except binascii.Error:
        return None
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if digest != content.text("md5") or len(data) > _PICTURE_MOST:
        return None
    return Outgoing(text="[image]", kind="image")
