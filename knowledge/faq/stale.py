"""Published entries whose procedures changed after somebody last looked at them, with what changed."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlmodel import Session

from knowledge.faq.entry import FaqEntry
from knowledge.faq.published import entry_in
from knowledge.patches import Patch, PatchStatus
from knowledge.tables import FaqVersion, PatchVersion, ProcedureVersion
from knowledge.versions import chunks, table_of

_PATCH = msgspec.json.Decoder(Patch)
FAQS, PATCHES, RECORDS = table_of(FaqVersion), table_of(PatchVersion), table_of(ProcedureVersion)
DEEDS = {
    PatchStatus.REPEALED: "bị bãi bỏ",
    PatchStatus.REPLACED: "được thay",
    PatchStatus.AMENDED: "sửa đổi",
    PatchStatus.NEW: "công bố",
}


class OldFaq(NamedTuple):
    """A reason, in Vietnamese, to look at an entry again."""

    entry: FaqEntry
    reason: str


class _News(NamedTuple):
    edition: int
    reason: str


def old_faqs(session: Session) -> list[OldFaq]:
    """By entry; each change of a procedure that is younger than the entry's approval once."""
    linked = FAQS.c.body.contains('"procedures":')  # the others have nothing to become old by, and are not read
    query = sa.select(FAQS.c.body, FAQS.c.opened_in).where(FAQS.c.closed_in.is_(None), linked).order_by(FAQS.c.id)
    entries = [(entry_in(body), opened) for body, opened in session.connection().execute(query)]
    codes = {code for entry, _ in entries for code in entry.text.procedures}
    news = _news(session, codes) if codes else {}
    return [
        OldFaq(entry, each.reason)
        for entry, opened in entries
        for code in entry.text.procedures
        for each in news.get(code, ())
        if each.edition > opened
    ]


def _news(session: Session, codes: Collection[str]) -> Mapping[str, list[_News]]:
    found: dict[str, list[_News]] = defaultdict(list)
    for chunk in chunks(sorted(codes)):
        for code, each in (*_of_decisions(session, chunk), *_of_records(session, chunk)):
            found[code].append(each)
    return found


def _of_decisions(session: Session, codes: Collection[str]) -> Iterator[tuple[str, _News]]:
    query = sa.select(PATCHES.c.code, PATCHES.c.opened_in, PATCHES.c.body).where(
        PATCHES.c.closed_in.is_(None), PATCHES.c.code.in_(codes)
    )
    for code, opened, body in session.connection().execute(query.order_by(PATCHES.c.effective, PATCHES.c.id)):
        patch = _PATCH.decode(body)
        by = f" bằng {patch.successor}" if patch.successor else ""
        number = f" (Quyết định {patch.decision.number})" if patch.decision.number else ""
        yield code, _News(opened, f"thủ tục {code} {DEEDS[patch.status]}{by} từ {patch.effective:%d/%m/%Y}{number}")


def _of_records(session: Session, codes: Collection[str]) -> Iterator[tuple[str, _News]]:
    """A record that was there before in other words, and one that the catalogue has no more."""
    is_open = RECORDS.c.closed_in.is_(None)
    query = (
        sa.select(
            RECORDS.c.code,
            sa.func.max(RECORDS.c.opened_in).label("opened"),
            sa.func.max(RECORDS.c.closed_in).label("closed"),
            sa.func.max(sa.case((is_open, 1), else_=0)).label("is_held"),
        )
        .where(RECORDS.c.code.in_(codes))
        .group_by(RECORDS.c.code)
        .having(sa.func.max(RECORDS.c.closed_in).is_not(None))
    )
    for row in session.connection().execute(query):
        if row.is_held:
            yield row.code, _News(row.opened, f"danh mục có bản mới của thủ tục {row.code}")
        else:
            yield row.code, _News(row.closed, f"danh mục không còn thủ tục {row.code}")
