"""Alembic's entry: runs on the connection that knowledge.database hands in."""

from alembic import context
from sqlmodel import SQLModel

import knowledge.channel_tables
import knowledge.dossier_tables
import knowledge.operation_tables
import knowledge.report_tables
import knowledge.staff_tables
import knowledge.tables
import knowledge.waiting_tables  # noqa: F401  fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
