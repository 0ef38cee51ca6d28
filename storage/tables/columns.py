"""What the tables share: the names of constraints, and columns of a kind."""

from datetime import datetime

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id() -> sa.Column[int]:
    """The row's own number."""
    return sa.Column("id", sa.BigInteger, sa.Identity(always=False), primary_key=True)


def office() -> sa.Column[int]:
    """The office the row belongs to."""
    return sa.Column(
        "office_id", sa.BigInteger, sa.ForeignKey("offices.id"), nullable=False, index=True
    )


def reference(name: str, target: str, *, optional: bool = False) -> sa.Column[int]:
    """A row of another table, "table.id"."""
    return sa.Column(name, sa.BigInteger, sa.ForeignKey(target), nullable=optional, index=True)


def text(name: str, default: str = "") -> sa.Column[str]:
    """A text that is never null."""
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def moment(name: str, *, optional: bool = False) -> sa.Column[datetime]:
    """A moment in time, aware."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)
