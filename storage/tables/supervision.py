"""What supervision keeps besides reports: concerns, and drafts that wait for a word."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables.columns import metadata, moment, office, reference, row_id, text

concerns = sa.Table(
    "concerns",
    metadata,
    row_id(),
    office(),
    reference("task_id", "tasks.id", optional=True),
    # Counts within the office; where a release before wrote none, the row's own id is its number.
    sa.Column("number", sa.BigInteger),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    # The codes where it is about several tasks; of a single one the code is the task's own.
    sa.Column("tasks", JSONB, nullable=False, server_default="[]"),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    reference("inbox_id", "inbox.id", optional=True),
    moment("opened_at"),
    moment("closed_at", optional=True),
    text("result"),
    text("closed_by"),
    sa.UniqueConstraint("office_id", "number"),
    # What is open is not opened again: a later report of the same brings it up to date.
    sa.Index(
        "uq_concerns_open", "office_id", "key", unique=True, postgresql_where="closed_at IS NULL"
    ),
)


# What supporting units reported, put before the lead's liaison once in a round (牵头汇总).
merged_drafts = sa.Table(
    "merged_drafts",
    metadata,
    row_id(),
    office(),
    reference("round_id", "rounds.id"),
    reference("liaison_id", "liaisons.id"),
    sa.Column("content", JSONB, nullable=False),
    moment("sent_at"),
    sa.UniqueConstraint("round_id", "liaison_id"),
)


# Digests as the office was shown them before they go out (先审后发).
previews = sa.Table(
    "previews",
    metadata,
    row_id(),
    office(),
    reference("round_id", "rounds.id"),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    text("note"),
    moment("shown_at"),
    # held | posted; empty while it waits
    text("verdict"),
    text("decided_by"),
    moment("decided_at", optional=True),
    sa.UniqueConstraint("round_id", "kind"),
)
