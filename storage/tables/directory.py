"""The office, its channels and its people."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables.columns import metadata, moment, office, reference, row_id, text

offices = sa.Table(
    "offices",
    metadata,
    row_id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("settings", JSONB, nullable=False, server_default="{}"),
    # Raised whenever plan, units or people change, so that prepared indexes are made anew.
    sa.Column("edition", sa.BigInteger, nullable=False, server_default="1"),
)


channels = sa.Table(
    "channels",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    office(),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("sealed", sa.Text, nullable=False),
)


leadership_groups = sa.Table(
    "leadership_groups",
    metadata,
    office(),
    sa.Column("channel", sa.Text, sa.ForeignKey("channels.name"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("channel", "name"),
)


units = sa.Table(
    "units",
    metadata,
    row_id(),
    office(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("aliases", JSONB, nullable=False, server_default="[]"),
    sa.UniqueConstraint("office_id", "name"),
)


leaders = sa.Table(
    "leaders",
    metadata,
    row_id(),
    office(),
    sa.Column("name", sa.Text, nullable=False),
    text("title"),
    sa.UniqueConstraint("office_id", "name"),
)


liaisons = sa.Table(
    "liaisons",
    metadata,
    row_id(),
    office(),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    text("post"),
    text("phone"),
    text("duty", "联络员"),
    sa.Column("units", JSONB, nullable=False, server_default="[]"),
    # His id on each platform as the directory gives it, {"wecom": …}; bound on every channel.
    sa.Column("platform_ids", JSONB, nullable=False, server_default="{}"),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.UniqueConstraint("office_id", "key"),
)


# Days a liaison is away; a leave that was called off ends at `ended_at`.
leaves = sa.Table(
    "leaves",
    metadata,
    row_id(),
    office(),
    reference("liaison_id", "liaisons.id"),
    reference("stand_in_id", "liaisons.id", optional=True),
    sa.Column("starts", sa.Date, nullable=False),
    sa.Column("ends", sa.Date, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    moment("made_at"),
    moment("ended_at", optional=True),
)


accounts = sa.Table(
    "accounts",
    metadata,
    office(),
    sa.Column("channel", sa.Text, sa.ForeignKey("channels.name"), nullable=False),
    # Lower case: WeCom user ids are case-insensitive (document 90236).
    sa.Column("user_id", sa.Text, nullable=False),
    # As the directory or the operator wrote it: DingTalk may tell case apart.
    sa.Column("spelling", sa.Text, nullable=False),
    reference("liaison_id", "liaisons.id"),
    # Deleted, out of the app's sight or refused by the platform since then.
    moment("stale_since", optional=True),
    text("stale_reason"),
    sa.PrimaryKeyConstraint("channel", "user_id"),
)


# Leaders and the office's own staff: who may ask about and decide on others' tasks.
overseers = sa.Table(
    "overseers",
    metadata,
    office(),
    sa.Column("channel", sa.Text, sa.ForeignKey("channels.name"), nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("spelling", sa.Text, nullable=False),
    sa.Column("post", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("channel", "user_id"),
)
