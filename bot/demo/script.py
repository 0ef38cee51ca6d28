"""The sample month's script: who says what when, and what the ledger must hold in the end."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reporting.calendar import OFFICE_ZONE

# What the ledger must say of a task: percent and status, or None when nothing may be there.
Expected = tuple[float | None, str | None] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message: `quote` answers the last reminder; `choose` answers the open question.

    `asked` are the codes the bot must offer after it; `expect` what the ledger must then hold.
    """

    at: datetime
    who: str
    say: str = ""
    choose: str = ""
    quote: bool = False
    asked: tuple[str, ...] = ()
    expect: Mapping[str, Expected]


def read_script(path: Path) -> tuple[Line, ...]:
    """The lines in order of time."""
    rows = (json.loads(row) for row in path.read_text("utf-8").splitlines())
    lines = [
        Line(
            at=datetime.fromisoformat(row["at"]).replace(tzinfo=OFFICE_ZONE),
            who=row["who"],
            say=row.get("say", ""),
            choose=row.get("choose", ""),
            quote=row.get("quote", False),
            asked=tuple(row.get("asked", ())),
            expect={
                code: None if state is None else (state[0], state[1])
                for code, state in row.get("expect", {}).items()
            },
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.at))


def expected_ledger(lines: Iterable[Line]) -> dict[str, tuple[float | None, str | None]]:
    """What the last word on each task leaves in the ledger."""
    ledger: dict[str, tuple[float | None, str | None]] = {}
    for line in lines:
        for code, state in line.expect.items():
            if state is None:
                ledger.pop(code, None)
            else:
                ledger[code] = state
    return ledger
