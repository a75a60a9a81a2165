"""the audit knows whose business a change is, so that a commune's admin reads its own"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OF_AUTHORS = "UPDATE audit_note SET commune = (SELECT commune FROM staff_account WHERE login = who)"


def upgrade() -> None:
    op.add_column("audit_note", sa.Column("commune", sa.String(), nullable=False, server_default=""))
    op.execute(f"{OF_AUTHORS} WHERE who IN (SELECT login FROM staff_account WHERE commune <> '')")
    op.create_index("ix_audit_note_commune", "audit_note", ["commune"])


def downgrade() -> None:
    op.drop_index("ix_audit_note_commune", "audit_note")
    op.drop_column("audit_note", "commune")
