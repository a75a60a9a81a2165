"""the second step of logging in"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_factor",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["staff_account.id"]),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_table(
        "staff_recovery",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["staff_account.id"]),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("ix_staff_recovery_account", "staff_recovery", ["account"])


def downgrade() -> None:
    op.drop_table("staff_recovery")
    op.drop_table("staff_factor")
