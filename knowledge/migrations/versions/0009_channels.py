"""channels: monthly counts, what stops one, chats they may write to, sealed tokens"""

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_count",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "month", "kind"),
    )
    op.create_table(
        "channel_trouble",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("channel"),
    )
    op.create_table(
        "channel_chat",
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("acted_at", UtcDateTime(), nullable=True),
        sa.Column("muted_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("chat"),
    )
    op.create_index("ix_channel_chat_acted_at", "channel_chat", ["acted_at"])
    op.create_table(
        "channel_token",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("account"),
    )


def downgrade() -> None:
    for table in ("channel_token", "channel_chat", "channel_trouble", "channel_count"):
        op.drop_table(table)
