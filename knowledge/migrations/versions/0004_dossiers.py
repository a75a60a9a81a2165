"""dossiers"""

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("dossier") as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_code"), ["code"])
        batch_op.create_index(batch_op.f("ix_dossier_due"), ["due"])
        batch_op.create_index(batch_op.f("ix_dossier_flagged"), ["flagged"])
    op.create_table(
        "dossier_code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"]),
        sa.PrimaryKeyConstraint("code"),
    )
    with op.batch_alter_table("dossier_code") as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_code_dossier"), ["dossier"])
    op.create_table(
        "dossier_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("dossier_step") as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_step_dossier"), ["dossier"])


def downgrade() -> None:
    op.drop_table("dossier_step")
    op.drop_table("dossier_code")
    op.drop_table("dossier")
