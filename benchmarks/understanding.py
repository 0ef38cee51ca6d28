"""How long one message takes to understand, by how many tasks its sender may mean."""

import json
import statistics
import sys
import time
import tracemalloc

from benchmarks.county import make_plan
from reporting.plan import Plan
from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.understand import understand

TASKS, MESSAGES = 1_000, 300
CANDIDATES = (10, 30, 300)
_NAMES = "甲乙丙丁戊己庚辛壬癸"
TEXTS = (
    "{code} 完成{percent}%，下步加快设备安装",
    "{title}已完成{percent}%，存在问题：征地未到位，下步计划下月底前完工",
    "{title}本月投资{percent}万元，进展顺利",
    "完成{percent}%",
    "好的，收到",
)


def _messages(plan: Plan, unit: str) -> list[str]:
    own = [task for task in plan.tasks if unit in task.leads]
    return [
        TEXTS[n % len(TEXTS)].format(
            code=own[n % len(own)].code, title=own[n % len(own)].title, percent=n % 99 + 1
        )
        for n in range(MESSAGES)
    ]


def measure_one(candidates: int, aliases: int = 0) -> dict[str, float]:
    """Understanding for a sender with that many tasks and learned aliases, of a thousand tasks."""
    towns = max(1, TASKS // candidates)
    plan = make_plan(min(towns, 225), candidates, 2026)
    index = PlanIndex.build(plan.tasks, plan.directory.units)
    unit = plan.directory.units[0].name
    own = [task.code for task in plan.tasks if unit in task.leads]
    known = {f"{_NAMES[n % 10]}{_NAMES[n // 10]}沟": own[n % len(own)] for n in range(aliases)}
    context = Context(units=frozenset({unit}), month="2026-06", aliases=known)
    seconds = []
    for text in _messages(plan, unit):
        started = time.process_time()
        understand(text, index, context)
        seconds.append(time.process_time() - started)
    return {
        "candidates": candidates,
        "aliases": aliases,
        "median_ms": round(statistics.median(seconds) * 1e3, 3),
        "p99_ms": round(statistics.quantiles(seconds, n=100)[98] * 1e3, 3),
        "messages_per_second_per_core": round(len(seconds) / sum(seconds)),
    }


def measure_index() -> dict[str, float]:
    """What the prepared plan of a thousand tasks costs: seconds to build, megabytes to keep."""
    plan = make_plan(100, TASKS // 100, 2026)
    started = time.process_time()
    PlanIndex.build(plan.tasks, plan.directory.units)
    built = time.process_time() - started
    tracemalloc.start()
    kept = PlanIndex.build(plan.tasks, plan.directory.units)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept.entries
    return {"index_seconds": round(built, 3), "index_megabytes": round(held / 1e6, 1)}


def measure() -> dict[str, object]:
    """The table of all sizes, and the index."""
    sizes = [*((number, 0) for number in CANDIDATES), (30, 60)]
    return {"by_candidates": [measure_one(*size) for size in sizes], **measure_index()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
