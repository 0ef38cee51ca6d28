"""Backup and restore: the database at one moment with the attachments, checked after restoring.

A backup is a plain tar file: `database.dump` of pg_dump, the attachments, and a manifest of how
many rows every table holds and their checksum, read in the very snapshot that was dumped. The key
that opens the sealed secrets is not in it: keep that apart.
"""

import asyncio
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import psycopg
import structlog
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bot.attachments import ATTACHMENTS
from bot.postgresql import program
from reporting.errors import NotReady, UserMistake
from storage.database import plain_url
from storage.files import Files

DUMP, MANIFEST = "database.dump", "manifest.json"
CONNECT_SECONDS = 10
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
SNAPSHOT = sql.SQL("SELECT pg_export_snapshot()")
Manifest = Mapping[str, tuple[int, str]]
Connection = psycopg.AsyncConnection[tuple[object, ...]]

log = structlog.get_logger()


async def back_up(database_url: str, files: Files, target: Path) -> Manifest:
    """Write a backup while the bot runs; every table's row count and checksum."""
    url = plain_url(database_url)
    with tempfile.TemporaryDirectory(dir=_place_for(target)) as name:
        folder = Path(name)
        async with await _connect(url) as connection:
            await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = str((await _one(connection, SNAPSHOT))[0])
            dump = ("--format=custom", f"--snapshot={snapshot}", f"--file={folder / DUMP}")
            await _run_tool("pg_dump", url, *dump)
            manifest = await _read_manifest(connection)
            paths = await _attached(connection)
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
        whole = folder / "whole.tar"
        await _pack(folder, files, paths, whole)
        # Under its own name only once it is whole.
        os.replace(whole, target)
    return manifest


async def restore(database_url: str, files: Files, source: Path) -> Manifest:
    """Read a backup into an empty database and check every table; NotReady if any differs."""
    url = plain_url(database_url)
    _require_backup(source)
    async with await _connect(url) as connection:
        if await _tables(connection):
            raise UserMistake("目标数据库不是空的：请恢复到一个新建的空数据库。")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await asyncio.to_thread(_unpack, source, folder)
        options = ("--exit-on-error", "--no-owner", "--single-transaction")
        await _run_tool("pg_restore", url, *options, str(folder / DUMP))
        manifest = await _check(url, json.loads((folder / MANIFEST).read_text()))
        await _put_back(url, folder, files)
    return manifest


async def _put_back(url: str, folder: Path, files: Files) -> None:
    """The attachments, each read again and held against the checksum the ledger has of it."""
    async with await _connect(url) as connection:
        expected = await _attached(connection)
    kept = [path for path in sorted((folder / ATTACHMENTS).rglob("*")) if path.is_file()]
    places = {path.relative_to(folder).as_posix(): path for path in kept}
    for name, path in places.items():
        await files.put(name, await asyncio.to_thread(path.read_bytes))
    wrong = [
        name
        for name in places.keys() & expected.keys()
        if hashlib.sha256(await files.get(name) or b"").hexdigest() != expected[name]
    ]
    for name in sorted(expected.keys() - places.keys()):
        log.warning("attachment missing", action="attachment_missing", path=name)
    if wrong:
        raise NotReady(f"恢复后核对不一致的附件：{'、'.join(sorted(wrong))}")


async def _check(url: str, expected: Mapping[str, list[object]]) -> Manifest:
    """Every table holds what it held, neither less nor more."""
    async with await _connect(url) as connection:
        found = await _read_manifest(connection)
    names = expected.keys() | found.keys()
    wrong = [name for name in sorted(names) if list(found.get(name, ())) != expected.get(name)]
    if wrong:
        raise NotReady(f"恢复后核对不一致的表：{'、'.join(wrong)}")
    return found


def _place_for(target: Path) -> Path:
    """The folder a new backup is written in."""
    if target.exists():
        raise UserMistake(f"文件 {target} 已经存在，请换一个文件名。")
    if not target.absolute().parent.is_dir():
        raise UserMistake(f"文件夹 {target.absolute().parent} 不存在。")
    return target.absolute().parent


def _require_backup(source: Path) -> None:
    if not source.is_file() or not tarfile.is_tarfile(source):
        raise UserMistake(f"{source} 不是备份文件。")


async def _connect(url: str) -> Connection:
    try:
        connection = await psycopg.AsyncConnection.connect(
            url, autocommit=True, connect_timeout=CONNECT_SECONDS
        )
    except psycopg.OperationalError:
        # Its own text may hold the address with the password.
        raise NotReady("数据库无法访问") from None
    # What a row looks like as text must not follow the server's settings.
    await connection.execute("SET TimeZone = 'UTC'")
    return connection


async def _one(connection: Connection, statement: sql.Composable) -> tuple[object, ...]:
    row = await (await connection.execute(sql.Composed([statement]))).fetchone()
    assert row is not None
    return row


async def _tables(connection: Connection) -> list[str]:
    rows = await (await connection.execute(TABLES)).fetchall()
    return [str(row[0]) for row in rows]


async def _read_manifest(connection: Connection) -> Manifest:
    """Every table's count and the checksum of its rows, whatever their order."""
    counted = sql.SQL(
        "SELECT count(*), coalesce(sum(hashtextextended(row::text, 0)), 0)::text FROM {} AS row"
    )
    manifest = {}
    for table in await _tables(connection):
        count, checksum = await _one(connection, counted.format(sql.Identifier(table)))
        manifest[table] = (int(str(count)), str(checksum))
    return manifest


async def _run_tool(name: str, url: str, *options: str) -> None:
    """Run one of PostgreSQL's programs; the password goes where other users cannot see it."""
    address = conninfo_to_dict(url)
    password = str(address.pop("password", ""))
    process = await asyncio.create_subprocess_exec(
        str(program(name)),
        f"--dbname={make_conninfo('', **address)}",
        *options,
        env={**os.environ, "PGPASSWORD": password},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode != 0:
        lines = said.decode(errors="replace").splitlines()
        raise NotReady(f"{name} 没有成功：{lines[-1] if lines else process.returncode}")


async def _attached(connection: Connection) -> Mapping[str, str]:
    """The checksum of every attachment by its path, in the snapshot."""
    rows = await connection.execute("SELECT DISTINCT path, sha256 FROM attachments ORDER BY 1")
    return {str(path): str(digest) for path, digest in await rows.fetchall()}


async def _pack(folder: Path, files: Files, paths: Iterable[str], target: Path) -> None:
    """One tar of it all; a lost attachment is told and must not cost the whole backup."""
    with tarfile.open(target, "w") as tar:
        for name in (MANIFEST, DUMP):
            await asyncio.to_thread(tar.add, folder / name, name)
        for path in paths:
            data = await files.get(path)
            if data is None:
                log.warning("attachment missing", action="attachment_missing", path=path)
                continue
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            await asyncio.to_thread(tar.addfile, entry, io.BytesIO(data))
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _unpack(source: Path, folder: Path) -> None:
    with tarfile.open(source) as tar:
        tar.extractall(folder, filter="data")
