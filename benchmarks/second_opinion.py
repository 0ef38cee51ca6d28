"""Would a second opinion earn its keep? Measured on the labelled offices, over real HTTP.

usage: python -m benchmarks.second_opinion [OFFICE...]

Of what the deterministic reading asks about, a message labelled with one task among the choices is
a question that could be saved; one labelled as a question must stay one. The *oracle* knows the
label: no model can do better. Asked is the model of the operator's settings (LIAISON_OPINION_URL
and the others). Without one *n-grams* stand in, served as an embeddings endpoint: characters and
their pairs, weighted by how few of the texts of a request have them.
"""

import asyncio
import json
import math
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.second_opinion import SecondOpinion
from bot.settings import OpinionSettings, Settings
from bot.telemetry import open_telemetry
from reporting.second_opinion import Option, may_be_asked
from reporting.understanding.corpus import context_of, read_office
from reporting.understanding.naming.codes import code_key
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Ask, Doubt, Record
from reporting.understanding.understand import understand

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One doubt with its choices; `right` is its task, None where asking is right."""

    doubt: Doubt
    options: tuple[Option, ...]
    right: str | None


def cases(folder: Path) -> tuple[int, list[Case]]:
    """How many messages an office has, and the doubts of those that end in one question."""
    data = json.loads((folder / "office.json").read_text("utf-8"))
    office = read_office(data)
    index = PlanIndex.build(office.tasks, office.units)
    units = {liaison.key: frozenset(liaison.units) for liaison in office.liaisons}
    titles = {task.code: task.title for task in office.tasks}
    lines = (folder / "messages.jsonl").read_text("utf-8").splitlines()
    found = []
    for message in map(json.loads, lines):
        context = context_of(message, units.get(str(message["sender"]), frozenset()))
        outcome = understand(message["text"], index, context)
        if not isinstance(outcome, Ask | Record) or len(outcome.doubts) != 1:
            continue
        doubt = outcome.doubts[0]
        if may_be_asked(doubt):
            options = tuple(Option(code=c, title=titles[c]) for c in doubt.candidates)
            right = _right(message["expect"], outcome, doubt)
            found.append(Case(doubt=doubt, options=options, right=right))
    return len(lines), found


def _right(expected: dict[str, object], outcome: Ask | Record, doubt: Doubt) -> str | None:
    """The one task that was meant and not recorded yet, if the label names it."""
    items = expected.get("items")
    if not isinstance(items, list) or expected.get("ask"):
        return None
    recorded = {code_key(i.task) for i in outcome.items} if isinstance(outcome, Record) else set()
    meant = {code_key(str(item["task"])) for item in items} - recorded
    named = [code for code in doubt.candidates if code_key(code) in meant]
    return named[0] if len(named) == 1 and len(meant) == 1 else None


@asynccontextmanager
async def n_grams() -> AsyncIterator[str]:
    """The stand-in at work; its address."""

    async def embed(request: web.Request) -> web.Response:
        texts = [list(_grams(text)) for text in (await request.json())["input"]]
        having = Counter(gram for grams in texts for gram in set(grams))
        order = {gram: place for place, gram in enumerate(having)}
        rows = []
        for grams in texts:
            row = [0.0] * len(order)
            for gram, times in Counter(grams).items():
                row[order[gram]] = math.log1p(times) * math.log(1 + len(texts) / having[gram])
            rows.append(row)
        data = [{"index": place, "embedding": row} for place, row in enumerate(rows)]
        return web.json_response({"data": data})

    app = web.Application()
    app.router.add_post("/embeddings", embed)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _grams(text: str) -> Iterator[str]:
    yield from text
    yield from (text[place : place + 2] for place in range(len(text) - 1))


async def measure_office(folder: Path, opinion: SecondOpinion) -> dict[str, object]:
    """One office: how many questions each could save, and how many records would be wrong."""
    messages, found = cases(folder)
    chosen = [await opinion.choose(case.doubt.words, case.options) for case in found]
    said = [(case.right, code) for case, code in zip(found, chosen, strict=True) if code]
    return {
        "office": folder.name,
        "messages": messages,
        "questions": len(found),
        "oracle_saves": sum(case.right is not None for case in found),
        "right": sum(code == right for right, code in said),
        "wrong_task": sum(right not in {None, code} for right, code in said),
        "where_asking_is_right": sum(right is None for right, _ in said),
    }


async def measure(
    names: Sequence[str] = (), opinion: OpinionSettings | None = None
) -> list[dict[str, object]]:
    """Every labelled office, or those named, by this model; without one by the stand-in."""
    folders = sorted(path.parent for path in CORPUS.glob("*/office.json"))
    async with n_grams() as address, aiohttp.ClientSession() as session:
        stand_in = OpinionSettings(url=address, model="n-grams", kind="embeddings", timeout=10.0)
        asked = SecondOpinion(session, opinion or stand_in, open_telemetry().opinions)
        return [
            await measure_office(folder, asked)
            for folder in folders
            if not names or folder.name in names
        ]


if __name__ == "__main__":
    for row in asyncio.run(measure(sys.argv[1:], Settings().opinion)):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
