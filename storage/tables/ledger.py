"""What people wrote and what it says."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables.columns import metadata, moment, office, reference, row_id, text

inbox = sa.Table(
    "inbox",
    metadata,
    row_id(),
    office(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("message_key", sa.Text, nullable=False),
    sa.Column("sender_id", sa.Text, nullable=False),
    sa.Column("content", JSONB, nullable=False),
    # The session address is a bearer secret: sealed, empty where there is none.
    text("sealed"),
    moment("received_at"),
    moment("processed_at", optional=True),
    text("outcome"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    text("trouble"),
    sa.UniqueConstraint("channel", "message_key"),
    sa.Index(
        "ix_inbox_waiting",
        "channel",
        "sender_id",
        "received_at",
        "id",
        postgresql_where="processed_at IS NULL",
    ),
)


reports = sa.Table(
    "reports",
    metadata,
    row_id(),
    office(),
    reference("task_id", "tasks.id"),
    reference("round_id", "rounds.id"),
    sa.Column("version", sa.Integer, nullable=False),
    reference("liaison_id", "liaisons.id"),
    reference("inbox_id", "inbox.id"),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("by_lead", sa.Boolean, nullable=False),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.Column("percent", sa.Float),
    sa.Column("status", sa.Text),
    sa.Column("problem", sa.Text),
    sa.Column("next_step", sa.Text),
    sa.Column("suggestion", sa.Text),
    sa.Column("figures", JSONB, nullable=False, server_default="[]"),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("evidence", JSONB, nullable=False, server_default="[]"),
    sa.Column("probability", sa.Float, nullable=False),
    moment("reported_at"),
    moment("withdrawn_at", optional=True),
    # Returned by the office (退回): kept, but it does not count and the task is owed again.
    moment("returned_at", optional=True),
    sa.UniqueConstraint("round_id", "task_id", "version"),
    # One message says one thing about one task, however often it is processed.
    sa.UniqueConstraint("inbox_id", "task_id"),
)


questions = sa.Table(
    "questions",
    metadata,
    row_id(),
    office(),
    reference("liaison_id", "liaisons.id"),
    sa.Column("inbox_id", sa.BigInteger, sa.ForeignKey("inbox.id"), nullable=False, unique=True),
    sa.Column("doubts", JSONB, nullable=False),
    moment("asked_at"),
    moment("expires_at"),
    moment("closed_at", optional=True),
    text("ending"),
    sa.Index("ix_questions_open", "liaison_id", postgresql_where="closed_at IS NULL"),
)


complaints = sa.Table(
    "complaints",
    metadata,
    row_id(),
    office(),
    # Nobody is too unknown to complain: a stranger is kept by what the platform calls him.
    reference("liaison_id", "liaisons.id", optional=True),
    text("sender"),
    sa.Column("inbox_id", sa.BigInteger, sa.ForeignKey("inbox.id"), nullable=False, unique=True),
    sa.Column("words", sa.Text, nullable=False),
    moment("made_at"),
)


follow_ups = sa.Table(
    "follow_ups",
    metadata,
    office(),
    reference("round_id", "rounds.id"),
    reference("task_id", "tasks.id"),
    sa.Column("reason", sa.Text, nullable=False),
    moment("asked_at"),
    # Nobody is asked the same thing twice in a round.
    sa.PrimaryKeyConstraint("round_id", "task_id", "reason"),
)


reviews = sa.Table(
    "reviews",
    metadata,
    row_id(),
    office(),
    reference("round_id", "rounds.id"),
    reference("task_id", "tasks.id"),
    sa.Column("verdict", sa.Text, nullable=False),
    text("words"),
    sa.Column("made_by", sa.Text, nullable=False),
    moment("made_at"),
)


instructions = sa.Table(
    "instructions",
    metadata,
    row_id(),
    office(),
    reference("task_id", "tasks.id"),
    sa.Column("inbox_id", sa.BigInteger, sa.ForeignKey("inbox.id"), nullable=False, unique=True),
    sa.Column("leader", sa.Text, nullable=False),
    # Where he wrote from, and so where the answer returns to.
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("due", sa.Date),
    moment("made_at"),
    moment("answered_at", optional=True),
    text("answer"),
)
