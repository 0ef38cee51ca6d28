"""One HTTP exchange with a platform; no address, token or secret ever leaves it in an error."""

import io
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp

from bot.platforms.channel import ChannelSettings
from bot.platforms.outcome import Action, Reading
from reporting.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown, UserMistake
from reporting.ports import Token

TOKEN = re.compile(r"[!-~]{1,4096}")  # it goes into an address or a header
MAX_WHOLE = 512 * 1024  # bytes of a body that are sent at once
MAX_ANSWER = 1024 * 1024  # bytes
# These are raised while connecting, so nothing of the request has gone out.
BEFORE_SENDING = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file in the body of a request."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request; `payload` None makes it a GET, else it is a POST unless `method` says other.

    More than `most` bytes are not read. `is_file`: what a 200 brings is a file, whatever its
    headers say.
    """

    url: str = field(repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    payload: Mapping[str, object] | None = field(default=None, repr=False)
    most: int = MAX_ANSWER
    is_file: bool = False
    method: str = ""
    upload: Upload | None = None

    @property
    def verb(self) -> str:
        """The request's method."""
        return self.method or ("GET" if self.payload is None and self.upload is None else "POST")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the JSON object, or None; `is_page` says it was HTML instead.

    `wait` is the seconds a Retry-After header asks for, `told_at` the time the other side has,
    `file` the bytes where a file was sent instead of words.
    """

    status: int
    body: Mapping[str, object] | None
    is_page: bool = False
    wait: float | None = None
    told_at: datetime | None = None
    file: bytes | None = field(default=None, repr=False)


class Exchange:
    """Sends calls through one session and a channel's proxy, certificates and time limit."""

    def __init__(self, session: aiohttp.ClientSession, settings: ChannelSettings) -> None:
        self._session = session
        self._proxy = settings.proxy
        self.trust = _trust(settings.ca_file)
        total = settings.timeout_seconds
        # A connection that takes long must fail as one, while nothing has been sent yet.
        self._timeout = aiohttp.ClientTimeout(total=total, connect=total / 3)

    async def perform(self, call: Call) -> Answer:
        """The answer, or DeliveryFailed (nothing was sent) or DeliveryUnknown (nobody knows).

        aiohttp's own errors carry the address with its token; `from None` leaves them behind.
        """
        try:
            return await self._perform(call)
        except BEFORE_SENDING:
            raise DeliveryFailed(
                "连不上平台服务器：请检查网络、代理、证书和接口地址设置。", code="no_connection"
            ) from None
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise DeliveryRefused(
                "接口地址或代理地址不是有效的网址，请检查设置。", code="url"
            ) from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            raise DeliveryUnknown("请求已发出但没有收到完整的回答，不能确定是否送达。") from None

    async def perform_idempotent(self, call: Call) -> Answer:
        """The same for a call that sends no message: without an answer it is simply made again."""
        try:
            return await self.perform(call)
        except DeliveryUnknown:
            detail = "平台服务器没有及时回答，稍后自动重试。"
            raise DeliveryFailed(detail, code="no_answer") from None

    async def _perform(self, call: Call) -> Answer:
        async with self._session.request(
            call.verb,
            call.url,
            params=call.query,
            headers=_headers(call),
            data=_body(call),
            timeout=self._timeout,
            allow_redirects=False,
            proxy=self._proxy,
            ssl=self.trust,
        ) as response:
            raw = await _take(response, call.most)
            if call.is_file and response.status == 200 and raw and not _is_page(raw):
                return Answer(status=response.status, body=None, file=raw)
            return _read(response, raw)


def _body(call: Call) -> bytes | io.BytesIO | aiohttp.FormData | None:
    if call.upload is not None:
        # Unquoted, or a Chinese name arrives as percent signs.
        form = aiohttp.FormData(quote_fields=False)
        form.add_field(
            "media",
            io.BytesIO(call.upload.data),
            filename=call.upload.name,
            content_type="application/octet-stream",
        )
        return form
    if call.payload is None:
        return None
    body = compose(call.payload)
    # A large one is sent in pieces, so that everybody else has his turn between them.
    return io.BytesIO(body) if len(body) > MAX_WHOLE else body


def _trust(ca_file: str | None) -> ssl.SSLContext | bool:
    """Who is trusted: the authorities in the file, or those of the system."""
    if ca_file is None:
        return True
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError:
        raise UserMistake(f"证书文件 {ca_file} 不存在或不是 PEM 格式的证书，请检查设置。") from None


def compose(payload: Mapping[str, object]) -> bytes:
    """The bytes sent: the same for the same payload, Chinese unescaped (a third of the length)."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def unreadable(answer: Answer) -> Reading:
    """What an answer proves that is not the platform's own JSON."""
    code = f"http_{answer.status}"
    if answer.status == 504 or (answer.status == 200 and not answer.is_page):
        detail = "网关超时或回答不完整，不能确定是否送达。"
        return Reading(action=Action.UNSURE, code=code, detail=detail)
    if answer.status >= 500 or answer.status == 429:
        detail = f"平台暂时不可用（HTTP {answer.status}），稍后自动重试。"
        return Reading(action=Action.BACK_OFF, code=code, detail=detail, wait=answer.wait)
    if answer.status == 200:
        detail = "收到的是网页而不是接口回答：多半是上网认证页或代理拦截，请检查网络出口和代理。"
        return Reading(action=Action.BACK_OFF, code="page", detail=detail, wait=60)
    detail = f"接口地址不对或被代理拦截（HTTP {answer.status}），请检查接口地址和代理设置。"
    return Reading(action=Action.OPERATOR, code=code, detail=detail)


async def _take(response: aiohttp.ClientResponse, most: int) -> bytes:
    """The body, as far as any answer of a platform goes."""
    taken = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        taken += chunk
        if len(taken) > most:
            break
    return bytes(taken)


def _read(response: aiohttp.ClientResponse, raw: bytes) -> Answer:
    if "attachment" in response.headers.get("Content-Disposition", "").lower():
        return Answer(status=response.status, body=None, file=raw)
    asked = response.headers.get("Retry-After", "")
    wait = float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    return Answer(
        status=response.status,
        body=body if isinstance(body, dict) else None,
        is_page=_is_page(raw),
        wait=wait,
        told_at=_told_at(response.headers.get("Date", "")),
    )


def _headers(call: Call) -> Mapping[str, str]:
    """The signed address of a stored file is spoilt by any type the signer did not expect."""
    if call.payload is None:
        return call.headers
    return {"Content-Type": "application/json; charset=utf-8", **call.headers}


def _is_page(raw: bytes) -> bool:
    return raw.lstrip()[:1] == b"<"


def _told_at(header: str) -> datetime | None:
    try:
        told = parsedate_to_datetime(header)
    except ValueError:
        return None
    return told if told.tzinfo else None


def read_token(answer: Answer, value_name: str, seconds_name: str) -> Token:
    """The access token of an answer already known to be a success."""
    body = answer.body or {}
    value, seconds = body.get(value_name), body.get(seconds_name)
    if isinstance(value, str) and TOKEN.fullmatch(value) and isinstance(seconds, int):
        return Token(value=value, seconds=seconds)
    raise DeliveryFailed("取 access_token 的回答不完整，稍后自动重试。", code="token")
