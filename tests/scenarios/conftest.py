"""A stage for the scenarios: the sample office on real servers, from 1 June 2026."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.demo.stage import Stage, set_stage
from bot.settings import Settings
from storage.seal import new_key
from tests.scenarios.chat import Chat

SetAgain = Callable[[], AbstractAsyncContextManager[Stage]]


@pytest.fixture
def set_again(database_url: str, redis_url: str, tmp_path: Path) -> SetAgain:
    """Sets the stage, as often as wanted: each time the bot starts anew on the same ledger."""
    settings = Settings(
        database_url=database_url,
        redis_url=redis_url,
        secret_key=SecretStr(new_key()),
        data_folder=tmp_path,
        port=0,
    )
    return lambda: set_stage(settings)


@pytest.fixture
async def stage(set_again: SetAgain) -> AsyncIterator[Stage]:
    """A stage that is set once."""
    async with set_again() as stage:
        yield stage


@pytest.fixture
def chat(stage: Stage) -> Chat:
    """A chat on that stage."""
    return Chat(stage=stage)
