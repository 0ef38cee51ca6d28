"""Who did what is chained: nobody can change it unseen."""

import pytest
import sqlalchemy as sa

from bot.commands.auditing import open_dossier
from bot.demo.stage import SAMPLE_OFFICE, Stage
from reporting.audit_chain import chain_faults
from tests.scenarios.chat import Chat

MONTH = """
    == 06-08 10:00
    l01：第1项增长5.8%，正常推进
      → 已记录1项
    l02：13号任务累计完成投资51.2亿元,占年度计划53.3%
      → 已记录1项
    l01：撤回 1
      → 已撤回
    l26：107号全部完成，108号完成60%
      → 已记录2项
"""
TAMPERINGS = {
    "moment": "UPDATE audit SET at = at + interval '1 second' WHERE number = 3",
    "actor": "UPDATE audit SET actor = 'liaison:999' WHERE number = 3",
    "action": "UPDATE audit SET action = 'something' WHERE number = 3",
    "subject": "UPDATE audit SET subject = 'task:999' WHERE number = 3",
    "details": "UPDATE audit SET details = details || '{\"version\": 9}' WHERE number = 2",
    "seal": "UPDATE audit SET hash = 'f' || hash WHERE number = 3",
    "seal before": "UPDATE audit SET prev_hash = 'f' || prev_hash WHERE number = 3",
    "office": "UPDATE audit SET office_id = o.id FROM o WHERE number = 3",
    "removed first": "DELETE FROM audit WHERE number = 1",
    "removed middle": "DELETE FROM audit WHERE number = 3",
    "removed last": "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)",
    "removed all": "DELETE FROM audit",
    "inserted": """
        INSERT INTO audit (office_id, number, at, actor, action, subject, prev_hash, hash)
        SELECT office_id, number, at, 'x', action, subject, prev_hash, hash
        FROM audit WHERE number = 2
    """,
    "appended": """
        INSERT INTO audit (office_id, number, at, actor, action, subject, prev_hash, hash)
        SELECT office_id, number + 1, at, actor, action, subject, hash, 'f'
        FROM audit ORDER BY number DESC LIMIT 1
    """,
    "reordered": "UPDATE audit SET number = 5 - number WHERE number IN (2, 3)",
}
OTHER_OFFICE = "WITH o AS (INSERT INTO offices (name) VALUES ('另一处') RETURNING id) "


async def faults(stage: Stage) -> list[str]:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        head = await work.audit.head(stage.office_id)
        return [f.words for f in chain_faults(await work.audit.lines(stage.office_id), head)]


async def test_an_untouched_chain_is_whole_and_every_tampering_is_found(
    chat: Chat, stage: Stage
) -> None:
    await chat.play(MONTH)
    assert await faults(stage) == []
    engine = stage.bot.store.engine
    for name, statement in TAMPERINGS.items():
        async with engine.connect() as connection:
            await connection.execute(sa.text("CREATE TABLE kept AS SELECT * FROM audit"))
            await connection.commit()
            prefix = OTHER_OFFICE if name == "office" else ""
            changed = await connection.execute(sa.text(prefix + statement))
            assert changed.rowcount, name
            await connection.commit()
            assert await faults(stage), name
            await connection.execute(sa.text("DELETE FROM audit"))
            await connection.execute(sa.text("INSERT INTO audit SELECT * FROM kept"))
            await connection.execute(sa.text("DROP TABLE kept"))
            await connection.commit()
        assert await faults(stage) == [], name


@pytest.mark.parametrize("code", ["1", "108"])
async def test_a_dossier_holds_what_was_said_sent_and_done(
    chat: Chat, stage: Stage, code: str
) -> None:
    await chat.play(MONTH)
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        dossier = await open_dossier(work, SAMPLE_OFFICE, code)
    assert dossier.task.code == code
    assert [report.month for report in dossier.reports] == ["2026-06"]
    assert any("已记录" in message.text for message in dossier.messages)
    actions = [line.entry.action for line in dossier.lines]
    assert actions == ["report_recorded", *(["report_withdrawn"] if code == "1" else [])]
