"""The tables. Every row belongs to an office; PostgreSQL only."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger, sa.Identity(always=False), primary_key=True)


def _office() -> sa.Column[int]:
    return sa.Column(
        "office_id", sa.BigInteger, sa.ForeignKey("offices.id"), nullable=False, index=True
    )


def _reference(name: str, target: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, sa.ForeignKey(target), nullable=optional, index=True)


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _moment(name: str, *, optional: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


offices = sa.Table(
    "offices",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("settings", JSONB, nullable=False, server_default="{}"),
    # Raised whenever plan, units or people change, so that prepared indexes are made anew.
    sa.Column("edition", sa.BigInteger, nullable=False, server_default="1"),
)

channels = sa.Table(
    "channels",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    _office(),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("sealed", sa.Text, nullable=False),
)

leadership_groups = sa.Table(
    "leadership_groups",
    metadata,
    _office(),
    sa.Column("channel", sa.Text, sa.ForeignKey("channels.name"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("channel", "name"),
)

units = sa.Table(
    "units",
    metadata,
    _id(),
    _office(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("aliases", JSONB, nullable=False, server_default="[]"),
    sa.UniqueConstraint("office_id", "name"),
)

leaders = sa.Table(
    "leaders",
    metadata,
    _id(),
    _office(),
    sa.Column("name", sa.Text, nullable=False),
    _text("title"),
    sa.UniqueConstraint("office_id", "name"),
)

liaisons = sa.Table(
    "liaisons",
    metadata,
    _id(),
    _office(),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    _text("post"),
    _text("phone"),
    sa.Column("units", JSONB, nullable=False, server_default="[]"),
    # His id on each platform as the directory gives it, {"wecom": …}; bound on every channel.
    sa.Column("platform_ids", JSONB, nullable=False, server_default="{}"),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.UniqueConstraint("office_id", "key"),
)

accounts = sa.Table(
    "accounts",
    metadata,
    _office(),
    sa.Column("channel", sa.Text, sa.ForeignKey("channels.name"), nullable=False),
    # Lower case: WeCom user ids are case-insensitive (document 90236).
    sa.Column("user_id", sa.Text, nullable=False),
    _reference("liaison_id", "liaisons.id"),
    sa.PrimaryKeyConstraint("channel", "user_id"),
)

plans = sa.Table(
    "plans",
    metadata,
    _id(),
    _office(),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    _text("document_number"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("office_id", "year"),
)

plan_versions = sa.Table(
    "plan_versions",
    metadata,
    _office(),
    _reference("plan_id", "plans.id"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", JSONB, nullable=False),
    sa.Column("change", JSONB, nullable=False),
    _text("source"),
    _moment("imported_at"),
    sa.PrimaryKeyConstraint("plan_id", "version"),
)

tasks = sa.Table(
    "tasks",
    metadata,
    _id(),
    _office(),
    _reference("plan_id", "plans.id"),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    _text("section"),
    sa.Column("kind", sa.Text),
    sa.Column("leads", JSONB, nullable=False),
    sa.Column("supports", JSONB, nullable=False),
    sa.Column("leader", sa.Text),
    sa.Column("due", sa.Date),
    _text("due_text"),
    sa.Column("milestones", JSONB, nullable=False, server_default="[]"),
    sa.Column("dropped", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("uq_tasks_plan_code", "plan_id", "code", unique=True, postgresql_where="NOT dropped"),
)

rounds = sa.Table(
    "rounds",
    metadata,
    _id(),
    _office(),
    _reference("plan_id", "plans.id"),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("month", sa.Integer, nullable=False),
    _moment("opens_at"),
    _moment("cutoff_at"),
    # A round first seen after its cutoff is history: no digest is posted for it.
    _moment("noticed_at"),
    sa.UniqueConstraint("plan_id", "year", "month"),
)

inbox = sa.Table(
    "inbox",
    metadata,
    _id(),
    _office(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("message_key", sa.Text, nullable=False),
    sa.Column("sender_id", sa.Text, nullable=False),
    sa.Column("content", JSONB, nullable=False),
    # The session address is a bearer secret: sealed, empty where there is none.
    _text("sealed"),
    _moment("received_at"),
    _moment("processed_at", optional=True),
    _text("outcome"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    _text("trouble"),
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
    _id(),
    _office(),
    _reference("task_id", "tasks.id"),
    _reference("round_id", "rounds.id"),
    sa.Column("version", sa.Integer, nullable=False),
    _reference("liaison_id", "liaisons.id"),
    _reference("inbox_id", "inbox.id"),
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
    _moment("reported_at"),
    _moment("withdrawn_at", optional=True),
    sa.UniqueConstraint("round_id", "task_id", "version"),
    # One message says one thing about one task, however often it is processed.
    sa.UniqueConstraint("inbox_id", "task_id"),
)

questions = sa.Table(
    "questions",
    metadata,
    _id(),
    _office(),
    _reference("liaison_id", "liaisons.id"),
    sa.Column("inbox_id", sa.BigInteger, sa.ForeignKey("inbox.id"), nullable=False, unique=True),
    sa.Column("doubts", JSONB, nullable=False),
    _moment("asked_at"),
    _moment("expires_at"),
    _moment("closed_at", optional=True),
    _text("ending"),
    sa.Index("ix_questions_open", "liaison_id", postgresql_where="closed_at IS NULL"),
)

complaints = sa.Table(
    "complaints",
    metadata,
    _id(),
    _office(),
    _reference("liaison_id", "liaisons.id"),
    sa.Column("inbox_id", sa.BigInteger, sa.ForeignKey("inbox.id"), nullable=False, unique=True),
    sa.Column("words", sa.Text, nullable=False),
    _moment("made_at"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    _id(),
    _office(),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    _text("address_kind"),
    _text("sealed"),
    sa.Column("about", JSONB, nullable=False, server_default="[]"),
    sa.Column("text", sa.Text, nullable=False),
    # pending → delivered | partly | refused | unknown; `part` counts the parts already out.
    _text("state", "pending"),
    sa.Column("part", sa.Integer, nullable=False, server_default="0"),
    sa.Column("sending", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    _moment("written_at"),
    _moment("finished_at", optional=True),
    sa.UniqueConstraint("office_id", "key"),
    sa.Index(
        "ix_outbox_unfinished",
        "channel",
        "target",
        "id",
        postgresql_where="finished_at IS NULL",
    ),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    _id(),
    _office(),
    _reference("outbox_id", "outbox.id"),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reference", sa.Text, nullable=False, index=True),
    sa.Column("missed", JSONB, nullable=False, server_default="[]"),
    _text("code"),
    _text("detail"),
    _moment("tried_at"),
)

reminders = sa.Table(
    "reminders",
    metadata,
    _office(),
    _reference("round_id", "rounds.id"),
    _reference("liaison_id", "liaisons.id"),
    sa.Column("step", sa.Text, nullable=False),
    _moment("claimed_at"),
    sa.PrimaryKeyConstraint("round_id", "liaison_id", "step"),
)

digests = sa.Table(
    "digests",
    metadata,
    _office(),
    _reference("round_id", "rounds.id"),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("group_name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    _moment("claimed_at"),
    sa.PrimaryKeyConstraint("round_id", "channel", "group_name", "kind"),
)

audit = sa.Table(
    "audit",
    metadata,
    _id(),
    _office(),
    _moment("at"),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("details", JSONB, nullable=False, server_default="{}"),
)
