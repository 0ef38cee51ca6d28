"""A second opinion over real HTTP: what it may choose, and silence whatever goes wrong."""

import json

import aiohttp
import pytest
from prometheus_client import Counter
from pydantic import SecretStr

from benchmarks.second_opinion import measure
from bot.second_opinion import FAILURES, MAX_ANSWER, SecondOpinion
from bot.settings import OpinionSettings
from bot.telemetry import open_telemetry
from reporting.second_opinion import Option
from tests.support.platform_server import HTML, PlatformServer, Reply, running

CHAT, EMBEDDINGS = "/v1/chat/completions", "/v1/embeddings"
OPTIONS = [Option(code="70", title="石桥水库除险加固"), Option(code="71", title="红旗水库除险加固")]
KEY = "sk-very-secret"


def said(content: object) -> dict[str, object]:
    return {"choices": [{"message": {"role": "assistant", "content": content}}]}


def vectors(*rows: list[float]) -> dict[str, object]:
    return {"data": [{"index": n, "embedding": row} for n, row in enumerate(rows)]}


async def choose(
    server: PlatformServer, *, kind: str = "chat", patience: float = 10.0, times: int = 1
) -> tuple[list[str | None], dict[str, float]]:
    """What is chosen, asking so often, and the counter."""
    counter = open_telemetry().opinions
    settings = OpinionSettings(
        url=f"{server.url}/v1/",
        model="m",
        kind="embeddings" if kind == "embeddings" else "chat",
        timeout=patience,
        key=SecretStr(KEY),
    )
    async with aiohttp.ClientSession() as session:
        opinion = SecondOpinion(session, settings, counter)
        chosen = [await opinion.choose("三道沟60%", OPTIONS) for _ in range(times)]
    return chosen, counted(counter)


def counted(counter: Counter) -> dict[str, float]:
    samples = (sample for metric in counter.collect() for sample in metric.samples)
    return {s.labels["outcome"]: s.value for s in samples if s.name.endswith("_total")}


async def test_a_model_that_chooses_the_same_in_both_orders_is_believed() -> None:
    async with running() as server:
        server.answer(CHAT, said("2"), said(" 1。"))
        assert await choose(server) in ((["71"], {"chosen": 1}), (["70"], {"chosen": 1}))
        first, second = server.calls(CHAT)
        assert first.headers["Authorization"] == f"Bearer {KEY}"
        asked = first.json()
        assert (asked["model"], asked["temperature"]) == ("m", 0)
        listed = json.dumps([first.json(), second.json()], ensure_ascii=False)
        assert "1. 石桥水库除险加固\\n2. 红旗水库除险加固" in listed
        assert "1. 红旗水库除险加固\\n2. 石桥水库除险加固" in listed
        assert "三道沟60%" in listed


@pytest.mark.parametrize("content", ["1", "0", "2"])
async def test_the_same_place_in_both_orders_or_none_is_no_choice(content: str) -> None:
    async with running() as server:
        server.answer(CHAT, said(content))
        assert await choose(server) == ([None], {"undecided": 1})


@pytest.mark.parametrize(
    "reply",
    [
        said("第70项，进度60%"),
        said("3"),
        said(""),
        said(None),
        said(2),
        {"choices": []},
        {"error": {"message": "quota"}},
        Reply(text="[]"),
        Reply(text="{"),
        Reply(text=HTML),
        Reply(text=HTML, status=502),
        Reply(fields=said("1"), status=500),
        Reply(fields=said("1"), status=401),
        Reply(fields=said("1"), status=302, headers={"Location": "/elsewhere"}),
        Reply(text=" " * (MAX_ANSWER + 10)),
        Reply(behaviour="drop"),
        Reply(behaviour="hang"),
    ],
)
async def test_whatever_goes_wrong_is_silence(
    reply: Reply | dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    async with running() as server:
        server.answer(CHAT, reply)
        patience = reply.patience if isinstance(reply, Reply) else 10.0
        assert await choose(server, patience=patience) == ([None], {"failed": 1})
    assert KEY not in caplog.text


async def test_nobody_there_is_silence() -> None:
    async with running() as server:
        gone = PlatformServer(url=server.url)
    assert await choose(gone) == ([None], {"failed": 1})


async def test_after_failures_in_a_row_it_is_left_alone() -> None:
    async with running() as server:
        server.answer(CHAT, Reply(status=500))
        chosen, heard = await choose(server, times=FAILURES + 2)
        assert chosen == [None] * (FAILURES + 2)
        assert heard == {"failed": FAILURES, "resting": 2}
        assert len(server.calls(CHAT)) <= 2 * FAILURES


async def test_embeddings_choose_the_nearest_title_if_it_leads_clearly() -> None:
    async with running() as server:
        server.answer(EMBEDDINGS, vectors([1, 0], [0, 1], [1, 0.1]))
        assert await choose(server, kind="embeddings") == (["71"], {"chosen": 1})
        asked = server.calls(EMBEDDINGS)[0].json()
        assert asked["input"] == ["三道沟60%", *(option.title for option in OPTIONS)]
        server.answer(EMBEDDINGS, vectors([1, 0], [1, 0.1], [1, 0.1]))
        assert await choose(server, kind="embeddings") == ([None], {"undecided": 1})


@pytest.mark.parametrize(
    "reply",
    [
        vectors([1, 0], [0, 1]),
        vectors([1, 0], [0, 1], [1]),
        vectors([], [], []),
        Reply(text='{"data": [{"index": 0, "embedding": [NaN]}]}'),
        {"data": "none"},
    ],
)
async def test_embeddings_that_do_not_fit_are_silence(reply: Reply | dict[str, object]) -> None:
    async with running() as server:
        server.answer(EMBEDDINGS, reply)
        assert await choose(server, kind="embeddings") == ([None], {"failed": 1})


async def test_the_measurement_counts_what_a_model_could_save_and_spoil() -> None:
    (row,) = await measure(["linhu"])
    oracle, questions = row["oracle_saves"], row["questions"]
    assert isinstance(oracle, int)
    assert isinstance(questions, int)
    assert 0 <= oracle < questions
