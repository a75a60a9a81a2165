"""registers in parts: what an import laid down and has not taken in yet"""

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_register",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "dossier_register_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["dossier_register.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("dossier_register_part") as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_register_part_parent"), ["parent"])


def downgrade() -> None:
    op.drop_table("dossier_register_part")
    op.drop_table("dossier_register")
