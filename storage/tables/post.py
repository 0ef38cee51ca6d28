"""What goes out, once each, and who did what."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables.columns import metadata, moment, office, reference, row_id, text

outbox = sa.Table(
    "outbox",
    metadata,
    row_id(),
    office(),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    text("address_kind"),
    text("sealed"),
    sa.Column("about", JSONB, nullable=False, server_default="[]"),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("card", JSONB, nullable=True),
    # Sealed: the leave to renew the card, while it is not used.
    sa.Column("card_grant", sa.Text, nullable=True),
    # pending → delivered | partly | refused | unknown; `part` counts the parts already out.
    text("state", "pending"),
    sa.Column("part", sa.Integer, nullable=False, server_default="0"),
    sa.Column("sending", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    moment("written_at"),
    moment("finished_at", optional=True),
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
    row_id(),
    office(),
    reference("outbox_id", "outbox.id"),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reference", sa.Text, nullable=False, index=True),
    sa.Column("missed", JSONB, nullable=False, server_default="[]"),
    text("code"),
    text("detail"),
    moment("tried_at"),
)


reminders = sa.Table(
    "reminders",
    metadata,
    office(),
    reference("round_id", "rounds.id"),
    reference("liaison_id", "liaisons.id"),
    sa.Column("step", sa.Text, nullable=False),
    moment("claimed_at"),
    sa.PrimaryKeyConstraint("round_id", "liaison_id", "step"),
)


# A rung of a unit's ladder is asked once in a round; `messages` are the keys of what was sent.
escalations = sa.Table(
    "escalations",
    metadata,
    row_id(),
    office(),
    reference("round_id", "rounds.id"),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("rung", sa.Text, nullable=False),
    sa.Column("messages", JSONB, nullable=False, server_default="[]"),
    moment("claimed_at"),
    sa.UniqueConstraint("round_id", "unit", "rung"),
)


# A liaison's copy of a round's notice, and when he signed for it.
signings = sa.Table(
    "signings",
    metadata,
    office(),
    reference("round_id", "rounds.id"),
    reference("liaison_id", "liaisons.id"),
    moment("told_at"),
    moment("signed_at", optional=True),
    text("signed_by"),
    sa.PrimaryKeyConstraint("round_id", "liaison_id"),
)


digests = sa.Table(
    "digests",
    metadata,
    office(),
    reference("round_id", "rounds.id"),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("group_name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    moment("claimed_at"),
    sa.PrimaryKeyConstraint("round_id", "channel", "group_name", "kind"),
)


audit = sa.Table(
    "audit",
    metadata,
    row_id(),
    office(),
    # Without a gap within the office: a missing number is a removed line.
    sa.Column("number", sa.BigInteger, nullable=False),
    moment("at"),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    sa.Column("details", JSONB, nullable=False, server_default="{}"),
    sa.Column("prev_hash", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index("ix_audit_chain", "office_id", "number"),
)


audit_heads = sa.Table(
    "audit_heads",
    metadata,
    sa.Column("office_id", sa.BigInteger, sa.ForeignKey("offices.id"), primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)
