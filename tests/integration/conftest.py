"""Fixtures of the integration tests."""

from pathlib import Path

import pytest

from tests.support.town_at_work import Place


@pytest.fixture
def place(database_url: str, redis_url: str, tmp_path: Path) -> Place:
    """A fresh database, an empty cache and a folder: where a town can stand."""
    return Place(database_url=database_url, redis_url=redis_url, folder=tmp_path)
