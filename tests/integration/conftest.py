"""Fixtures of the integration tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.leaks import watched
from tests.support.town_at_work import Place


@pytest.fixture(autouse=True)
def no_secret_is_seen(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test does, no secret of its platforms stands in a log, a metric or a key."""
    with watched(request.node.funcargs):
        yield


@pytest.fixture
def place(database_url: str, redis_url: str, tmp_path: Path) -> Place:
    """A fresh database, an empty cache and a folder: where a town can stand."""
    return Place(database_url=database_url, redis_url=redis_url, folder=tmp_path)
