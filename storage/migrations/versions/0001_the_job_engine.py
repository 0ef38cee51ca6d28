"""The job engine's own tables, as procrastinate 3.10 ships them."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply procrastinate's schema, and an index its fetch lacks: by lock, for what waits."""
    driver = op.get_bind().connection.driver_connection
    driver.execute(SchemaManager.get_schema())
    op.execute(
        "CREATE INDEX ix_procrastinate_jobs_lock_waiting ON procrastinate_jobs (lock, id)"
        " WHERE status IN ('todo', 'doing')"
    )


def downgrade() -> None:
    """There is nothing before this."""
    # An empty database is dropped, not taken back.
