"""The current edition in memory, swapped whole when the database has a newer one."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Lock, Thread
from types import MappingProxyType

import msgspec
import structlog
from sqlmodel import Session

from bot.answers.faq_finding import Faqs, faqs_for
from bot.steady import beside_answers
from knowledge.catalogue import EditionMark, KnownProcedure, current_edition, edition_mark, procedure_on
from knowledge.clock import Clock, vietnam_day
from knowledge.database import Database
from knowledge.faq.entry import FaqEntry
from knowledge.faq.published import published_on
from knowledge.search.building import build_index
from knowledge.search.exchanging import exchanged, may_exchange
from knowledge.search.index import Entry, Index, Worded
from knowledge.search.loading import load_entries
from knowledge.wordings import Wordings, load_wordings
from knowledge.words.indexing import worded_by_staff
from knowledge.words.published import published_words
from knowledge.words.word import StaffWord

KEPT = 1_000  # procedures kept decoded, some 30 kB each: the ones that people ask for
MOST_COMMUNES = 200  # there are 114, and "" for nobody knows which
LONGEST_WAIT = 3.0  # seconds: an entry is put into the index in a tenth of it
LOOK_EVERY = timedelta(seconds=2)  # how soon a published edition answers; one cheap query each time

log = structlog.get_logger()


class Snapshot(msgspec.Struct, frozen=True):
    """An edition as of a day, ready to be searched."""

    edition: int
    mark: EditionMark | None
    day: date
    data_day: date | None  # of the copy of the catalogue it rests on
    index: Index
    procedures: Sequence[Entry] = ()
    faqs: Mapping[str, FaqEntry] = MappingProxyType({})  # by code
    words: Mapping[str, StaffWord] = MappingProxyType({})  # by code
    staff: Mapping[str, Worded] = MappingProxyType({})  # by code: what of both is indexed
    kept: dict[str, Faqs] = msgspec.field(default_factory=dict)  # see of_staff

    def of_staff(self, commune: str) -> Faqs:
        """What staff added, for a citizen of a commune; worked out once for each, as it looks at every entry."""
        found = self.kept.get(commune)
        if found is None:
            found = faqs_for(self.faqs, commune, self.words)
            if len(self.kept) < MOST_COMMUNES:
                self.kept[commune] = found
        return found

    def known(self, faqs: Mapping[str, FaqEntry]) -> dict[str, Worded]:
        """Those of some entries that are indexed here as they are: an entry that was read before is the same object."""
        return {code: self.staff[code] for code, faq in faqs.items() if faq is self.faqs.get(code)}


class Library:
    """Hands out the current snapshot. Answers never wait for a new one: it is built beside the old."""

    def __init__(self, database: Database, clock: Clock, wordings: Wordings | None = None) -> None:
        """`wordings`: those of the data files, unless others are handed in."""
        self._database, self._clock = database, clock
        self._wordings = wordings or load_wordings()
        self._refreshing = Lock()
        self._builder = ThreadPoolExecutor(1, thread_name_prefix="index")  # see _index
        self._looked_at = clock()
        self._known: OrderedDict[tuple[EditionMark | None, date, str, str], KnownProcedure | None] = OrderedDict()
        self._snapshot = self._build(vietnam_day(self._looked_at))

    @property
    def edition(self) -> int:
        return self._snapshot.edition

    @property
    def data_day(self) -> date | None:
        return self._snapshot.data_day

    @property
    def index(self) -> Index:
        return self._snapshot.index

    def current(self) -> Snapshot:
        """The snapshot to answer with; now and then it starts a look for a newer edition or a new day."""
        now = self._clock()
        if now - self._looked_at >= LOOK_EVERY:
            self.look()
        return self._snapshot

    def look(self) -> None:
        """Start a look for a newer edition, unless one is going on."""
        if self._refreshing.acquire(blocking=False):
            self._begin()

    def look_now(self) -> None:
        """Look for a newer edition and wait until it answers: who has just published finds it with his next question.
        A whole catalogue takes longer than anybody should wait: it is then built on beside him."""
        if self._refreshing.acquire(timeout=LONGEST_WAIT):  # a look that goes on may have begun before he published
            self._begin().join(LONGEST_WAIT)

    def _begin(self) -> Thread:
        now = self._looked_at = self._clock()
        looking = Thread(target=self._refresh_and_release, args=(now,), name="library", daemon=True)
        looking.start()
        return looking

    def look_here(self) -> None:
        """Look for a newer edition and build it before coming back, unless somebody else is at it."""
        if self._refreshing.acquire(blocking=False):
            now = self._looked_at = self._clock()
            self._refresh_and_release(now)

    def procedure(self, session: Session, code: str, day: date, commune: str = "") -> KnownProcedure | None:
        """The procedure of a code as of a day, kept from the last time it was asked for in this edition."""
        key = (self._snapshot.mark, day, commune, code)
        try:
            return self._known[key]  # one step: another thread may be dropping it
        except KeyError:
            known = self._known[key] = procedure_on(session, code, day, commune)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return known

    def trial(
        self, faqs: Mapping[str, FaqEntry] | None = None, words: Mapping[str, StaffWord] | None = None
    ) -> Snapshot:
        """The snapshot as it would be with other FAQ entries or words of staff; answers go on from the present one."""
        now = self._snapshot
        faqs, words = now.faqs if faqs is None else faqs, now.words if words is None else words
        staff = worded_by_staff(faqs, words, now.procedures, now.known(faqs))
        with beside_answers():
            index = self._index(now.edition, now.procedures, staff, now)
        return msgspec.structs.replace(now, index=index, faqs=faqs, words=words, staff=staff, kept={})

    def _index(
        self, edition: int, procedures: Sequence[Entry], staff: Mapping[str, Worded], before: Snapshot | None
    ) -> Index:
        """Always made by the same thread: each one that makes an index would keep its memory for the next it makes."""
        return self._builder.submit(self._made_index, edition, procedures, staff, before).result()

    def _made_index(
        self, edition: int, procedures: Sequence[Entry], staff: Mapping[str, Worded], before: Snapshot | None
    ) -> Index:
        """Of some procedures and of what staff wrote; made of the one before where only a little of theirs differs."""
        if before and before.procedures == procedures:
            changes = {code: staff.get(code) for code in differing(before.staff, staff)}
            if may_exchange(before.index, changes):
                return exchanged(before.index, changes, edition)
        said = {code: each.said for code, each in staff.items() if each.said}
        wordings = Wordings({**self._wordings.procedures, **said}, self._wordings.families)
        return build_index([*procedures, *(each.entry for each in staff.values())], wordings, edition)

    def refresh(self, now: datetime) -> None:
        """Build a new snapshot if the edition or the day in Việt Nam has changed."""
        day = vietnam_day(now)
        with self._database.session() as session:
            mark = edition_mark(session)
        if (mark, day) != (self._snapshot.mark, self._snapshot.day):
            with beside_answers():
                self._snapshot = self._build(day, self._snapshot)
            log.info("edition loaded", edition=self._snapshot.edition, procedures=len(self._snapshot.index.held))

    def _refresh_and_release(self, now: datetime) -> None:
        try:
            self.refresh(now)
        finally:
            self._refreshing.release()

    def _build(self, day: date, before: Snapshot | None = None) -> Snapshot:
        with self._database.session() as session:
            edition, mark = current_edition(session), edition_mark(session)
            faqs, words = published_on(session, day), published_words(session)
            procedures = load_entries(session, day)
        staff = worded_by_staff(faqs, words, procedures, before.known(faqs) if before else {})
        number, data_day = (edition.number, edition.data_day) if edition else (0, None)
        index = self._index(number, procedures, staff, before)
        return Snapshot(number, mark, day, data_day, index, procedures, faqs, words, staff)


def differing(one: Mapping[str, Worded], other: Mapping[str, Worded]) -> set[str]:
    """Most are the very same objects, which is told sooner than that they are equal."""
    codes = {code for code in one.keys() | other.keys() if one.get(code) is not other.get(code)}
    return {code for code in codes if one.get(code) != other.get(code)}
