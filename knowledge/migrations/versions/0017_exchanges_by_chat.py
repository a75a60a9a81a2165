"""exchanges are found by their chat: what waits, and who wants to be forgotten"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_exchange_chat", "exchange", ["chat"])


def downgrade() -> None:
    op.drop_index("ix_exchange_chat", "exchange")
