"""The scripts of misbehaviour, one after the other: `python -m tests.faults.script [name …]`.

While a platform misbehaves a liaison on WeCom and one on DingTalk report; in the end each report is
there once and told once, or what became of it is known. A line each; 1 if one ended otherwise.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bot.app import working
from bot.settings import Settings
from bot.telemetry import configure_logging
from simulator.chat import Direction
from storage.channels import ChannelRow
from tests.faults.misbehaviour import SCRIPTS, Script
from tests.support.robot_scene import ROBOT
from tests.support.servers import start_servers
from tests.support.town import (
    CHANNELS,
    GROUP,
    D,
    Speaker,
    Town,
    W,
    channel_settings,
    open_town,
    speakers,
    town_settings,
)
from tests.support.town_at_work import change, rows, settle

HASTEN = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What became of one person's report: how often recorded and told, and the answer's state."""

    recorded: int
    told: int
    states: frozenset[str]

    def is_right(self, script: Script) -> bool:
        """Whether it ended as it must."""
        same = (self.recorded, self.told) == (script.recorded, script.told)
        return same and self.states <= script.states and bool(self.states) == bool(script.states)


async def play(town: Town, number: int, script: Script) -> list[Ending]:
    """Let the platforms misbehave while two people report; how it ended for each."""
    pair = [one for platform in (W, D) for one in speakers() if one.platform is platform]
    chosen = (pair[number % 10], pair[10 + number % 10])
    code = number // 10
    for fault in script.faults:
        town.simulator.misbehave(fault)
    for person in chosen:
        text = f"第{person.codes[code]}项完成{number + 10}%"
        await town.simulator.say(person.platform, person.user_id, text)
    await _end(town)
    town.simulator.behave()
    return [await _ending(town, person, person.codes[code]) for person in chosen]


async def _end(town: Town) -> None:
    """Wait for the end; whatever is put off comes at once."""
    ending = asyncio.create_task(settle(town))
    while not ending.done():
        await change(town, HASTEN)
        await asyncio.wait([ending], timeout=0.3)
    await ending


async def _ending(town: Town, person: Speaker, code: str) -> Ending:
    recorded = await rows(
        town,
        f"SELECT 1 FROM reports r JOIN tasks t ON t.id = r.task_id WHERE t.code = '{code}'",
    )
    heard = town.simulator.chat.with_person(person.platform, person.user_id)
    told = [
        one for one in heard if one.direction is Direction.FROM_BOT and f"第{code}项" in one.text
    ]
    states = await rows(
        town,
        f"SELECT state FROM outbox WHERE target = '{person.user_id}' AND about ? '{code}'",
    )
    return Ending(
        recorded=len(recorded), told=len(told), states=frozenset(str(one) for (one,) in states)
    )


@asynccontextmanager
async def a_town(settings: Settings, *, stream: bool) -> AsyncIterator[Town]:
    """A town whose bot works in this process."""
    async with open_town(settings, robot=ROBOT if stream else None) as town:
        if stream:
            await _stream_over(town)
        async with working(town.bot) as address:
            town.point_to(address)
            yield town


async def _stream_over(town: Town) -> None:
    """Set the DingTalk channel to the long connection."""
    content = {**channel_settings(town.simulator.base_url)[D], "stream": True}
    row = ChannelRow(name=CHANNELS[D], office_id=town.office_id, platform=D, settings=content)
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        await work.channels.save(row, [GROUP])


async def play_all(chosen: Sequence[Script], settings: Settings) -> dict[str, list[Ending]]:
    """Every script, those over the stream in a town of their own."""
    endings: dict[str, list[Ending]] = {}
    numbered = enumerate(chosen)
    for stream, ones in groupby(numbered, key=lambda one: one[1].stream):
        folder = settings.data_folder / ("stream" if stream else "http")
        folder.mkdir()
        placed = settings.model_copy(update={"data_folder": folder, "clock_file": folder / "clock"})
        async with a_town(placed, stream=stream) as town:
            for number, script in ones:
                endings[script.name] = await play(town, number, script)
    return endings


def main() -> int:
    """Print how each script ended."""
    configure_logging("ERROR")
    wanted = set(sys.argv[1:])
    chosen = [one for one in SCRIPTS if not wanted or one.name in wanted]
    with start_servers() as servers, tempfile.TemporaryDirectory() as folder:
        url = servers.database.url_of(servers.database.create())
        settings = town_settings(url, servers.redis_url, Path(folder))
        endings = asyncio.run(play_all(chosen, settings))
    wrong = 0
    for script in chosen:
        right = all(one.is_right(script) for one in endings[script.name])
        wrong += not right
        shown = "; ".join(
            f"recorded {one.recorded}, told {one.told}, {'/'.join(sorted(one.states)) or 'nothing'}"
            for one in endings[script.name]
        )
        sys.stdout.write(f"{'right' if right else 'WRONG'}  {script.name}: {shown}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
