"""The demonstration's stage, and somebody who visits its page in a real browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.demo.stage import Stage, set_stage
from bot.settings import Settings
from storage.seal import new_key
from tests.browser.visitor import Visitor, find_browser, visit

NO_BROWSER = (
    "没有找到 Chromium，浏览器测试跳过；Debian 系可用 make browser 安装。"
    "(No Chromium on this machine: browser tests skipped.)"
)


@pytest.fixture(scope="session")
def browser() -> str:
    """The path of Chromium; without one the test is skipped."""
    found = find_browser()
    if found is None:
        pytest.skip(NO_BROWSER)
    return found


@pytest.fixture
async def stage(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """The sample office at work between both simulated platforms, on 1 June 2026."""
    settings = Settings(
        database_url=database_url,
        redis_url=redis_url,
        secret_key=SecretStr(new_key()),
        data_folder=tmp_path,
        port=0,
    )
    async with set_stage(settings) as stage:
        yield stage


@pytest.fixture
async def visitor(browser: str, stage: Stage) -> AsyncIterator[Visitor]:
    """Somebody in front of the page."""
    async with visit(browser, f"{stage.simulator.base_url}/") as visitor:
        yield visitor
