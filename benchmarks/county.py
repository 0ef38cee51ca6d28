"""A made-up county of any size: towns with tasks and liaisons, and a ledger of any length."""

from itertools import product

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from reporting.liaison import Liaison
from reporting.plan import Directory, Plan
from reporting.task import Task
from reporting.unit import Unit
from storage.database import transaction

FIRST, SECOND = "青白石柳双红东西南北龙凤黄清高", "山马桥沟旗关岭湖街泉台溪庙柏岗"
WORKS = (
    "污水处理厂提标改造", "老旧小区改造", "农村公路修缮", "敬老院新建", "中心小学扩建",
    "高标准农田建设", "卫生院能力提升", "供水管网更新", "冷链物流园招商", "河道治理",
)  # fmt: skip
MONTHS = 12

# Offices like ours with a whole year behind them; the checks are left out for speed.
_OFFICES = text("""
INSERT INTO offices (name)
SELECT 'other ' || n FROM generate_series(CAST(:since AS int), CAST(:until AS int)) AS n
""")
_PLANS = text("""
INSERT INTO plans (office_id, year, title, version)
SELECT o.id, :year, 'plan', 1 FROM offices o
WHERE NOT EXISTS (SELECT 1 FROM plans p WHERE p.office_id = o.id)
""")
_TASKS = text("""
INSERT INTO tasks (office_id, plan_id, position, code, title, leads, supports)
SELECT p.office_id, p.id, t.position, t.code, t.title, t.leads, t.supports
FROM plans p JOIN tasks t ON t.office_id = :office
WHERE NOT EXISTS (SELECT 1 FROM tasks s WHERE s.plan_id = p.id)
""")
_ROUNDS = text("""
INSERT INTO rounds (office_id, plan_id, year, month, opens_at, cutoff_at, noticed_at)
SELECT p.office_id, p.id, :year - 1, m, now(), now(), now()
FROM plans p, generate_series(1, 12) AS m
WHERE NOT EXISTS (SELECT 1 FROM rounds r WHERE r.plan_id = p.id AND r.year = :year - 1)
""")
_INBOX = text("""
INSERT INTO inbox (office_id, channel, message_key, sender_id, content, received_at, processed_at)
SELECT t.office_id, 'past', t.id || '-' || r.id, 'x', '{}', now(), now()
FROM tasks t JOIN rounds r ON r.plan_id = t.plan_id AND r.year = :year - 1
ORDER BY t.office_id, r.month, t.id LIMIT :reports
ON CONFLICT DO NOTHING
""")
_REPORTS = text("""
INSERT INTO reports (office_id, task_id, round_id, version, liaison_id, inbox_id, unit, by_lead,
                     late, percent, status, words, probability, reported_at)
SELECT i.office_id, CAST(split_part(i.message_key, '-', 1) AS bigint),
       CAST(split_part(i.message_key, '-', 2) AS bigint), 1,
       (SELECT min(id) FROM liaisons), i.id, 'unit', true, false, 50, 'on_track',
       '第1项完成50%，已协调12户，预计下月完工', 1, now()
FROM inbox i WHERE i.channel = 'past'
  AND NOT EXISTS (SELECT 1 FROM reports p WHERE p.inbox_id = i.id)
""")


def make_plan(towns: int, tasks_each: int, year: int, *, person: str = "liaison") -> Plan:
    """So many towns, each with a liaison and this many tasks of its own."""
    names = [f"{a}{b}" for a, b in product(FIRST, SECOND)][:towns]
    tasks, liaisons, units = [], [], []
    for number, name in enumerate(names):
        unit = f"{name}镇人民政府"
        units.append(Unit(name=unit, aliases=(f"{name}镇",)))
        liaisons.append(
            Liaison(
                key=f"L{number}", name=f"{name}联络员", units=(unit,), wecom=f"{person}{number}"
            )
        )
        tasks += [
            Task(code=f"{number + 1}-{work + 1}", title=_title(name, work), leads=(unit,))
            for work in range(tasks_each)
        ]
    directory = Directory(units=tuple(units), liaisons=tuple(liaisons))
    return Plan(title="分解方案", year=year, tasks=tuple(tasks), directory=directory)


def _title(town: str, work: int) -> str:
    """The works by turns, told apart by a number when there are more tasks than works."""
    turn, kind = divmod(work, len(WORKS))
    return f"{town}镇{WORKS[kind]}" + (f"{'二三四五六七八九十'[turn % 9]}期" if turn else "")


async def lengthen_ledger(engine: AsyncEngine, office_id: int, year: int, reports: int) -> int:
    """Fill the ledger up to so many reports of last year, ours first; how many it holds."""
    async with transaction(engine) as connection:
        own = int(await connection.scalar(text("SELECT count(*) FROM tasks WHERE office_id = :o"),
                                          {"o": office_id}) or 1)  # fmt: skip
        have = int(await connection.scalar(text("SELECT count(*) FROM offices")) or 1)
        needed = -(-reports // (own * MONTHS))
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        given = {"office": office_id, "year": year, "reports": reports}
        await connection.execute(_OFFICES, {"since": have + 1, "until": needed})
        for statement in (_PLANS, _TASKS, _ROUNDS, _INBOX, _REPORTS):
            names = statement.compile().params.keys()
            await connection.execute(statement, {name: given[name] for name in names})
        held = int(await connection.scalar(text("SELECT count(*) FROM reports")) or 0)
    await _tidy(engine)
    return held


async def _tidy(engine: AsyncEngine) -> None:
    """What the server would do in the background now must not run while we measure."""
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text("VACUUM ANALYZE"))
        await connection.execute(text("CHECKPOINT"))
