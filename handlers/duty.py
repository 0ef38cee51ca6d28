"""What is still unsaid of the tasks' duties, for the office."""

import re

from handlers.review import Bench
from reporting.duty import compose_gaps, find_gaps

_ASKS = re.compile(r"^\s*(?:五要素|缺项|责任缺项|五要素缺项)(?:有哪些|清单|检查)?[?？。]?\s*$")


async def tell_gaps(bench: Bench, words: str, _: str) -> str:
    """The tasks whose five elements are not complete; empty where the words do not ask."""
    if not _ASKS.match(words):
        return ""
    people = await bench.work.people.liaisons(bench.plan.office.id)
    attended = {unit for person in people for unit in person.liaison.units}
    tasks = [planned.task for planned in bench.plan.tasks.values()]
    return compose_gaps(find_gaps(tasks, attended), len(tasks))
