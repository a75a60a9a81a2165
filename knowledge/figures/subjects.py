"""What was asked most: the procedure or FAQ entry that answered, by how many people."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import Session

from knowledge.catalogue import checklists, names_known
from knowledge.faq.published import published_one
from knowledge.figures.questions import Part, is_part
from knowledge.figures.scope import EXCHANGES, Scope
from knowledge.procedure import Value

MOST = 20


class Subject(Value, frozen=True, kw_only=True):
    """`code` is a procedure's, or an entry's (faq-3); `name` as citizens read it, "" if nothing knows it any more."""

    code: str
    name: str
    times: int
    people: int


class first_of(sa.sql.functions.GenericFunction[str]):  # noqa: N801  the name of a function in SQL
    """The first of values that are parted by commas: neither kind of database does it as the other."""

    type = sa.String()
    inherit_cache = True


@compiles(first_of, "sqlite")
def _first_in_sqlite(element: first_of, compiler: SQLCompiler, **kwargs: Any) -> str:
    listed = compiler.process(element.clauses, **kwargs)
    return f"substr({listed}, 1, instr({listed} || ',', ',') - 1)"


@compiles(first_of, "postgresql")
def _first_in_postgresql(element: first_of, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"split_part({compiler.process(element.clauses, **kwargs)}, ',', 1)"


def subject_of() -> sa.ColumnElement[str]:
    """The entry that answered, else the procedure that was ranked first."""
    return sa.case((EXCHANGES.c.faq != "", EXCHANGES.c.faq), else_=first_of(EXCHANGES.c.procedures))


def most_asked(session: Session, scope: Scope, most: int = MOST) -> list[Subject]:
    """Of the questions that were answered."""
    answered = (
        sa.select(subject_of().label("code"), EXCHANGES.c.chat).where(*scope.asked, is_part(Part.ANSWERED)).subquery()
    )
    times = sa.func.count().label("times")
    people = sa.func.count(sa.distinct(answered.c.chat)).label("people")
    query = sa.select(answered.c.code, times, people).where(answered.c.code != "").group_by(answered.c.code)
    ordered = query.order_by(times.desc(), answered.c.code).limit(most)
    rows = session.connection().execute(ordered).mappings().all()
    names = _names(session, [row["code"] for row in rows])
    return [Subject(**row, name=names.get(row["code"], "")) for row in rows]


def _names(session: Session, codes: Sequence[str]) -> dict[str, str]:
    plain = {code: each.name for code, each in checklists(session, codes).items() if each.name}
    entries = {code: entry.text.title for code in codes if (entry := published_one(session, code))}
    return names_known(session, codes) | plain | entries
