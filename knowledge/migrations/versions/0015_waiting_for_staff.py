"""who waits for an answer and where, whose task it is, staff known on channels, chats that staff took over"""

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LOGINS, TIMES = ("assignee", "answered_by"), ("promised_by", "answered_at")
INDEXES = (
    ("waiting_asker", "kept_at"),
    ("staff_link", "account"),
    ("takeover", "account"),
    ("takeover", "until"),
)


def upgrade() -> None:
    with op.batch_alter_table("waiting_group") as batch_op:
        for name in LOGINS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        for name in TIMES:
            batch_op.add_column(sa.Column(name, UtcDateTime(), nullable=True))
    with op.batch_alter_table("waiting_group") as batch_op:
        for name in LOGINS:
            batch_op.alter_column(name, server_default=None)
    _asker_table()
    _staff_tables()
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _asker_table() -> None:
    op.create_table(
        "waiting_asker",
        sa.Column("exchange", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("exchange"),
    )
    op.create_index("ix_waiting_asker_chat", "waiting_asker", ["channel", "chat"])


def _staff_tables() -> None:
    op.create_table(
        "staff_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["staff_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "user"),
    )
    op.create_table(
        "takeover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("exchange", sa.Integer(), nullable=False),
        sa.Column("faq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["staff_account.id"]),
        sa.ForeignKeyConstraint(["faq"], ["faq_file.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "chat"),
    )


def downgrade() -> None:
    for table, column in reversed(INDEXES):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    for table in ("takeover", "staff_link", "waiting_asker"):
        op.drop_table(table)
    with op.batch_alter_table("waiting_group") as batch_op:
        for name in (*TIMES, *LOGINS):
            batch_op.drop_column(name)
