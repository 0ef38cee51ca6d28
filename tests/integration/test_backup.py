"""A backup taken from a living database is restored whole, and nothing else passes for one."""

from pathlib import Path

import pytest

from bot.backup import ATTACHMENTS, back_up, restore
from reporting.errors import UserMistake
from tests.support.servers import RunningServers
from tests.support.town import D, W
from tests.support.town_at_work import Place, settle


async def test_a_backup_taken_at_work_is_restored_whole(
    place: Place, servers: RunningServers, tmp_path: Path
) -> None:
    url = place.database_url
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "kept.tar"
    (old / ATTACHMENTS / "1").mkdir(parents=True)
    (old / ATTACHMENTS / "1" / "a.jpg").write_bytes(b"picture")
    async with place.at_work() as (town, _):
        await town.simulator.say(W, "Liaison00", "第1项完成80%")
        await town.simulator.say(D, "Liaison01", "第5项完成30%")
        await settle(town)
        kept = await back_up(url, old, file)
    fresh = servers.database.url_of(servers.database.create("template0"))
    assert await restore(fresh, new, file) == kept
    assert kept["reports"][0] == 2
    assert (new / ATTACHMENTS / "1" / "a.jpg").read_bytes() == b"picture"
    with pytest.raises(UserMistake, match="不是空的"):
        await restore(fresh, new, file)
    with pytest.raises(UserMistake, match="已经存在"):
        await back_up(url, old, file)


async def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, place: Place) -> None:
    url = place.database_url
    (tmp_path / "no.tar").write_text("no")
    with pytest.raises(UserMistake, match="不是备份"):
        await restore(url, tmp_path, tmp_path / "no.tar")
