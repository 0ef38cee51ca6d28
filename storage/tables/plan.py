"""The plan in its versions, its tasks and its monthly rounds."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables.columns import metadata, moment, office, reference, row_id, text

plans = sa.Table(
    "plans",
    metadata,
    row_id(),
    office(),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    text("document_number"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("office_id", "year"),
)


plan_versions = sa.Table(
    "plan_versions",
    metadata,
    office(),
    reference("plan_id", "plans.id"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", JSONB, nullable=False),
    sa.Column("change", JSONB, nullable=False),
    text("source"),
    moment("imported_at"),
    sa.PrimaryKeyConstraint("plan_id", "version"),
)


tasks = sa.Table(
    "tasks",
    metadata,
    row_id(),
    office(),
    reference("plan_id", "plans.id"),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    text("section"),
    sa.Column("kind", sa.Text),
    sa.Column("leads", JSONB, nullable=False),
    sa.Column("supports", JSONB, nullable=False),
    sa.Column("leader", sa.Text),
    sa.Column("due", sa.Date),
    text("due_text"),
    sa.Column("milestones", JSONB, nullable=False, server_default="[]"),
    text("source"),
    sa.Column("programmes", JSONB, nullable=False, server_default="[]"),
    text("horizon"),
    text("department"),
    text("handler"),
    # Why the office suspended it (中止); an import leaves that as it is.
    text("halted"),
    sa.Column("dropped", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("uq_tasks_plan_code", "plan_id", "code", unique=True, postgresql_where="NOT dropped"),
)


rounds = sa.Table(
    "rounds",
    metadata,
    row_id(),
    office(),
    reference("plan_id", "plans.id"),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("month", sa.Integer, nullable=False),
    moment("opens_at"),
    moment("cutoff_at"),
    # A round first seen after its cutoff is history: no digest is posted for it.
    moment("noticed_at"),
    sa.UniqueConstraint("plan_id", "year", "month"),
)


# What was changed about a task in force, besides by importing a new version of the plan.
amendments = sa.Table(
    "amendments",
    metadata,
    row_id(),
    office(),
    reference("task_id", "tasks.id"),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("old", sa.Text, nullable=False),
    sa.Column("new", sa.Text, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    moment("made_at"),
)


extensions = sa.Table(
    "extensions",
    metadata,
    row_id(),
    office(),
    reference("task_id", "tasks.id"),
    sa.Column("inbox_id", sa.BigInteger, sa.ForeignKey("inbox.id"), nullable=False, unique=True),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("from_day", sa.Date, nullable=False),
    sa.Column("to_day", sa.Date, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    moment("asked_at"),
    moment("decided_at", optional=True),
    # agreed | refused | superseded
    text("ending"),
    # One request waits for each task; a newer one takes its place.
    sa.Index("uq_extensions_open", "task_id", unique=True, postgresql_where="decided_at IS NULL"),
)
