"""An embedded server runs under a harmless account, is met again, and fails in plain words."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.server_process import (
    Account,
    check_owner,
    choose_account,
    ensure_running,
    process_of,
    run,
    socket_folder,
    wait_until_gone,
)
from reporting.errors import NotReady

ORDINARY = Account(uid=1000, gid=1000)
SWITCHED = Account(uid=65534, gid=65534, switched=True)


@dataclass
class FakeServer:
    """A server that serves after some launches, or never."""

    serves_after: int
    alive: bool = False
    launches: int = 0
    name: str = "测试服务器"
    log: Path = field(default=Path("/nowhere/server.log"))

    def answers(self) -> bool:
        """It serves once it was launched often enough."""
        return self.launches >= self.serves_after

    def is_alive(self) -> bool:
        """As it was told."""
        return self.alive

    def launch(self) -> str:
        """Count."""
        self.launches += 1
        return "" if self.answers() else "memory still in use"


def test_a_running_server_is_not_launched_again() -> None:
    server = FakeServer(serves_after=0, alive=True)
    ensure_running(server)
    assert server.launches == 0


def test_a_failed_launch_is_tried_again() -> None:
    server = FakeServer(serves_after=2)
    ensure_running(server)
    assert server.launches == 2


def test_a_server_that_never_starts_is_named_with_its_log() -> None:
    with pytest.raises(
        NotReady, match=r"测试服务器没有启动成功，日志在 .*server.log.*still in use"
    ):
        ensure_running(FakeServer(serves_after=9), launches=1)


def test_a_server_that_hangs_while_starting_is_given_up() -> None:
    server = FakeServer(serves_after=1, alive=True)
    with pytest.raises(NotReady):
        ensure_running(server, seconds=0.1)
    assert server.launches == 0


def test_a_server_that_does_not_stop_is_named() -> None:
    with pytest.raises(NotReady, match="没有停下"):
        wait_until_gone(FakeServer(serves_after=0, alive=True), seconds=0.1)


def test_an_ordinary_user_runs_the_program_as_it_is() -> None:
    assert ORDINARY.command(["postgres", Path("/x")], reaching=()) == ["postgres", "/x"]


def test_root_gives_up_its_rights_first(tmp_path: Path) -> None:
    words = SWITCHED.command(["postgres"], reaching=(Path("/usr/bin/env"),))
    assert {"--reuid=65534", "--regid=65534", "--clear-groups"} < set(words)
    assert words[-2:] == ["--", "postgres"]
    assert not [word for word in words if "caps" in word]


def test_root_keeps_one_right_where_a_folder_is_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    words = SWITCHED.command(["postgres"], reaching=(closed / "data",))
    assert "--ambient-caps=+dac_override" in words


def test_the_servers_never_run_as_root(tmp_path: Path) -> None:
    assert choose_account(tmp_path).uid != 0
    assert choose_account(tmp_path / "none").uid != 0


def test_the_owner_of_the_data_runs_the_server(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        os.chown(tmp_path, 4321, 4321)
        assert choose_account(tmp_path) == Account(uid=4321, gid=4321, switched=True)
    else:
        assert choose_account(tmp_path) == Account(uid=os.geteuid(), gid=os.getegid())


def test_a_folder_laid_in_our_way_is_refused(tmp_path: Path) -> None:
    check_owner(tmp_path, Account(uid=tmp_path.stat().st_uid, gid=0))
    with pytest.raises(NotReady, match="属于别的用户"):
        check_owner(tmp_path, Account(uid=4321, gid=0))
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(NotReady, match="属于别的用户"):
        check_owner(link, Account(uid=tmp_path.stat().st_uid, gid=0))


def test_different_long_paths_have_different_short_ones() -> None:
    long, longer = (socket_folder(Path("/x" * n)) for n in (60, 61))
    assert long != longer
    assert socket_folder(Path("/srv/liaison")) == Path("/srv/liaison/run")


@pytest.mark.parametrize(
    "content",
    ["", "not a number\n", "999999999\n", pytest.param(f"{os.getpid()}\n", id="elsewhere")],
)
def test_a_pid_file_names_only_a_process_that_works_there(tmp_path: Path, content: str) -> None:
    pid_file = tmp_path / "server.pid"
    assert process_of(pid_file, tmp_path) is None
    pid_file.write_text(content)
    assert process_of(pid_file, tmp_path) is None


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux tells where others work")
def test_a_process_is_known_by_the_folder_it_works_in(tmp_path: Path) -> None:
    pid_file = tmp_path / "server.pid"
    pid_file.write_text(f"{os.getpid()}\n")
    assert process_of(pid_file, Path.cwd()) == os.getpid()


def test_a_program_tells_what_it_said() -> None:
    assert run(["/bin/sh", "-c", "echo out; echo err >&2; exit 3"], seconds=5) == (
        False,
        "out\nerr",
    )
    assert run(["/bin/sh", "-c", 'echo "$PGHOST"'], seconds=5) == (True, "")


def test_a_program_that_is_missing_or_too_slow_is_told() -> None:
    assert "No such file" in run(["/nowhere/postgres"], seconds=5)[1]
    assert "timed out" in run(["/bin/sleep", "5"], seconds=0.1)[1]
