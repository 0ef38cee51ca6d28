"""Random rounds with outages in greater numbers than the tests play them.

`python -m benchmarks.schedules 100000` plays so many; 1 when any sent anything twice or wrongly.
"""

import random
import sys
import time

from tests.support.schedules import faults, live, random_schedule


def main() -> int:
    """0 when nothing was sent twice, at a wrong time or out of order."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance, begun = random.Random(count), time.perf_counter()  # noqa: S311
    wrong = sent = asked = 0
    for _ in range(count):
        schedule = random_schedule(chance)
        lived = live(schedule)
        sent, asked = sent + len(lived.steps), asked + len(lived.rungs)
        wrong += bool(faults(schedule, lived))
    seconds = time.perf_counter() - begun
    print(f"schedules: {count}, {sent} steps and {asked} rungs, {wrong} wrong, in {seconds:.1f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
