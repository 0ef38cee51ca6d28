"""A month without a person: the script is played, and the ledger must say what was said."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.demo.script import Line, expected_ledger
from bot.demo.stage import CHANNELS, Stage
from reporting.calendar import OFFICE_ZONE
from reporting.errors import LiaisonBotError
from reporting.messages import Platform
from reporting.round import round_of
from simulator.chat import ChatMessage, Direction
from simulator.fault import Endpoint, Fault, FaultKind
from storage.statistics import Statistics, count_office, count_unfinished, read_ledger

MORNING = time(9, 1)
QUIET_SECONDS = 60.0


class MonthWentWrong(LiaisonBotError):
    """The played month did not go as the script says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of the month; `differences` are tasks whose ledger is not what was said."""

    callbacks: int
    statistics: Statistics
    differences: tuple[str, ...]
    recorded: int


@dataclass(slots=True)
class Player:
    """Plays a script on a stage, moving the clock from line to line."""

    stage: Stage
    homes: dict[str, Platform] = field(default_factory=dict)

    async def play(
        self, lines: tuple[Line, ...], until: datetime, progress: Callable[[str], None]
    ) -> None:
        """Every line at its time, every morning in between, up to the end."""
        self.homes = {
            person.user_id: platform
            for platform in CHANNELS
            for person in self.stage.simulator.people(platform)
        }
        for endpoint in (Endpoint.WECOM_CALLBACK, Endpoint.DINGTALK_CALLBACK):
            # Platforms repeat callbacks; every fifth is delivered twice.
            fault = Fault(kind=FaultKind.DUPLICATE, endpoint=endpoint, times=None, every=5)
            self.stage.simulator.misbehave(fault)
        waiting = list(lines)
        for moment in moments(self.stage.clock.now(), lines, until):
            progress(f"{moment:%m月%d日 %H:%M}")
            await self.stage.move_clock_to(moment)
            while waiting and waiting[0].at <= moment:
                await self._speak(waiting.pop(0))
            await self.settle()

    async def _speak(self, line: Line) -> None:
        platform = self.homes.get(line.who, Platform.DINGTALK)
        text = self._number_of(platform, line) if line.choose else line.say
        quote = self._last(platform, line.who, "未报").id if line.quote else None
        spoken = await self.stage.simulator.say(platform, line.who, text, quote=quote)
        if not spoken.acknowledged:
            raise MonthWentWrong(
                f"{line.at:%m-%d %H:%M} {line.who}：消息未被确认（{spoken.status}）"
            )
        await self.settle()
        if line.asked:
            question = self._last(platform, line.who, "哪一项").text
            missing = [code for code in line.asked if f"第{code}项" not in question]
            if missing:
                raise MonthWentWrong(f"“{line.say}”的提问没有列出第{'、'.join(missing)}项")

    def _number_of(self, platform: Platform, line: Line) -> str:
        """The number under which the open question offers the chosen task."""
        question = self._last(platform, line.who, "哪一项").text
        found = re.search(rf"^(\d+)\. 第{re.escape(line.choose)}项", question, re.MULTILINE)
        if found is None:
            raise MonthWentWrong(f"提问中没有第{line.choose}项：{question}")
        return found[1]

    def _last(self, platform: Platform, user_id: str, word: str) -> ChatMessage:
        """The bot's last message to a person that has this word in it."""
        for message in reversed(self.stage.simulator.chat.with_person(platform, user_id)):
            if message.direction is Direction.FROM_BOT and word in message.text:
                return message
        raise MonthWentWrong(f"{user_id} 没有收到含“{word}”的消息")

    async def settle(self) -> None:
        """Wait until every message is answered and every answer is out."""
        engine = self.stage.bot.store.engine
        deadline = asyncio.get_running_loop().time() + QUIET_SECONDS
        while await count_unfinished(engine):
            if asyncio.get_running_loop().time() > deadline:
                raise MonthWentWrong("有消息一分钟内没有处理完")
            await asyncio.sleep(0.02)


def moments(start: datetime, lines: tuple[Line, ...], until: datetime) -> tuple[datetime, ...]:
    """Every morning, evening and line's time from the start, up to and including the end."""
    days = (until.date() - start.date()).days + 1
    mornings = {
        datetime.combine(start.date() + timedelta(days=day), MORNING, OFFICE_ZONE)
        for day in range(days)
    }
    evenings = {morning.replace(hour=18) for morning in mornings}
    times = mornings | evenings | {line.at for line in lines} | {until}
    return tuple(sorted(moment for moment in times if start < moment <= until))


async def play_month(
    stage: Stage, lines: tuple[Line, ...], progress: Callable[[str], None]
) -> Played:
    """Play a script to two days past its month's cutoff, and compare."""
    now = stage.clock.now()
    async with stage.bot.store.unit_of_work(now) as work:
        office = await work.plans.office(stage.office_id)
    month = round_of(lines[0].at, office.rules, office.calendar)
    player = Player(stage=stage)
    await player.play(lines, month.cutoff_at + timedelta(days=2), progress)
    async with stage.bot.store.unit_of_work(now) as work:
        plan_id, _ = await work.plans.plan(office.id, month.year)
        opened = await work.rounds.ensure(office.id, plan_id, month)
    ledger = await read_ledger(stage.bot.store.engine, opened.id)
    expected = expected_ledger(lines)
    return Played(
        callbacks=sum(stage.bot.telemetry.accepted(channel) for channel in CHANNELS.values()),
        statistics=await count_office(stage.bot.store.engine, office.id),
        differences=compare(expected, ledger),
        recorded=len(ledger),
    )


def compare(
    expected: dict[str, tuple[float | None, str | None]],
    ledger: dict[str, tuple[float | None, str | None]],
) -> tuple[str, ...]:
    """Each task whose ledger is not what was said, in words."""
    return tuple(
        f"第{code}项：应为{expected.get(code, '未报')}，实为{ledger.get(code, '未报')}"
        for code in sorted(expected.keys() | ledger.keys())
        if expected.get(code) != ledger.get(code)
    )
