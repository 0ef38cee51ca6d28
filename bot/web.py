"""The HTTP edge: callbacks in, acknowledged once they are kept."""

import time
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot.arrivals import Arrivals
from bot.channels import Channel, ChannelBook
from bot.platforms.channel import MAX_BODY, CallbackRequest
from bot.telemetry import Telemetry
from reporting.errors import CallbackMalformed, CallbackOversized, CallbackRejected, NotReady
from reporting.ports import Clock
from storage.inbox import Arrival
from storage.rejections import Rejections

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What the routes stand on."""

    channels: ChannelBook
    arrivals: Arrivals
    clock: Clock
    telemetry: Telemetry
    rejections: Rejections


def create_web(edge: Edge) -> web.Application:
    """The application with its routes."""
    app = web.Application(client_max_size=MAX_BODY)

    async def callback(request: web.Request) -> web.Response:
        return await _callback(edge, request)

    app.router.add_get("/callbacks/{channel}", callback, allow_head=False)
    app.router.add_post("/callbacks/{channel}", callback)
    return app


async def _callback(edge: Edge, request: web.Request) -> web.Response:
    """Verify, remember, and only then acknowledge."""
    # A name is counted only once it is known: whoever invents names must not fill the metrics.
    name, started = "?", time.perf_counter()
    try:
        channel = await edge.channels.find(request.match_info["channel"])
        if channel is None:
            _count(edge, name, "unknown_channel")
            return web.Response(status=404)
        name = channel.name
        response = await _accept(edge, channel, request)
    except CallbackRejected as rejected:
        log.warning(
            "callback rejected", action="callback_rejected", channel=name, reason=rejected.reason
        )
        _count(edge, name, rejected.reason)
        await edge.rejections.note(name, rejected.reason)
        return web.Response(status=rejected.status)
    except NotReady:
        # Not acknowledged: the platform repeats it, and nothing is lost.
        _count(edge, name, "not_ready")
        return web.Response(status=503, headers={"Retry-After": "2"})
    _count(edge, name, "accepted")
    edge.telemetry.callback_seconds.observe(time.perf_counter() - started)
    return response


async def _accept(edge: Edge, channel: Channel, request: web.Request) -> web.Response:
    now, came = edge.clock.now(), time.time_ns()
    decoded = channel.codec.decode(
        CallbackRequest(
            method=request.method,
            query=request.query,
            headers=request.headers,
            body=await _body(request),
        ),
        now,
    )
    if decoded.message is not None:
        verified = time.time_ns()
        message_id = await edge.arrivals.keep(
            Arrival(
                office_id=channel.office_id,
                channel=channel.name,
                message=decoded.message,
                received_at=now,
            )
        )
        if message_id is not None:
            edge.telemetry.tracing.arrived(message_id, channel.name, came, verified)
    return web.Response(body=decoded.answer, content_type=decoded.content_type)


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MAX_BODY:
        raise CallbackOversized
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise CallbackOversized from None
    except web.RequestPayloadError:
        raise CallbackMalformed from None


def _count(edge: Edge, channel: str, outcome: str) -> None:
    edge.telemetry.callbacks.labels(channel, outcome).inc()
