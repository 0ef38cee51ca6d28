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
