"""A backup taken from a living database is restored whole, and nothing else passes for one."""

from pathlib import Path

import pytest

from bot.backup import back_up, restore
from reporting.errors import UserMistake
from storage.files import FolderFiles
from tests.support.servers import RunningServers
from tests.support.town import D, W
from tests.support.town_at_work import Place, rows, settle


async def test_a_backup_taken_at_work_is_restored_whole(
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
        kept = await back_up(url, old, file)
    fresh = servers.database.url_of(servers.database.create("template0"))
    assert await restore(fresh, new, file) == kept
    assert kept["reports"][0] == 2
    assert {await new.get(path) for path in paths} == {b"%PDF-1.7", b"%PDF-2.0"}
    with pytest.raises(UserMistake, match="不是空的"):
        await restore(fresh, new, file)
    with pytest.raises(UserMistake, match="已经存在"):
        await back_up(url, old, file)


async def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, place: Place) -> None:
    url = place.database_url
    (tmp_path / "no.tar").write_text("no")
    with pytest.raises(UserMistake, match="不是备份"):
        await restore(url, FolderFiles(tmp_path), tmp_path / "no.tar")
