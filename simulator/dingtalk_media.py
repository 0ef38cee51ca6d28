"""Files people sent the robot: a code is exchanged for an address, the address for the bytes."""

import secrets

from aiohttp import web

from simulator.dingtalk_api import DingTalkApi, refuse
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.stage import Stage, answer, as_ordered
from simulator.world import SimulatedDingTalk


class DingTalkMedia:
    """Serves the robot's files below `/dingtalk`.

    Like the object store behind the real addresses it refuses a request whose Content-Type is not
    the one that was signed: none.
    """

    def __init__(self, world: SimulatedDingTalk, stage: Stage, api: DingTalkApi) -> None:
        self._world, self._stage, self._api = world, stage, api
        self._addresses: dict[str, str] = {}

    def routes(self) -> list[web.RouteDef]:
        """The endpoints, each able to misbehave."""
        locate = as_ordered(self._stage, Endpoint.DINGTALK_MEDIA, self._locate)
        give = as_ordered(self._stage, Endpoint.DINGTALK_FILE, self._give)
        return [
            web.post("/dingtalk/v1.0/robot/messageFiles/download", locate),
            web.get("/dingtalk/files/{secret}", give),
        ]

    async def _locate(self, request: web.Request, fault: Fault | None) -> web.Response:
        asked = read_payload(await request.read()) or Payload({})
        refusal = self._api.refusal(request, fault) or self._api.robot_refusal(asked)
        if refusal is not None:
            return refusal
        media = self._stage.media.find(asked.text("downloadCode"), self._stage.now())
        if media is None:
            return refuse("invalidParameter.downloadCode", "下载码无效或已过期")
        secret = secrets.token_urlsafe(24)
        self._addresses[secret] = asked.text("downloadCode")
        return answer({"downloadUrl": f"{self._stage.base_url}/dingtalk/files/{secret}"})

    async def _give(self, request: web.Request, fault: Fault | None) -> web.Response:
        code = self._addresses.get(request.match_info["secret"], "")
        media = self._stage.media.find(code, self._stage.now())
        refused = fault is not None and fault.kind is FaultKind.REFUSED
        if media is None or refused or "Content-Type" in request.headers:
            return web.Response(
                status=403, text="<Error><Code>SignatureDoesNotMatch</Code></Error>"
            )
        return web.Response(body=media.data, content_type=media.content_type)
