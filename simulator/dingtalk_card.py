"""DingTalk's interactive cards: made, put before a reader, pressed and renewed.

A press goes to the address registered for the card's route, signed with the secret given there,
or over the stream; what it is answered with changes the card at once.
"""

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from reporting.messages import Platform
from simulator.chat import ChatMessage, Pressable
from simulator.courier import Courier, Letter, Spoken
from simulator.dingtalk_api import DingTalkApi, refuse
from simulator.dingtalk_stream import CARD_TOPIC, Gateway, Push
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.stage import Outgoing, Stage, answer, as_ordered
from simulator.world import SimulatedDingTalk, find_person

_SPACE = "dtv1.card//IM_ROBOT."


class DingTalkCards:
    """Serves the card API below `/dingtalk` and presses what it has shown."""

    def __init__(
        self,
        world: SimulatedDingTalk,
        stage: Stage,
        courier: Courier,
        api: DingTalkApi,
        gateway: Gateway,
    ) -> None:
        self._world, self._stage = world, stage
        self._courier, self._api, self._gateway = courier, api, gateway
        self._routes: dict[str, tuple[str, str]] = {}
        self._shown: dict[str, tuple[str, str]] = {}

    def routes(self) -> list[web.RouteDef]:
        """The endpoints, each able to misbehave."""
        base, stage = "/dingtalk/v1.0/card", self._stage
        register = as_ordered(stage, Endpoint.DINGTALK_ROUTE, self._register)
        deliver = as_ordered(stage, Endpoint.DINGTALK_CARD, self._deliver)
        renew = as_ordered(stage, Endpoint.DINGTALK_RENEWAL, self._renew)
        return [
            web.post(f"{base}/callbacks/register", register),
            web.post(f"{base}/instances/createAndDeliver", deliver),
            web.put(f"{base}/instances", renew),
            web.post(f"{base}/instances", as_ordered(stage, Endpoint.DINGTALK_CARD, self._make)),
        ]

    async def _register(self, request: web.Request, fault: Fault | None) -> web.Response:
        asked, refusal = await self._admit(request, fault)
        if refusal is not None:
            return refusal
        name = asked.text("callbackRouteKey")
        self._routes[name] = (asked.text("callbackUrl"), asked.text("apiSecret"))
        told = {"callbackUrl": asked.text("callbackUrl"), "apiSecret": asked.text("apiSecret")}
        return answer({"success": True, "result": told})

    async def _deliver(self, request: web.Request, fault: Fault | None) -> web.Response:
        asked, refusal = await self._admit(request, fault)
        if refusal is not None:
            return refusal
        track, person = asked.text("outTrackId"), asked.text("openSpaceId").removeprefix(_SPACE)
        route = asked.text("callbackRouteKey")
        by_stream = asked.text("callbackType") == "STREAM"
        if asked.text("cardTemplateId") != self._world.card_template_id or not track:
            return refuse("param.templateError", "卡片模板不存在")
        if track in self._shown:
            return refuse("param.outTrackIdExist", "outTrackId 已存在")
        if not by_stream and route not in self._routes:
            return refuse("param.callbackRouteKeyError", "回调地址没有注册")
        known = find_person(self._world.members, person) is not None
        if known and not (fault and fault.kind is FaultKind.PARTIAL):
            self._shown[track] = (self._show(asked, track, person), "" if by_stream else route)
            result: dict[str, object] = {"success": True, "errorMsg": ""}
        else:
            result = {"success": False, "errorMsg": "spaceId is illegal"}
        delivered = [{"spaceType": "IM_ROBOT", "spaceId": person, **result}]
        return answer(
            {"success": True, "result": {"outTrackId": track, "deliverResults": delivered}}
        )

    def _show(self, asked: Payload, track: str, person: str) -> str:
        """Put the card into the chat; its id there."""
        words = asked.child("cardData").child("cardParamMap")
        message = Outgoing(
            text=words.text("text"),
            title=words.text("title"),
            kind="interactive_card",
            user_id=person,
            reference=f"carrier{secrets.token_hex(8)}",
            card_key=track,
            buttons=_buttons(words.text("buttons")),
        )
        return self._stage.show(Platform.DINGTALK, message).id

    async def _make(self, request: web.Request, fault: Fault | None) -> web.Response:
        """A card that is made and not yet put before anybody."""
        asked, refusal = await self._admit(request, fault)
        if refusal is not None:
            return refusal
        if asked.text("cardTemplateId") != self._world.card_template_id:
            return refuse("param.templateError", "卡片模板不存在")
        return answer({"success": True, "result": asked.text("outTrackId")})

    async def _renew(self, request: web.Request, fault: Fault | None) -> web.Response:
        asked, refusal = await self._admit(request, fault)
        if refusal is not None:
            return refusal
        if asked.text("outTrackId") not in self._shown:
            return refuse("param.cardNotExist", "卡片不存在")
        self._change(asked.text("outTrackId"), asked)
        return answer({"success": True, "result": True})

    async def _admit(
        self, request: web.Request, fault: Fault | None
    ) -> tuple[Payload, web.Response | None]:
        asked = read_payload(await request.read()) or Payload({})
        return asked, self._api.refusal(request, fault)

    async def press(self, message: ChatMessage, action: str) -> Spoken:
        """The reader presses a button; the answer changes the card, unless it comes too late."""
        content = {"cardPrivateData": {"actionIds": [action], "params": {}}}
        body = {
            "type": "actionCallback",
            "corpId": self._world.corp_id,
            "userId": message.user_id,
            "userIdType": 1,
            "outTrackId": message.card_key,
            "spaceType": "IM_ROBOT",
            "spaceId": message.user_id,
            "content": json.dumps(content),
        }
        fault = self._stage.faults.take(Endpoint.DINGTALK_CALLBACK)
        text, patience = json.dumps(body), self._world.patience
        _, route = self._shown[message.card_key]
        if route:
            spoken = await self._courier.deliver(
                lambda: self._seal(route, text, fault), patience, fault
            )
            looks = read_payload(spoken.body) or Payload({})
        else:
            spoken = await self._gateway.deliver(Push(data=text, topic=CARD_TOPIC), patience, fault)
            looks = (read_payload(spoken.body) or Payload({})).child("response")
        if not (fault and fault.kind is FaultKind.DROP_ACK):
            self._change(message.card_key, looks)
        return spoken

    def _seal(self, route: str, text: str, fault: Fault | None) -> Letter:
        url, secret = self._routes[route]
        timestamp = str(int(self._stage.now().timestamp() * 1000))
        key = f"{secret}?" if fault and fault.kind is FaultKind.BAD_SIGNATURE else secret
        signature = base64.b64encode(hmac.digest(key.encode(), timestamp.encode(), "sha256"))
        headers: Mapping[str, str] = {
            "Content-Type": "application/json",
            "x-ddpaas-signature-timestamp": timestamp,
            "x-ddpaas-signature": signature.decode(),
        }
        return Letter(url=url, body=text.encode(), headers=headers)

    def _change(self, track: str, looks: Payload) -> None:
        """Show the card as it is told to look from now on."""
        words = looks.child("cardData").child("cardParamMap")
        message = self._stage.chat.find(self._shown[track][0])
        if message is None or not words.text("status"):
            return
        text = message.text.split("\n［")[0]
        renewed = replace(message, text=f"{text}\n［{words.text('status')}］", buttons=())
        self._stage.chat.replace(renewed)


def _buttons(listed: str) -> tuple[Pressable, ...]:
    """The buttons of a row, a JSON text."""
    row = (read_payload(f'{{"row": {listed}}}') or Payload({})).children("row")
    return tuple(
        Pressable(key=one.child("event").child("params").text("actionId"), label=one.text("text"))
        for one in row
    )
