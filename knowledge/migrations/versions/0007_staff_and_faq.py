"""staff, audit, FAQ entries, waiting questions"""

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEXES = (
    ("faq_version", "key"),
    ("faq_version", "opened_in"),
    ("faq_version", "closed_in"),
    ("staff_session", "account"),
    ("audit_note", "subject"),
    ("faq_revision", "faq"),
    ("waiting_group", "state"),
    ("waiting_question", "group"),
)


def upgrade() -> None:
    with op.batch_alter_table("exchange") as batch_op:
        batch_op.add_column(sa.Column("faq", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("exchange") as batch_op:
        batch_op.alter_column("faq", server_default=None)
    _faq_tables()
    _staff_tables()
    _waiting_tables()
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _faq_tables() -> None:
    op.create_table(
        "faq_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("opened_in", sa.Integer(), nullable=False),
        sa.Column("closed_in", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["opened_in"], ["edition.number"]),
        sa.ForeignKeyConstraint(["closed_in"], ["edition.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "faq_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "faq_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("faq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["faq"], ["faq_file.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("faq", "number"),
    )


def _staff_tables() -> None:
    op.create_table(
        "staff_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "staff_session",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["staff_account.id"]),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_table(
        "audit_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _waiting_tables() -> None:
    op.create_table(
        "waiting_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("faq", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["faq"], ["faq_file.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "waiting_question",
        sa.Column("exchange", sa.Integer(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group"], ["waiting_group.id"]),
        sa.PrimaryKeyConstraint("exchange"),
    )


def downgrade() -> None:
    for table, column in reversed(INDEXES):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    for table in (
        "waiting_question",
        "waiting_group",
        "audit_note",
        "staff_session",
        "staff_account",
        "faq_revision",
        "faq_file",
        "faq_version",
    ):
        op.drop_table(table)
    with op.batch_alter_table("exchange") as batch_op:
        batch_op.drop_column("faq")
