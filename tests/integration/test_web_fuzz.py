"""Whatever comes over HTTP is refused or acknowledged, and never an error of ours."""

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.channel import CallbackRequest
from reporting.messages import Platform
from tests.support.callbacks import (
    dingtalk_body,
    dingtalk_headers,
    dingtalk_request,
    seal,
    wecom_xml,
)
from tests.support.door import Door, a_door
from tests.support.town import MORNING, D, W
from tests.support.town_at_work import Place

EXPECTED = {200, 400, 403, 404, 405, 413}

words = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=40)
numbers = st.sampled_from(["0", "-1", "1780363800", "1780363800000", "9" * 15, "٣", "1e9", ""])
queries = st.dictionaries(
    st.sampled_from(["msg_signature", "timestamp", "nonce", "echostr", "sign", "x"]),
    words | numbers,
)
plain_words = words.filter(lambda word: word.isascii() and word.isprintable())
headers = st.dictionaries(
    st.sampled_from(["timestamp", "sign", "content-type", "content-encoding"]),
    plain_words | st.sampled_from(["gzip", "deflate", "br", "application/json", "1780363800000"]),
)
anything = st.builds(
    CallbackRequest,
    method=st.sampled_from(["GET", "POST", "PUT", "HEAD", "DELETE"]),
    query=queries,
    headers=headers,
    body=st.binary(max_size=300) | words.map(str.encode),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
bodies = st.builds(
    lambda name, value: {**dingtalk_body(), name: value},
    st.sampled_from(sorted(dingtalk_body())),
    values,
)
# Sealing draws random bytes of its own, so it is done in the test.
documents = words.map(lambda word: wecom_xml("text", f"<Content>{word}</Content>")) | words


async def hold(place: Place, strategy: st.SearchStrategy[tuple[Platform, object]]) -> None:
    async with a_door(place) as door:
        loop = asyncio.get_running_loop()

        @settings(
            max_examples=200,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def knock(drawn: tuple[Platform, object]) -> None:
            platform, content = drawn
            knocking = door.knock(platform, as_request(content))
            status = asyncio.run_coroutine_threadsafe(knocking, loop).result(30)
            assert status in EXPECTED

        await asyncio.to_thread(knock)
        await still_alive(door)


async def still_alive(door: Door) -> None:
    good = dingtalk_request({**dingtalk_body(), "msgId": "at last"}, dingtalk_headers(MORNING))
    assert await door.knock(D, good) == 200


def as_request(content: object) -> CallbackRequest:
    match content:
        case CallbackRequest():
            return content
        case dict() | bytes():
            return dingtalk_request(content, dingtalk_headers(MORNING))
        case _:
            return seal(str(content), at=MORNING)


async def test_any_request_is_refused_or_acknowledged(place: Place) -> None:
    await hold(place, st.tuples(st.sampled_from([W, D]), anything))


async def test_any_signed_body_is_refused_or_acknowledged(place: Place) -> None:
    await hold(place, st.tuples(st.just(D), bodies | st.binary(max_size=200)))


async def test_any_sealed_document_is_refused_or_acknowledged(place: Place) -> None:
    await hold(place, st.tuples(st.just(W), documents))
