"""A year of two offices on one bot: the sample county, told as stories, and a town of twenty."""

import json
import random
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from http import HTTPStatus
from pathlib import Path

import aiohttp

from bot.demo.stage import BEGINNING, CHANNELS, GROUP, Stage, set_stage
from bot.settings import Settings
from reporting.calendar import OFFICE_ZONE
from reporting.messages import Platform
from simulator.server import Simulator
from simulator.world import Patience
from storage.channels import ChannelRow
from storage.seal import Json
from tests.scenarios.chat import Chat
from tests.support.town import CHANNELS as TOWN_CHANNELS
from tests.support.town import UNLIMITED, Town, found_office, platforms, speakers
from tests.support.town_at_work import until

NEW_YEAR = BEGINNING.replace(month=1, day=4)
MORNING, EVENING = time(9, 1), time(18, 1)
# The 25th, earlier when that is a day off.
CUTOFF_DAYS = range(20, 26)
CORPUS = Path(__file__).parents[1] / "corpus" / "qinghe" / "messages.jsonl"
# People of the stories; what the corpus has them say would tell another story.
IN_STORIES = frozenset({"l35", "l26", "l17"})
_MOVE = re.compile(r"(?m)^(?=\s*== (\d\d-\d\d \d\d:\d\d)$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody of the labelled office wrote on one task, and which task he meant."""

    sender: str
    text: str
    code: str


@dataclass(slots=True, kw_only=True)
class Year:
    """Both offices, living day by day."""

    stage: Stage
    town: Town
    chat: Chat
    dice: random.Random
    told: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    of_the_town: dict[int, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    async def live_until(self, moment: datetime) -> None:
        """Every morning until then, and evenings on which a round may end, the clock striking."""
        while (turn := _next_turn(self.stage.clock.now())) < moment:
            await self.stage.move_clock_to(turn)
            await self.chat.player.settle()

    async def play(self, story: str) -> None:
        """Play a chat; the days between its lines are lived too."""
        for scene in _MOVE.split(story):
            if re.fullmatch(r"\d\d-\d\d \d\d:\d\d", scene):
                await self.live_until(datetime.fromisoformat(f"2026-{scene}:00+08:00"))
            elif scene.strip():
                await self.chat.play(scene)

    async def reply(self, month: int) -> None:
        """The month's replies: some labelled ones of the county, and most of the town."""
        for reply in replies()[month - 1 :: 24]:
            platform = self.chat.home(reply.sender)
            spoken = await self.stage.simulator.say(platform, reply.sender, reply.text)
            assert spoken.acknowledged
            self.told[month].add(reply.code)
        for speaker in speakers():
            if self.dice.random() < 0.8:
                percents = dict.fromkeys(speaker.codes, month * 8.0)
                text = "，".join(f"第{code}项完成{p:g}%" for code, p in percents.items())
                spoken = await self.town.simulator.say(speaker.platform, speaker.user_id, text)
                assert spoken.acknowledged
                self.of_the_town[month] |= percents
        await self.chat.player.settle()


def replies() -> list[Reply]:
    """Labelled replies that report one task each, without what only their month explains."""
    found = []
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        expected = message["expect"]
        if expected["kind"] != "record" or message["quoted"] or message["owed"]:
            continue
        codes = [item["task"] for item in expected["items"]]
        if len(codes) == 1 and message["sender"] not in IN_STORIES:
            found.append(Reply(sender=message["sender"], text=message["text"], code=codes[0]))
    return found


@asynccontextmanager
async def open_year(settings: Settings) -> AsyncIterator[Year]:
    """Both offices from the first working day of 2026; budgets of our own wide open."""
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(set_stage(settings, beginning=NEW_YEAR))
        await _open_budgets(stage)
        wecom, dingtalk = platforms(Patience(pause=0.1))
        simulator = Simulator(wecom=wecom, dingtalk=dingtalk, clock=stage.clock)
        base = await simulator.start()
        stack.push_async_callback(simulator.stop)
        office_id = await found_office(stage.bot, "白水镇人民政府督查室", base)
        town = Town(bot=stage.bot, simulator=simulator, clock=stage.clock, office_id=office_id)
        for platform, channel in TOWN_CHANNELS.items():
            url = f"{stage.address}/callbacks/{channel}"
            await _wait_until_known(url)
            simulator.set_callback(platform, url)
        yield Year(stage=stage, town=town, chat=Chat(stage=stage), dice=random.Random(2026))


async def _wait_until_known(url: str) -> None:
    """A bot at work takes up a new channel within seconds."""
    async with aiohttp.ClientSession() as client:

        async def is_known() -> bool:
            async with client.get(url) as response:
                return response.status != HTTPStatus.NOT_FOUND

        await until(is_known)


async def _open_budgets(stage: Stage) -> None:
    """A year passes in minutes, which the budgets, by the real clock, would stretch."""
    wide: list[Json] = [dict(UNLIMITED)]
    limits: dict[Platform, dict[str, Json]] = {
        Platform.WECOM: {"member_limits": wide, "group_limits": wide},
        Platform.DINGTALK: {"api_limits": wide},
    }
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        for row in await work.channels.all():
            if row.name in CHANNELS.values():
                settings = {**row.settings, **limits[row.platform]}
                opened = ChannelRow(
                    name=row.name,
                    office_id=row.office_id,
                    platform=row.platform,
                    settings=settings,
                )
                await work.channels.save(opened, [GROUP])


def _next_turn(now: datetime) -> datetime:
    """The next morning, or evening of a day on which a round may end."""
    evening = datetime.combine(now.date(), EVENING, OFFICE_ZONE)
    morning = datetime.combine(now.date(), MORNING, OFFICE_ZONE)
    if morning > now:
        return morning
    if evening > now and now.day in CUTOFF_DAYS:
        return evening
    return morning + timedelta(days=1)
