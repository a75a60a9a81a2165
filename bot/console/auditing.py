"""The audit for admins: who did what and when, narrowed and turned over; an admin of a commune reads its own."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from bot.console import words
from bot.console.comparing import Difference, runs
from bot.console.entering import DeskOf
from bot.console.paging import pages_of
from knowledge.faq.reading import day_in
from knowledge.staff.accounts import accounts
from knowledge.staff.audit import Deed, Note, Sought, count_notes, notes_in

ADDRESS = "/can-bo/nhat-ky"
SIZE = 50  # notes on a page
TYPED = {"ai": "who", "viec": "deed", "ve": "subject", "tu": "since", "den": "until"}
LETTERS = 60
NO_DAY = "Ngày ghi như 31/12/2026."
SUBJECTS = {  # what a note is about, by the beginning of its subject, and where that can be seen
    "faq": ("hỏi đáp", "/can-bo/hoi-dap/"),
    "waiting": ("câu hỏi", "/can-bo/cau-hoi/"),
    "petition": ("phản ánh", "/can-bo/phan-anh/"),
    "word": ("từ ngữ", ""),
    "edition": ("ấn bản", ""),
    "staff": ("tài khoản", ""),
    "takeover": ("cuộc trò chuyện", ""),
    "channel": ("kênh", ""),
    "announcement": ("thông báo", ""),
    "sample": ("mẫu", ""),
    "answer": ("câu trả lời trong mẫu", ""),
}
LABELS = words.FIELDS | {
    "kind": "Loại",
    "said": "Người dân viết",
    "means": "Nghĩa là",
    "text": "Nội dung",
    "begins_at": "Từ lúc",
    "ends_at": "Đến lúc",
    "channels": "Kênh",
    "communes": "Xã, phường",
}

router = APIRouter(include_in_schema=False)


class Shown(msgspec.Struct, frozen=True):
    """A note as it is read. `changes` are empty where before and after are no records of fields."""

    note: Note
    about: str
    address: str
    changes: tuple[Difference, ...]


@router.get(ADDRESS)
def audit_page(desk: DeskOf) -> HTMLResponse:
    if not desk.who.is_admin:
        raise HTTPException(404)
    typed = {name: desk.request.query_params.get(name, "").strip()[:LETTERS] for name in TYPED}
    problem = NO_DAY if any(typed[name] and day_in(typed[name]) is None for name in ("tu", "den")) else ""
    sought = sought_by(typed, desk.who.commune)
    with desk.session() as session:
        total = count_notes(session, sought)
        pages = pages_of(desk.request, total, SIZE)
        found = [shown(note) for note in notes_in(session, sought, SIZE, pages.skip)]
        logins = [each.login for each in accounts(session) if desk.who.serves(each.commune)]
    return desk.page(
        "audit",
        status_code=400 if problem else 200,
        found=found,
        pages=pages,
        total=total,
        typed=typed,
        problem=problem,
        is_narrowed=any(typed.values()),
        logins=logins,
    )


def sought_by(typed: Mapping[str, str], commune: str) -> Sought:
    """What cannot be read narrows nothing down."""
    deed = Deed(typed["viec"]) if typed["viec"] in set(Deed) else None
    since, until = day_in(typed["tu"]), day_in(typed["den"])
    return Sought(who=typed["ai"], deed=deed, subject=typed["ve"], since=since, until=until, commune=commune)


def shown(note: Note) -> Shown:
    kind, _, name = note.subject.partition("-")
    label, address = SUBJECTS.get(kind, ("", ""))
    about = f"{label} {words.channel(name)}" if label else note.subject
    return Shown(note, about, f"{address}{name}" if address else "", tuple(changes(note)))


def changes(note: Note) -> Iterator[Difference]:
    """Field by field what was and what is now, where the note keeps a record."""
    before, after = _record(note.before), _record(note.after)
    if before is None or after is None:
        return
    for name in dict.fromkeys((*before, *after)):
        was, is_now = _said(before.get(name)), _said(after.get(name))
        if was != is_now:
            yield Difference(LABELS.get(name, name), tuple(runs(was, is_now)))


def _record(text: str) -> dict[str, Any] | None:
    """Empty for nothing, None for words."""
    try:
        return msgspec.json.decode(text, type=dict[str, Any]) if text else {}
    except msgspec.DecodeError:
        return None


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(map(_said, value))
    return _moment(str(value))


def _moment(text: str) -> str:
    """Days and moments of a record as they are read; anything else as it is."""
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        pass
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return words.moment(at if at.tzinfo else at.replace(tzinfo=UTC))
