"""One-time codes that bind accounts, their failures, and the operator's alarms."""

import sqlalchemy as sa

from storage.tables.columns import metadata, moment, office, row_id, text

binding_codes = sa.Table(
    "binding_codes",
    metadata,
    row_id(),
    office(),
    # Keyed with the installation's secret: forty bits could be tried out otherwise.
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    sa.Column("unit", sa.Text, nullable=False),
    text("name"),
    text("liaison_key"),
    moment("issued_at"),
    moment("expires_at"),
    moment("used_at", optional=True),
)


binding_failures = sa.Table(
    "binding_failures",
    metadata,
    row_id(),
    office(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("user_id", sa.Text, nullable=False),
    moment("failed_at"),
    sa.Index("ix_binding_failures_account", "channel", "user_id", "failed_at"),
)


alarms = sa.Table(
    "alarms",
    metadata,
    row_id(),
    office(),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    text("detail"),
    moment("raised_at"),
    moment("settled_at", optional=True),
    sa.Index(
        "uq_alarms_open",
        "office_id",
        "channel",
        "kind",
        unique=True,
        postgresql_where="settled_at IS NULL",
    ),
)
