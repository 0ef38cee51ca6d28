"""What the office has been taught by answers and corrections."""

import sqlalchemy as sa

from storage.tables.columns import metadata, moment, office, reference, row_id

aliases = sa.Table(
    "aliases",
    metadata,
    row_id(),
    office(),
    # The task's row lives on through the versions of its plan, and so does what names it.
    reference("task_id", "tasks.id"),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("confirmed", sa.Integer, nullable=False),
    moment("learned_at"),
    # Forgotten after a correction; barred where the operator removed it: then no answer revives it.
    moment("forgotten_at", optional=True),
    sa.Column("barred", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("office_id", "words", "task_id"),
)
