"""Additions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.add_column("concerns", sa.Column("number", sa.BigInteger(), nullable=True))
    op.create_unique_constraint(
        op.f("uq_concerns_office_id_number"), "concerns", ["office_id", "number"]
    )
    op.add_column("outbox", sa.Column("card_grant", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    op.drop_column("outbox", "card_grant")
    op.drop_constraint(op.f("uq_concerns_office_id_number"), "concerns", type_="unique")
    op.drop_column("concerns", "number")
