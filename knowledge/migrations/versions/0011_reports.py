"""reports: petitions, judged samples, what dossiers and exchanges are counted by"""

import json
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from knowledge.clock import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COUNTED = ("asked_at", "commune", "channel", "ending", "action", "chat")
SEARCHED = ("begun", "ended", "agency")
IN_CODE = re.compile(r"-(?:20)?(\d\d)(\d\d)(\d\d)-\d+$")
ENDED = {None, 7, 8, 9, 10}
BATCH = 1_000


def upgrade() -> None:
    _petitions()
    _samples()
    op.create_index("ix_exchange_counted", "exchange", COUNTED)
    with op.batch_alter_table("dossier") as batch_op:
        batch_op.add_column(sa.Column("begun", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ended", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("agency", sa.String(), nullable=False, server_default=""))
    _fill(op.get_bind())
    with op.batch_alter_table("dossier") as batch_op:
        batch_op.alter_column("begun", server_default=None)
        batch_op.alter_column("agency", server_default=None)
    for column in SEARCHED:
        op.create_index(op.f(f"ix_dossier_{column}"), "dossier", [column])


def _petitions() -> None:
    op.create_table(
        "petition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("handed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("received_at", "chat", "closed_at"):
        op.create_index(op.f(f"ix_petition_{column}"), "petition", [column])


def _samples() -> None:
    op.create_table(
        "sample_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("commune", sa.String(), nullable=False),
        sa.Column("exchange", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("period", "commune", "exchange"),
    )


def _fill(connection: sa.Connection) -> None:
    """The days of the dossiers that are there already, read from what is kept of them."""
    table = sa.table("dossier", *(sa.column(name) for name in ("id", "code", "body", *SEARCHED)))
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in SEARCHED}
    update = sa.update(table).where(table.c.id == sa.bindparam("new_id")).values(values)
    for rows in _batches(connection, table):
        connection.execute(update, [{"new_id": row.id} | _days(row.code, json.loads(row.body)) for row in rows])


def _batches(connection: sa.Connection, table: sa.TableClause) -> Iterator[list[Any]]:
    last = 0
    while True:
        query = sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(BATCH)
        rows = list(connection.execute(query))
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _days(code: str, body: dict[str, Any]) -> dict[str, Any]:
    end = (body.get("finished") or body.get("returned")) if body.get("status") in ENDED else None
    found = IN_CODE.search(code)
    issued = "20{}-{}-{}".format(*found.groups()) if found else ""
    begun = (body.get("received") or "")[:10] or issued
    return {"new_begun": begun, "new_ended": end[:10] if end else None, "new_agency": body.get("agency", "")}


def downgrade() -> None:
    for column in SEARCHED:
        op.drop_index(op.f(f"ix_dossier_{column}"), "dossier")
    with op.batch_alter_table("dossier") as batch_op:
        for column in SEARCHED:
            batch_op.drop_column(column)
    op.drop_index("ix_exchange_counted", "exchange")
    op.drop_table("sample_answer")
    op.drop_table("petition")
