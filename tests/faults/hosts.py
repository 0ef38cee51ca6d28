"""A second host on the same machine: a network namespace behind a bridge, whose cable is pulled.

Both servers of a campaign are made to listen where the second host reaches them.
"""

import os
import secrets
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from bot.postgresql import OWNER, program
from bot.server_process import choose_account, run
from tests.faults.trouble import Ground, LeftOut
from tests.support.bot_process import free_port
from tests.support.servers import DatabaseServer, RunningServers

# RFC 2544 keeps these addresses for tests between two networks.
HERE, THERE, WIDTH = "198.18.77.1", "198.18.77.2", "30"
HERE_MAC, THERE_MAC = "02:00:c6:12:4d:01", "02:00:c6:12:4d:02"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondHost:
    """The namespace of this name; the cable to it ends in the bridge of this machine."""

    name: str

    @property
    def command(self) -> tuple[str, ...]:
        """What a program is started with to run there."""
        return ("ip", "netns", "exec", self.name)

    @property
    def plug(self) -> str:
        """This end of the cable."""
        return f"{self.name}p"

    def cut(self) -> None:
        """From now on every packet vanishes and nothing is refused."""
        _ip(f"link set {self.plug} down")

    def join(self) -> None:
        """Put the cable back."""
        _ip(f"link set {self.plug} up")


@contextmanager
def second_host() -> Iterator[SecondHost]:
    """A host at THERE that reaches HERE; LeftOut where that takes a right we lack."""
    host = SecondHost(name=f"lb{os.getpid() % 100_000}{secrets.token_hex(1)}")
    try:
        try:
            _lay(host)
        except (OSError, subprocess.CalledProcessError) as error:
            raise LeftOut("a second host takes root and network namespaces") from error
        yield host
    finally:
        for rest in (f"netns del {host.name}", f"link del {host.plug}", f"link del {host.name}b"):
            subprocess.run(["ip", *rest.split()], check=False, capture_output=True)


def _lay(host: SecondHost) -> None:
    """A bridge, a cable, its far end within the namespace.

    Both sides know each other's card for good: a cut must not show as an unanswered ARP question.
    """
    name, bridge, plug, far = host.name, f"{host.name}b", host.plug, f"{host.name}f"
    _ip(f"link add {bridge} address {HERE_MAC} type bridge")
    _ip(f"addr add {HERE}/{WIDTH} dev {bridge}")
    _ip(f"link set {bridge} up")
    _ip(f"netns add {name}")
    _ip(f"link add {plug} type veth peer name {far} address {THERE_MAC}")
    _ip(f"link set {far} netns {name}")
    _ip(f"link set {plug} master {bridge} up")
    _ip(f"-n {name} addr add {THERE}/{WIDTH} dev {far}")
    _ip(f"-n {name} link set {far} up")
    _ip(f"-n {name} link set lo up")
    _ip(f"neigh replace {THERE} lladdr {THERE_MAC} nud permanent dev {bridge}")
    _ip(f"-n {name} neigh replace {HERE} lladdr {HERE_MAC} nud permanent dev {far}")


def _ip(words: str) -> None:
    subprocess.run(["ip", *words.split()], check=True, capture_output=True)


def open_to_network(ground: Ground) -> RunningServers:
    """Let both servers listen at HERE too; their addresses there."""
    port = free_port()
    _restart_database(ground.folder / "postgresql", port)
    url = f"postgresql+psycopg://{OWNER}@{HERE}:{port}/liaison"
    cache_port = free_port()
    with Redis.from_url(ground.redis_url) as cache:
        cache.config_set("protected-mode", "no")
        cache.config_set("bind", HERE)
        cache.config_set("port", str(cache_port))
    return RunningServers(
        database=DatabaseServer(url=url), redis_url=f"redis://{HERE}:{cache_port}/0"
    )


def _restart_database(data: Path, port: int) -> None:
    """With the options it runs with and, after them, where else to listen."""
    with (data / "pg_hba.conf").open("a") as rules:
        rules.write(f"host all all {HERE}/{WIDTH} trust\n")
    given = shlex.split((data / "postmaster.opts").read_text())[3:]  # program, -D, folder
    options = shlex.join([*given, "-c", f"listen_addresses={HERE}", "-c", f"port={port}"])
    account = choose_account(data)
    words = ("-D", data, "-w", "-m", "fast", "-l", data / "server.log", "-o", options, "restart")
    restart = account.command([program("pg_ctl"), *words], reaching=(data, program("postgres")))
    done, said = run(restart, seconds=60)
    assert done, said
