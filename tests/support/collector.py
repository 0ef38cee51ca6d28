"""An OTLP/HTTP collector on loopback that keeps every span it is sent."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.watching import serving


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A span as it came."""

    trace: str
    id: str
    parent: str
    name: str
    started: int
    ended: int
    facts: dict[str, str]


@dataclass(slots=True, kw_only=True)
class Collector:
    """What was sent: the spans, and all of it as bytes."""

    address: str = ""
    spans: list[Seen] = field(default_factory=list)
    raw: bytes = b""

    def of(self, name: str, subject: str) -> list[Seen]:
        """The spans of this name about this."""
        spans = (one for one in self.spans if one.name == name)
        return [one for one in spans if one.facts.get("liaison.subject") == subject]

    def traced(self, trace: str) -> Sequence[Seen]:
        """The spans of one trace, as they began."""
        return sorted((one for one in self.spans if one.trace == trace), key=lambda it: it.started)

    async def take(self, request: web.Request) -> web.Response:
        """Keep what is exported."""
        body = await request.read()
        self.raw += body
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in resource.scope_spans:
                for one in scope.spans:
                    facts = {it.key: it.value.string_value for it in one.attributes}
                    seen = Seen(
                        trace=one.trace_id.hex(),
                        id=one.span_id.hex(),
                        parent=one.parent_span_id.hex(),
                        name=one.name,
                        started=one.start_time_unix_nano,
                        ended=one.end_time_unix_nano,
                        facts=facts,
                    )
                    self.spans.append(seen)
        return web.Response()


@asynccontextmanager
async def collecting() -> AsyncIterator[Collector]:
    """A collector at work."""
    collector, app = Collector(), web.Application()
    app.router.add_post("/v1/traces", collector.take)
    async with serving(app, "127.0.0.1", 0) as base:
        collector.address = f"{base}/v1/traces"
        yield collector
