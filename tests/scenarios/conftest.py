"""A stage for the scenarios: the sample office on real servers, from 1 June 2026."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.demo.stage import Stage, set_stage
from bot.settings import Settings
from storage.seal import new_key
from tests.scenarios.chat import Chat
from tests.support.leaks import watched

SetAgain = Callable[[], AbstractAsyncContextManager[Stage]]


@pytest.fixture(autouse=True)
def no_secret_is_seen(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test does, no secret of its platforms stands in a log, a metric or a key."""
    with watched(request.node.funcargs):
        yield


@pytest.fixture
def stages_set() -> list[Stage]:
    """Every stage a test has set, for whoever looks at it afterwards."""
    return []


@pytest.fixture
def set_again(
    database_url: str, redis_url: str, tmp_path: Path, stages_set: list[Stage]
) -> SetAgain:
    """Sets the stage, as often as wanted: each time the bot starts anew on the same ledger."""
    settings = Settings(
        database_url=database_url,
        redis_url=redis_url,
        secret_key=SecretStr(new_key()),
        data_folder=tmp_path,
        port=0,
    )

    @asynccontextmanager
    async def set_once() -> AsyncIterator[Stage]:
        async with set_stage(settings) as stage:
            stages_set.append(stage)
            yield stage

    return set_once


@pytest.fixture
async def stage(set_again: SetAgain) -> AsyncIterator[Stage]:
    """A stage that is set once."""
    async with set_again() as stage:
        yield stage


@pytest.fixture
def chat(stage: Stage) -> Chat:
    """A chat on that stage."""
    return Chat(stage=stage)
