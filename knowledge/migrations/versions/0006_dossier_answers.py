"""dossier answers: attempts, followers, outbox, payloads seen"""

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dossier_step") as batch_op:
        batch_op.add_column(sa.Column("is_exact", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("dossier_step") as batch_op:
        batch_op.alter_column("is_exact", server_default=None)
    op.create_table(
        "dossier_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sequence", sa.String(), nullable=False),
        sa.Column("is_wrong", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("dossier_attempt") as batch_op:
        for column in ("at", "asker", "code", "sequence"):
            batch_op.create_index(batch_op.f(f"ix_dossier_attempt_{column}"), [column])
    op.create_table(
        "dossier_follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dossier", "channel", "chat"),
    )
    with op.batch_alter_table("dossier_follow") as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_follow_dossier"), ["dossier"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.create_index("ix_outbox_chat", ["channel", "chat", "id"])
        batch_op.create_index("ix_outbox_open", ["state", "channel", "not_before"])
    op.create_table(
        "payload_seen",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )


def downgrade() -> None:
    for table in ("payload_seen", "outbox", "dossier_follow", "dossier_attempt"):
        op.drop_table(table)
    with op.batch_alter_table("dossier_step") as batch_op:
        batch_op.drop_column("is_exact")
