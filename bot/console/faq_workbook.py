"""FAQ entries as a workbook: writing it, and reading it back with every problem at its cell."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bot.console import words
from bot.console.faq_examples import EXAMPLES
from bot.console.sheets import Form, Line, Problem, bytes_of, lines_in, number_in, repeated, save
from knowledge.faq.desk import Card
from knowledge.faq.entry import FaqText
from knowledge.faq.reading import Typed, read, typed_of

SHEET = "Hỏi đáp"
NUMBER, REVISION, STATE = "Số", "Bản", "Tình trạng"
HEADINGS = {  # of the columns that are read, by the field they fill
    "wordings": "Cách hỏi",
    "answer": "Câu trả lời",
    "procedures": "Mã thủ tục",
    "commune": "Phạm vi",
    "instead_of": "Thay mục số",
    "valid_from": "Dùng từ ngày",
    "valid_to": "Đến hết ngày",
    "review_on": "Ngày xem lại",
}
EXAMPLE = "Ví dụ"  # stands where the state of an entry is told, which is not read
COLUMNS = (NUMBER, REVISION, STATE, *HEADINGS.values())
GUIDE = (
    "Hỏi đáp của trợ lý tự động",
    "Mỗi dòng của sheet “Hỏi đáp” là một mục. Mục mới thì để trống cột “Số” và “Bản”.",
    "Cách hỏi: trong một ô, mỗi dòng một cách (Alt+Enter để xuống dòng). Dòng đầu là câu hỏi sẽ hiện ra.",
    "Câu trả lời: gạch đầu dòng bằng “- ”, chữ đậm **như thế này**, liên kết [tên](https://địa-chỉ).",
    "Mã thủ tục: cách nhau bằng dấu phẩy, ví dụ 1.001193.",
    "Phạm vi: để trống là toàn thành phố; hoặc mã hay tên của một xã, phường, đặc khu.",
    "Ngày: ghi như 31/12/2026. Không dùng công thức.",
    "Thay mục số: số của mục cấp thành phố mà mục của xã, phường này thay ở đó.",
    "Sheet “Ví dụ” có vài mục mẫu đủ kiểu để bạn xem và chép sang. Trợ lý không đọc sheet ấy.",
    "Những gì nhập vào là bản nháp; một người duyệt rồi trợ lý mới dùng.",
)
FORM = Form(
    sheet=SHEET,
    columns=COLUMNS,
    read=(NUMBER, REVISION, *HEADINGS.values()),
    widths=(8, 8, 16, 50, 70, 22, 16, 12, 14, 14, 14),
    guide=GUIDE,
    examples=tuple(("", "", EXAMPLE, *(getattr(each, field) for field in HEADINGS)) for each in EXAMPLES),
)


class Row(NamedTuple):
    """A row that could be read. `number` and `revision` are 0 for a new entry; `at` is the place of a column's cell."""

    at: Callable[[str], str]
    number: int
    revision: int
    text: FaqText


def write_workbook(path: Path, cards: Iterable[Card]) -> None:
    """Whole or not at all; without cards a template. Raises WorkbookError."""
    save(path, FORM, map(_cells, cards))


def packed(cards: Iterable[Card]) -> bytes:
    return bytes_of(FORM, map(_cells, cards))


def _cells(card: Card) -> tuple[str, ...]:
    typed = typed_of(card.text)
    own = (str(card.id), str(card.newest.number), words.STATES[card.state])
    return (*own, *(getattr(typed, field) for field in HEADINGS))


def read_workbook(
    source: Path | BinaryIO, is_known: Callable[[str], bool], name: str = ""
) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Rows, or every problem of all of them. Raises WorkbookError when it is no workbook of ours."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for line in lines_in(source, name or getattr(source, "name", ""), FORM):
        row, wrong = _read_row(line, is_known)
        rows += [row] if row else []
        problems += wrong
    problems += repeated((row.at(NUMBER), row.number) for row in rows)
    return (() if problems else tuple(rows)), tuple(problems)


def _read_row(line: Line, is_known: Callable[[str], bool]) -> tuple[Row | None, Sequence[Problem]]:
    if formulas := line.formulas():
        return None, formulas
    text, wrong = read(Typed(**{field: line.text(heading) for field, heading in HEADINGS.items()}), is_known)
    problems = [line.problem(HEADINGS[each.field], each.message) for each in wrong]
    (number, no_number), (revision, no_revision) = number_in(line, NUMBER), number_in(line, REVISION)
    problems += [*no_number, *no_revision]
    if text is None or problems:
        return None, problems
    return Row(line.at, number, revision, text), ()
