"""FAQ entries and words out of the console as workbooks, and back in, for staff who would rather fill in a table."""

from collections import Counter
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Annotated, BinaryIO

import msgspec
from anyio import to_thread
from fastapi import APIRouter, Query
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, Response

from bot.console import faq_intake, word_workbook
from bot.console.entering import Desk, DeskOf
from bot.console.faq_intake import RefusedRowError
from bot.console.faq_workbook import packed, read_workbook
from bot.console.late import PRIVATE
from bot.console.sheets import Problem, WorkbookError
from bot.console.word_work import own_cards
from knowledge.faq import desk as faq_desk
from knowledge.faq.desk import Card, State
from knowledge.words.desk import WordError, word_cards

FAQ, WORDS = "/can-bo/hoi-dap/bang-tinh", "/can-bo/tu-ngu/bang-tinh"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_TOLD = 100  # problems on the page

router = APIRouter(include_in_schema=False)


class TakenIn(msgspec.Struct, frozen=True):
    """What became of a workbook: counts, or the problems for which nothing was taken in."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()


@router.get(FAQ)
def faq_page(desk: DeskOf) -> HTMLResponse:
    return _page(desk, FAQ)


@router.get(WORDS)
def words_page(desk: DeskOf) -> HTMLResponse:
    return _page(desk, WORDS)


def _page(desk: Desk, address: str, taken: TakenIn | None = None, refused: str = "") -> HTMLResponse:
    status = 400 if refused or (taken and taken.problems) else 200
    return desk.page(
        "workbook",
        status_code=status,
        address=address,
        is_faq=address == FAQ,
        taken=taken,
        refused=refused,
        most=MOST_TOLD,
    )


@router.get(f"{FAQ}.xlsx")
def download_faqs(desk: DeskOf, mau: Annotated[str, Query()] = "") -> Response:
    cards = [] if mau else [card for card in reversed(_own_faqs(desk)) if card.state is not State.RETIRED]
    return _file(packed(cards), "hoi-dap-mau.xlsx" if mau else "hoi-dap.xlsx")


def _own_faqs(desk: Desk) -> Sequence[Card]:
    with desk.session() as session:
        return [card for card in faq_desk.cards(session) if not card.text.commune or desk.who.serves(card.text.commune)]


@router.get(f"{WORDS}.xlsx")
def download_words(desk: DeskOf, mau: Annotated[str, Query()] = "") -> Response:
    cards = [] if mau else [card for card in reversed(own_cards(desk)) if not card.is_retired]
    return _file(word_workbook.packed_words(cards), "tu-ngu-mau.xlsx" if mau else "tu-ngu.xlsx")


def _file(content: bytes, name: str) -> Response:
    return Response(
        content, media_type=XLSX, headers={**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    )


@router.post(FAQ)
async def upload_faqs(desk: DeskOf) -> HTMLResponse:
    return await _uploaded(desk, FAQ, _take_faqs)


@router.post(WORDS)
async def upload_words(desk: DeskOf) -> HTMLResponse:
    return await _uploaded(desk, WORDS, _take_words)


async def _uploaded(desk: Desk, address: str, take: Callable[[Desk, BinaryIO, str], TakenIn]) -> HTMLResponse:
    file = (await desk.request.form()).get("tep")
    content = await file.read() if isinstance(file, UploadFile) else b""
    name = (file.filename or "") if isinstance(file, UploadFile) else ""
    if not content:
        return _page(desk, address, refused="Bạn chọn tệp .xlsx rồi gửi lại.")
    return await to_thread.run_sync(_told, desk, address, take, content, name[:80])


def _told(
    desk: Desk, address: str, take: Callable[[Desk, BinaryIO, str], TakenIn], content: bytes, name: str
) -> HTMLResponse:
    try:
        return _page(desk, address, take(desk, BytesIO(content), name))
    except WorkbookError as error:
        return _page(desk, address, refused=error.told)
    except RefusedRowError as error:
        return _page(desk, address, TakenIn(problems=(error.problem,)))
    except WordError:  # somebody proposed the same meanwhile
        return _page(desk, address, refused="Có người vừa đề nghị cùng một từ. Bạn gửi lại tệp.")


def _take_faqs(desk: Desk, source: BinaryIO, name: str) -> TakenIn:
    with desk.session() as session:
        known = faq_intake.codes_known(session)
    rows, problems = read_workbook(source, known.__contains__, name)
    with desk.session(writing=True) as session:
        problems = problems or tuple(faq_intake.against(session, rows, desk.who))
        done = Counter[str]() if problems else faq_intake.take_in(session, rows, desk.act, name)
    return TakenIn(done["new"], done["changed"], done["unchanged"], problems)


def _take_words(desk: Desk, source: BinaryIO, name: str) -> TakenIn:
    snapshot = desk.site.app.library.current()
    rows, problems = word_workbook.read_words(source, name, snapshot)
    with desk.session(writing=True) as session:
        problems = problems or word_workbook.refused(rows, word_cards(session), snapshot, desk.who)
        done = Counter[str]() if problems else word_workbook.take_in_words(session, rows, desk.act)
    return TakenIn(new=done["new"], unchanged=done["unchanged"], problems=tuple(problems))
