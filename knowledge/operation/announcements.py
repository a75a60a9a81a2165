"""Emergency notices: shown from one moment to another in the answers that they concern, ended by themselves."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.operation_tables import AnnouncementRow
from knowledge.procedure import InvalidValueError, Value
from knowledge.staff.accounts import Act, NotAllowedError
from knowledge.staff.audit import Deed, write
from knowledge.versions import table_of

ANNOUNCEMENTS = table_of(AnnouncementRow)
SAME = ("text", "ends_at", "channels", "communes", "procedures")  # a form sent twice begins a moment later
TEXT_LETTERS = 300  # it stands before an answer of at most 1,200


class UnknownAnnouncementError(Exception):
    pass


class Announcement(Value, frozen=True, kw_only=True):
    """Times are aware. No channels, communes or procedures: it concerns all of them. One taken back before it began
    begins and ends in one moment."""

    text: str
    begins_at: datetime
    ends_at: datetime
    channels: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < len(self.text) <= TEXT_LETTERS:
            raise InvalidValueError(f"announcement: {len(self.text)} letters, not 1 to {TEXT_LETTERS}")
        if self.ends_at < self.begins_at:
            raise InvalidValueError(f"announcement: ends at {self.ends_at}, before it begins")

    def concerns(self, channel: str, commune: str) -> bool:
        """Whether it is for who asks there, whatever is told; an unknown commune is none of those named."""
        return channel in (self.channels or (channel,)) and commune in (self.communes or (commune,))

    def is_about(self, procedures: Collection[str]) -> bool:
        """Whether it belongs to an answer that tells these procedures."""
        return not self.procedures or not set(self.procedures).isdisjoint(procedures)

    def holds(self, now: datetime) -> bool:
        return self.begins_at <= now < self.ends_at


class Announced(Announcement, frozen=True, kw_only=True):
    """One that was stored."""

    id: int
    author: str


def announce(session: Session, announcement: Announcement, act: Act) -> int:
    """Its number; the same that is not over yet is announced once. Raises NotAllowedError."""
    _check_rights(announcement, act)
    for each in announcements(session, since=act.at):
        if all(getattr(each, name) == getattr(announcement, name) for name in SAME):
            return each.id
    row = {**_row(announcement), "author": act.who.login}
    number: int = (
        session.connection().execute(sa.insert(ANNOUNCEMENTS).values(row).returning(ANNOUNCEMENTS.c.id)).scalar_one()
    )
    _note(session, Deed.ANNOUNCED, number, act, after=announcement)
    return number


def end_announcement(session: Session, number: int, act: Act) -> None:
    """At once, whenever it was to end; one that is over stays as it was. Raises as `announce`, and
    UnknownAnnouncementError."""
    row = session.connection().execute(sa.select(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == number)).mappings().first()
    if row is None:
        raise UnknownAnnouncementError(f"there is no announcement {number}")
    announced = _announced(row)
    _check_rights(announced, act)
    if announced.ends_at <= act.at:
        return
    moments = {"ends_at": act.at, "begins_at": min(announced.begins_at, act.at)}
    session.connection().execute(sa.update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == number).values(moments))
    _note(session, Deed.ANNOUNCEMENT_ENDED, number, act, before=announced)


def announcements(session: Session, since: datetime, most: int = 100) -> Sequence[Announced]:
    """Those that end after a moment, the latest to begin first."""
    query = sa.select(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.ends_at > since)
    newest = query.order_by(ANNOUNCEMENTS.c.begins_at.desc(), ANNOUNCEMENTS.c.id.desc()).limit(most)
    return [_announced(row) for row in session.connection().execute(newest).mappings()]


def _check_rights(announcement: Announcement, act: Act) -> None:
    """A commune's administrators speak to their own citizens."""
    is_own = not act.who.commune or announcement.communes == (act.who.commune,)
    if not act.who.is_admin or not is_own:
        raise NotAllowedError(f"{act.who.login} may not announce this")


def _row(announcement: Announcement) -> dict[str, object]:
    values = {name: getattr(announcement, name) for name in Announcement.__struct_fields__}
    return {name: ",".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _announced(row: sa.RowMapping) -> Announced:
    lists = {name: tuple(filter(None, row[name].split(","))) for name in ("channels", "communes", "procedures")}
    return Announced(**{**row, **lists})


def _note(
    session: Session,
    deed: Deed,
    number: int,
    act: Act,
    *,
    before: Announcement | None = None,
    after: Announcement | None = None,
) -> None:
    was, now = (msgspec.json.encode(each).decode() if each else "" for each in (before, after))
    communes = {code for each in (before, after) if each for code in each.communes}
    commune = communes.pop() if len(communes) == 1 else ""
    write(session, act.note(deed, f"announcement-{number}", before=was, after=now, commune=commune))
