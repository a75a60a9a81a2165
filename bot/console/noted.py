"""A note of the audit as it is read: what it is about and what changed, field by field and in Vietnamese."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from bot.console import words
from bot.console.comparing import Difference, Run, runs
from bot.reports.words import PETITION_KINDS, PETITION_STATES, VERDICTS
from knowledge.communes import commune_of
from knowledge.staff.audit import Note

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
    "state": "Tình trạng",
    "note": "Ghi chú",
    "text": "Nội dung",
    "begins_at": "Từ lúc",
    "ends_at": "Đến lúc",
    "channels": "Kênh",
    "communes": "Xã, phường",
}
VALUES: Mapping[str, Mapping[str, str]] = {  # of fields whose values are names of ours
    "kind": words.WORD_KINDS | PETITION_KINDS,
    "state": {str(state): told for state, told in PETITION_STATES.items()},
}
NAMES = words.ROLES | VERDICTS  # what stands in a note by itself


class Shown(msgspec.Struct, frozen=True):
    """`changes` are empty where before and after are no records of fields; `before` and `after` then tell."""

    note: Note
    about: str
    address: str
    before: str
    after: str
    changes: tuple[Difference, ...]


def shown(note: Note) -> Shown:
    kind, _, name = note.subject.partition("-")
    label, address = SUBJECTS.get(kind, ("", ""))
    about = f"{label} {words.channel(name)}" if label else note.subject
    link = f"{address}{name}" if address else ""
    return Shown(note, about, link, _plain(note.before), _plain(note.after), tuple(changes(note)))


def changes(note: Note) -> Iterator[Difference]:
    """Field by field what was and what is now, where the note keeps a record."""
    before, after = _record(note.before), _record(note.after)
    if before is None or after is None:
        return
    for name in dict.fromkeys((*before, *after)):
        was, is_now = (_said(record.get(name), VALUES.get(name, {})) for record in (before, after))
        if was != is_now:
            told = _whole(was, is_now) if name in VALUES else runs(was, is_now)
            yield Difference(LABELS.get(name, name), tuple(told))


def _whole(was: str, is_now: str) -> Iterator[Run]:
    """One name in place of another, not word by word."""
    yield from (Run(kind, text) for kind, text in (("out", was), ("in", is_now)) if text)


def _record(text: str) -> dict[str, Any] | None:
    """Empty for nothing, None for words."""
    try:
        return msgspec.json.decode(text, type=dict[str, Any]) if text else {}
    except msgspec.DecodeError:
        return None


def _said(value: object, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_said(each, names) for each in value)
    text = str(value)
    return names.get(text) or _moment(text)


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


def _plain(text: str) -> str:
    """A note that is no record; of names of ours (a role, its commune, a verdict) what they are called."""
    known = [NAMES.get(part) or (words.place(part) if commune_of(part) else "") for part in text.split()]
    return ", ".join(known) if known and all(known) else text
