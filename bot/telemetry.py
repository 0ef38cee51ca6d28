"""Logs and metrics: constant messages with named facts, and no secret among them."""

import logging
import re
import sys
from dataclasses import dataclass, field
from typing import Literal, TextIO

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.tracing import Tracing, Untraced

HIDDEN = "***"
SECRET_NAME = re.compile(
    r"(secret|password|passwd|token|ticket|authorization|cookie|api_?key|app_?key|aes_?key"
    r"|webhook|session_?url|database_url|redis_url|signature|^sign$|^key$)",
    re.IGNORECASE,
)
# Secrets inside other words: the query of a platform's address, and the password of a server's.
SECRET_QUERY = re.compile(
    r"((?:access_?token|corpsecret|appsecret|secret|key|session|sign|ticket)=)[^&\s\"'\)\],]+",
    re.IGNORECASE,
)
SECRET_ADDRESS = re.compile(r"(\w+://[^\s:/@]*:)[^\s@/]+(@)")

# Their own lines name every request or statement; ours say what it was for.
QUIET = (
    "aiohttp.access",
    "asyncio",
    "sqlalchemy",
    "psycopg",
    "alembic",
    "urllib3",
    "procrastinate",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telemetry:
    """The metrics of one process, in a registry of its own, and where its traces go."""

    registry: CollectorRegistry
    callbacks: Counter = field(repr=False)
    callback_seconds: Histogram = field(repr=False)
    messages: Counter = field(repr=False)
    deliveries: Counter = field(repr=False)
    budget_waits: Counter = field(repr=False)
    opinions: Counter = field(repr=False)
    queue_age: Gauge = field(repr=False)
    tracing: Tracing = field(repr=False)

    def accepted(self, channel: str) -> int:
        """How many callbacks of a channel were acknowledged, repeats included."""
        labels = {"channel": channel, "outcome": "accepted"}
        return int(self.registry.get_sample_value("liaison_callbacks_total", labels) or 0)

    def render(self) -> bytes:
        """The page a Prometheus server reads."""
        return generate_latest(self.registry)


def open_telemetry(tracing: Tracing | None = None) -> Telemetry:
    """Fresh metrics: two of them in one process do not meet."""
    registry = CollectorRegistry()
    return Telemetry(
        registry=registry,
        callbacks=Counter(
            "liaison_callbacks", "收到的回调", ("channel", "outcome"), registry=registry
        ),
        callback_seconds=Histogram(
            "liaison_callback_seconds",
            "从收到回调到入库并应答的秒数",
            buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
            registry=registry,
        ),
        messages=Counter("liaison_messages", "处理过的消息", ("outcome",), registry=registry),
        deliveries=Counter(
            "liaison_deliveries", "发出的消息", ("channel", "state"), registry=registry
        ),
        budget_waits=Counter(
            "liaison_budget_waits", "因额度用完而推迟的发送", ("channel",), registry=registry
        ),
        opinions=Counter(
            "liaison_opinions", "向外部模型征求的第二意见", ("outcome",), registry=registry
        ),
        queue_age=Gauge(
            "liaison_queue_age_seconds", "最早一件待办作业已等候的秒数", registry=registry
        ),
        tracing=tracing or Untraced(),
    )


def configure_logging(
    level: str = "INFO",
    shape: Literal["console", "json"] = "console",
    output: TextIO | None = None,
) -> None:
    """Send all logging, ours and the libraries', through one formatter to one stream."""
    output = output or sys.stderr
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if shape == "json"
        else structlog.dev.ConsoleRenderer(
            colors=output.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    handler = logging.StreamHandler(output)
    handler.setFormatter(_formatter(renderer))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            *_common(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def hide_secrets(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> dict[str, object]:
    """Mask what is named like a secret, and what looks like one inside a text."""
    return {name: _hidden(name, value) for name, value in event.items()}


def _hidden(name: str, value: object) -> object:
    if value is not None and value != "" and SECRET_NAME.search(name):
        return HIDDEN
    match value:
        case str():
            return SECRET_ADDRESS.sub(rf"\1{HIDDEN}\2", SECRET_QUERY.sub(rf"\1{HIDDEN}", value))
        case dict():
            return {key: _hidden(str(key), inner) for key, inner in value.items()}
        case list() | tuple():
            return [_hidden("", inner) for inner in value]
        case _:
            return value


def _common() -> list[structlog.typing.Processor]:
    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _formatter(renderer: structlog.typing.Processor) -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_common(), structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # A traceback becomes text before the masking, so that it is masked too.
            structlog.processors.format_exc_info,
            hide_secrets,
            renderer,
        ],
    )
