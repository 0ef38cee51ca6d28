"""Files that belong to reports; their bytes lie in the data folder."""

import sqlalchemy as sa

from storage.tables.columns import metadata, moment, office, reference, row_id, text

attachments = sa.Table(
    "attachments",
    metadata,
    row_id(),
    office(),
    reference("liaison_id", "liaisons.id"),
    # The message that brought it, and the message whose reports it belongs to once there are any.
    sa.Column("inbox_id", sa.BigInteger, sa.ForeignKey("inbox.id"), nullable=False),
    reference("report_inbox_id", "inbox.id", optional=True),
    text("name"),
    sa.Column("content_type", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    moment("received_at"),
    # A message may bring several files, and each of them once.
    sa.UniqueConstraint("inbox_id", "sha256"),
)
