"""Rows of a workbook as drafts: what speaks against them, and taking them in, whole or not at all."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlmodel import Session

from bot.console import words
from bot.console.faq_workbook import HEADINGS, NUMBER, REVISION, Row
from bot.console.sheets import Problem
from knowledge.catalogue import names_known
from knowledge.faq import desk
from knowledge.faq.desk import BadReplacementError, Card
from knowledge.staff.accounts import Act, Who


class RefusedRowError(Exception):
    """A row that only the database could refuse; nothing was taken in."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def codes_known(session: Session) -> set[str]:
    """Of procedures that a row may name: those of the edition, and those that an entry names already. One that is gone
    since is a reason to look at that entry again, and none to refuse a workbook that leaves it as it is."""
    return names_known(session).keys() | {code for card in desk.cards(session) for code in card.text.procedures}


def against(session: Session, rows: Sequence[Row], who: Who) -> Iterator[Problem]:
    """Rows of entries that are not there or not his, or that somebody changed since the workbook was written."""
    known = {card.id: card for card in desk.cards(session)}
    for row in rows:
        for heading, message in _against(row, known.get(row.number), who):
            yield Problem(row.at(heading), message)


def _against(row: Row, card: Card | None, who: Who) -> Iterator[tuple[str, str]]:
    """At most one: the heading of its cell, and what is wrong there."""
    if row.number and (card is None or (card.text.commune and not who.serves(card.text.commune))):
        yield NUMBER, f"không có mục {row.number}; mục mới thì để trống cột “Số”"
    elif card and card.text == row.text:
        return
    elif not who.serves(row.text.commune) or (card and not who.serves(card.text.commune)):
        place = words.place(who.commune)
        yield HEADINGS["commune"], f"tài khoản của bạn chỉ viết cho {place}; ghi đúng cột “Phạm vi”"
    elif card and card.newest.number != row.revision:
        yield REVISION, f"mục {row.number} đã có bản mới hơn; xuất lại rồi sửa trên bản mới"


def take_in(session: Session, rows: Sequence[Row], act: Act, source: str) -> Counter[str]:
    """How many are new, changed and unchanged. Raises RefusedRowError."""
    known = {card.id: card for card in desk.cards(session)}
    texts, done = [card.text for card in known.values() if not card.is_retired], Counter[str]()
    for row in rows:
        is_known = known[row.number].text == row.text if row.number else row.text in texts  # the same file again
        done["unchanged" if is_known else "changed" if row.number else "new"] += 1
        if not is_known:
            _take(session, row, act, source)
    return done


def _take(session: Session, row: Row, act: Act, source: str) -> None:
    try:
        if row.number:
            desk.revise(session, row.number, row.text, row.revision, act, origin=source)
        else:
            desk.draft(session, row.text, act, origin=source)
    except BadReplacementError as error:
        raise RefusedRowError(Problem(row.at(HEADINGS["instead_of"]), words.REFUSED[type(error).__name__])) from error
