"""Real servers in a passing folder, with one office and its channel."""

import json
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import SecretStr

from benchmarks.receivers import wecom_settings
from bot.app import Bot
from bot.embedded import Servers, start_embedded
from bot.settings import Settings
from handlers.import_plan import import_plan
from reporting.messages import Platform
from reporting.plan import Plan
from storage.channels import ChannelRow
from storage.seal import new_key

TICKS = os.sysconf("SC_CLK_TCK")
OFFICE = "测试县督查室"
WORDS, FIGURE = "污水处理厂提标改造完成80%，下步加快设备安装，预计下月完工", re.compile(r"\d+%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The running servers and the settings of the processes on them."""

    servers: Servers
    settings: Settings
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The settings as a process reads them."""
        assert self.settings.secret_key is not None
        return {
            **os.environ,
            "DATABASE_URL": self.servers.database_url,
            "REDIS_URL": self.servers.redis_url,
            "LIAISON_SECRET_KEY": self.settings.secret_key.get_secret_value(),
            "LIAISON_DATA_FOLDER": str(self.folder),
            "LIAISON_PORT": "0",
            "LIAISON_LOG_LEVEL": "ERROR",
        }

    def database_seconds(self) -> float:
        """Processor seconds of the database server so far, all its processes together."""
        path = self.folder / "postgresql" / "postmaster.pid"
        postmaster = int(path.read_text().splitlines()[0])
        return sum(
            seconds for parent, seconds in map(processor_time, _processes()) if parent == postmaster
        )


def yardstick() -> float:
    """Processor seconds of some fixed work of our kind; they vary with the machine's neighbours."""
    started = time.process_time()
    for number in range(8_000):
        held = json.loads(json.dumps({"number": number, "words": WORDS}))
        assert FIGURE.search(held["words"])
    return time.process_time() - started


def processor_time(pid: int) -> tuple[int, float]:
    """A process's parent, and the processor seconds it and its ended children have used."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0.0
    return int(stat[1]), (int(stat[11]) + int(stat[12])) / TICKS


def resident_megabytes(pid: int) -> float:
    """What a process holds in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


@contextmanager
def open_ground() -> Iterator[Ground]:
    """Fresh embedded servers, safe against a power cut as in production."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with start_embedded(folder) as servers:
            settings = Settings(
                database_url=servers.database_url,
                redis_url=servers.redis_url,
                data_folder=folder,
                secret_key=SecretStr(new_key()),
                port=0,
                log_level="ERROR",
            )
            yield Ground(servers=servers, settings=settings, folder=folder)


async def found_office(
    bot: Bot, plan: Plan, name: str = OFFICE, *, groups: tuple[str, ...] = ()
) -> int:
    """An office with this plan and the one WeCom channel; its number."""
    wecom = {key: value for key, value in asdict(wecom_settings()).items() if key in KEPT}
    async with bot.store.unit_of_work(bot.clock.now()) as work:
        imported = await import_plan(work, plan, office=name, source="benchmark")
        row = ChannelRow(
            name=str(wecom_settings().channel),
            office_id=imported.office_id,
            platform=Platform.WECOM,
            settings=wecom,
        )
        await work.channels.save(row, groups)
        await work.channels.bind_all(imported.office_id)
    return imported.office_id


KEPT = frozenset({"corp_id", "agent_id", "secret", "token", "encoding_aes_key"})
