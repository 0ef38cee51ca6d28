"""The soak in short: a reminder day for two hundred liaisons, one call in twenty failing."""

from pathlib import Path

from tests.faults.soak import open_soak
from tests.support.town import town_settings


async def test_everyone_is_reached_once_or_refused_with_a_reason_or_known_to_be_unknown(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    async with open_soak(200, town_settings(database_url, redis_url, tmp_path)) as soak:
        figures = await soak.run()
    assert not figures.twice
    assert not figures.unaccounted
    assert figures.limits_exceeded == 0
    assert figures.reached + figures.refused + figures.lost == figures.liaisons
    assert figures.lost <= figures.resolved
    assert figures.failures >= 6
    assert set(figures.ended) <= {"delivered", "refused", "unknown"}
