"""Questions that the bot could not answer, masked as they were recorded, grouped by meaning.

`collect` looks at what was recorded since it looked last, in short turns: nothing is grouped while somebody waits for
an answer, and whoever records one waits for a turn at the most. knowledge.waiting_groups reads what it found.
"""

from collections import defaultdict
from collections.abc import Callable
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session

from knowledge.askers import forget_askers_of
from knowledge.faq.entry import PREFIX
from knowledge.language.normalise import normalise
from knowledge.search.alike import Meaning, alikeness
from knowledge.staff_tables import WaitingGroup, WaitingQuestion
from knowledge.tables import Exchange, FaqVersion
from knowledge.versions import table_of

GROUPS, QUESTIONS, EXCHANGES = table_of(WaitingGroup), table_of(WaitingQuestion), table_of(Exchange)
VERSIONS = table_of(FaqVersion)
ALIKE = 0.6  # of the cosine: "gửi xe ở đâu" and "chỗ gửi xe máy" are one question, "đăng ký xe" is another
TURN = 200  # exchanges looked at in one transaction
TAKEN = "pick:"  # what the action of a choice among procedures begins with
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


# Collecting


def collect(session: Session, meaning_of: Callable[[str], Meaning], most: int = TURN) -> int:
    """Look at the next exchanges since the last time; how many of them came to wait."""
    query = sa.select(EXCHANGES).where(EXCHANGES.c.id > _seen(session)).order_by(EXCHANGES.c.id).limit(most)
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
    for row in rows:
        if row["action"].startswith(TAKEN):
            _take_back(session, row)
    if not found or found[-1][0]["id"] != rows[-1]["id"]:
        _put(session, rows[-1]["id"])  # how far was looked
    return len(found)


def behind(session: Session) -> int:
    """How many exchanges nobody has looked at yet."""
    query = sa.select(sa.func.count()).select_from(EXCHANGES).where(EXCHANGES.c.id > _seen(session))
    return session.connection().execute(query).scalar_one()


def _seen(session: Session) -> int:
    return session.connection().execute(sa.select(sa.func.max(QUESTIONS.c.exchange))).scalar() or 0


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
    return "" if why is Why.UNSURE and taken.startswith(TAKEN) else str(row["question"])


def _take_back(session: Session, pick: sa.RowMapping) -> None:
    """A choice was taken in a later turn than it was offered in: its question waits no longer, unless staff began."""
    same_chat = (EXCHANGES.c.channel == pick["channel"], EXCHANGES.c.chat == pick["chat"])
    offered = sa.select(sa.func.max(EXCHANGES.c.id)).where(*same_chat, EXCHANGES.c.id < pick["id"])
    waits = sa.select(GROUPS.c.id).where(GROUPS.c.state == Status.WAITING)
    mine = (QUESTIONS.c.exchange == offered.scalar_subquery(), QUESTIONS.c.why == Why.UNSURE)
    taken = sa.select(QUESTIONS.c.exchange, QUESTIONS.c.group).where(*mine, QUESTIONS.c.group.in_(waits))
    row = session.connection().execute(taken).first()
    if row is None:
        return
    forget_askers_of(session, sa.select(QUESTIONS.c.exchange).where(QUESTIONS.c.exchange == row.exchange))
    nobodys = {"group": None, "text": "", "why": ""}
    session.connection().execute(sa.update(QUESTIONS).where(QUESTIONS.c.exchange == row.exchange).values(nobodys))
    close_empty(session, row.group)


def close_empty(session: Session, number: int) -> None:
    """A group that holds no question any more goes; one that does is called by the first of them."""
    left = sa.select(QUESTIONS.c.text).where(QUESTIONS.c.group == number).order_by(QUESTIONS.c.exchange).limit(1)
    first = session.connection().scalar(left)
    if first is None:
        session.connection().execute(sa.delete(GROUPS).where(GROUPS.c.id == number))
    else:
        session.connection().execute(sa.update(GROUPS).where(GROUPS.c.id == number).values(question=first))


def asked_before(session: Session, channel: str, chat: str, exchange: int | None = None) -> str:
    """What a chat, named by its hash, asked last (before an exchange), "" for nothing: taps are no questions."""
    same_chat = (EXCHANGES.c.channel == channel, EXCHANGES.c.chat == chat, EXCHANGES.c.action == "")
    asks = EXCHANGES.c.ending.not_in(NO_QUESTION)
    earlier = () if exchange is None else (EXCHANGES.c.id < exchange,)
    query = sa.select(EXCHANGES.c.question).where(*same_chat, *earlier, asks).order_by(EXCHANGES.c.id.desc()).limit(1)
    return session.connection().execute(query).scalar() or ""


_LIVE = sa.exists().where(
    VERSIONS.c.closed_in.is_(None), VERSIONS.c.key == sa.literal(PREFIX).concat(sa.cast(GROUPS.c.faq, sa.String))
)
_OPEN = sa.select(GROUPS.c.id, GROUPS.c.question).where(
    GROUPS.c.state != Status.ANSWERED, sa.or_(GROUPS.c.faq.is_(None), ~_LIVE)
)


class _Grouping:
    """Groups that a question may join: those that wait, those that were dismissed, and drafts not yet published."""

    def __init__(self, session: Session, meaning_of: Callable[[str], Meaning]) -> None:
        self._session, self._meaning_of = session, meaning_of
        self._meanings: dict[int, Meaning] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)
        for number, question in session.connection().execute(_OPEN):
            self._know(number, meaning_of(question))

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
        _hold(self._session, best)
        _put(self._session, exchange, best, text, why)


def _hold(session: Session, number: int) -> None:
    """PostgreSQL: who answers a group while a question joins it is told to look again, whoever of both comes first."""
    session.connection().execute(sa.update(GROUPS).where(GROUPS.c.id == number).values(state=GROUPS.c.state))


def begin_group(session: Session, question: str) -> int:
    values = {"question": question, "state": Status.WAITING, "reason": "", "assignee": "", "answered_by": ""}
    added = session.connection().execute(sa.insert(GROUPS).values(values).returning(GROUPS.c.id))
    return int(added.scalar_one())


def _put(session: Session, exchange: int, group: int | None = None, text: str = "", why: str = "") -> None:
    session.connection().execute(sa.insert(QUESTIONS), {"exchange": exchange, "group": group, "text": text, "why": why})
