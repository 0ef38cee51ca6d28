"""An S3-compatible object store on loopback that checks every signature (AWS Signature V4)."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from aiohttp import web

_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)"
)
_SKEW = timedelta(minutes=15)
_REGION = "AuthorizationHeaderMalformed"
_UNSIGNED = "UNSIGNED-PAYLOAD"
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(slots=True, kw_only=True)
class ObjectStore:
    """One bucket, path-style at `/bucket/key`; `troubles` are statuses to answer with first.

    `forbidden` are methods the keys have no right to.
    """

    bucket: str = "liaison"
    access_key: str = "AKLIAISON"
    secret_key: str = field(default="store-secret", repr=False)
    region: str = "us-east-1"
    objects: dict[str, bytes] = field(default_factory=dict)
    troubles: list[int] = field(default_factory=list)
    forbidden: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)
    url: str = ""
    _runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Listen on a free port; the endpoint."""
        app = web.Application(client_max_size=_MOST_BYTES)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.asked.append(f"{request.method} {request.path}")
        if self.troubles:
            return _refuse(self.troubles.pop(0), "InternalError")
        if fault := self._fault(request, body):
            return _refuse(400 if fault == _REGION else 403, fault)
        bucket, _, key = unquote(request.rel_url.raw_path).lstrip("/").partition("/")
        if bucket != self.bucket:
            return _refuse(404, "NoSuchBucket")
        return self._perform(request.method, key, body)

    def _perform(self, method: str, key: str, body: bytes) -> web.Response:
        if method in self.forbidden:
            return _refuse(403, "AccessDenied")
        tag = {"ETag": f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'}
        if method == "PUT":
            self.objects[key] = body
            return web.Response(headers=tag)
        if method == "DELETE":
            self.objects.pop(key, None)
            return web.Response(status=204)
        data = self.objects.get(key)
        if data is None or method not in {"GET", "HEAD"}:
            return _refuse(404, "NoSuchKey")
        headers = {**tag, "Last-Modified": "Mon, 22 Jun 2026 01:00:00 GMT"}
        return web.Response(body=data, headers=headers)

    def _fault(self, request: web.Request, body: bytes) -> str:
        """What is wrong with the signature; empty where nothing is."""
        found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
        if found is None:
            return "AccessDenied"
        access_key, scope, signed_headers, signature = found.groups()
        digest = request.headers.get("x-amz-content-sha256", "")
        if access_key != self.access_key:
            return "InvalidAccessKeyId"
        if scope.split("/")[1] != self.region:
            return _REGION
        if digest not in {_UNSIGNED, hashlib.sha256(body).hexdigest()}:
            return "XAmzContentSHA256Mismatch"
        moment = request.headers.get("x-amz-date", "")
        sent = datetime.strptime(moment, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if abs(datetime.now(UTC) - sent) > _SKEW:
            return "RequestTimeTooSkewed"
        canonical = _canonical(request, signed_headers, digest)
        text = "\n".join(("AWS4-HMAC-SHA256", moment, scope, _sha256(canonical)))
        expected = hmac.digest(self._key(scope), text.encode(), "sha256").hex()
        return "" if hmac.compare_digest(expected, signature) else "SignatureDoesNotMatch"

    def _key(self, scope: str) -> bytes:
        """The key of this day, region and service."""
        date, _, service, ending = scope.split("/")
        key = f"AWS4{self.secret_key}".encode()
        for part in (date, self.region, service, ending):
            key = hmac.digest(key, part.encode(), "sha256")
        return key


def _canonical(request: web.Request, signed_headers: str, digest: str) -> str:
    """The request as both sides write it before signing."""
    path = quote(unquote(request.rel_url.raw_path), safe="/-_.~")
    query = "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
        for name, value in sorted(request.query.items())
    )
    names = signed_headers.split(";")
    headers = "".join(f"{name}:{request.headers.get(name, '').strip()}\n" for name in names)
    return "\n".join((request.method, path, query, headers, signed_headers, digest))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse(status: int, code: str) -> web.Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code></Error>'
    return web.Response(status=status, text=text, content_type="application/xml")
