"""Watching the logs of every test: no secret of the simulated platforms may stand in them."""

import io
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields

import structlog

from bot.telemetry import configure_logging
from simulator.server import Simulator
from simulator.world import SimulatedAibot, SimulatedDingTalk, SimulatedWeCom
from tests.support import callbacks, robot_scene, simulated

World = SimulatedWeCom | SimulatedAibot | SimulatedDingTalk
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
    listed = value if isinstance(value, list) else [value]
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
