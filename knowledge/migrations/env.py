"""Alembic's entry: runs on the connection that knowledge.database hands in."""

from alembic import context

from knowledge.all_tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
