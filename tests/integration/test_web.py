"""The HTTP edge on real servers: what is acknowledged is kept, what is bad is refused."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.arrivals import WAITING_AT_MOST
from bot.platforms.channel import MAX_BODY, CallbackRequest
from reporting.messages import Platform
from simulator.fault import Endpoint, Fault, FaultKind
from tests.support.callbacks import (
    dingtalk_body,
    dingtalk_headers,
    dingtalk_request,
    seal,
    wecom_xml,
    wrap,
)
from tests.support.door import a_door
from tests.support.outage import cut_off
from tests.support.servers import DatabaseServer
from tests.support.town import CHANNELS, MORNING, D, W
from tests.support.town_at_work import Place, arrival, change, rows, until

TEXT = "<Content><![CDATA[第1项完成50%]]></Content><MsgId>77</MsgId>"
BOTH = pytest.mark.parametrize("platform", [W, D])


def wecom_text(msg_id: str = "77") -> CallbackRequest:
    return seal(wecom_xml("text", TEXT.replace("77", msg_id)), at=MORNING)


def dingtalk_text() -> CallbackRequest:
    return dingtalk_request(dingtalk_body(), dingtalk_headers(MORNING))


def good(platform: Platform) -> CallbackRequest:
    return wecom_text() if platform is W else dingtalk_text()


@BOTH
async def test_one_message_three_times_is_one_row_also_after_a_restart(
    place: Place, platform: Platform
) -> None:
    for _ in range(2):
        async with a_door(place) as door:
            for _ in range(3):
                assert await door.knock(platform, good(platform)) == 200
            assert await rows(door.town, "SELECT count(*) FROM inbox") == [(1,)]
            assert await rows(door.town, "SELECT count(*) FROM procrastinate_jobs") == [(1,)]


async def test_two_different_events_of_one_second_are_two_rows(place: Place) -> None:
    async with a_door(place) as door:
        for event in ("enter_agent", "subscribe", "enter_agent"):
            plain = wecom_xml("event", f"<Event><![CDATA[{event}]]></Event>")
            assert await door.knock(W, seal(plain, at=MORNING)) == 200
        assert await rows(door.town, "SELECT count(*) FROM inbox") == [(2,)]


def bad_callbacks() -> list[object]:
    """Every way a callback can be bad, with the status and the name it is counted under."""
    long_ago = MORNING - timedelta(hours=2)
    forged = replace(wecom_text(), query={**wecom_text().query, "msg_signature": "0" * 40})
    unsigned = dingtalk_request(dingtalk_body(), dingtalk_headers(MORNING, secret="guessed"))
    old = dingtalk_request(dingtalk_body(), dingtalk_headers(long_ago))
    elsewhere = seal(wecom_xml("text", TEXT), corp_id="ww_other_corp", at=MORNING)
    broken = dingtalk_request(b'{"msgId": ', dingtalk_headers(MORNING))
    big = dingtalk_request(b" " * (MAX_BODY + 1), dingtalk_headers(MORNING))
    return [
        pytest.param(W, forged, 403, "forged", id="wecom forged"),
        pytest.param(D, unsigned, 403, "forged", id="dingtalk forged"),
        pytest.param(W, seal(wecom_xml("text", TEXT), at=long_ago), 403, "stale", id="wecom stale"),
        pytest.param(D, old, 403, "stale", id="dingtalk stale"),
        pytest.param(W, wrap("AAAA", at=MORNING), 400, "unsealed", id="wecom unsealed"),
        pytest.param(W, elsewhere, 403, "misdirected", id="wecom misdirected"),
        pytest.param(D, broken, 400, "malformed", id="dingtalk malformed"),
        pytest.param(W, replace(wecom_text(), body=b"<" * 65537), 413, "oversized", id="wecom big"),
        pytest.param(D, big, 413, "oversized", id="dingtalk big"),
    ]


@pytest.mark.parametrize(("platform", "request_", "status", "reason"), bad_callbacks())
async def test_a_bad_callback_is_refused_counted_once_and_not_kept(
    place: Place, platform: Platform, request_: CallbackRequest, status: int, reason: str
) -> None:
    async with a_door(place) as door:
        assert await door.knock(platform, request_) == status
        label = f'{{channel="{CHANNELS[platform]}",outcome="{reason}"}}'
        assert await door.counted() == {label: 1.0}
        assert await rows(door.town, "SELECT count(*) FROM inbox") == [(0,)]


async def test_a_body_that_grows_while_it_is_read_is_cut_off(place: Place) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 1024

    async with a_door(place) as door:
        path = f"{door.address}/callbacks/{CHANNELS[D]}"
        headers = dingtalk_headers(MORNING)
        async with door.client.post(path, data=endless(), headers=headers) as response:
            assert response.status == 413


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "no such thing"])
async def test_a_body_that_claims_to_be_compressed_is_refused(place: Place, encoding: str) -> None:
    async with a_door(place) as door:
        packed = dingtalk_request(gzip.compress(dingtalk_text().body), dingtalk_headers(MORNING))
        headers = {**packed.headers, "Content-Encoding": encoding}
        assert await door.knock(D, replace(packed, headers=headers)) == 400


async def test_a_body_cut_off_on_its_way_is_refused(place: Place) -> None:
    async with a_door(place) as door:
        host, port = door.address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        head = f"POST /callbacks/{CHANNELS[D]} HTTP/1.1\r\nHost: x\r\n"
        writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\nnot a length\r\n".encode())
        assert (await reader.readline()).split()[1] == b"400"
        writer.close()
        await writer.wait_closed()


async def test_an_unknown_channel_is_not_found_and_its_name_not_counted(place: Place) -> None:
    async with a_door(place) as door:
        for name in ("nobody", "%00", "..%2fhealthz", "x" * 2000):
            assert await door.call(f"/callbacks/{name}", wecom_text()) == 404
        counted = await door.counted()
        assert counted == {'{channel="?",outcome="unknown_channel"}': 4.0}


async def test_the_platform_verifies_our_address(place: Place) -> None:
    async with a_door(place) as door:
        assert await door.town.simulator.verify_url()


@BOTH
async def test_a_redelivered_callback_is_acknowledged_and_kept_once(
    place: Place, platform: Platform
) -> None:
    calling = Endpoint.WECOM_CALLBACK if platform is W else Endpoint.DINGTALK_CALLBACK
    async with a_door(place) as door:
        for kind in (FaultKind.DUPLICATE, FaultKind.DROP_ACK):
            door.town.simulator.misbehave(Fault(kind=kind, endpoint=calling))
            spoken = await door.town.simulator.say(platform, "Liaison00", "第1项完成50%")
            assert spoken.acknowledged
        assert await rows(door.town, "SELECT count(*) FROM inbox") == [(2,)]
        accepted = f'{{channel="{CHANNELS[platform]}",outcome="accepted"}}'
        assert (await door.counted())[accepted] == 4.0


async def test_w7_however_slow_the_answer_is_the_callback_is_acknowledged_at_once(
    place: Place,
) -> None:
    async with place.at_work() as (town, _):
        hang = Fault(kind=FaultKind.HANG, endpoint=Endpoint.WECOM_MESSAGE, times=None)
        town.simulator.misbehave(hang)
        for number in range(3):
            spoken = await town.simulator.say(W, "Liaison00", f"第1项完成{number + 50}%")
            assert (spoken.status, spoken.attempts) == (200, 1)
        town.simulator.behave()


async def test_without_the_database_nothing_is_acknowledged_and_with_it_all_goes_on(
    place: Place, database_server: DatabaseServer
) -> None:
    async with a_door(place) as door:
        assert await door.knock(W, wecom_text("1")) == 200
        with cut_off(database_server, place.database_url):
            assert await door.knock(W, wecom_text("2")) == 503
        assert await door.knock(W, wecom_text("2")) == 200
        assert await rows(door.town, "SELECT message_key FROM inbox ORDER BY 1") == [("1",), ("2",)]


async def test_a_full_queue_turns_callbacks_away_until_the_database_moves(place: Place) -> None:
    async with a_door(place) as door:
        arrivals = door.town.bot.arrivals
        await arrivals.stop()
        waiting = [arrival(door.town, f"m{number}") for number in range(WAITING_AT_MOST)]
        keeping = [asyncio.create_task(arrivals.keep(one)) for one in waiting]
        await asyncio.sleep(0)
        assert await door.knock(W, wecom_text()) == 503
        arrivals.start()
        await asyncio.gather(*keeping)
        assert await door.knock(W, wecom_text()) == 200


async def test_one_channel_with_bad_settings_does_not_silence_the_other(place: Place) -> None:
    async with a_door(place) as door:
        bad = door.town.bot.store.seal.close({"corp_id": "ww", "no_such_setting": 1})
        await change(door.town, f"UPDATE channels SET sealed = '{bad}' WHERE platform = 'wecom'")

        async def is_refused() -> bool:
            """The settings read before may be used for seconds yet."""
            return await door.knock(W, wecom_text()) == 503

        await until(is_refused)
        assert await door.knock(D, dingtalk_text()) == 200
