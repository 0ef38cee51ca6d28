"""Listing and exporting attachments on the command line."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build
from tests.support.town import D
from tests.support.town_at_work import Place, settle

OFFICE = "青河县人民政府督查室"


async def report_with_a_file(place: Place) -> None:
    """A liaison reports and sends a file."""
    async with place.at_work() as (town, _):
        await town.simulator.say(D, "Liaison01", "第5项完成30%")
        await town.simulator.send_file(D, "Liaison01", "file", b"%PDF-1.7", name="=报告.pdf")
        await settle(town)


def run(place: Place, *words: object) -> Result:
    """Run `liaison-bot` on the town's database."""
    environment = {
        "DATABASE_URL": place.database_url,
        "REDIS_URL": place.redis_url,
        "LIAISON_SECRET_KEY": place.secret_key,
        "LIAISON_DATA_FOLDER": str(place.folder),
        "COLUMNS": "200",
    }
    return CliRunner().invoke(build(), [str(word) for word in words], env=environment)


def test_attachments_are_listed_and_exported_by_task_and_unit(place: Place, tmp_path: Path) -> None:
    asyncio.run(report_with_a_file(place))
    listed = run(place, "attachment", "list", "--office", OFFICE)
    assert listed.exit_code == 0, listed.stderr
    for told in ("白马镇人民政府", "第5项", "application/pdf", "=报告.pdf"):
        assert told in listed.stdout
    target = tmp_path / "六月附件"
    done = run(place, "attachment", "export", "--office", OFFICE, "--to", target)
    assert "已导出附件1个" in done.stdout, done.stderr
    (file,) = target.glob("第5项_白马镇人民政府_*.pdf")
    assert file.read_bytes() == b"%PDF-1.7"
    assert "'=报告.pdf" in (target / "目录.csv").read_text("utf-8-sig")
    noted = run(place, "audit", "verify", "--office", OFFICE)
    assert noted.exit_code == 0, noted.stderr


@pytest.mark.parametrize(("rule", "told"), [("keep", "原样保留"), ("strip", "去掉拍摄地点")])
def test_what_becomes_of_a_photographs_place_is_the_offices_to_say(
    place: Place, rule: str, told: str
) -> None:
    asyncio.run(report_with_a_file(place))
    done = run(place, "attachment", "photos", OFFICE, rule)
    assert told in done.stdout, done.stderr


@pytest.mark.parametrize("month", ["2026-13", "六月"])
def test_a_month_that_is_none_is_told(place: Place, month: str) -> None:
    done = run(place, "attachment", "list", "--office", OFFICE, "--month", month)
    assert done.exit_code != 0
