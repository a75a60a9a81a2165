"""Editions: what is live, what was before, what each one changed and by whom, and going back."""

from collections.abc import Callable, Iterator, Mapping

import msgspec
from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.console.entering import Desk, DeskOf, to
from bot.console.paging import pages_of
from bot.console.word_work import names_of_procedures
from bot.console.words import REFUSED
from knowledge.catalogue import CatalogueError, count_editions, go_back, history
from knowledge.changeset import EditionKind
from knowledge.edition_entries import Changed, EntryChange, faq_changes, word_changes
from knowledge.faq.entry import FaqEntry
from knowledge.staff.audit import Deed, Note, notes, write
from knowledge.words.word import StaffWord, WordKind

LIST = "/can-bo/an-ban"
FAQ, WORDS, FORMS = "/can-bo/hoi-dap", "/can-bo/tu-ngu", "/can-bo/tu-ngu/viet-tat"
REASON_LETTERS = 300
SIZE = 30  # editions on a page
MOST = 20  # entries and words of one edition: a going back changes thousands

router = APIRouter(include_in_schema=False)


class Line(msgspec.Struct, frozen=True):
    """An entry or a word that an edition changed. `diff` is where both of its texts stand side by side; addresses are
    empty for what is another commune's."""

    deed: str
    title: str
    by: str
    address: str = ""
    diff: str = ""


class Told(msgspec.Struct, frozen=True):
    """`left_out` is how many more there are."""

    lines: tuple[Line, ...] = ()
    left_out: int = 0


@router.get(LIST)
def editions_page(desk: DeskOf) -> HTMLResponse:
    return _editions_page(desk)


def _editions_page(desk: Desk, refused: str = "") -> HTMLResponse:
    with desk.session() as session:
        pages = pages_of(desk.request, count_editions(session), SIZE)
        found = history(session, SIZE, pages.skip)
        deciders = {
            each.number: note.who
            for each in found
            if each.kind == EditionKind.GO_BACK
            for note in notes(session, f"edition-{each.number}", most=1)
        }
        changed = _told_of(desk, session, [each.number for each in found])
    return desk.page(
        "editions",
        status_code=409 if refused else 200,
        found=found,
        current=found[0].number if pages.number == 1 and found else 0,
        changed=changed,
        deciders=deciders,
        pages=pages,
        refused=refused,
    )


def _told_of(desk: Desk, session: Session, numbers: list[int]) -> Mapping[int, Told]:
    """By edition; an edition that changed neither entries nor words is told as that."""
    entries, words = faq_changes(session, numbers, MOST), word_changes(session, numbers, MOST)
    name_of = names_of_procedures(desk)
    return {number: _told(desk, entries.get(number), words.get(number), name_of) for number in numbers}


def _told(
    desk: Desk, entries: Changed[FaqEntry] | None, words: Changed[StaffWord] | None, name_of: Callable[[str], str]
) -> Told:
    lines = (
        *(line for each in (entries.shown if entries else ()) for line in _of_entry(desk, each)),
        *(line for each in (words.shown if words else ()) for line in _of_word(each, name_of)),
    )
    number = (entries.number if entries else 0) + (words.number if words else 0)
    return Told(lines, number - len(lines))


def _of_entry(desk: Desk, change: EntryChange[FaqEntry]) -> Iterator[Line]:
    before, after = change
    entry = after or before
    if entry is None:
        return
    by = f"{entry.author} viết, {entry.approver} duyệt" if after else ""
    line = Line(_deed(change, is_same=_revision(before) == _revision(after)), entry.text.title, by)
    if desk.who.serves(entry.text.commune) or not entry.text.commune:
        line = msgspec.structs.replace(line, address=f"{FAQ}/{entry.id}")
    if line.address and before and after and before.revision != after.revision:
        line = msgspec.structs.replace(line, diff=f"{line.address}/so-sanh?tu={before.revision}&den={after.revision}")
    yield line


def _revision(entry: FaqEntry | None) -> int:
    return entry.revision if entry else 0


def _of_word(change: EntryChange[StaffWord], name_of: Callable[[str], str]) -> Iterator[Line]:
    word = change.after or change.before
    if word is None:
        return
    is_wording = word.text.kind is WordKind.WORDING
    means = name_of(word.text.means) if is_wording else word.text.means
    by = f"{word.author} đề nghị, {word.approver} duyệt" if change.after else ""
    address = FORMS if not is_wording else f"{WORDS}/{word.text.means}" if means != word.text.means else ""
    yield Line(_deed(change, is_same=False), f"{word.text.said} → {means}", by, address)


def _deed(change: EntryChange[FaqEntry] | EntryChange[StaffWord], *, is_same: bool) -> str:
    if change.before is None:
        return "mới"
    if change.after is None:
        return "ngừng"
    return "xem lại" if is_same else "sửa"


@router.post(f"{LIST}/quay-lai")
def go_back_to(desk: DeskOf) -> Response:
    if not desk.who.is_admin or desk.who.commune:
        raise HTTPException(404)
    reason = " ".join(desk.field("ly_do").split())[:REASON_LETTERS]
    if not reason:
        return _editions_page(desk, "Bạn ghi lý do quay lại.")
    target, act = desk.number("an_ban"), desk.act
    try:
        with desk.session(writing=True) as session:
            edition = go_back(session, target, now=act.at, reason=reason)
            subject, after = f"edition-{edition.number}", f"{target}: {reason}"
            write(session, Note(at=act.at, who=act.who.login, deed=Deed.WENT_BACK, subject=subject, after=after))
    except CatalogueError as error:
        return _editions_page(desk, REFUSED.get(type(error).__name__, str(error)))
    desk.site.app.library.look_now()
    return to(LIST, "quay-lai")
