"""A day with known secrets: none in any log line, metric, trace, Redis key or exception."""

import logging
import re
from types import SimpleNamespace

import pytest
from pydantic import SecretStr
from redis import Redis

from bot.demo.stage import CHANNELS, GROUP, Stage, set_stage
from bot.settings import Settings
from bot.telemetry import open_telemetry
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage, Platform
from simulator.fault import Endpoint, Fault, FaultKind
from storage.seal import new_key
from tests.scenarios.chat import Chat
from tests.support.collector import collecting
from tests.support.leaks import keys_and_tokens, leaked, logged, secrets_of_world, watched
from tests.support.simulated import WECOM
from tests.support.town_at_work import until

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


def secrets_of(stage: Stage, key: str) -> set[str]:
    """Everything that must stay unseen."""
    worlds = stage.simulator.worlds.values()
    return {key} | {secret for world in worlds for secret in secrets_of_world(world)}


def test_a_leak_would_be_found() -> None:
    line = '{"event": "sent", "url": "https://x/send?access_token=abcdef0"}'
    assert leaked(f"{line}\nfine", set()) == [line]
    assert leaked("the wecom-secret", {"wecom-secret"}) == ["the wecom-secret"]
    assert leaked("x?access_token=***&key=***", {"wecom-secret"}) == []


def leak(place: str, url: str) -> None:
    """Let a secret of a platform stand somewhere while somebody watches."""
    bot = SimpleNamespace(telemetry=open_telemetry())
    with Redis.from_url(url) as redis, watched({"redis_url": url, "bot": bot}):
        match place:
            case "log":
                logging.getLogger("bot").info("sent with %s", WECOM.secret)
            case "metrics":
                bot.telemetry.messages.labels(outcome=WECOM.secret).inc()
            case _:
                redis.set(f"token:{WECOM.secret}", "1")


@pytest.mark.parametrize("place", ["log", "metrics", "keys"])
def test_a_leak_anywhere_would_be_found(redis_url: str, place: str) -> None:
    with pytest.raises(AssertionError, match=place):
        leak(place, redis_url)
    with Redis.from_url(redis_url) as redis:
        redis.flushdb()


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


async def a_day(settings: Settings, redis_url: str) -> tuple[dict[str, str], set[str]]:
    """What can be seen of a day but for its log and traces, and what must not be."""
    assert settings.secret_key is not None
    async with set_stage(settings) as stage:
        await live(stage)
        keys, tokens = keys_and_tokens(redis_url)
        assert tokens
        seen = {
            "metrics": stage.bot.telemetry.render().decode(),
            "redis keys": keys,
            "repr": repr(stage.bot.settings) + repr(stage.simulator.worlds),
        }
        return seen, secrets_of(stage, settings.secret_key.get_secret_value()) | tokens


async def test_no_secret_is_ever_seen(
    database_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = Settings(
        database_url=database_url,
        redis_url=redis_url,
        secret_key=SecretStr(new_key()),
        data_folder=tmp_path_factory.mktemp("data"),
        port=0,
    )
    async with collecting() as collector:
        settings = settings.model_copy(update={"otlp_traces_endpoint": collector.address})
        with logged() as log:
            seen, secrets = await a_day(settings, redis_url)

        async def is_collected() -> bool:
            return b"deliver" in collector.raw

        await until(is_collected)
    seen |= {"log": log.getvalue(), "traces": collector.raw.decode(errors="replace")}
    assert "delivery tried" in seen["log"]
    found = [place for place, text in seen.items() if any(one in text for one in secrets)]
    assert found == []
    assert not SESSION.search(seen["log"] + seen["traces"])
