"""What an office registers: itself, its directory, and its plan in versions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.attachment import PhotoRule
from reporting.guards import Policy
from reporting.liaison import Leader, Liaison, Rung
from reporting.office import PlannedTask
from reporting.plan import Directory, NewVersion, Plan
from reporting.policy import policy_as_json
from reporting.round import RoundRules
from reporting.secrecy import NumberRule
from reporting.task import Task
from reporting.unit import Unit
from storage.conversion import Row, task_as_row, task_from_row
from storage.plans import rules_as_json
from storage.tables import leaders, liaisons, offices, plan_versions, plans, tasks, units


@dataclass(frozen=True, slots=True)
class RegistryTable:
    """Offices, directories and plans as they are registered, within one transaction."""

    connection: AsyncConnection
    now: datetime

    async def find(self, name: str) -> int | None:
        """The id of the office of this name."""
        found = await self.connection.scalar(sa.select(offices.c.id).where(offices.c.name == name))
        return None if found is None else int(found)

    async def save_office(self, name: str, rules: RoundRules, phone: str) -> int:
        """Add an office or change its rules; its id."""
        settings = {"rules": rules_as_json(rules), "phone": phone}
        statement = (
            insert(offices)
            .values(name=name, settings=settings)
            .on_conflict_do_update(
                index_elements=["name"],
                set_={
                    "settings": offices.c.settings.concat(
                        sa.cast(settings, offices.c.settings.type)
                    ),
                    "edition": offices.c.edition + 1,
                },
            )
            .returning(offices.c.id)
        )
        return int((await self.connection.execute(statement)).scalar_one())

    async def save_policy(self, office_id: int, policy: Policy) -> None:
        """Change what the office asks of its people; the caller has had it found lawful."""
        settings = {"policy": policy_as_json(policy)}
        await self.connection.execute(
            sa.update(offices)
            .where(offices.c.id == office_id)
            .values(
                settings=offices.c.settings.concat(sa.cast(settings, offices.c.settings.type)),
                edition=offices.c.edition + 1,
            )
        )

    async def set_number_rule(self, office_id: int, rule: NumberRule) -> None:
        """What to do with messages that hold card numbers."""
        await self._set(office_id, {"numbers": rule.value})

    async def set_photo_rule(self, office_id: int, rule: PhotoRule) -> None:
        """What to do with the place a photograph was taken at."""
        await self._set(office_id, {"photos": rule.value})

    async def _set(self, office_id: int, rule: Mapping[str, str]) -> None:
        told = sa.cast(rule, offices.c.settings.type)
        await self.connection.execute(
            sa.update(offices)
            .where(offices.c.id == office_id)
            .values(settings=offices.c.settings.concat(told), edition=offices.c.edition + 1)
        )

    async def save_days(self, office_id: int, days: Mapping[date, bool]) -> None:
        """The office's own days: True worked, False off."""
        told = {"days": {day.isoformat(): works for day, works in days.items()}}
        await self.connection.execute(
            sa.update(offices)
            .where(offices.c.id == office_id)
            .values(
                settings=offices.c.settings.concat(sa.cast(told, offices.c.settings.type)),
                edition=offices.c.edition + 1,
            )
        )

    async def touch(self, office_id: int) -> None:
        """Raise the edition, so that every process prepares the plan anew."""
        await self.connection.execute(
            sa.update(offices)
            .where(offices.c.id == office_id)
            .values(edition=offices.c.edition + 1)
        )

    async def directory(self, office_id: int) -> Directory:
        """The units, liaisons and leaders the office knows."""
        unit_rows = await self.connection.execute(
            sa.select(units).where(units.c.office_id == office_id).order_by(units.c.id)
        )
        leader_rows = await self.connection.execute(
            sa.select(leaders).where(leaders.c.office_id == office_id).order_by(leaders.c.id)
        )
        liaison_rows = await self.connection.execute(
            sa.select(liaisons)
            .where(liaisons.c.office_id == office_id, liaisons.c.active)
            .order_by(liaisons.c.id)
        )
        return Directory(
            units=tuple(Unit(name=row.name, aliases=tuple(row.aliases)) for row in unit_rows),
            leaders=tuple(Leader(name=row.name, title=row.title) for row in leader_rows),
            liaisons=tuple(
                Liaison(
                    key=row.key,
                    name=row.name,
                    units=tuple(row.units),
                    post=row.post,
                    phone=row.phone,
                    duty=Rung(row.duty),
                    **row.platform_ids,
                )
                for row in liaison_rows
            ),
        )

    async def save_directory(self, office_id: int, directory: Directory) -> None:
        """Add or change units, leaders and liaisons; nobody is removed."""
        for unit in directory.units:
            names = {"aliases": list(unit.aliases)}
            await self._upsert(units, {"office_id": office_id, "name": unit.name}, names)
        for leader in directory.leaders:
            title = {"title": leader.title}
            await self._upsert(leaders, {"office_id": office_id, "name": leader.name}, title)
        for liaison in directory.liaisons:
            values = {
                "name": liaison.name,
                "units": list(liaison.units),
                "post": liaison.post,
                "phone": liaison.phone,
                "platform_ids": {"wecom": liaison.wecom, "dingtalk": liaison.dingtalk},
                "active": True,
            }
            # Most directories say nothing of duties: what the office set by hand stays.
            if liaison.duty is not Rung.LIAISON:
                values["duty"] = liaison.duty.value
            await self._upsert(liaisons, {"office_id": office_id, "key": liaison.key}, values)

    async def _upsert(
        self, table: sa.Table, key: Mapping[str, object], values: Mapping[str, object]
    ) -> None:
        await self.connection.execute(
            insert(table)
            .values(**key, **values)
            .on_conflict_do_update(index_elements=list(key), set_=dict(values))
        )

    async def open_tasks(self, office_id: int, year: int) -> Sequence[PlannedTask]:
        """The tasks in force of the year's own plan; none where there is no plan yet."""
        rows = await self.connection.execute(
            sa.select(tasks)
            .join(plans, plans.c.id == tasks.c.plan_id)
            .where(plans.c.office_id == office_id, plans.c.year == year, ~tasks.c.dropped)
            .order_by(tasks.c.position)
        )
        return [PlannedTask(id=row.id, task=task_from_row(row._asdict())) for row in rows]

    async def version(self, office_id: int, year: int) -> int:
        """The version of the year's plan in force; 0 where there is none."""
        found = await self.connection.scalar(
            sa.select(plans.c.version).where(plans.c.office_id == office_id, plans.c.year == year)
        )
        return int(found or 0)

    async def save_plan(self, office_id: int, new: NewVersion, kept: Mapping[str, int]) -> int:
        """Write the plan's next version; `kept` maps new codes to the rows that go on.

        Rows that do not go on are dropped, with their reports kept. What the table itself says
        is kept to tell a change of ours from one of the table. The version.
        """
        plan = new.plan
        plan_id, version = await self._next_version(office_id, plan)
        await self.connection.execute(
            sa.update(tasks).where(tasks.c.plan_id == plan_id).values(dropped=True)
        )
        for position, task in enumerate(plan.tasks):
            values = {**task_as_row(task), "position": position, "dropped": False}
            if task.code in kept:
                statement = sa.update(tasks).where(tasks.c.id == kept[task.code]).values(**values)
                await self.connection.execute(statement)
            else:
                await self.connection.execute(
                    sa.insert(tasks).values(office_id=office_id, plan_id=plan_id, **values)
                )
        await self.connection.execute(
            sa.insert(plan_versions).values(
                office_id=office_id,
                plan_id=plan_id,
                version=version,
                content=[_plain(task) for task in new.stated],
                change=list(new.change),
                source=new.source,
                imported_at=self.now,
            )
        )
        return version

    async def stated(self, office_id: int, year: int) -> Mapping[str, Task]:
        """The tasks as the last imported table stated them, by code."""
        content = await self.connection.scalar(
            sa.select(plan_versions.c.content)
            .join(plans, plans.c.id == plan_versions.c.plan_id)
            .where(plans.c.office_id == office_id, plans.c.year == year)
            .order_by(plan_versions.c.version.desc())
            .limit(1)
        )
        return {row["code"]: _stated(row) for row in content or ()}

    async def _next_version(self, office_id: int, plan: Plan) -> tuple[int, int]:
        statement = insert(plans).values(
            office_id=office_id,
            year=plan.year,
            title=plan.title,
            document_number=plan.document_number,
            version=1,
        )
        row = (
            await self.connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["office_id", "year"],
                    set_={
                        "title": statement.excluded.title,
                        "document_number": statement.excluded.document_number,
                        "version": plans.c.version + 1,
                    },
                ).returning(plans.c.id, plans.c.version)
            )
        ).one()
        return int(row.id), int(row.version)


def _plain(task: Task) -> dict[str, object]:
    due = task.due.isoformat() if task.due else None
    kind = task.kind.value if task.kind else None
    return {**asdict(task), "due": due, "kind": kind}


def _stated(row: Row) -> Task:
    due = date.fromisoformat(row["due"]) if row["due"] else None
    return task_from_row({**row, "due": due})
