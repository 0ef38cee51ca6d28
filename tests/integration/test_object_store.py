"""Attachments in an S3-compatible store that checks every signature, and in the data folder."""

import csv
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import working
from bot.attachments import open_files
from bot.backup import back_up, restore
from bot.commands.attaching import take_out
from bot.settings import Settings
from reporting.errors import NotReady
from simulator.object_store import ObjectStore
from storage.files import Bucket, BucketFiles, FolderFiles
from storage.filing import list_filed
from tests.faults.trouble import LeftOut, small_disk
from tests.support.servers import RunningServers
from tests.support.town import D, open_town
from tests.support.town_at_work import Place, settle
from tests.unit.test_photo import POSITION, SCAN, exif

PATH = "attachments/1/2026-06/a b.jpg"
PHOTO = b"\xff\xd8" + exif(6) + SCAN
LARGE = bytes(range(256)) * 40_000


@pytest.fixture
async def store() -> AsyncIterator[ObjectStore]:
    """An object store at work."""
    store = ObjectStore()
    await store.start()
    yield store
    await store.stop()


def bucket_of(store: ObjectStore) -> Bucket:
    return Bucket(
        name=store.bucket,
        endpoint=store.url,
        region=store.region,
        access_key=store.access_key,
        secret_key=store.secret_key,
        prefix="督查室",
    )


def settings_with(store: ObjectStore, settings: Settings) -> Settings:
    """These settings with attachments in the store."""
    return settings.model_copy(
        update={
            "s3_bucket": store.bucket,
            "s3_endpoint": store.url,
            "s3_access_key": SecretStr(store.access_key),
            "s3_secret_key": SecretStr(store.secret_key),
        }
    )


async def test_a_file_comes_back_from_the_bucket_as_it_was_put(store: ObjectStore) -> None:
    files = BucketFiles(bucket_of(store))
    await files.put(PATH, LARGE)
    await files.put(PATH, LARGE)
    assert await files.get(PATH) == LARGE
    assert await files.get("attachments/none.jpg") is None
    assert list(store.objects) == [f"督查室/{PATH}"]


async def test_an_address_with_the_bucket_in_its_name_is_taken(store: ObjectStore) -> None:
    endpoint = f"{store.url}/{store.bucket}"
    files = BucketFiles(replace(bucket_of(store), endpoint=endpoint, virtual_host=True, prefix=""))
    await files.put(PATH, b"1")
    assert store.objects == {PATH: b"1"}


@pytest.mark.parametrize(
    ("spoil", "remedy"),
    [
        (lambda bucket: replace(bucket, access_key="AKother"), "LIAISON_S3_ACCESS_KEY"),
        (lambda bucket: replace(bucket, secret_key="other"), "LIAISON_S3_SECRET_KEY"),
        (lambda bucket: replace(bucket, region="cn-1"), "不在这个区域"),
        (lambda bucket: replace(bucket, name="none"), "没有这个桶"),
        (lambda bucket: replace(bucket, endpoint="http://127.0.0.1:9"), "连不上"),
    ],
)
async def test_what_the_store_refuses_is_told_without_a_secret(
    store: ObjectStore, spoil: Callable[[Bucket], Bucket], remedy: str
) -> None:
    files = BucketFiles(spoil(bucket_of(store)))
    with pytest.raises(NotReady, match=f"对象存储.*{remedy}") as told:
        await files.check()
    assert store.objects == {}
    assert store.secret_key not in repr(told.value) + repr(bucket_of(store))
    assert told.value.__suppress_context__


@pytest.mark.parametrize("method", ["PUT", "GET"])
async def test_a_right_that_is_missing_is_told_before_anybody_sends_a_picture(
    store: ObjectStore, method: str
) -> None:
    files = BucketFiles(bucket_of(store))
    await files.check()
    store.forbidden = frozenset({method})
    with pytest.raises(NotReady, match="读、写这个桶的权限"):
        await files.check()


async def test_the_data_folder_is_checked_in_the_same_way(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path / "data")
    await files.check()
    folder = tmp_path / "data" / "attachments"
    folder.rmdir()  # it is empty again
    folder.write_text("in the way")
    with pytest.raises(NotReady, match="数据目录的空间和权限"):
        await files.check()


async def test_a_full_disk_is_told_as_such_and_nothing_is_left_half_written() -> None:
    try:
        with small_disk(1) as disk:
            with pytest.raises(NotReady, match="磁盘已满"):
                await FolderFiles(disk).put(PATH, bytes(2 << 20))
            assert [path for path in disk.rglob("*") if path.is_file()] == []
    except LeftOut as reason:
        pytest.skip(str(reason))


async def test_a_passing_trouble_is_tried_again_and_a_lasting_one_told(store: ObjectStore) -> None:
    files = BucketFiles(bucket_of(store))
    store.troubles = [500, 503]
    await files.put(PATH, b"1")
    assert len(store.asked) == 3
    await store.stop()
    with pytest.raises(NotReady, match="连不上"):
        await files.get(PATH)


def test_a_bucket_without_keys_is_refused_at_the_start(store: ObjectStore, tmp_path: Path) -> None:
    settings = settings_with(store, Settings(data_folder=tmp_path))
    with pytest.raises(NotReady, match="LIAISON_S3_ACCESS_KEY"):
        open_files(settings.model_copy(update={"s3_secret_key": SecretStr("")}))
    assert store.secret_key not in repr(settings)


async def test_pictures_sent_in_chat_go_to_the_bucket_and_into_the_backup(
    store: ObjectStore, place: Place, servers: RunningServers, tmp_path: Path
) -> None:
    settings = settings_with(store, place.settings)
    file = tmp_path / "kept.tar"
    async with open_town(settings) as town, working(town.bot) as address:
        town.point_to(address)
        await town.simulator.say(D, "Liaison01", "第5项完成30%")
        await town.simulator.send_file(D, "Liaison01", "picture", PHOTO)
        await settle(town)
        await back_up(place.database_url, open_files(settings), file)
        async with town.bot.store.unit_of_work(town.clock.now()) as work:
            (filed,) = await list_filed(work.connection, town.office_id, (2026, 6))
            assert await list_filed(work.connection, town.office_id, (2026, 5)) == []
    ((path, data),) = store.objects.items()
    assert (filed.path, filed.codes) == (path, ("5",))
    assert POSITION not in data
    fresh = servers.database.url_of(servers.database.create("template0"))
    await restore(fresh, BucketFiles(replace(bucket_of(store), prefix="new")), file)
    assert store.objects[f"new/{path}"] == data
    lost = replace(filed, path="attachments/1/lost.jpg")
    assert await take_out(settings, [filed, lost], tmp_path / "out") == (1, [lost.path])
    (name,) = (one.name for one in (tmp_path / "out").glob("*.jpg"))
    assert name.startswith("第5项_白马镇人民政府_0602-0930_")
    with (tmp_path / "out" / "目录.csv").open(encoding="utf-8-sig") as stream:
        assert [line[0] for line in csv.reader(stream)] == ["文件", name]
