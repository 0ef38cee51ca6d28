"""A small office between two simulated platforms, its bot put together on real servers."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import Bot, open_bot
from bot.clock import MovableClock
from bot.settings import Settings
from handlers.import_plan import import_plan
from reporting.liaison import Liaison
from reporting.messages import Platform
from reporting.plan import Directory, Plan
from reporting.task import Task
from reporting.unit import Unit
from simulator.server import Simulator
from simulator.world import (
    Group,
    Patience,
    Person,
    SimulatedAibot,
    SimulatedDingTalk,
    SimulatedWeCom,
)
from storage.channels import ChannelRow
from storage.seal import Json, new_key
from tests.support.callbacks import DINGTALK, WECOM

W, D = Platform.WECOM, Platform.DINGTALK
CHANNELS = {W: "county-wecom", D: "county-dingtalk"}
GROUP = "县政府领导工作群"
PLAN = "2026年政府工作报告任务分解"
MORNING = datetime(2026, 6, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
PLACES = (
    "青山", "白马", "石桥", "柳沟", "双山", "红旗", "东关", "西岭", "南湖", "北街",
    "龙泉", "凤台", "黄土", "清溪", "高庙", "大柏", "小岗", "长岭", "金沙", "银滩",
)  # fmt: skip
WORKS = ("污水处理厂提标改造", "老旧小区改造", "农村公路修缮", "敬老院新建")
UNLIMITED = {"count": 100_000, "seconds": 60}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A liaison as the platform knows him, and the codes of the tasks his unit leads."""

    platform: Platform
    user_id: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """An office, its bot (put together, not at work) and both platforms."""

    bot: Bot
    simulator: Simulator
    clock: MovableClock
    office_id: int

    def point_to(self, address: str) -> None:
        """Tell both platforms where the bot listens."""
        for platform, channel in CHANNELS.items():
            self.simulator.set_callback(platform, f"{address}/callbacks/{channel}")

    def shown(self, platform: Platform, user_id: str) -> list[str]:
        """What the bot wrote to a person."""
        chat = self.simulator.chat.with_person(platform, user_id)
        return [message.text for message in chat if message.direction == "from_bot"]


def speakers() -> tuple[Speaker, ...]:
    """Every liaison of the sample, by turns on WeCom and on DingTalk."""
    return tuple(
        Speaker(
            platform=(W, D)[number % 2],
            user_id=f"Liaison{number:02}",
            codes=tuple(str(number * len(WORKS) + work + 1) for work in range(len(WORKS))),
        )
        for number in range(len(PLACES))
    )


def sample_plan() -> Plan:
    """Twenty towns with four tasks each, a liaison in every town."""
    tasks = [
        Task(code=code, title=f"{place}镇{work}", leads=(f"{place}镇人民政府",))
        for place, speaker in zip(PLACES, speakers(), strict=True)
        for code, work in zip(speaker.codes, WORKS, strict=True)
    ]
    liaisons = [
        Liaison(
            key=speaker.user_id,
            name=f"{place}联络员",
            units=(f"{place}镇人民政府",),
            wecom=speaker.user_id if speaker.platform is W else "",
            dingtalk=speaker.user_id if speaker.platform is D else "",
        )
        for place, speaker in zip(PLACES, speakers(), strict=True)
    ]
    units = [Unit(name=f"{place}镇人民政府", aliases=(f"{place}镇",)) for place in PLACES]
    directory = Directory(units=tuple(units), liaisons=tuple(liaisons))
    return Plan(title=PLAN, year=2026, tasks=tuple(tasks), cutoff_day=25, directory=directory)


def platforms(patience: Patience) -> tuple[SimulatedWeCom, SimulatedDingTalk]:
    """Both platforms with the sample's people."""

    def on(platform: Platform) -> tuple[Person, ...]:
        people = (one for one in speakers() if one.platform is platform)
        return tuple(Person(user_id=one.user_id, name=one.user_id) for one in people)

    wecom = SimulatedWeCom(
        corp_id=WECOM.corp_id,
        agent_id=WECOM.agent_id,
        secret=WECOM.secret,
        token=WECOM.token,
        encoding_aes_key=WECOM.encoding_aes_key,
        members=on(W),
        groups=(Group(name=GROUP, key="wecom-webhook"),),
        patience=patience,
        member_per_minute=10_000,
        member_per_hour=100_000,
    )
    dingtalk = SimulatedDingTalk(
        app_key=DINGTALK.app_key,
        app_secret=DINGTALK.app_secret,
        robot_code=DINGTALK.robot_code,
        members=on(D),
        partners=(Person(user_id="partner", name="某建筑公司"),),
        groups=(Group(name=GROUP, key="cidgroup=="),),
        patience=replace(patience, attempts=2),
    )
    return wecom, dingtalk


def channel_settings(base: str) -> Mapping[Platform, dict[str, Json]]:
    """What the operator would set for these two channels; budgets wide open."""
    wecom, dingtalk = platforms(Patience())
    return {
        W: {
            "corp_id": wecom.corp_id,
            "agent_id": wecom.agent_id,
            "secret": wecom.secret,
            "token": wecom.token,
            "encoding_aes_key": wecom.encoding_aes_key,
            "api_base": f"{base}/wecom",
            "groups": {GROUP: "wecom-webhook"},
            "member_limits": [dict(UNLIMITED)],
            "group_limits": [dict(UNLIMITED)],
            "timeout_seconds": 2.0,
        },
        D: {
            "app_key": dingtalk.app_key,
            "app_secret": dingtalk.app_secret,
            "robot_code": dingtalk.robot_code,
            "api_base": f"{base}/dingtalk",
            "oapi_base": f"{base}/dingtalk",
            "session_hosts": [base.removeprefix("http://")],
            "groups": {GROUP: "cidgroup=="},
            "api_limits": [dict(UNLIMITED)],
            "timeout_seconds": 2.0,
        },
    }


def town_settings(database_url: str, redis_url: str, folder: Path) -> Settings:
    """Settings of a process of this town's bot: a free port, a clock of its own."""
    return Settings(
        database_url=database_url,
        redis_url=redis_url,
        data_folder=folder,
        secret_key=SecretStr(new_key()),
        port=0,
        clock_file=folder / "clock",
        log_level="ERROR",
    )


@asynccontextmanager
async def open_town(
    settings: Settings,
    *,
    patience: Patience | None = None,
    host: str = "127.0.0.1",
    robot: SimulatedAibot | None = None,
) -> AsyncIterator[Town]:
    """The sample office, 2 June 2026, half past nine; the bot does not work yet.

    With a robot its platform is played too, and DingTalk speaks over the bot's long connections.
    """
    assert settings.clock_file is not None
    clock = MovableClock(settings.clock_file)
    clock.begin(MORNING)
    wecom, dingtalk = platforms(patience or Patience(pause=0.1))
    dingtalk = replace(dingtalk, stream=robot is not None)
    simulator = Simulator(wecom=wecom, dingtalk=dingtalk, clock=clock)
    if robot is not None:
        simulator.add_robot(robot)
    base = await simulator.start(host)
    try:
        async with open_bot(settings, progress=lambda _: None) as bot:
            office_id = await found_office(bot, "青河县人民政府督查室", base)
            yield Town(bot=bot, simulator=simulator, clock=clock, office_id=office_id)
    finally:
        await simulator.stop()


async def found_office(
    bot: Bot, name: str, base: str, channels: Mapping[Platform, str] = CHANNELS
) -> int:
    """Import the sample plan for an office and give it both channels."""
    async with bot.store.unit_of_work(bot.clock.now()) as work:
        imported = await import_plan(work, sample_plan(), office=name, source="sample")
        for platform, content in channel_settings(base).items():
            row = ChannelRow(
                name=channels[platform],
                office_id=imported.office_id,
                platform=platform,
                settings=content,
            )
            await work.channels.save(row, [GROUP])
        await work.channels.bind_all(imported.office_id)
    return imported.office_id
