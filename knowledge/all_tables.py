"""Every module of tables, imported so that the metadata is whole: for migrations and copies of everything."""

import sqlalchemy as sa
from sqlmodel import SQLModel

import knowledge.channel_tables
import knowledge.dossier_tables
import knowledge.operation_tables
import knowledge.report_tables
import knowledge.staff_tables
import knowledge.tables
import knowledge.waiting_tables  # noqa: F401  fills the metadata

METADATA: sa.MetaData = SQLModel.metadata
