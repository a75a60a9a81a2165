"""first tables"""

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('edition',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('published_at', UtcDateTime(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('data_day', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('restores', sa.Integer(), nullable=True),
    sa.Column('new', sa.Integer(), nullable=False),
    sa.Column('amended', sa.Integer(), nullable=False),
    sa.Column('repealed', sa.Integer(), nullable=False),
    sa.Column('unchanged', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('number')
    )
    op.create_table('exchange',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('chat', sa.String(), nullable=False),
    sa.Column('commune', sa.String(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('ending', sa.String(), nullable=False),
    sa.Column('procedures', sa.String(), nullable=False),
    sa.Column('aspect', sa.String(), nullable=False),
    sa.Column('confidence', sa.Float(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('shown', sa.Text(), nullable=False),
    sa.Column('milliseconds', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('exchange', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exchange_asked_at'), ['asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_exchange_ending'), ['ending'], unique=False)

    op.create_table('checklist_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('opened_in', sa.Integer(), nullable=False),
    sa.Column('closed_in', sa.Integer(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['closed_in'], ['edition.number'], ),
    sa.ForeignKeyConstraint(['opened_in'], ['edition.number'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('checklist_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_checklist_version_closed_in'), ['closed_in'], unique=False)
        batch_op.create_index(batch_op.f('ix_checklist_version_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_checklist_version_opened_in'), ['opened_in'], unique=False)

    op.create_table('import_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('started_at', UtcDateTime(), nullable=False),
    sa.Column('finished_at', UtcDateTime(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=True),
    sa.Column('report', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['edition'], ['edition.number'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('procedure_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('formality_id', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('issuer_code', sa.String(), nullable=False),
    sa.Column('levels', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('opened_in', sa.Integer(), nullable=False),
    sa.Column('closed_in', sa.Integer(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('originals', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['closed_in'], ['edition.number'], ),
    sa.ForeignKeyConstraint(['opened_in'], ['edition.number'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('procedure_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_procedure_version_closed_in'), ['closed_in'], unique=False)
        batch_op.create_index(batch_op.f('ix_procedure_version_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_procedure_version_formality_id'), ['formality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_procedure_version_opened_in'), ['opened_in'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('procedure_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_procedure_version_opened_in'))
        batch_op.drop_index(batch_op.f('ix_procedure_version_formality_id'))
        batch_op.drop_index(batch_op.f('ix_procedure_version_code'))
        batch_op.drop_index(batch_op.f('ix_procedure_version_closed_in'))

    op.drop_table('procedure_version')
    op.drop_table('import_run')
    with op.batch_alter_table('checklist_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checklist_version_opened_in'))
        batch_op.drop_index(batch_op.f('ix_checklist_version_code'))
        batch_op.drop_index(batch_op.f('ix_checklist_version_closed_in'))

    op.drop_table('checklist_version')
    with op.batch_alter_table('exchange', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exchange_ending'))
        batch_op.drop_index(batch_op.f('ix_exchange_asked_at'))

    op.drop_table('exchange')
    op.drop_table('edition')
