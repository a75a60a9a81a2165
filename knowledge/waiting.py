"""Questions that the bot could not answer, masked as they were recorded, grouped by meaning.

`collect` looks at what was recorded since it looked last; nothing is grouped while somebody waits for an answer.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.faq.entry import code_of
from knowledge.faq.published import published_codes
from knowledge.language.normalise import normalise
from knowledge.procedure import Value
from knowledge.search.alike import Meaning, alikeness
from knowledge.staff_tables import WaitingGroup, WaitingQuestion
from knowledge.tables import Exchange
from knowledge.versions import table_of

GROUPS, QUESTIONS, EXCHANGES = table_of(WaitingGroup), table_of(WaitingQuestion), table_of(Exchange)
ALIKE = 0.6  # of the cosine: "gửi xe ở đâu" and "chỗ gửi xe máy" are one question, "đăng ký xe" is another
AT_ONCE = 2_000  # exchanges looked at in one go, some seconds
WORKING_DAY = timedelta(hours=8)
SHORT = 40  # letters: who says that an answer is wrong says little else


class Why(StrEnum):
    DECLINED = "declined"
    UNSURE = "unsure"
    OFFICER = "officer"  # asked for a person after the answer
    WRONG = "wrong"  # said that the answer is not right


class Status(StrEnum):
    WAITING = "waiting"
    DRAFTED = "drafted"  # an FAQ entry was begun for it
    ANSWERED = "answered"  # those who asked were told, and no entry was wanted
    DISMISSED = "dismissed"


# Endings of bot.conversation.messages by what they mean here (a test compares them).
ENDINGS = {
    "unknown": Why.DECLINED,
    "no_data": Why.DECLINED,
    "out_of_scope": Why.DECLINED,
    "legal_advice": Why.DECLINED,
    "unsure": Why.UNSURE,
    "officer": Why.OFFICER,
    "feedback": Why.WRONG,
}
# Endings of turns in which nothing was asked.
NO_QUESTION = (
    *("greeting", "thanks", "help", "officer", "feedback", "commune_chosen", "abuse", "unreadable", "silence"),
    *("feedback_again", "forgotten"),
)
NOTED_BEFORE = "feedback_again"
OF_ANOTHER = "wrong:about"  # what was tapped where somebody doubts what another one was told: the text is his question
_ABOUT_THE_TURN_BEFORE = {Why.OFFICER, Why.WRONG}
_WRONG = tuple(
    tuple(said.split())
    for said in (
        "chua dung",
        "khong dung",
        "sai roi",
        "tra loi sai",
        "khong phai cai nay",
        "khong phai y toi",
        "nham roi",
    )
)


class Group(Value, frozen=True, kw_only=True):
    """Questions of one meaning. `people` counts chats; `assignee` and `answered_by` are logins."""

    id: int
    question: str
    status: Status
    people: int
    times: int
    first_at: datetime
    last_at: datetime
    faq: int | None = None
    reason: str = ""
    assignee: str = ""
    promised_by: datetime | None = None
    answered_by: str = ""
    answered_at: datetime | None = None


class Asked(Value, frozen=True, kw_only=True):
    """One of a group's questions, and what was answered; `exchange` is its number in the record."""

    exchange: int
    text: str
    why: Why
    asked_at: datetime
    channel: str
    shown: str


class UnknownGroupError(Exception):
    pass


# Collecting


def collect(session: Session, meaning_of: Callable[[str], Meaning]) -> int:
    """Look at what was recorded since the last time; how many questions came to wait."""
    seen = session.connection().execute(sa.select(sa.func.max(QUESTIONS.c.exchange))).scalar() or 0
    query = sa.select(EXCHANGES).where(EXCHANGES.c.id > seen).order_by(EXCHANGES.c.id).limit(AT_ONCE)
    rows = session.connection().execute(query).mappings().all()
    if not rows:
        return 0
    found = [
        (row, why, text)
        for row in rows
        if (why := why_waiting(row["ending"], row["question"])) and (text := _waits(session, row, why))
    ]
    if found:  # reading what waits already takes a while, and holds the database
        grouping = _Grouping(session, meaning_of)
        for row, why, text in found:
            grouping.add(row["id"], text, why)
    if not found or found[-1][0]["id"] != rows[-1]["id"]:
        _put(session, rows[-1]["id"])  # how far was looked
    return len(found)


def why_waiting(ending: str, question: str) -> Why | None:
    """Why a turn that ended so waits for staff, None if it does not."""
    if ending in ENDINGS or ending == NOTED_BEFORE:
        return ENDINGS.get(ending)
    return Why.WRONG if len(question) <= SHORT and says_wrong(question) else None


def says_wrong(text: str) -> bool:
    """Whether a message says that the answer before it is not right ("chưa đúng", "sai rồi")."""
    words = tuple(normalise(text).folded)
    return any(words[at : at + len(said)] == said for said in _WRONG for at in range(len(words) - len(said) + 1))


def _waits(session: Session, row: sa.RowMapping, why: Why) -> str:
    """The question that waits, "" if none does: nothing was asked before, or a choice was taken after."""
    same_chat = (EXCHANGES.c.channel == row["channel"], EXCHANGES.c.chat == row["chat"])
    if row["action"] == OF_ANOTHER:
        return str(row["question"])
    if why in _ABOUT_THE_TURN_BEFORE or says_wrong(row["question"]):
        asked = asked_before(session, row["channel"], row["chat"], row["id"])
        return asked or (str(row["question"]) if row["ending"] == "feedback" else "")
    after = sa.select(EXCHANGES.c.action).where(*same_chat, EXCHANGES.c.id > row["id"])
    taken = session.connection().execute(after.order_by(EXCHANGES.c.id).limit(1)).scalar() or ""
    return "" if why is Why.UNSURE and taken.startswith("pick:") else str(row["question"])


def asked_before(session: Session, channel: str, chat: str, exchange: int | None = None) -> str:
    """What a chat, named by its hash, asked last (before an exchange), "" for nothing: taps are no questions."""
    same_chat = (EXCHANGES.c.channel == channel, EXCHANGES.c.chat == chat, EXCHANGES.c.action == "")
    asks = EXCHANGES.c.ending.not_in(NO_QUESTION)
    earlier = () if exchange is None else (EXCHANGES.c.id < exchange,)
    query = sa.select(EXCHANGES.c.question).where(*same_chat, *earlier, asks).order_by(EXCHANGES.c.id.desc()).limit(1)
    return session.connection().execute(query).scalar() or ""


class _Grouping:
    """Groups that a question may join: those that wait, those that were dismissed, and drafts not yet published."""

    def __init__(self, session: Session, meaning_of: Callable[[str], Meaning]) -> None:
        self._session, self._meaning_of = session, meaning_of
        self._meanings: dict[int, Meaning] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)
        live = published_codes(session)
        for row in session.connection().execute(sa.select(GROUPS)).mappings():
            is_done = row["state"] == Status.ANSWERED or (row["faq"] is not None and code_of(row["faq"]) in live)
            if not is_done:
                self._know(row["id"], meaning_of(row["question"]))

    def _know(self, group: int, meaning: Meaning) -> None:
        self._meanings[group] = meaning
        for word in meaning:
            self._by_word[word].add(group)

    def add(self, exchange: int, text: str, why: Why) -> None:
        meaning = self._meaning_of(text)
        if not meaning:
            return
        near = {group for word in meaning for group in self._by_word[word]}
        best = max(near, key=lambda group: alikeness(meaning, self._meanings[group]), default=None)
        if best is None or alikeness(meaning, self._meanings[best]) < ALIKE:
            best = begin_group(self._session, text)
            self._know(best, meaning)
        _put(self._session, exchange, best, text, why)


def begin_group(session: Session, question: str) -> int:
    values = {"question": question, "state": Status.WAITING, "reason": "", "assignee": "", "answered_by": ""}
    added = session.connection().execute(sa.insert(GROUPS).values(values).returning(GROUPS.c.id))
    return int(added.scalar_one())


def _put(session: Session, exchange: int, group: int | None = None, text: str = "", why: str = "") -> None:
    session.connection().execute(sa.insert(QUESTIONS), {"exchange": exchange, "group": group, "text": text, "why": why})


# Reading


def groups(
    session: Session,
    status: Status = Status.WAITING,
    commune: str = "",
    most: int = 100,
    worked: Callable[[datetime], timedelta] | None = None,
) -> list[Group]:
    """Asked by most people first, then longest waiting; for a commune only what its own citizens, or nobody knows
    whose, asked. With `worked`, the working time since a moment, both weigh together: each working day that a group
    waits counts like everybody in it asking once more."""
    query = _groups().where(GROUPS.c.state == status, *_of(commune))
    if worked is None:
        query = query.order_by(_PEOPLE.desc(), sa.func.min(EXCHANGES.c.asked_at), GROUPS.c.id).limit(most)
    rows = session.connection().execute(query).mappings().all()
    if worked is not None:
        rows = sorted(rows, key=lambda row: (-row["people"] * (1 + worked(row["first_at"]) / WORKING_DAY), row["id"]))
    return [_group(row) for row in rows[:most]]


def group(session: Session, number: int, commune: str = "") -> Group:
    """Raises UnknownGroupError, also for one that only citizens of other communes asked."""
    query = _groups().where(GROUPS.c.id == number, *_of(commune))
    row = session.connection().execute(query).mappings().first()
    if row is None:
        raise UnknownGroupError(f"there is no waiting question {number}")
    return _group(row)


def count(session: Session) -> int:
    return session.connection().execute(sa.select(sa.func.count()).where(GROUPS.c.state == Status.WAITING)).scalar_one()


def asked_in(session: Session, number: int, commune: str = "", most: int = 50) -> Sequence[Asked]:
    """The latest first."""
    about = (EXCHANGES.c.asked_at, EXCHANGES.c.channel, EXCHANGES.c.shown)
    query = (
        sa.select(QUESTIONS.c.exchange, QUESTIONS.c.text, QUESTIONS.c.why, *about)
        .join(EXCHANGES, EXCHANGES.c.id == QUESTIONS.c.exchange)
        .where(QUESTIONS.c.group == number, *_of(commune))
        .order_by(QUESTIONS.c.exchange.desc())
        .limit(most)
    )
    return [Asked(**{**row, "why": Why(row["why"])}) for row in session.connection().execute(query).mappings()]


def answered_spans(session: Session, since: datetime, most: int = 100) -> list[tuple[datetime, datetime]]:
    """Of the groups that staff answered lately: when the first asked, and when he was answered."""
    query = (
        sa.select(sa.func.min(EXCHANGES.c.asked_at).label("asked_at"), GROUPS.c.answered_at)
        .join(QUESTIONS, QUESTIONS.c.group == GROUPS.c.id)
        .join(EXCHANGES, EXCHANGES.c.id == QUESTIONS.c.exchange)
        .where(GROUPS.c.answered_at >= since)
        .group_by(GROUPS.c.id, GROUPS.c.answered_at)
        .order_by(GROUPS.c.answered_at.desc())
        .limit(most)
    )
    return [(row.asked_at, row.answered_at) for row in session.connection().execute(query)]


_PEOPLE = sa.func.count(sa.distinct(EXCHANGES.c.chat)).label("people")


def _of(commune: str) -> list[sa.ColumnElement[bool]]:
    return [EXCHANGES.c.commune.in_(["", commune])] if commune else []


def _groups() -> sa.Select[tuple[object, ...]]:
    at = EXCHANGES.c.asked_at
    counted = (
        _PEOPLE,
        sa.func.count().label("times"),
        sa.func.min(at).label("first_at"),
        sa.func.max(at).label("last_at"),
    )
    return (
        sa.select(GROUPS, *counted)
        .join(QUESTIONS, QUESTIONS.c.group == GROUPS.c.id)
        .join(EXCHANGES, EXCHANGES.c.id == QUESTIONS.c.exchange)
        .group_by(GROUPS.c.id)
    )


def _group(row: sa.RowMapping) -> Group:
    named = {name: row[name] for name in Group.__struct_fields__ if name != "status"}
    return Group(**named, status=Status(row["state"]))
