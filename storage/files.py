"""Where the bytes of attachments are kept: the data folder, or any S3-compatible object store."""

import asyncio
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import (
    BaseError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from reporting.errors import NotReady

if TYPE_CHECKING:  # the library has it for type checkers alone
    from obstore.store import ClientConfig

PATIENCE = timedelta(seconds=30)
PROBE = "attachments/probe.txt"
REGION = "不在这个区域：请核对 LIAISON_S3_REGION 和 LIAISON_S3_ENDPOINT"
REMEDIES = {
    "NoSuchBucket": "没有这个桶：请核对 LIAISON_S3_BUCKET，或先建桶",
    "InvalidAccessKeyId": "不认识访问密钥：请核对 LIAISON_S3_ACCESS_KEY",
    "SignatureDoesNotMatch": "签名不符：请核对 LIAISON_S3_SECRET_KEY 和 LIAISON_S3_REGION",
    "AuthorizationHeaderMalformed": REGION,
    "PermanentRedirect": REGION,
    "RequestTimeTooSkewed": "认为本机时钟不准：请启用时间同步（NTP）",
    "AccessDenied": "拒绝访问：请给这对密钥读、写这个桶的权限",
}


class FilesAway(NotReady):
    """A file cannot be kept now; the text says what is to be mended."""


class Files(Protocol):
    """Files by their path, a relative one with slashes."""

    async def put(self, path: str, data: bytes) -> None:
        """Keep a file, whole or not at all; the same again changes nothing.

        FilesAway: try later.
        """

    async def get(self, path: str) -> bytes | None:
        """The bytes; None where there is no such file. NotReady: try later."""

    async def check(self) -> None:
        """Write a small file and read it; NotReady says what is to be mended."""


class FolderFiles:
    """Files below a folder, readable by nobody else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, path: str, data: bytes) -> None:
        """Written beside its place, made durable, then moved there."""
        await asyncio.to_thread(_write, self._folder / path, data)

    async def get(self, path: str) -> bytes | None:
        """The bytes; None where there is no such file."""
        return await asyncio.to_thread(_read, self._folder / path)

    async def check(self) -> None:
        """The folder can be written to and read from."""
        path = self._folder / PROBE
        await asyncio.to_thread(_write, path, path.name.encode())
        if await asyncio.to_thread(_read, path) != path.name.encode():
            raise NotReady("附件读不回来：请检查数据目录的空间和权限")
        await asyncio.to_thread(path.unlink, missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A bucket of an S3-compatible store, as the operator names it."""

    name: str
    endpoint: str | None
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    prefix: str = ""
    virtual_host: bool = False
    proxy: str | None = field(default=None, repr=False)
    ca_file: Path | None = None


class BucketFiles:
    """Files in a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self._store = S3Store(
            bucket.name,
            prefix=bucket.prefix or None,
            endpoint=_endpoint(bucket),
            region=bucket.region,
            access_key_id=bucket.access_key,
            secret_access_key=bucket.secret_key,
            virtual_hosted_style_request=bucket.virtual_host,
            client_options=_client(bucket),
            retry_config={"max_retries": 2, "retry_timeout": PATIENCE},
        )

    async def put(self, path: str, data: bytes) -> None:
        """One request: the object is there whole or not at all."""
        with _faults_as_ours():
            await obstore.put_async(self._store, path, data, use_multipart=False)

    async def get(self, path: str) -> bytes | None:
        """The bytes; None where there is no such object."""
        with _faults_as_ours():
            try:
                answer = await obstore.get_async(self._store, path)
                return bytes(await answer.bytes_async())
            except FileNotFoundError:
                return None

    async def check(self) -> None:
        """The bucket is there and we may write and read; the same few bytes stay in it."""
        await self.put(PROBE, PROBE.encode())
        if await self.get(PROBE) != PROBE.encode():
            raise NotReady("对象存储读回的内容不对：请检查桶的策略和中间的代理")


def _endpoint(bucket: Bucket) -> str | None:
    return bucket.endpoint.rstrip("/") if bucket.endpoint else None


def _client(bucket: Bucket) -> "ClientConfig":
    """How to get there: plain HTTP only where the operator wrote it so."""
    config: ClientConfig = {"timeout": PATIENCE}
    if bucket.endpoint:
        config["allow_http"] = urlsplit(bucket.endpoint).scheme == "http"
    if bucket.proxy:
        config["proxy_url"] = bucket.proxy
    if bucket.ca_file:
        config["root_certificate"] = _read(bucket.ca_file) or b""
    return config


@contextmanager
def _faults_as_ours() -> Iterator[None]:
    """The library's own words may hold the address and what the store said: they stay behind."""
    try:
        yield
    except (BaseError, FileNotFoundError) as fault:
        raise FilesAway(_remedy(fault)) from None


def _remedy(fault: Exception) -> str:
    """What to mend, by the code the store gave (AWS S3 API reference, error responses)."""
    told = str(fault)
    for code, words in REMEDIES.items():
        if f"<Code>{code}</Code>" in told:
            return f"对象存储{words}"
    if isinstance(fault, PermissionDeniedError | UnauthenticatedError):
        return "对象存储拒绝访问：请核对访问密钥、桶名和权限"
    return "对象存储连不上或出错：请检查地址、桶名、网络和证书"


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)  # each new try would leave another half
            raise
    except OSError as fault:
        raise unkept(fault) from fault


def unkept(fault: OSError) -> FilesAway:
    """Why a file could not be written, with the remedy."""
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return FilesAway("附件存不下：磁盘已满，请清理数据目录和临时目录所在的磁盘，或扩容")
    return FilesAway("附件存不下：请检查数据目录的空间和权限")


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise NotReady(f"文件 {path.name} 读不出：请检查权限") from fault
