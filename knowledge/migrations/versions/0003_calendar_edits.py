"""edits of the table of working days"""

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_edit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('confidence', sa.String(), nullable=False),
    sa.Column('edited_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('calendar_edit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_edit_day'), ['day'], unique=False)


def downgrade() -> None:
    op.drop_table('calendar_edit')
