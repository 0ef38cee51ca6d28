"""A bot started before its database waits for it."""

import asyncio
import time
from pathlib import Path

from tests.faults.trouble import take_ground
from tests.support.bot_process import BotProcess
from tests.support.town import open_town, town_settings


async def test_a_bot_started_while_its_database_is_away_waits_for_it(tmp_path: Path) -> None:
    with take_ground() as ground:
        settings = town_settings(ground.database.url, ground.redis_url, tmp_path)
        async with open_town(settings):
            pass
        await ground.end_database()
        bot = BotProcess(settings=settings)
        try:
            await bot.start()
            await asyncio.to_thread(_wait_for, tmp_path / f"all-{bot.port}.log", "database_awaited")
            await asyncio.to_thread(ground.embedded.mend)
            await bot.wait_until_listening()
        finally:
            await bot.kill()


def _wait_for(log: Path, words: str) -> None:
    while not log.exists() or words not in log.read_text():
        time.sleep(0.05)
