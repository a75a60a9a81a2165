"""the council's fees leave the plain checklists for their own table"""

import json

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """In every edition: the table of fees has its own days of validity."""
    table = sa.table('checklist_version', sa.column('id', sa.Integer), sa.column('body', sa.Text))
    connection = op.get_bind()
    for number, body in connection.execute(sa.select(table.c.id, table.c.body)).all():
        checklist = json.loads(body)
        if checklist.pop('city_fees', None) is not None:
            text = json.dumps(checklist, ensure_ascii=False, separators=(',', ':'))
            connection.execute(sa.update(table).where(table.c.id == number).values(body=text))


def downgrade() -> None:
    """Nothing: checklists without fees are valid ones."""
