"""What became of a waiting question, as the audit has it."""

from sqlmodel import Session

from knowledge.staff.audit import Deed, Note, notes

ARROW = "\n\n→ "  # between an answer and how many were told
_PREFIX = "waiting-"
MOST_STEPS = 20  # groups that joined one after the other


def subject_of(number: int) -> str:
    return f"{_PREFIX}{number}"


def merged_into(session: Session, number: int) -> int | None:
    """The group that one which is no more has joined, as far as can be followed; None if it joined none."""
    found = None
    for _ in range(MOST_STEPS):
        note = _last(session, found or number, Deed.MERGED)
        if note is None:
            break
        found = int(note.after.removeprefix(_PREFIX))
    return found


def last_answer(session: Session, number: int) -> str:
    """What staff answered last, in the markup of answers; "" for nothing."""
    note = _last(session, number, Deed.ANSWERED)
    return note.after.rpartition(ARROW)[0] if note else ""


def _last(session: Session, number: int, deed: Deed) -> Note | None:
    return next((note for note in notes(session, subject_of(number)) if note.deed is deed), None)
