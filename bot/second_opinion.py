"""Asking an OpenAI-compatible endpoint which task a doubtful text is about; off by default."""

import asyncio
import json
import math
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

import aiohttp
import structlog
from prometheus_client import Counter
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from bot.settings import OpinionSettings
from reporting.second_opinion import Option

MAX_ANSWER = 4 * 1024 * 1024  # bytes: a dozen embeddings as JSON
FAILURES, REST_SECONDS = 3, 60.0  # after so many in a row it is left alone for a while
MARGIN = 0.05  # cosine by which the best title must lead
_NUMBER = re.compile(r"\s*[(（\[【“\"]?\s*(\d{1,2})\s*[)）\]】”\"]?\s*[.。]?\s*")
_TASK = (
    "你是政府督查室的登记员。联络员发来一句进展，判断它说的是下列哪一项任务。"
    "只回答一个编号；说不准或都不是，只回答 0。不要回答别的。"
)
log = structlog.get_logger()


class Heard(StrEnum):
    """What came of asking, as the metric counts it."""

    CHOSEN = "chosen"
    UNDECIDED = "undecided"
    FAILED = "failed"
    RESTING = "resting"


class _Unheard(Exception):
    """No answer, or none that can be used."""


class _Message(BaseModel):
    model_config = ConfigDict(strict=True)
    content: str


class _Choice(BaseModel):
    message: _Message


class _Chat(BaseModel):
    choices: list[_Choice] = Field(min_length=1)


class _Embedding(BaseModel):
    index: int
    embedding: list[FiniteFloat] = Field(min_length=1)


class _Embeddings(BaseModel):
    data: list[_Embedding]


class SecondOpinion:
    """Asks; whatever goes wrong is counted, and the answer is then None."""

    def __init__(
        self, session: aiohttp.ClientSession, settings: OpinionSettings, counter: Counter
    ) -> None:
        self._session, self._settings, self._counter = session, settings, counter
        self._failures, self._rests_until = 0, 0.0

    async def choose(self, words: str, options: Sequence[Option]) -> str | None:
        """The code of the option the words are about, or None."""
        moment = asyncio.get_running_loop().time()
        if moment < self._rests_until:
            return self._heard(Heard.RESTING, None)
        try:
            async with asyncio.timeout(self._settings.timeout):
                place = await self._ask(words, options)
        except (_Unheard, aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            self._failures += 1
            if self._failures >= FAILURES:
                self._failures, self._rests_until = 0, moment + REST_SECONDS
            # The kind alone: an error's text may hold the address with its key, or the answer.
            kind = type(fault).__name__
            log.debug("no second opinion", action="opinion_failed", error=kind)
            return self._heard(Heard.FAILED, None)
        self._failures = 0
        if place is None:
            return self._heard(Heard.UNDECIDED, None)
        return self._heard(Heard.CHOSEN, options[place].code)

    def _heard(self, heard: Heard, code: str | None) -> str | None:
        self._counter.labels(outcome=heard.value).inc()
        return code

    async def _ask(self, words: str, options: Sequence[Option]) -> int | None:
        titles = [option.title for option in options]
        if self._settings.kind == "embeddings":
            return await self._compare(words, titles)
        # A model leans to the first or last of a list: it must choose the same from behind.
        forward, backward = await asyncio.gather(
            self._converse(words, titles), self._converse(words, titles[::-1])
        )
        last = len(titles) - 1
        return forward if forward is not None and backward == last - forward else None

    async def _converse(self, words: str, titles: Sequence[str]) -> int | None:
        listed = "\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1))
        answer = await self._post(
            "chat/completions",
            {
                "temperature": 0,
                "max_tokens": 8,
                "messages": [
                    {"role": "system", "content": _TASK},
                    {"role": "user", "content": f"任务：\n{listed}\n\n进展：{words}"},
                ],
            },
        )
        said = _NUMBER.fullmatch(_Chat.model_validate(answer).choices[0].message.content)
        if said is None or int(said[1]) > len(titles):
            raise _Unheard
        return int(said[1]) - 1 if int(said[1]) else None

    async def _compare(self, words: str, titles: Sequence[str]) -> int | None:
        answer = await self._post("embeddings", {"input": [words, *titles]})
        found = {one.index: one.embedding for one in _Embeddings.model_validate(answer).data}
        sizes = {len(vector) for vector in found.values()}
        if sorted(found) != list(range(len(titles) + 1)) or len(sizes) != 1:
            raise _Unheard
        scores = [(_cosine(found[0], found[n + 1]), n) for n in range(len(titles))]
        best, second = sorted(scores, reverse=True)[:2]
        return best[1] if best[0] - second[0] >= MARGIN else None

    async def _post(self, path: str, asked: Mapping[str, object]) -> object:
        """The JSON that answers; ValueError where it is none."""
        settings = self._settings
        headers = {}
        if settings.key is not None:
            headers["Authorization"] = f"Bearer {settings.key.get_secret_value()}"
        async with self._session.post(
            f"{settings.url.rstrip('/')}/{path}",
            json={"model": settings.model, **asked},
            headers=headers,
            allow_redirects=False,
        ) as response:
            body = await response.content.read(MAX_ANSWER + 1)
            while not response.content.at_eof() and len(body) <= MAX_ANSWER:
                body += await response.content.read(MAX_ANSWER)
            if response.status != 200 or len(body) > MAX_ANSWER:
                raise _Unheard
        return json.loads(body)


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    sizes = math.hypot(*one) * math.hypot(*other)
    return sum(a * b for a, b in zip(one, other, strict=True)) / sizes if sizes else 0.0
