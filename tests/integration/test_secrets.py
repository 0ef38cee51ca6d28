"""A day with known secrets: none of them in any log line, metric, Redis key or exception."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog
from pydantic import SecretStr
from redis import Redis

from bot.demo.stage import CHANNELS, GROUP, Stage, set_stage
from bot.settings import Settings
from bot.telemetry import configure_logging
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage, Platform
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.world import SimulatedDingTalk, SimulatedWeCom
from storage.seal import new_key
from tests.scenarios.chat import Chat

TOKEN = re.compile(r"[\w-]{64}")
SESSION = re.compile(r"session=[^*]")
W, D = Platform.WECOM, Platform.DINGTALK
TROUBLES = (
    Fault(kind=FaultKind.EXPIRED_TOKEN, endpoint=Endpoint.WECOM_MESSAGE),
    Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.WECOM_WEBHOOK, code="93000"),
    Fault(kind=FaultKind.BAD_SIGNATURE, endpoint=Endpoint.WECOM_CALLBACK),
    Fault(kind=FaultKind.EXPIRED_TOKEN, endpoint=Endpoint.DINGTALK_PERSON),
    Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.DINGTALK_SESSION, code="300001"),
    Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.WECOM_MEDIA, code="40007"),
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


def secrets_of(stage: Stage, key: str) -> set[str]:
    """Everything that must stay unseen."""
    wecom, dingtalk = stage.simulator.worlds[W], stage.simulator.worlds[D]
    assert isinstance(wecom, SimulatedWeCom)
    assert isinstance(dingtalk, SimulatedDingTalk)
    hooks = {group.key for group in wecom.groups}
    events = {dingtalk.event_token, dingtalk.event_aes_key}
    apps = {wecom.secret, wecom.token, wecom.encoding_aes_key, dingtalk.app_secret}
    return {key} | apps | events | hooks


async def post(stage: Stage) -> None:
    """A message to the group on each platform."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        for channel in CHANNELS.values():
            address = Address(channel=channel, kind=AddressKind.GROUP, target=GROUP)
            notice = OutgoingMessage(
                key=f"test:{channel}", kind=OutgoingKind.NOTICE, address=address, text="通报"
            )
            await work.outbox.write(stage.office_id, notice, about=())


async def live(stage: Stage) -> None:
    """Talk, quote, command, post, send a file, while both platforms misbehave."""
    chat = Chat(stage=stage)
    for fault in TROUBLES:
        stage.simulator.misbehave(fault)
    for platform in (W, D):
        for person in stage.simulator.people(platform)[:3]:
            await stage.simulator.say(platform, person.user_id, "我的任务")
    sender = stage.simulator.people(W)[0].user_id
    await stage.simulator.send_file(W, sender, "image", b"\xff\xd8\xff none")
    await stage.simulator.dingtalk_events.push("user_modify_org", [sender])
    await post(stage)
    await chat.player.settle()


def keys_and_tokens(url: str) -> tuple[str, set[str]]:
    """Every key of the cache, and the access tokens it holds."""
    with Redis.from_url(url, decode_responses=True) as redis:
        keys = [str(key) for key in redis.scan_iter()]
        values = [str(redis.get(key)) for key in keys if redis.type(key) == "string"]
    return " ".join(keys), {token for value in values for token in TOKEN.findall(value)}


async def test_no_secret_is_ever_seen(
    database_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    key = new_key()
    settings = Settings(
        database_url=database_url,
        redis_url=redis_url,
        secret_key=SecretStr(key),
        data_folder=tmp_path_factory.mktemp("data"),
        port=0,
    )
    with logged() as log:
        async with set_stage(settings) as stage:
            await live(stage)
            keys, tokens = keys_and_tokens(redis_url)
            seen = {
                "metrics": stage.bot.telemetry.render().decode(),
                "redis keys": keys,
                "repr": repr(stage.bot.settings) + repr(stage.simulator.worlds),
            }
            secrets = secrets_of(stage, key) | tokens
    seen["log"] = log.getvalue()
    assert "delivery tried" in seen["log"]
    assert tokens
    found = [place for place, text in seen.items() if any(one in text for one in secrets)]
    assert found == []
    assert not SESSION.search(seen["log"])
