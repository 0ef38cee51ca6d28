"""A backup taken from a living database is restored whole, and nothing else passes for one."""

import asyncio
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.backup import MANIFEST, back_up, restore
from reporting.errors import NotReady, UserMistake
from storage.database import driver_url
from storage.files import FolderFiles
from storage.migrate import is_current, migrate
from tests.support.servers import RunningServers
from tests.support.town import D, W, speakers
from tests.support.town_at_work import Place, rows, settle

PREVIOUS = "0002"
Change = Callable[[str, bytes], bytes]


def downgrade(url: str, revision: str) -> None:
    """Take a database back to an earlier schema."""
    config, engine = Config(), sa.create_engine(driver_url(url))
    config.set_main_option("script_location", "storage/migrations")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()
    engine.dispose()


def spoilt(source: Path, target: Path, change: Change) -> Path:
    """A copy of a backup with one of its files changed."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for entry in old:
            member = old.extractfile(entry)
            assert member is not None
            data = change(entry.name, member.read())
            entry.size = len(data)
            new.addfile(entry, io.BytesIO(data))
    return target


def one_row_more(name: str, data: bytes) -> bytes:
    """The manifest as if the ledger had held one report more."""
    if name != MANIFEST:
        return data
    manifest = json.loads(data)
    manifest["reports"][0] += 1
    return json.dumps(manifest).encode()


def one_bit_less(name: str, data: bytes) -> bytes:
    """An attachment that is not what it was."""
    return b"%PDF-1.6" if name.startswith("attachments/") else data


DIFFERENCES = {one_row_more: "表：reports$", one_bit_less: "附件：attachments/"}


async def test_a_backup_taken_at_work_is_restored_whole_and_any_difference_is_named(
    place: Place, servers: RunningServers, tmp_path: Path
) -> None:
    url = place.database_url
    new, file = FolderFiles(tmp_path / "new"), tmp_path / "kept.tar"
    old = FolderFiles(place.folder)
    async with place.at_work() as (town, _):
        await town.simulator.say(W, "Liaison00", "第1项完成80%")
        await town.simulator.say(D, "Liaison01", "第5项完成30%")
        await town.simulator.send_file(W, "Liaison00", "file", b"%PDF-1.7", name="a.pdf")
        await town.simulator.send_file(D, "Liaison01", "file", b"%PDF-2.0", name="b.pdf")
        await settle(town)
        paths = [str(row[0]) for row in await rows(town, "SELECT path FROM attachments")]
        # Whatever is written meanwhile is in it or not, but everywhere the same.
        more = (
            town.simulator.say(one.platform, one.user_id, f"第{one.codes[0]}项完成50%")
            for one in speakers()[2:8]
        )
        kept, *_ = await asyncio.gather(back_up(url, old, file), *more)
    fresh = servers.database.url_of(servers.database.create("template0"))
    assert await restore(fresh, new, file) == kept
    assert kept["reports"][0] >= 2
    assert {await new.get(path) for path in paths} == {b"%PDF-1.7", b"%PDF-2.0"}
    with pytest.raises(UserMistake, match="不是空的"):
        await restore(fresh, new, file)
    for change, named in DIFFERENCES.items():
        fresh = servers.database.url_of(servers.database.create("template0"))
        with pytest.raises(NotReady, match=f"不一致的{named}"):
            await restore(fresh, new, spoilt(file, tmp_path / f"{change.__name__}.tar", change))
    with pytest.raises(UserMistake, match="已经存在"):
        await back_up(url, old, file)


async def test_a_backup_of_the_release_before_is_restored_and_brought_up_to_date(
    place: Place, servers: RunningServers, tmp_path: Path
) -> None:
    file, files = tmp_path / "kept.tar", FolderFiles(tmp_path)
    async with place.at_rest():
        pass
    downgrade(place.database_url, PREVIOUS)
    kept = await back_up(place.database_url, files, file)
    fresh = servers.database.url_of(servers.database.create("template0"))
    assert await restore(fresh, files, file) == kept
    assert not is_current(fresh)
    migrate(fresh)
    assert is_current(fresh)
    again = await back_up(fresh, files, tmp_path / "again.tar")
    assert {name: count for name, (count, _) in again.items()} == {
        name: count for name, (count, _) in kept.items()
    }
    assert again["plans"] == kept["plans"] != (0, "0")


async def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, place: Place) -> None:
    url = place.database_url
    (tmp_path / "no.tar").write_text("no")
    with pytest.raises(UserMistake, match="不是备份"):
        await restore(url, FolderFiles(tmp_path), tmp_path / "no.tar")
