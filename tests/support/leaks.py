"""Watching every test: no secret of a simulated platform in logs, metrics or the cache's keys."""

import io
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields

import structlog
from redis import Redis

from bot.telemetry import Telemetry, configure_logging
from simulator.server import Simulator
from simulator.world import SimulatedAibot, SimulatedDingTalk, SimulatedWeCom
from tests.support import callbacks, robot_scene, simulated

World = SimulatedWeCom | SimulatedAibot | SimulatedDingTalk
TOKEN = re.compile(r"[\w-]{64}")
SECRET_FIELD = re.compile(r"secret|token|aes_key")
# A secret in an address, whatever its value, unless it is masked.
IN_ADDRESS = re.compile(
    r"(?:access_?token|corpsecret|appsecret|key|session|sign|ticket|response_code)=[^*\s&\"']{6,}"
)


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """All logging at its most talkative, into a text."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logging("DEBUG", "json", stream)
    try:
        yield stream
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()


@contextmanager
def watched(found: Mapping[str, object]) -> Iterator[None]:
    """What happens meanwhile shows no secret; `found` are a test's fixtures by the time it ends."""
    with logged() as log:
        yield
    keys, tokens = keys_and_tokens(str(found["redis_url"])) if "redis_url" in found else ("", set())
    secrets = standing_secrets() | secrets_within(found) | tokens
    for place, text in (("log", log.getvalue()), ("metrics", metrics_of(found)), ("keys", keys)):
        assert leaked(text, secrets) == [], place


def keys_and_tokens(url: str) -> tuple[str, set[str]]:
    """Every key of the cache, a line each, and the access tokens it holds."""
    with Redis.from_url(url, decode_responses=True) as redis:
        keys = [str(key) for key in redis.scan_iter(count=1000)]
        values = [str(redis.get(key)) for key in keys if redis.type(key) == "string"]
    return "\n".join(keys), {token for value in values for token in TOKEN.findall(value)}


def metrics_of(found: Mapping[str, object]) -> str:
    """The metrics page of every bot a test has in its fixtures."""
    bots = {id(one): one for value in found.values() for one in _parts(value)}
    pages = [getattr(bot, "telemetry", None) for bot in bots.values()]
    return "".join(page.render().decode() for page in pages if isinstance(page, Telemetry))


def secrets_of_world(world: World) -> set[str]:
    """What a platform gave the operator to keep to himself."""
    named = {
        str(getattr(world, one.name)) for one in fields(world) if SECRET_FIELD.search(one.name)
    }
    hooks = {group.key for group in world.groups} if isinstance(world, SimulatedWeCom) else set()
    return {one for one in named | hooks if one}


def secrets_within(found: Mapping[str, object]) -> set[str]:
    """The secrets of every simulator a test has in its fixtures, directly or on its stage."""
    held = [one for value in found.values() for one in _parts(value)]
    worlds = [world for one in held if isinstance(one, Simulator) for world in one.worlds.values()]
    keys = {
        one.get_secret_value()
        for value in held
        if (one := getattr(getattr(value, "settings", None), "secret_key", None)) is not None
    }
    codes = {code for one in held if isinstance(one, Simulator) for code in one.stage.presses.open}
    return {secret for world in worlds for secret in secrets_of_world(world)} | keys | codes


def _parts(value: object) -> Iterable[object]:
    held = getattr(value, "towns", value)
    listed = held if isinstance(held, list) else [held]
    stages = [getattr(one, "stage", one) for one in listed]
    return [
        part
        for stage in stages
        for part in (stage, getattr(stage, "simulator", None), getattr(stage, "bot", None))
        if part is not None
    ]


def standing_secrets() -> set[str]:
    """The secrets of the settings all tests share."""
    worlds: tuple[World, ...] = (simulated.WECOM, simulated.DINGTALK, robot_scene.ROBOT)
    shared = {one for world in worlds for one in secrets_of_world(world)}
    wecom, dingtalk = callbacks.WECOM, callbacks.DINGTALK
    return shared | {wecom.secret, wecom.token, *wecom.groups.values(), dingtalk.app_secret}


def leaked(text: str, secrets: set[str]) -> list[str]:
    """The lines of a log that show a secret."""
    return [
        line
        for line in text.splitlines()
        if any(one in line for one in secrets) or IN_ADDRESS.search(line)
    ]
