"""The one path of a fetch: walk the list, choose what to ask, ask, put aside what is gone."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from catalogue_import.fetching.answers import FetchError, OddAnswerError, TemporaryError
from catalogue_import.fetching.fingerprint import fingerprint_of
from catalogue_import.fetching.portal import ListPage, Patience, Portal
from catalogue_import.fetching.report import FetchReport
from catalogue_import.fetching.store import Entry, Store, Walk

ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")  # the portal's are UUIDs; one with a slash would leave the folder
WALK_AGE = timedelta(hours=12)
MOST_PAGES = 2_000  # twenty times those of 6,312 procedures at 50 a page: the paging runs in a circle

Progress = Callable[[str, int, int], None]  # what is done, how far, of how many


class Plan(NamedTuple):
    """How much to ask: `page` items of the list a call, details again after `refresh`, at most `most` (0: all)."""

    page: int = 100
    connections: int = 2
    refresh: timedelta = timedelta(days=7)
    most: int = 0


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    ODD = "odd"
    FAILED = "failed"


class Asked(NamedTuple):
    outcome: Outcome
    id: str
    why: str = ""


class Fetch(NamedTuple):
    """One fetch as it was asked for."""

    portal: Portal
    store: Store
    plan: Plan
    patience: Patience
    progress: Progress


def fetch(job: Fetch) -> FetchReport:
    """Raises FetchError when the portal does not want to be asked; what was stored stays and is not asked for again."""
    begun = job.patience.clock()
    with job.store.opened():
        known = job.store.entries()
        walk = _walk(job, known)
        asked = _ask_all(job, walk, known, _wanted(job, walk, known))
        gone = job.store.withdraw(walk.items) if walk.is_whole else []
        return _report(job, walk, asked, gone, begun)


# The list


def _walk(job: Fetch, known: dict[str, Entry]) -> Walk:
    """Read the list to its end, from where an interrupted run left off."""
    walk = job.store.walk()
    if walk is None or _is_over(job, walk, known):
        walk = Walk(begun=job.patience.clock())
    while not walk.is_finished:
        walk = _next_page(job, walk)
        job.progress("list", len(walk.items), walk.total)
    return walk


def _is_over(job: Fetch, walk: Walk, known: dict[str, Entry]) -> bool:
    """Whether a list was read for a run that ended, or too long ago: too much has moved since."""
    return job.patience.clock() - walk.begun > WALK_AGE or (walk.is_finished and known.keys() >= walk.items.keys())


def _next_page(job: Fetch, walk: Walk) -> Walk:
    try:
        told = job.portal.list_page(walk.last_id, job.plan.page)
        page = msgspec.convert(told.data, type=ListPage)
    except (TemporaryError, OddAnswerError, msgspec.ValidationError) as error:
        raise FetchError(f"page {walk.pages + 1} of the list cannot be read: {error}. Try again later") from error
    items = {key: fingerprint_of(item) for item in page.items if (key := _id_of(item))}
    if walk.pages >= MOST_PAGES:
        raise FetchError(f"the list did not end after {MOST_PAGES:,} pages: the portal has changed its paging")
    read = Walk(
        begun=walk.begun,
        last_id=page.last_id or "",
        pages=walk.pages + 1,
        total=page.total or walk.total,
        items={**walk.items, **items},
    )
    read = msgspec.structs.replace(read, is_finished=_is_last(job, page, walk, read))
    job.store.keep_page(read, told.body)
    return read


def _is_last(job: Fetch, page: ListPage, before: Walk, after: Walk) -> bool:
    """A page that leads nowhere or brings nothing new. A short one may be the portal's own cap."""
    leads_nowhere = after.last_id in {"", before.last_id} or len(after.items) == len(before.items)
    return leads_nowhere or (len(page.items) < job.plan.page and len(after.items) >= after.total)


def _id_of(item: dict[str, Any]) -> str:
    key = item.get("id")
    return key if isinstance(key, str) and ID.fullmatch(key) else ""


# The details


def _wanted(job: Fetch, walk: Walk, known: dict[str, Entry]) -> list[str]:
    """What was never asked, what the list shows otherwise than then, and what was asked too long ago, oldest first."""
    oldest = job.patience.clock() - job.plan.refresh

    def is_due(key: str) -> bool:
        entry = known.get(key)
        return entry is None or entry.listed != walk.items[key] or entry.at < oldest

    due = sorted(filter(is_due, walk.items), key=lambda key: (key in known, known[key].at if key in known else oldest))
    return due[: job.plan.most] if job.plan.most else due


def _ask_all(job: Fetch, walk: Walk, known: dict[str, Entry], wanted: list[str]) -> list[Asked]:
    asked: list[Asked] = []
    pool = ThreadPoolExecutor(job.plan.connections)
    try:
        for future in as_completed([pool.submit(_ask, job, key, walk.items[key], known.get(key)) for key in wanted]):
            asked.append(future.result())
            job.progress("details", len(asked), len(wanted))
    finally:
        pool.shutdown(cancel_futures=True)  # calls under way end; the others are for another run
    return asked


def _ask(job: Fetch, key: str, listed: str, before: Entry | None) -> Asked:
    try:
        told = job.portal.detail(key)
        _check(told.data, key)
    except OddAnswerError as error:
        return Asked(Outcome.ODD, key, str(error))
    except TemporaryError as error:
        return Asked(Outcome.FAILED, key, str(error))
    fingerprint = "" if told.data is None else fingerprint_of(told.data)
    outcome = _outcome(fingerprint, before)
    entry = Entry(id=key, at=job.patience.clock(), listed=listed, fingerprint=fingerprint)
    job.store.keep_detail(entry, told.body if outcome in {Outcome.NEW, Outcome.CHANGED} else None)
    return Asked(outcome, key)


def _check(data: Any, key: str) -> None:
    if data is None:
        return
    if not isinstance(data, dict):
        raise OddAnswerError(f"a {type(data).__name__} instead of a procedure")
    if data.get("id") != key:
        raise OddAnswerError(f"the answer is about another procedure: {str(data.get('id'))[:64]!r}")


def _outcome(fingerprint: str, before: Entry | None) -> Outcome:
    if not fingerprint:
        return Outcome.EMPTY
    if before is None or not before.fingerprint:
        return Outcome.NEW
    return Outcome.UNCHANGED if before.fingerprint == fingerprint else Outcome.CHANGED


# The end


def _report(job: Fetch, walk: Walk, asked: list[Asked], gone: list[str], begun: datetime) -> FetchReport:
    counts = Counter(each.outcome for each in asked)
    entries = job.store.entries()
    answered = walk.items.keys() & entries.keys()
    left = walk.items.keys() - {each.id for each in asked}
    return FetchReport(
        folder=str(job.store.details),
        listed=len(walk.items),
        total=walk.total,
        counts={outcome.value: counts[outcome] for outcome in Outcome},
        fresh=len(left & answered),
        unasked=len(left - answered),
        withdrawn=tuple(gone),
        problems=tuple(sorted(f"{each.id}: {each.why}" for each in asked if each.why)),
        oldest=min((entries[key].at for key in answered), default=None),
        is_whole=walk.is_whole and len(answered) == len(walk.items),
        calls=job.portal.calls,
        seconds=round((job.patience.clock() - begun).total_seconds(), 1),
    )
