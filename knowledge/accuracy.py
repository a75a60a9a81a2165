"""How often answers are right: staff judge random masked ones. This is no answer rate and is kept apart from it."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from math import sqrt
from random import Random

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.figures.questions import Part, is_part
from knowledge.figures.scope import EXCHANGES, Scope
from knowledge.procedure import Value
from knowledge.report_tables import SampleAnswer
from knowledge.staff.accounts import Act
from knowledge.staff.audit import Deed, write
from knowledge.versions import table_of

SAMPLES = table_of(SampleAnswer)
DRAWN = 30  # answers a sample: half an hour's work, and an interval of some 15 points
Z = 1.96  # 95 % of a normal distribution


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"  # cannot be told from the question


class Judged(Value, frozen=True, kw_only=True):
    """An answer of the sample; `question` and `shown` are masked, and empty where the chat was forgotten since."""

    id: int
    asked_at: datetime | None
    question: str
    shown: str
    procedures: str
    verdict: Verdict | None
    who: str


class Accuracy(Value, frozen=True, kw_only=True):
    """What was drawn, and how it was judged."""

    drawn: int = 0
    right: int = 0
    wrong: int = 0
    unsure: int = 0

    @property
    def judged(self) -> int:
        """Those that could be told."""
        return self.right + self.wrong

    @property
    def share(self) -> float:
        return self.right / self.judged if self.judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95 % by Wilson."""
        if not self.judged:
            return 0.0, 1.0
        n, p = self.judged, self.share
        middle, spread = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + Z * Z / n)), min(1.0, (middle + spread) / (1 + Z * Z / n))


def draw(session: Session, scope: Scope, random: Random, act: Act, most: int = DRAWN) -> int:
    """Fill the sample of a period and place up to `most` with answers drawn at random; how many were added."""
    held = set(session.connection().scalars(sa.select(SAMPLES.c.exchange).where(*_of(scope))))
    numbers = session.connection().scalars(sa.select(EXCHANGES.c.id).where(*scope.asked, is_part(Part.ANSWERED)))
    left = sorted(set(numbers) - held)
    drawn = random.sample(left, min(len(left), max(0, most - len(held))))
    rows = [
        {"period": scope.period.key, "commune": scope.commune, "exchange": each, "verdict": "", "who": ""}
        for each in drawn
    ]
    if rows:
        session.connection().execute(sa.insert(SAMPLES), rows)
        subject = f"sample-{scope.period.key}"
        write(session, act.note(Deed.SAMPLE_DRAWN, subject, after=str(len(rows)), commune=scope.commune))
    return len(rows)


def sample(session: Session, scope: Scope, verdict: Verdict | None = None) -> list[Judged]:
    """In the order in which they were drawn."""
    own = (SAMPLES.c.verdict == verdict,) if verdict else ()
    columns = (EXCHANGES.c[name] for name in ("asked_at", "question", "shown", "procedures"))
    query = (
        sa.select(SAMPLES.c.id, SAMPLES.c.verdict, SAMPLES.c.who, *columns)
        .outerjoin(EXCHANGES, EXCHANGES.c.id == SAMPLES.c.exchange)
        .where(*_of(scope), *own)
        .order_by(SAMPLES.c.id)
    )
    return [_judged(row) for row in session.connection().execute(query).mappings()]


def judge(session: Session, scope: Scope, verdicts: dict[int, Verdict], act: Act) -> int:
    """Put down what was judged, by the ids of `sample`; those of another period or place are left alone. A verdict
    that changes keeps the one who changed it."""
    query = sa.select(SAMPLES.c.id, SAMPLES.c.verdict).where(*_of(scope)).order_by(SAMPLES.c.id)
    held = [(row.id, row.verdict) for row in session.connection().execute(query)]
    changed = [(number, before) for number, before in held if verdicts.get(number, before) != before]
    for number, before in changed:
        values = {"verdict": verdicts[number], "who": act.who.login, "at": act.at}
        session.connection().execute(sa.update(SAMPLES).where(SAMPLES.c.id == number).values(values))
        told = act.note(Deed.JUDGED, f"answer-{number}", before=before, after=verdicts[number], commune=scope.commune)
        write(session, told)
    return len(changed)


def accuracy(session: Session, scope: Scope) -> Accuracy:
    query = sa.select(SAMPLES.c.verdict, sa.func.count().label("number")).where(*_of(scope)).group_by(SAMPLES.c.verdict)
    counts = Counter({row.verdict: row.number for row in session.connection().execute(query)})
    return Accuracy(drawn=counts.total(), **{verdict: counts[verdict] for verdict in Verdict})


def _judged(row: sa.RowMapping) -> Judged:
    texts = {name: row[name] or "" for name in ("question", "shown", "procedures")}
    verdict = Verdict(row["verdict"]) if row["verdict"] else None
    return Judged(id=row["id"], asked_at=row["asked_at"], verdict=verdict, who=row["who"], **texts)


def _of(scope: Scope) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return SAMPLES.c.period == scope.period.key, SAMPLES.c.commune == scope.commune
