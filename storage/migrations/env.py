"""Alembic's entry: runs the steps on the connection it is handed."""

from alembic import context

from storage.tables import metadata


def _run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_server_default=True,
        include_name=lambda name, kind, _parents: (
            kind != "table" or not (name or "").startswith("procrastinate_")
        ),
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
