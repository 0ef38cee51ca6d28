"""The chat page as a person at a browser uses it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Locator, Page, ViewportSize, async_playwright, expect

from reporting.messages import Platform

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WINDOW = ViewportSize(width=1360, height=860)
PATIENCE = 15_000.0  # milliseconds for anything to appear
# No sandbox: tests run as root in containers. The rest keeps the browser from calling home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser() -> str | None:
    """The path of the browser this machine has, if it has one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


class Visitor:
    """Somebody who plays liaisons and leaders on the open page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def received(self) -> Locator:
        """What the bot wrote to the person being played."""
        return self.page.locator("#chat .message:not(.mine)")

    def group(self, platform: Platform) -> Locator:
        """The leadership group on a platform."""
        return self.page.locator(f'#groups .group[data-platform="{platform.value}"]')

    async def become(self, platform: Platform, user_id: str) -> None:
        """Choose a platform and a person, and see the chat they have had."""
        await self.page.locator(f"#platform-{platform.value}").click()
        await self.page.locator("#person").fill(user_id)
        await self.page.locator(f'#people button[data-user="{user_id}"]').click()
        shown = self.page.locator(f'#chat[data-of="{platform.value}/{user_id}"]')
        await expect(shown).to_be_visible()

    async def say(self, text: str) -> str:
        """Type a message, press Enter, and read the one answer."""
        before = await self.received.count()
        await self.page.locator("#say").fill(text)
        await self.page.locator("#say").press("Enter")
        await expect(self.received).to_have_count(before + 1)
        return await self.last()

    async def last(self) -> str:
        """The words of the bot's last message."""
        return await self.received.last.locator(".bubble").inner_text()

    async def wait_days(self, days: int) -> None:
        """Press the button for the next day so many times."""
        for _ in range(days):
            await self._move("#forward-day")

    async def wait_for_cutoff(self) -> None:
        """Press the button that leads to the cutoff."""
        await self._move("#forward-cutoff")

    async def _move(self, button: str) -> None:
        await self.page.locator(button).click()
        await expect(self.page.locator("#status")).to_have_text("时间已推进")


@asynccontextmanager
async def visit(browser: str, address: str) -> AsyncIterator[Visitor]:
    """The page open in a headless browser of its own."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
        page = await chromium.new_page(viewport=WINDOW)
        await page.goto(address)
        await expect(page.locator("#people button").first).to_be_visible()
        yield Visitor(page)
        await chromium.close()
