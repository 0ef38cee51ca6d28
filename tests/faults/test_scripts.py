"""The scripts of misbehaviour name every way there is, and the quick ones end as they must."""

from pathlib import Path

from simulator.fault import FaultKind
from tests.faults.misbehaviour import SCRIPTS
from tests.faults.script import play_all
from tests.support.town import town_settings

QUICK = {"duplicate", "drop", "wrong signature"}
# How DingTalk's page for a blocked address and plain refusals are read is shown elsewhere.
ELSEWHERE = {FaultKind.BLOCKED, FaultKind.REFUSED}


def test_there_is_a_script_for_every_way_to_misbehave() -> None:
    played = {fault.kind for script in SCRIPTS for fault in script.faults}
    assert played == set(FaultKind) - ELSEWHERE


async def test_the_quick_scripts_end_as_they_must(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    chosen = [one for one in SCRIPTS if one.name in QUICK]
    endings = await play_all(chosen, town_settings(database_url, redis_url, tmp_path))
    assert [one.name for one in chosen if not all(e.is_right(one) for e in endings[one.name])] == []
