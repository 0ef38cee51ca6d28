"""Takes the picture of the README: `python -m tests.browser.picture docs/images/demo.png`.

It shows a month played to its cutoff: a question answered by number, and the digest in a group.
"""

import asyncio
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from playwright.async_api import ViewportSize, expect

from bot.demo.month import Player
from bot.demo.script import read_script
from bot.demo.stage import SAMPLE, Stage, set_stage
from bot.settings import Settings
from reporting.calendar import OFFICE_ZONE
from reporting.messages import Platform
from tests.browser.visitor import Visitor, find_browser, visit

WHO = "l11"
EVE = datetime(2026, 6, 24, 16, 20, tzinfo=OFFICE_ZONE)
VAGUE, CLEAR = "水库除险加固60%", "城段防洪右岸护坡已完成2.9公里，占72%；饮水安全已巩固1.38万人"


async def prepare(stage: Stage) -> None:
    """Let everybody but the person in the picture report up to the day before the cutoff."""
    script = read_script(SAMPLE / "month.jsonl")
    lines = tuple(line for line in script if line.who != WHO and line.at < EVE)
    await Player(stage=stage).play(lines, EVE, lambda _: None)


async def converse(visitor: Visitor) -> None:
    """The conversation of the picture, and the digest after it."""
    await visitor.become(Platform.WECOM, WHO)
    question = await visitor.say(VAGUE)
    await visitor.say("1" if "1. 第71项" in question else "2")
    await visitor.say(CLEAR)
    await visitor.wait_for_cutoff()
    for platform in Platform:
        await expect(visitor.group(platform)).to_contain_text("应报110项")
    await visitor.page.locator("#person").fill("")
    await visitor.page.locator("#person").blur()
    await visitor.page.locator("#groups h3").first.scroll_into_view_if_needed()


async def take(path: Path, folder: Path, browser: str) -> None:
    """Play, and save the picture."""
    settings = Settings(data_folder=folder, port=0)
    async with set_stage(settings) as stage:
        await prepare(stage)
        async with visit(browser, f"{stage.simulator.base_url}/") as visitor:
            await visitor.page.set_viewport_size(ViewportSize(width=1360, height=1100))
            await converse(visitor)
            await visitor.page.screenshot(path=path)


def main() -> None:
    """Save the picture under the name given."""
    browser = find_browser()
    if browser is None:
        sys.exit("没有找到 Chromium，不能截图。")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(take(Path(sys.argv[1]), Path(folder) / "data", browser))


if __name__ == "__main__":
    main()
