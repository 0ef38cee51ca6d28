"""The first schema"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "offices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "settings", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("edition", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("name", name=op.f("uq_offices_name")),
    )
    op.create_table(
        "alarms",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_alarms_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
    )
    op.create_index(op.f("ix_alarms_office_id"), "alarms", ["office_id"], unique=False)
    op.create_index(
        "uq_alarms_open",
        "alarms",
        ["office_id", "channel", "kind"],
        unique=True,
        postgresql_where="settled_at IS NULL",
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column(
            "details", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_audit_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_chain", "audit", ["office_id", "number"], unique=False)
    op.create_index(op.f("ix_audit_office_id"), "audit", ["office_id"], unique=False)
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "audit_heads",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_audit_heads_office_id")
        ),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_audit_heads")),
    )
    op.create_table(
        "binding_codes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("liaison_key", sa.Text(), server_default="", nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_binding_codes_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binding_codes")),
        sa.UniqueConstraint("digest", name=op.f("uq_binding_codes_digest")),
    )
    op.create_index(
        op.f("ix_binding_codes_office_id"), "binding_codes", ["office_id"], unique=False
    )
    op.create_table(
        "binding_failures",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_binding_failures_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binding_failures")),
    )
    op.create_index(
        "ix_binding_failures_account",
        "binding_failures",
        ["channel", "user_id", "failed_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_binding_failures_office_id"), "binding_failures", ["office_id"], unique=False
    )
    op.create_table(
        "channels",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_channels_office_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_channels")),
    )
    op.create_index(op.f("ix_channels_office_id"), "channels", ["office_id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("message_key", sa.Text(), nullable=False),
        sa.Column("sender_id", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed", sa.Text(), server_default="", nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_inbox_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "message_key", name=op.f("uq_inbox_channel_message_key")),
    )
    op.create_index(op.f("ix_inbox_office_id"), "inbox", ["office_id"], unique=False)
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["channel", "sender_id", "received_at", "id"],
        unique=False,
        postgresql_where="processed_at IS NULL",
    )
    op.create_table(
        "leaders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_leaders_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaders")),
        sa.UniqueConstraint("office_id", "name", name=op.f("uq_leaders_office_id_name")),
    )
    op.create_index(op.f("ix_leaders_office_id"), "leaders", ["office_id"], unique=False)
    op.create_table(
        "liaisons",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("duty", sa.Text(), server_default="联络员", nullable=False),
        sa.Column(
            "units", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column(
            "platform_ids",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_liaisons_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaisons")),
        sa.UniqueConstraint("office_id", "key", name=op.f("uq_liaisons_office_id_key")),
    )
    op.create_index(op.f("ix_liaisons_office_id"), "liaisons", ["office_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("address_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("sealed", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "about", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("card", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("part", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sending", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_outbox_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("office_id", "key", name=op.f("uq_outbox_office_id_key")),
    )
    op.create_index(op.f("ix_outbox_office_id"), "outbox", ["office_id"], unique=False)
    op.create_index(
        "ix_outbox_unfinished",
        "outbox",
        ["channel", "target", "id"],
        unique=False,
        postgresql_where="finished_at IS NULL",
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_plans_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("office_id", "year", name=op.f("uq_plans_office_id_year")),
    )
    op.create_index(op.f("ix_plans_office_id"), "plans", ["office_id"], unique=False)
    op.create_table(
        "units",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "aliases", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_units_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("office_id", "name", name=op.f("uq_units_office_id_name")),
    )
    op.create_index(op.f("ix_units_office_id"), "units", ["office_id"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("liaison_id", sa.BigInteger(), nullable=False),
        sa.Column("stale_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stale_reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.name"], name=op.f("fk_accounts_channel")),
        sa.ForeignKeyConstraint(
            ["liaison_id"], ["liaisons.id"], name=op.f("fk_accounts_liaison_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_accounts_office_id")),
        sa.PrimaryKeyConstraint("channel", "user_id", name=op.f("pk_accounts")),
    )
    op.create_index(op.f("ix_accounts_liaison_id"), "accounts", ["liaison_id"], unique=False)
    op.create_index(op.f("ix_accounts_office_id"), "accounts", ["office_id"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("liaison_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("report_inbox_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_attachments_inbox_id")),
        sa.ForeignKeyConstraint(
            ["liaison_id"], ["liaisons.id"], name=op.f("fk_attachments_liaison_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_attachments_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_inbox_id"], ["inbox.id"], name=op.f("fk_attachments_report_inbox_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("inbox_id", "sha256", name=op.f("uq_attachments_inbox_id_sha256")),
    )
    op.create_index(op.f("ix_attachments_liaison_id"), "attachments", ["liaison_id"], unique=False)
    op.create_index(op.f("ix_attachments_office_id"), "attachments", ["office_id"], unique=False)
    op.create_index(
        op.f("ix_attachments_report_inbox_id"), "attachments", ["report_inbox_id"], unique=False
    )
    op.create_table(
        "complaints",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("liaison_id", sa.BigInteger(), nullable=True),
        sa.Column("sender", sa.Text(), server_default="", nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_complaints_inbox_id")),
        sa.ForeignKeyConstraint(
            ["liaison_id"], ["liaisons.id"], name=op.f("fk_complaints_liaison_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_complaints_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_complaints_inbox_id")),
    )
    op.create_index(op.f("ix_complaints_liaison_id"), "complaints", ["liaison_id"], unique=False)
    op.create_index(op.f("ix_complaints_office_id"), "complaints", ["office_id"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "missed", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_deliveries_office_id")
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_deliveries_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_office_id"), "deliveries", ["office_id"], unique=False)
    op.create_index(op.f("ix_deliveries_outbox_id"), "deliveries", ["outbox_id"], unique=False)
    op.create_index(op.f("ix_deliveries_reference"), "deliveries", ["reference"], unique=False)
    op.create_table(
        "leadership_groups",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel"], ["channels.name"], name=op.f("fk_leadership_groups_channel")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_leadership_groups_office_id")
        ),
        sa.PrimaryKeyConstraint("channel", "name", name=op.f("pk_leadership_groups")),
    )
    op.create_index(
        op.f("ix_leadership_groups_office_id"), "leadership_groups", ["office_id"], unique=False
    )
    op.create_table(
        "leaves",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("liaison_id", sa.BigInteger(), nullable=False),
        sa.Column("stand_in_id", sa.BigInteger(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["liaison_id"], ["liaisons.id"], name=op.f("fk_leaves_liaison_id")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_leaves_office_id")),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["liaisons.id"], name=op.f("fk_leaves_stand_in_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    op.create_index(op.f("ix_leaves_liaison_id"), "leaves", ["liaison_id"], unique=False)
    op.create_index(op.f("ix_leaves_office_id"), "leaves", ["office_id"], unique=False)
    op.create_index(op.f("ix_leaves_stand_in_id"), "leaves", ["stand_in_id"], unique=False)
    op.create_table(
        "overseers",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.name"], name=op.f("fk_overseers_channel")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_overseers_office_id")),
        sa.PrimaryKeyConstraint("channel", "user_id", name=op.f("pk_overseers")),
    )
    op.create_index(op.f("ix_overseers_office_id"), "overseers", ["office_id"], unique=False)
    op.create_table(
        "plan_versions",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("change", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_plan_versions_office_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_versions_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "version", name=op.f("pk_plan_versions")),
    )
    op.create_index(
        op.f("ix_plan_versions_office_id"), "plan_versions", ["office_id"], unique=False
    )
    op.create_index(op.f("ix_plan_versions_plan_id"), "plan_versions", ["plan_id"], unique=False)
    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("liaison_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("doubts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_questions_inbox_id")),
        sa.ForeignKeyConstraint(
            ["liaison_id"], ["liaisons.id"], name=op.f("fk_questions_liaison_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_questions_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_questions_inbox_id")),
    )
    op.create_index(op.f("ix_questions_liaison_id"), "questions", ["liaison_id"], unique=False)
    op.create_index(op.f("ix_questions_office_id"), "questions", ["office_id"], unique=False)
    op.create_index(
        "ix_questions_open",
        "questions",
        ["liaison_id"],
        unique=False,
        postgresql_where="closed_at IS NULL",
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cutoff_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_rounds_office_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_rounds_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("plan_id", "year", "month", name=op.f("uq_rounds_plan_id_year_month")),
    )
    op.create_index(op.f("ix_rounds_office_id"), "rounds", ["office_id"], unique=False)
    op.create_index(op.f("ix_rounds_plan_id"), "rounds", ["plan_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("leads", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("supports", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("leader", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_text", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "milestones",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "programmes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
        sa.Column("horizon", sa.Text(), server_default="", nullable=False),
        sa.Column("department", sa.Text(), server_default="", nullable=False),
        sa.Column("handler", sa.Text(), server_default="", nullable=False),
        sa.Column("halted", sa.Text(), server_default="", nullable=False),
        sa.Column("dropped", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_tasks_office_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_tasks_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_office_id"), "tasks", ["office_id"], unique=False)
    op.create_index(op.f("ix_tasks_plan_id"), "tasks", ["plan_id"], unique=False)
    op.create_index(
        "uq_tasks_plan_code",
        "tasks",
        ["plan_id", "code"],
        unique=True,
        postgresql_where="NOT dropped",
    )
    op.create_table(
        "aliases",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("barred", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_aliases_office_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_aliases_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint(
            "office_id", "words", "task_id", name=op.f("uq_aliases_office_id_words_task_id")
        ),
    )
    op.create_index(op.f("ix_aliases_office_id"), "aliases", ["office_id"], unique=False)
    op.create_index(op.f("ix_aliases_task_id"), "aliases", ["task_id"], unique=False)
    op.create_table(
        "amendments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_amendments_office_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_amendments_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
    )
    op.create_index(op.f("ix_amendments_office_id"), "amendments", ["office_id"], unique=False)
    op.create_index(op.f("ix_amendments_task_id"), "amendments", ["task_id"], unique=False)
    op.create_table(
        "concerns",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column(
            "tasks", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("closed_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_concerns_inbox_id")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_concerns_office_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_concerns_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerns")),
    )
    op.create_index(op.f("ix_concerns_inbox_id"), "concerns", ["inbox_id"], unique=False)
    op.create_index(op.f("ix_concerns_office_id"), "concerns", ["office_id"], unique=False)
    op.create_index(op.f("ix_concerns_task_id"), "concerns", ["task_id"], unique=False)
    op.create_index(
        "uq_concerns_open",
        "concerns",
        ["office_id", "key"],
        unique=True,
        postgresql_where="closed_at IS NULL",
    )
    op.create_table(
        "digests",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_digests_office_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_digests_round_id")),
        sa.PrimaryKeyConstraint(
            "round_id", "channel", "group_name", "kind", name=op.f("pk_digests")
        ),
    )
    op.create_index(op.f("ix_digests_office_id"), "digests", ["office_id"], unique=False)
    op.create_index(op.f("ix_digests_round_id"), "digests", ["round_id"], unique=False)
    op.create_table(
        "escalations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column(
            "messages", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_escalations_office_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_escalations_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
        sa.UniqueConstraint(
            "round_id", "unit", "rung", name=op.f("uq_escalations_round_id_unit_rung")
        ),
    )
    op.create_index(op.f("ix_escalations_office_id"), "escalations", ["office_id"], unique=False)
    op.create_index(op.f("ix_escalations_round_id"), "escalations", ["round_id"], unique=False)
    op.create_table(
        "extensions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_extensions_inbox_id")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_extensions_office_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_extensions_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_extensions_inbox_id")),
    )
    op.create_index(op.f("ix_extensions_office_id"), "extensions", ["office_id"], unique=False)
    op.create_index(op.f("ix_extensions_task_id"), "extensions", ["task_id"], unique=False)
    op.create_index(
        "uq_extensions_open",
        "extensions",
        ["task_id"],
        unique=True,
        postgresql_where="decided_at IS NULL",
    )
    op.create_table(
        "follow_ups",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_follow_ups_office_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_follow_ups_round_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_follow_ups_task_id")),
        sa.PrimaryKeyConstraint("round_id", "task_id", "reason", name=op.f("pk_follow_ups")),
    )
    op.create_index(op.f("ix_follow_ups_office_id"), "follow_ups", ["office_id"], unique=False)
    op.create_index(op.f("ix_follow_ups_round_id"), "follow_ups", ["round_id"], unique=False)
    op.create_index(op.f("ix_follow_ups_task_id"), "follow_ups", ["task_id"], unique=False)
    op.create_table(
        "instructions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_instructions_inbox_id")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_instructions_office_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_instructions_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructions")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_instructions_inbox_id")),
    )
    op.create_index(op.f("ix_instructions_office_id"), "instructions", ["office_id"], unique=False)
    op.create_index(op.f("ix_instructions_task_id"), "instructions", ["task_id"], unique=False)
    op.create_table(
        "merged_drafts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("liaison_id", sa.BigInteger(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["liaison_id"], ["liaisons.id"], name=op.f("fk_merged_drafts_liaison_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_merged_drafts_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_merged_drafts_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged_drafts")),
        sa.UniqueConstraint(
            "round_id", "liaison_id", name=op.f("uq_merged_drafts_round_id_liaison_id")
        ),
    )
    op.create_index(
        op.f("ix_merged_drafts_liaison_id"), "merged_drafts", ["liaison_id"], unique=False
    )
    op.create_index(
        op.f("ix_merged_drafts_office_id"), "merged_drafts", ["office_id"], unique=False
    )
    op.create_index(op.f("ix_merged_drafts_round_id"), "merged_drafts", ["round_id"], unique=False)
    op.create_table(
        "previews",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_previews_office_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_previews_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_previews")),
        sa.UniqueConstraint("round_id", "kind", name=op.f("uq_previews_round_id_kind")),
    )
    op.create_index(op.f("ix_previews_office_id"), "previews", ["office_id"], unique=False)
    op.create_index(op.f("ix_previews_round_id"), "previews", ["round_id"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("liaison_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["liaison_id"], ["liaisons.id"], name=op.f("fk_reminders_liaison_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_reminders_office_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_reminders_round_id")),
        sa.PrimaryKeyConstraint("round_id", "liaison_id", "step", name=op.f("pk_reminders")),
    )
    op.create_index(op.f("ix_reminders_liaison_id"), "reminders", ["liaison_id"], unique=False)
    op.create_index(op.f("ix_reminders_office_id"), "reminders", ["office_id"], unique=False)
    op.create_index(op.f("ix_reminders_round_id"), "reminders", ["round_id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("liaison_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("by_lead", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("percent", sa.Float(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("suggestion", sa.Text(), nullable=True),
        sa.Column(
            "figures", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "evidence", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_reports_inbox_id")),
        sa.ForeignKeyConstraint(
            ["liaison_id"], ["liaisons.id"], name=op.f("fk_reports_liaison_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_reports_office_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_reports_round_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_reports_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("inbox_id", "task_id", name=op.f("uq_reports_inbox_id_task_id")),
        sa.UniqueConstraint(
            "round_id", "task_id", "version", name=op.f("uq_reports_round_id_task_id_version")
        ),
    )
    op.create_index(op.f("ix_reports_inbox_id"), "reports", ["inbox_id"], unique=False)
    op.create_index(op.f("ix_reports_liaison_id"), "reports", ["liaison_id"], unique=False)
    op.create_index(op.f("ix_reports_office_id"), "reports", ["office_id"], unique=False)
    op.create_index(op.f("ix_reports_round_id"), "reports", ["round_id"], unique=False)
    op.create_index(op.f("ix_reports_task_id"), "reports", ["task_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_reviews_office_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_reviews_round_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_reviews_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_office_id"), "reviews", ["office_id"], unique=False)
    op.create_index(op.f("ix_reviews_round_id"), "reviews", ["round_id"], unique=False)
    op.create_index(op.f("ix_reviews_task_id"), "reviews", ["task_id"], unique=False)
    op.create_table(
        "signings",
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("liaison_id", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["liaison_id"], ["liaisons.id"], name=op.f("fk_signings_liaison_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_signings_office_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_signings_round_id")),
        sa.PrimaryKeyConstraint("round_id", "liaison_id", name=op.f("pk_signings")),
    )
    op.create_index(op.f("ix_signings_liaison_id"), "signings", ["liaison_id"], unique=False)
    op.create_index(op.f("ix_signings_office_id"), "signings", ["office_id"], unique=False)
    op.create_index(op.f("ix_signings_round_id"), "signings", ["round_id"], unique=False)


def downgrade() -> None:
    """Take the step back."""
    op.drop_index(op.f("ix_signings_round_id"), table_name="signings")
    op.drop_index(op.f("ix_signings_office_id"), table_name="signings")
    op.drop_index(op.f("ix_signings_liaison_id"), table_name="signings")
    op.drop_table("signings")
    op.drop_index(op.f("ix_reviews_task_id"), table_name="reviews")
    op.drop_index(op.f("ix_reviews_round_id"), table_name="reviews")
    op.drop_index(op.f("ix_reviews_office_id"), table_name="reviews")
    op.drop_table("reviews")
    op.drop_index(op.f("ix_reports_task_id"), table_name="reports")
    op.drop_index(op.f("ix_reports_round_id"), table_name="reports")
    op.drop_index(op.f("ix_reports_office_id"), table_name="reports")
    op.drop_index(op.f("ix_reports_liaison_id"), table_name="reports")
    op.drop_index(op.f("ix_reports_inbox_id"), table_name="reports")
    op.drop_table("reports")
    op.drop_index(op.f("ix_reminders_round_id"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_office_id"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_liaison_id"), table_name="reminders")
    op.drop_table("reminders")
    op.drop_index(op.f("ix_previews_round_id"), table_name="previews")
    op.drop_index(op.f("ix_previews_office_id"), table_name="previews")
    op.drop_table("previews")
    op.drop_index(op.f("ix_merged_drafts_round_id"), table_name="merged_drafts")
    op.drop_index(op.f("ix_merged_drafts_office_id"), table_name="merged_drafts")
    op.drop_index(op.f("ix_merged_drafts_liaison_id"), table_name="merged_drafts")
    op.drop_table("merged_drafts")
    op.drop_index(op.f("ix_instructions_task_id"), table_name="instructions")
    op.drop_index(op.f("ix_instructions_office_id"), table_name="instructions")
    op.drop_table("instructions")
    op.drop_index(op.f("ix_follow_ups_task_id"), table_name="follow_ups")
    op.drop_index(op.f("ix_follow_ups_round_id"), table_name="follow_ups")
    op.drop_index(op.f("ix_follow_ups_office_id"), table_name="follow_ups")
    op.drop_table("follow_ups")
    op.drop_index(
        "uq_extensions_open", table_name="extensions", postgresql_where="decided_at IS NULL"
    )
    op.drop_index(op.f("ix_extensions_task_id"), table_name="extensions")
    op.drop_index(op.f("ix_extensions_office_id"), table_name="extensions")
    op.drop_table("extensions")
    op.drop_index(op.f("ix_escalations_round_id"), table_name="escalations")
    op.drop_index(op.f("ix_escalations_office_id"), table_name="escalations")
    op.drop_table("escalations")
    op.drop_index(op.f("ix_digests_round_id"), table_name="digests")
    op.drop_index(op.f("ix_digests_office_id"), table_name="digests")
    op.drop_table("digests")
    op.drop_index("uq_concerns_open", table_name="concerns", postgresql_where="closed_at IS NULL")
    op.drop_index(op.f("ix_concerns_task_id"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_office_id"), table_name="concerns")
    op.drop_index(op.f("ix_concerns_inbox_id"), table_name="concerns")
    op.drop_table("concerns")
    op.drop_index(op.f("ix_amendments_task_id"), table_name="amendments")
    op.drop_index(op.f("ix_amendments_office_id"), table_name="amendments")
    op.drop_table("amendments")
    op.drop_index(op.f("ix_aliases_task_id"), table_name="aliases")
    op.drop_index(op.f("ix_aliases_office_id"), table_name="aliases")
    op.drop_table("aliases")
    op.drop_index("uq_tasks_plan_code", table_name="tasks", postgresql_where="NOT dropped")
    op.drop_index(op.f("ix_tasks_plan_id"), table_name="tasks")
    op.drop_index(op.f("ix_tasks_office_id"), table_name="tasks")
    op.drop_table("tasks")
    op.drop_index(op.f("ix_rounds_plan_id"), table_name="rounds")
    op.drop_index(op.f("ix_rounds_office_id"), table_name="rounds")
    op.drop_table("rounds")
    op.drop_index("ix_questions_open", table_name="questions", postgresql_where="closed_at IS NULL")
    op.drop_index(op.f("ix_questions_office_id"), table_name="questions")
    op.drop_index(op.f("ix_questions_liaison_id"), table_name="questions")
    op.drop_table("questions")
    op.drop_index(op.f("ix_plan_versions_plan_id"), table_name="plan_versions")
    op.drop_index(op.f("ix_plan_versions_office_id"), table_name="plan_versions")
    op.drop_table("plan_versions")
    op.drop_index(op.f("ix_overseers_office_id"), table_name="overseers")
    op.drop_table("overseers")
    op.drop_index(op.f("ix_leaves_stand_in_id"), table_name="leaves")
    op.drop_index(op.f("ix_leaves_office_id"), table_name="leaves")
    op.drop_index(op.f("ix_leaves_liaison_id"), table_name="leaves")
    op.drop_table("leaves")
    op.drop_index(op.f("ix_leadership_groups_office_id"), table_name="leadership_groups")
    op.drop_table("leadership_groups")
    op.drop_index(op.f("ix_deliveries_reference"), table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_outbox_id"), table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_office_id"), table_name="deliveries")
    op.drop_table("deliveries")
    op.drop_index(op.f("ix_complaints_office_id"), table_name="complaints")
    op.drop_index(op.f("ix_complaints_liaison_id"), table_name="complaints")
    op.drop_table("complaints")
    op.drop_index(op.f("ix_attachments_report_inbox_id"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_office_id"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_liaison_id"), table_name="attachments")
    op.drop_table("attachments")
    op.drop_index(op.f("ix_accounts_office_id"), table_name="accounts")
    op.drop_index(op.f("ix_accounts_liaison_id"), table_name="accounts")
    op.drop_table("accounts")
    op.drop_index(op.f("ix_units_office_id"), table_name="units")
    op.drop_table("units")
    op.drop_index(op.f("ix_plans_office_id"), table_name="plans")
    op.drop_table("plans")
    op.drop_index(
        "ix_outbox_unfinished", table_name="outbox", postgresql_where="finished_at IS NULL"
    )
    op.drop_index(op.f("ix_outbox_office_id"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_liaisons_office_id"), table_name="liaisons")
    op.drop_table("liaisons")
    op.drop_index(op.f("ix_leaders_office_id"), table_name="leaders")
    op.drop_table("leaders")
    op.drop_index("ix_inbox_waiting", table_name="inbox", postgresql_where="processed_at IS NULL")
    op.drop_index(op.f("ix_inbox_office_id"), table_name="inbox")
    op.drop_table("inbox")
    op.drop_index(op.f("ix_channels_office_id"), table_name="channels")
    op.drop_table("channels")
    op.drop_index(op.f("ix_binding_failures_office_id"), table_name="binding_failures")
    op.drop_index("ix_binding_failures_account", table_name="binding_failures")
    op.drop_table("binding_failures")
    op.drop_index(op.f("ix_binding_codes_office_id"), table_name="binding_codes")
    op.drop_table("binding_codes")
    op.drop_table("audit_heads")
    op.drop_index(op.f("ix_audit_subject"), table_name="audit")
    op.drop_index(op.f("ix_audit_office_id"), table_name="audit")
    op.drop_index("ix_audit_chain", table_name="audit")
    op.drop_table("audit")
    op.drop_index("uq_alarms_open", table_name="alarms", postgresql_where="settled_at IS NULL")
    op.drop_index(op.f("ix_alarms_office_id"), table_name="alarms")
    op.drop_table("alarms")
    op.drop_table("offices")
