"""The embedded servers survive kills and restarts, and several processes share them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from bot.embedded import EmbeddedServers, Servers, open_servers, start_embedded
from bot.postgresql import program
from bot.server_process import process_of
from bot.settings import Settings
from reporting.errors import NotReady
from storage.database import plain_url

ROOT = Path(__file__).parents[2]
STAY = """
import sys
from pathlib import Path
from bot.embedded import start_embedded
with start_embedded(Path(sys.argv[1])) as servers:
    print(servers.database_url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder; whatever still runs in it afterwards is stopped."""
    data = tmp_path / "data"
    yield data
    for pid in pids(data):
        os.kill(pid, signal.SIGKILL)


def pids(data: Path) -> list[int]:
    """The processes of the servers that run in this folder."""
    files = [data / "postgresql" / "postmaster.pid", data / "valkey" / "server.pid"]
    found = [process_of(file, file.parent) for file in files]
    return [pid for pid in found if pid is not None]


def remember(servers: Servers, word: str) -> None:
    """Write a word to both servers."""
    with psycopg.connect(plain_url(servers.database_url)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES (%s)", (word,))
    with Redis.from_url(servers.redis_url) as redis:
        redis.rpush("kept", word)


def recall(servers: Servers) -> tuple[list[str], list[str]]:
    """The words both servers hold."""
    with psycopg.connect(plain_url(servers.database_url)) as connection:
        rows = connection.execute("SELECT word FROM kept").fetchall()
    with Redis.from_url(servers.redis_url, decode_responses=True) as redis:
        return [row[0] for row in rows], [str(word) for word in redis.lrange("kept", 0, -1)]


@contextmanager
def another_process(data: Path, *, uid: int | None = None) -> Iterator["subprocess.Popen[str]"]:
    """A process of the bot that stays until its input ends, under another account if wanted."""
    command = [sys.executable, "-c", STAY, str(data)]
    if uid is not None:
        # The interpreter may lie in root's own closed folder: let the other one walk through it.
        walk = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        become = ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", *walk, "--"]
        command = [*become, *command]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ready(process: "subprocess.Popen[str]") -> bool:
    assert process.stdout is not None
    return process.stdout.readline().startswith("postgresql")


def test_it_says_what_it_does_and_leaves_nothing_running(folder: Path) -> None:
    said: list[str] = []
    with start_embedded(folder, progress=said.append) as servers:
        remember(servers, "first")
        assert len(pids(folder)) == 2
    assert pids(folder) == []
    assert [line[:4] for line in said] == ["首次使用", "正在启动", "正在启动", "正在停止"]


def test_what_was_written_is_there_after_a_restart(folder: Path) -> None:
    with start_embedded(folder) as servers:
        remember(servers, "first")
    with start_embedded(folder) as servers:
        remember(servers, "second")
        assert recall(servers) == (["first", "second"], ["first", "second"])


def test_every_commit_reaches_the_disk(folder: Path) -> None:
    with (
        start_embedded(folder) as servers,
        psycopg.connect(plain_url(servers.database_url)) as connection,
    ):
        settings = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in SAFE]
    assert settings == [("on",)] * len(SAFE)


SAFE = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")


def test_only_the_last_one_to_leave_stops_the_servers(folder: Path) -> None:
    first, second = EmbeddedServers(folder, durable=False), EmbeddedServers(folder, durable=False)
    assert first.start() == second.start()
    first.stop()
    first.stop()
    assert len(pids(folder)) == 2
    second.stop()
    assert pids(folder) == []


def test_processes_that_start_at_once_share_the_servers(folder: Path) -> None:
    with another_process(folder) as one, another_process(folder) as other:
        assert ready(one)
        assert ready(other)
        assert len(pids(folder)) == 2


def test_a_killed_process_leaves_servers_the_next_one_meets_again(folder: Path) -> None:
    said: list[str] = []
    with another_process(folder) as process:
        assert ready(process)
    before = pids(folder)
    with start_embedded(folder, progress=said.append):
        assert pids(folder) == before
    assert [line[:4] for line in said] == ["正在停止"]
    assert pids(folder) == []


def test_killed_servers_come_back_with_all_that_was_committed(folder: Path) -> None:
    embedded = EmbeddedServers(folder)
    servers = embedded.start()
    remember(servers, "first")
    for pid in pids(folder):
        os.kill(pid, signal.SIGKILL)
    assert embedded.start() == servers
    assert recall(servers) == (["first"], ["first"])
    embedded.stop()
    assert pids(folder) == []


def test_a_stop_after_the_servers_died_is_no_trouble(folder: Path) -> None:
    embedded = EmbeddedServers(folder, durable=False)
    embedded.start()
    for pid in pids(folder):
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    embedded.stop()


def test_a_pid_that_now_belongs_to_somebody_else_is_no_obstacle(folder: Path) -> None:
    with start_embedded(folder) as servers:
        remember(servers, "first")
        old = (folder / "postgresql" / "postmaster.pid").read_text().split("\n", 1)[1]
    (folder / "postgresql" / "postmaster.pid").write_text(f"{os.getpid()}\n{old}")
    (folder / "valkey" / "server.pid").write_text(f"{os.getpid()}\n")
    with start_embedded(folder) as servers:
        assert recall(servers)[0] == ["first"]


def test_a_creation_killed_half_way_is_begun_anew(folder: Path) -> None:
    half = folder / "postgresql.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with start_embedded(folder) as servers:
        remember(servers, "first")


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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_can_start_them_and_root_can_join(folder: Path) -> None:
    nobody = 65534
    folder.mkdir(parents=True)
    os.chown(folder, nobody, nobody)
    with another_process(folder, uid=nobody) as process:
        assert ready(process)
        with start_embedded(folder) as servers:
            remember(servers, "first")
        assert len(pids(folder)) == 2


def test_data_of_another_version_is_refused_in_plain_words(folder: Path) -> None:
    with start_embedded(folder):
        pass
    (folder / "postgresql" / "PG_VERSION").write_text("16\n")
    with pytest.raises(NotReady, match="PostgreSQL 16 的数据，需要 18"):
        EmbeddedServers(folder).start()


def test_a_folder_that_is_a_file_is_refused_in_plain_words(folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(NotReady, match="不能使用"):
        EmbeddedServers(folder).start()


def test_servers_the_settings_name_are_used_as_they_are(folder: Path) -> None:
    settings = Settings(
        database_url="postgresql://db/liaison", redis_url="redis://cache", data_folder=folder
    )
    with open_servers(settings) as servers:
        assert servers.database_url == "postgresql://db/liaison"
    assert not folder.exists()


def test_a_server_the_settings_do_not_name_runs_embedded(folder: Path) -> None:
    settings = Settings(redis_url="redis://cache", data_folder=folder)
    with open_servers(settings) as servers:
        assert servers.redis_url == "redis://cache"
        with psycopg.connect(plain_url(servers.database_url)) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("liaison",)
