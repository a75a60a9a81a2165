"""wordings and short forms that staff add"""

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INDEXED = ("key", "opened_in", "closed_in")


def upgrade() -> None:
    op.create_table(
        "word_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("opened_in", sa.Integer(), nullable=False),
        sa.Column("closed_in", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["closed_in"], ["edition.number"]),
        sa.ForeignKeyConstraint(["opened_in"], ["edition.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in INDEXED:
        op.create_index(f"ix_word_version_{column}", "word_version", [column])
    op.create_table(
        "word_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("word_file")
    op.drop_table("word_version")
