"""The embedded servers start from nothing, keep what is written, and refuse in plain words."""

from pathlib import Path

import psycopg
import pytest

from bot.embedded import EmbeddedServers, open_servers, start_embedded
from bot.postgresql import program
from bot.settings import Settings
from reporting.errors import NotReady
from storage.database import plain_url
from tests.support.embedded import pids, recall, remember


def test_it_says_what_it_does_and_leaves_nothing_running(data_folder: Path) -> None:
    said: list[str] = []
    with start_embedded(data_folder, progress=said.append) as servers:
        remember(servers, "first")
        assert len(pids(data_folder)) == 2
    assert pids(data_folder) == []
    assert [line[:4] for line in said] == ["首次使用", "正在启动", "正在启动", "正在停止"]


def test_what_was_written_is_there_after_a_restart(data_folder: Path) -> None:
    with start_embedded(data_folder) as servers:
        remember(servers, "first")
    with start_embedded(data_folder) as servers:
        remember(servers, "second")
        assert recall(servers) == (["first", "second"], ["first", "second"])


def test_every_commit_reaches_the_disk(data_folder: Path) -> None:
    with (
        start_embedded(data_folder) as servers,
        psycopg.connect(plain_url(servers.database_url)) as connection,
    ):
        settings = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in SAFE]
    assert settings == [("on",)] * len(SAFE)


SAFE = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")


@pytest.mark.parametrize("name", ["很深的目录" * 12, "a b'c; %d & (x)", "a,b"])
def test_an_odd_path_is_no_obstacle(tmp_path: Path, name: str) -> None:
    with start_embedded(tmp_path / name) as servers:
        remember(servers, "first")
    assert pids(tmp_path / name) == []


def test_a_path_a_shell_would_change_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="路径里不能有"):
        EmbeddedServers(tmp_path / "$HOME").start()


def test_a_missing_program_is_named() -> None:
    with pytest.raises(NotReady, match="make setup"):
        program("absent")


def test_data_of_another_version_is_refused_in_plain_words(data_folder: Path) -> None:
    with start_embedded(data_folder):
        pass
    (data_folder / "postgresql" / "PG_VERSION").write_text("16\n")
    with pytest.raises(NotReady, match="PostgreSQL 16 的数据，需要 18"):
        EmbeddedServers(data_folder).start()


def test_a_folder_that_is_a_file_is_refused_in_plain_words(data_folder: Path) -> None:
    data_folder.write_text("")
    with pytest.raises(NotReady, match="不能使用"):
        EmbeddedServers(data_folder).start()


def test_servers_the_settings_name_are_used_as_they_are(data_folder: Path) -> None:
    settings = Settings(
        database_url="postgresql://db/liaison", redis_url="redis://cache", data_folder=data_folder
    )
    with open_servers(settings) as servers:
        assert servers.database_url == "postgresql://db/liaison"
    assert not data_folder.exists()


def test_a_server_the_settings_do_not_name_runs_embedded(data_folder: Path) -> None:
    settings = Settings(redis_url="redis://cache", data_folder=data_folder)
    with open_servers(settings) as servers:
        assert servers.redis_url == "redis://cache"
        with psycopg.connect(plain_url(servers.database_url)) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("liaison",)
