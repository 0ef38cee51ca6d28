"""Embedded servers under test: who runs, what is kept, and another process that uses them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from redis import Redis

from bot.embedded import Servers
from bot.server_process import process_of
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
        walk += ["--securebits=+no_setuid_fixup"]
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
