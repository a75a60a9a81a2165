"""a waiting question's number is never given to another one: a form that was opened before would answer that one"""

from typing import Any

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_anew(sqlite_autoincrement=True)


def downgrade() -> None:
    _make_anew()


def _make_anew(**options: Any) -> None:
    """SQLite gives the number of the newest row anew once that is deleted; PostgreSQL's sequence never does."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("waiting_group", recreate="always", table_kwargs=options):
            pass
