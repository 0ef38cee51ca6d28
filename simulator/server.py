"""The simulator: both platforms and the chat page in one HTTP server on the caller's loop."""

import secrets
from collections.abc import Mapping

from aiohttp import web

from reporting.messages import Platform
from reporting.ports import Clock
from simulator.aibot import SimulatedRobot
from simulator.chat import ChatLog, ChatMessage, Direction
from simulator.courier import Courier, Spoken
from simulator.dingtalk_api import DingTalkApi
from simulator.dingtalk_callback import DingTalkCallbacks
from simulator.dingtalk_card import DingTalkCards
from simulator.dingtalk_event import DingTalkEvents
from simulator.dingtalk_login import DingTalkLoginDesk
from simulator.dingtalk_media import DingTalkMedia
from simulator.dingtalk_old_api import OldDingTalkApi
from simulator.dingtalk_stream import Gateway
from simulator.fault import Fault
from simulator.meter import Meter
from simulator.page import ChatPage
from simulator.stage import Stage
from simulator.timetable import FindLandmarks, MoveClock, Timetable
from simulator.wecom_api import WeComApi
from simulator.wecom_callback import WeComCallbacks
from simulator.world import (
    Group,
    NotPlayed,
    Person,
    SimulatedAibot,
    SimulatedDingTalk,
    SimulatedWeCom,
    find_group,
)

_MOST_BYTES = 24 * 1024 * 1024  # a file of the largest size, with its form
_LET_GO_SECONDS = 1.0
_EVERYWHERE = frozenset({"", "0.0.0.0"})  # noqa: S104 - to be told apart, not to listen on


class Simulator:
    """A WeCom and a DingTalk on loopback; either may be left out.

    `move_clock` and `find_landmarks` let the chat page move the clock, by steps and to moments
    such as the cutoff. Rate limits are measured in the clock's time.
    """

    def __init__(
        self,
        *,
        wecom: SimulatedWeCom | None,
        dingtalk: SimulatedDingTalk | None,
        clock: Clock,
        move_clock: MoveClock | None = None,
        find_landmarks: FindLandmarks | None = None,
    ) -> None:
        timetable = Timetable(clock=clock, move=move_clock, find_landmarks=find_landmarks)
        meter = Meter(lambda: clock.now().timestamp())
        self.stage = Stage(clock=clock, meter=meter)
        self.worlds: dict[Platform, SimulatedWeCom | SimulatedAibot | SimulatedDingTalk] = {}
        self._courier = Courier()
        self._runner: web.AppRunner | None = None
        page = ChatPage(self, timetable, self.stage.closing)
        self._routes: list[web.AbstractRouteDef] = page.routes()
        self._wecom: WeComCallbacks | None = None
        self._dingtalk: DingTalkCallbacks | None = None
        self._events: DingTalkEvents | None = None
        self._cards: DingTalkCards | None = None
        self._robot: SimulatedRobot | None = None
        if wecom is not None:
            self._add_wecom(wecom)
        if dingtalk is not None:
            self._add_dingtalk(dingtalk)

    def add_robot(self, world: SimulatedAibot) -> SimulatedRobot:
        """Play a WeCom group robot too; only before `start`."""
        self.worlds[Platform.AIBOT] = world
        self._robot = SimulatedRobot(world, self.stage, self._courier)
        self._routes += self._robot.routes()
        return self._robot

    def _add_wecom(self, world: SimulatedWeCom) -> None:
        self.worlds[Platform.WECOM] = world
        self._wecom = WeComCallbacks(world, self.stage, self._courier)
        self._routes += WeComApi(world, self.stage).routes()

    def _add_dingtalk(self, world: SimulatedDingTalk) -> None:
        self.worlds[Platform.DINGTALK] = world
        self._dingtalk = DingTalkCallbacks(world, self.stage, self._courier)
        self._events = DingTalkEvents(world, self.stage, self._courier, self._dingtalk)
        api = DingTalkApi(world, self.stage, self._dingtalk.sessions)
        self._cards = DingTalkCards(world, self.stage, self._courier, api, self._dingtalk.gateway)
        self._routes += [*api.routes(), *self._cards.routes()]
        self._routes += DingTalkMedia(world, self.stage, api).routes()
        self._routes += OldDingTalkApi(world, self.stage, api).routes()
        self._routes += DingTalkLoginDesk(world, self.stage, api).routes()
        self._routes += self._dingtalk.gateway.routes()

    @property
    def base_url(self) -> str:
        """Where the simulator answers, after `start`; platforms are at /wecom and /dingtalk."""
        return self.stage.base_url

    @property
    def chat(self) -> ChatLog:
        """Everything anybody wrote."""
        return self.stage.chat

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen (port 0: any free one); the base URL."""
        app = web.Application(client_max_size=_MOST_BYTES)
        app.add_routes(self._routes)
        app.on_response_prepare.append(self.stage.date)
        self.stage.closing.clear()
        self._courier.open()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LET_GO_SECONDS)
        try:
            await self._runner.setup()
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self.stop()
            raise
        bound: tuple[str, int] = self._runner.addresses[0]
        reached = "127.0.0.1" if host in _EVERYWHERE else host
        self.stage.base_url = f"http://{reached}:{bound[1]}"
        return self.base_url

    async def stop(self) -> None:
        """Let go of held answers and stop listening."""
        self.stage.closing.set()
        self.chat.touch()
        if self._dingtalk is not None:
            await self._dingtalk.gateway.close()
        if self._robot is not None:
            await self._robot.line.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self._courier.close()

    def set_callback(self, platform: Platform, url: str) -> None:
        """Tell a platform where the bot listens."""
        self._callbacks(platform).url = url

    def misbehave(self, fault: Fault) -> None:
        """Queue a fault."""
        self.stage.faults.add(fault)

    def behave(self) -> None:
        """Forget all queued faults."""
        self.stage.faults.clear()

    @property
    def robot(self) -> SimulatedRobot:
        """The WeCom group robot's platform."""
        if self._robot is None:
            raise NotPlayed("no group robot in this simulator")
        return self._robot

    @property
    def gateway(self) -> Gateway:
        """DingTalk's end of the bot's long connections."""
        return self._callbacks_of_dingtalk().gateway

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """The platforms that are played."""
        return tuple(self.worlds)

    def people(self, platform: Platform) -> tuple[Person, ...]:
        """The members on a platform; none if it is left out."""
        world = self.worlds.get(platform)
        return world.members if world else ()

    def groups(self, platform: Platform) -> tuple[Group, ...]:
        """The groups on a platform; none if it is left out."""
        world = self.worlds.get(platform)
        return world.groups if world else ()

    async def say(
        self,
        platform: Platform,
        user_id: str,
        text: str,
        *,
        quote: str | None = None,
        group: str | None = None,
    ) -> Spoken:
        """A person writes to the bot, quoting a message of the chat log or in a DingTalk group.

        Raises NotPlayed for a group the platform lacks; WeCom apps get no group messages.
        """
        quoted = self._quoted(quote)
        if group is not None and find_group(self.groups(platform), name=group) is None:
            raise NotPlayed(f"no such group: {group}")
        if platform is Platform.DINGTALK:
            return await self._callbacks_of_dingtalk().say(user_id, text, quoted, group)
        if platform is Platform.AIBOT:
            return await self.robot.say(user_id, text, quoted, group)
        if group is not None:
            raise NotPlayed("a WeCom app receives no group messages")
        return await self._callbacks_of_wecom().say(user_id, text, quoted)

    async def send(
        self,
        platform: Platform,
        user_id: str,
        kind: str,
        fields: Mapping[str, object],
        *,
        group: str | None = None,
    ) -> Spoken:
        """Deliver any message type: `kind` and `fields` in the platform's own words."""
        if platform is Platform.DINGTALK:
            return await self._callbacks_of_dingtalk().send(user_id, kind, fields, group=group)
        return await self._callbacks_of_wecom().send(user_id, kind, fields)

    async def send_file(
        self, platform: Platform, user_id: str, kind: str, data: bytes, *, name: str = ""
    ) -> Spoken:
        """A person sends the bot an image, a voice message or a file, in the platform's words."""
        media_id = self.stage.media.put(data, name or f"{kind}.bin", self.stage.now())
        if platform is Platform.DINGTALK:
            named = {"fileName": name} if kind == "file" else {}
            key = f"msg{secrets.token_urlsafe(16)}"
            fields = {"msgId": key, "content": {"downloadCode": media_id, **named}}
        else:
            key = f"{secrets.randbits(62)}"
            named = {"FileName": name} if kind == "file" else {}
            fields = {"MediaId": media_id, "MsgId": key, **named}
        self.stage.chat.add(
            ChatMessage(
                id=self.stage.chat.next_id(),
                platform=platform,
                direction=Direction.TO_BOT,
                user_id=user_id,
                kind=kind,
                text=name or f"[{kind}]",
                at=self.stage.now(),
                reference=key,
            )
        )
        return await self.send(platform, user_id, kind, fields)

    async def press(self, message_id: str, *keys: str) -> Spoken:
        """The person who got this card presses a button, or ticks options and submits."""
        message = self._quoted(message_id)
        if message is None or not set(keys) <= {one.key for one in message.buttons} or not keys:
            raise NotPlayed(f"no such buttons: {message_id} {keys}")
        if message.platform is Platform.DINGTALK and not message.card_key:
            return await self.say(message.platform, message.user_id, keys[0])
        if message.platform is Platform.DINGTALK and self._cards is not None:
            return await self._cards.press(message, keys[0])
        if message.platform is Platform.AIBOT:
            return await self.robot.press(message, keys)
        return await self._callbacks_of_wecom().press(message, keys)

    async def send_event(
        self, user_id: str, event: str, fields: Mapping[str, object] | None = None
    ) -> Spoken:
        """Deliver a WeCom event, such as enter_agent, subscribe or change_contact."""
        return await self.send(Platform.WECOM, user_id, "event", {"Event": event, **(fields or {})})

    @property
    def dingtalk_events(self) -> DingTalkEvents:
        """DingTalk's event push."""
        if self._events is None:
            raise NotPlayed("DingTalk is left out of this simulator")
        return self._events

    async def verify_url(self) -> bool:
        """Verify the bot's callback URL as WeCom's administration page does on saving."""
        return await self._callbacks_of_wecom().verify()

    def _quoted(self, message_id: str | None) -> ChatMessage | None:
        if message_id is None:
            return None
        message = self.chat.find(message_id)
        if message is None:
            raise NotPlayed(f"no such message: {message_id}")
        return message

    def _callbacks(self, platform: Platform) -> WeComCallbacks | SimulatedRobot | DingTalkCallbacks:
        if platform is Platform.AIBOT:
            return self.robot
        if platform is Platform.DINGTALK:
            return self._callbacks_of_dingtalk()
        return self._callbacks_of_wecom()

    def _callbacks_of_wecom(self) -> WeComCallbacks:
        if self._wecom is None:
            raise NotPlayed("WeCom is left out of this simulator")
        return self._wecom

    def _callbacks_of_dingtalk(self) -> DingTalkCallbacks:
        if self._dingtalk is None:
            raise NotPlayed("DingTalk is left out of this simulator")
        return self._dingtalk
