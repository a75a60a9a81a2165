"""layers: rows of decisions, the council's fees, communes"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

INDEXED = {'patch_version': ('key', 'code', 'decision'), 'fee_rule_version': ('key',), 'commune_version': ('key',)}


def upgrade() -> None:
    for table, own in (
        ('patch_version', (
            sa.Column('code', sa.String(), nullable=False),
            sa.Column('decision', sa.String(), nullable=False),
            sa.Column('effective', sa.Date(), nullable=False),
        )),
        ('fee_rule_version', ()),
        ('commune_version', ()),
    ):
        op.create_table(table,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(), nullable=False),
        *own,
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('opened_in', sa.Integer(), nullable=False),
        sa.Column('closed_in', sa.Integer(), nullable=True),
        sa.Column('body', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['closed_in'], ['edition.number'], ),
        sa.ForeignKeyConstraint(['opened_in'], ['edition.number'], ),
        sa.PrimaryKeyConstraint('id')
        )
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in (*INDEXED[table], 'opened_in', 'closed_in'):
                batch_op.create_index(batch_op.f(f'ix_{table}_{column}'), [column], unique=False)

    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaced', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.drop_column('replaced')
    for table in ('commune_version', 'fee_rule_version', 'patch_version'):
        op.drop_table(table)
