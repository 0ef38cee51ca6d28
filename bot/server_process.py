"""How an embedded server runs: under which account, how it is started, how we know it is ours."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reporting.errors import NotReady

# A Unix socket's path holds 107 bytes on Linux and 103 on macOS; the longest file name is 14.
LONGEST_SOCKET_FOLDER = 86
# pg_ctl hands the folder to a shell between double quotes.
UNUSABLE = frozenset('"$`\\')


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account the servers run under: our own or, as root, one without privileges."""

    uid: int
    gid: int
    switched: bool = False

    def command(self, parts: Sequence[str | Path], *, reaching: Sequence[Path]) -> list[str]:
        """The command run under this account, able to reach the given paths."""
        words = [str(part) for part in parts]
        if not self.switched:
            return words
        switch = [_setpriv(), f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
        if any(map(_is_closed, reaching)):
            # A checkout under /root (0700) stays closed to others: instead of opening the folder,
            # the server keeps the one privilege of walking through it. Without the secure bit,
            # access(2), by which initdb looks for its sister programs, would not see it.
            switch += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
            switch += ["--securebits=+no_setuid_fixup"]
        return [*switch, "--", *words]

    def make_folder(self, folder: Path) -> None:
        """A folder that only this account may enter."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.switched:
            os.chown(folder, self.uid, self.gid)


def choose_account(database_folder: Path) -> Account:
    """Our own account; as root the owner of existing data, else postgres, else nobody."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid())
    if database_folder.exists() and (owner := database_folder.stat()).st_uid != 0:
        return Account(uid=owner.st_uid, gid=owner.st_gid, switched=True)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known.get("nobody")
    if entry is None:
        raise NotReady(
            "系统里没有 postgres 或 nobody 用户，内嵌数据库不能以 root 运行：请改用普通用户启动。"
        )
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, switched=True)


def socket_folder(data_folder: Path) -> Path:
    """Where the servers listen: in the data folder, or a short path when that one is too long."""
    folder = data_folder / "run"
    if unusable := "".join(sorted(set(str(folder)) & UNUSABLE)):
        raise NotReady(
            f"数据目录的路径里不能有 {unusable}：{data_folder}。请改 LIAISON_DATA_FOLDER。"
        )
    # A comma separates hosts in PostgreSQL's addresses.
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER and "," not in str(folder):
        return folder
    name = hashlib.sha256(os.fsencode(data_folder)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"liaison-{name}"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        raise NotReady(
            f"数据目录的路径太长：{data_folder}。请把 LIAISON_DATA_FOLDER 设为短一些的路径。"
        )
    return folder


def check_owner(folder: Path, account: Account) -> None:
    """Refuse a folder that somebody else laid in our way (the short path lies in /tmp)."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid:
        raise NotReady(f"目录 {folder} 属于别的用户：请删除它，或换一个 LIAISON_DATA_FOLDER。")


def run(command: Sequence[str], *, seconds: float) -> tuple[bool, str]:
    """Run to the end: whether it succeeded, and what it said."""
    # A file, not a pipe: the server keeps the inherited end open and a pipe would never close.
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 - our own binaries with our own arguments
                command,
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=seconds,
                check=False,
            )
            succeeded = done.returncode == 0
        except (OSError, subprocess.TimeoutExpired) as error:
            return False, str(error)
        output.seek(0)
        return succeeded, output.read().decode(errors="replace").strip()


class Server(Protocol):
    """What is common to the embedded servers."""

    @property
    def name(self) -> str:
        """What it is called to a person."""

    @property
    def log(self) -> Path:
        """Where it writes its log."""

    def answers(self) -> bool:
        """Whether it serves right now."""

    def is_alive(self) -> bool:
        """Whether its process exists, be it still starting or stopping."""

    def launch(self) -> str:
        """Start the process; returns what it complained of."""


def ensure_running(server: Server, *, seconds: float = 300, launches: int = 6) -> None:
    """Attach to the server if it runs, else start it, and wait until it serves."""
    until = time.monotonic() + seconds
    complaint = ""
    while not server.answers():
        if time.monotonic() > until or (launches == 0 and not server.is_alive()):
            raise NotReady(f"{server.name}没有启动成功，日志在 {server.log}。{complaint}")
        if not server.is_alive():
            # Children of a killed server may hold its memory for a moment; so try again.
            complaint = server.launch()
            launches -= 1
        time.sleep(0.05 if not complaint else 0.5)


def wait_until_gone(server: Server, *, seconds: float = 30) -> None:
    """Wait for a server that was told to stop."""
    until = time.monotonic() + seconds
    while server.is_alive():
        if time.monotonic() > until:
            raise NotReady(f"{server.name}在 {seconds:.0f} 秒内没有停下，日志在 {server.log}。")
        time.sleep(0.05)


def process_of(pid_file: Path, folder: Path) -> int | None:
    """The live process a pid file names, if it works in this folder.

    A number alone proves nothing: after a restart of the machine or container another process
    may carry it.
    """
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except PermissionError:
        pass
    except (OSError, ValueError):
        return None
    process = Path(f"/proc/{pid}")
    if not Path("/proc/self").exists():
        return pid
    try:
        return pid if (process / "cwd").samefile(folder) else None
    except OSError:
        return None


def _setpriv() -> str:
    found = shutil.which("setpriv")
    if found is None:
        raise NotReady(
            "以 root 启动内嵌数据库需要 setpriv（util-linux）：请安装它，或改用普通用户启动。"
        )
    return found


def _is_closed(path: Path) -> bool:
    return any(not parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)


def _environment() -> dict[str, str]:
    """Only what the servers need: no PG* variable of the caller changes how they start."""
    kept = {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}
