"""With a second opinion set, what would be asked may be recorded; figures stay our own."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.demo.stage import Stage, set_stage
from bot.settings import Settings
from reporting.messages import Platform
from storage.seal import new_key
from tests.scenarios.chat import Chat
from tests.support.platform_server import PlatformServer, Reply, running

EMBEDDINGS = "/v1/embeddings"


@pytest.fixture
def settings(database_url: str, redis_url: str, tmp_path: Path) -> Settings:
    """A process that would ask an embeddings endpoint; its address comes with the server."""
    return Settings(
        database_url=database_url,
        redis_url=redis_url,
        secret_key=SecretStr(new_key()),
        data_folder=tmp_path,
        port=0,
        opinion_model="m",
        opinion_kind="embeddings",
        opinion_timeout=10.0,
    )


def second_of_two(server: PlatformServer) -> None:
    rows = [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]
    data = [{"index": n, "embedding": row} for n, row in enumerate(rows)]
    server.answer(EMBEDDINGS, {"data": data})


async def evidence(stage: Stage) -> list[tuple[str, ...]]:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        plan_id, _ = await work.plans.plan(stage.office_id, 2026)
        ids = [one.id for one in await work.plans.tasks(plan_id) if one.task.code == "71"]
        opened = await work.reports.counting(1, ids[0])
    return [opened.evidence] if opened else []


async def test_it_settles_the_task_and_never_the_figures(settings: Settings) -> None:
    async with running() as server:
        settings = settings.model_copy(update={"opinion_url": f"{server.url}/v1"})
        second_of_two(server)
        async with set_stage(settings) as stage:
            await Chat(stage=stage).play(
                """
                == 06-08 10:00
                l11：水库除险加固60%
                  → 已记录1项 … 第71项 … 进度60%
                """
            )
            assert await evidence(stage) == [("second opinion",)]
        sent = json.dumps(server.calls(EMBEDDINGS)[0].json(), ensure_ascii=False)
        assert "水库除险加固60%" in sent
        assert "县水利局" not in sent


async def test_when_it_fails_the_question_is_asked_and_screened_words_are_not_sent(
    settings: Settings,
) -> None:
    async with running() as server:
        settings = settings.model_copy(update={"opinion_url": f"{server.url}/v1"})
        server.answer(EMBEDDINGS, Reply(text="<html>", status=502))
        async with set_stage(settings) as stage:
            chat = Chat(stage=stage)
            await chat.play(
                """
                == 06-08 10:00
                l11：水库除险加固60%
                  → 说的是哪一项
                """
            )
            second_of_two(server)
            asked = len(server.calls(EMBEDDINGS))
            said = "水库除险加固65%，移民张三110101199003070011"
            await stage.simulator.say(Platform.WECOM, "l11", said)
            await chat.player.settle()
            answers = [message.text for message in stage.simulator.chat.messages]
            assert any("身份证号" in text for text in answers)
            assert any("65%" in text and "说的是哪一项" in text for text in answers)
            assert len(server.calls(EMBEDDINGS)) == asked
