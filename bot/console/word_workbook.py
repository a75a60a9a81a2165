"""Words of staff as a workbook: writing it, reading it back with every problem at its cell, proposing what is new."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sqlmodel import Session

from bot.console import words
from bot.console.sheets import Form, Line, Problem, bytes_of, lines_in, save
from bot.console.word_reading import against, read_word
from bot.library import Snapshot
from knowledge.staff.accounts import Act, Who
from knowledge.words.desk import WordCard, propose, word_cards
from knowledge.words.word import WordKind, WordText

KIND, SAID, MEANS, PLACE, STATE = "Loại", "Từ của người dân", "Nghĩa", "Phạm vi", "Tình trạng"
FIELDS = {"tu": SAID, "nghia": MEANS, "commune": PLACE}
GUIDE = (
    "Từ ngữ của trợ lý tự động",
    "Mỗi dòng của sheet “Từ ngữ” là một từ.",
    "Loại: “cách gọi” thì cột “Nghĩa” ghi mã thủ tục, ví dụ 1.001193; “từ viết tắt” thì ghi từ đầy đủ.",
    "Phạm vi: để trống là toàn thành phố; hoặc mã hay tên của một xã, phường, đặc khu.",
    "Sheet “Ví dụ” có vài từ mẫu để bạn xem và chép sang. Trợ lý không đọc sheet ấy.",
    "Từ đã có thì giữ nguyên. Từ mới là đề nghị; một người duyệt rồi trợ lý mới hiểu. Không dùng công thức.",
)
EXAMPLES = (
    ("cách gọi", "giấy chim én", "1.000894", "", "Ví dụ"),
    ("cách gọi", "làm giấy cho cháu mới đẻ", "1.001193", "Phường Thành Đông", "Ví dụ"),
    ("từ viết tắt", "xnhn", "xác nhận hôn nhân", "", "Ví dụ"),
)
FORM = Form(
    sheet="Từ ngữ",
    columns=(KIND, SAID, MEANS, PLACE, STATE),
    read=(KIND, SAID, MEANS, PLACE),
    widths=(16, 40, 40, 16, 18),
    guide=GUIDE,
    examples=EXAMPLES,
)
_KINDS = {label: kind for kind, label in words.WORD_KINDS.items()}


class Row(NamedTuple):
    line: Line
    text: WordText


def write_words(path: Path, cards: Iterable[WordCard]) -> None:
    """Whole or not at all; without cards a template. Raises WorkbookError."""
    save(path, FORM, map(_cells, cards))


def packed_words(cards: Iterable[WordCard]) -> bytes:
    return bytes_of(FORM, map(_cells, cards))


def _cells(card: WordCard) -> tuple[str, ...]:
    text = card.text
    return words.WORD_KINDS[text.kind], text.said, text.means, text.commune, words.WORD_STATES[card.state]


def read_words(source: Path | BinaryIO, name: str, snapshot: Snapshot) -> tuple[list[Row], list[Problem]]:
    """Every row that could be read, and every problem. Raises WorkbookError."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for line in lines_in(source, name, FORM):
        text, wrong = _read(line, snapshot)
        problems += wrong
        rows += [Row(line, text)] if text else []
    return rows, problems


def _read(line: Line, snapshot: Snapshot) -> tuple[WordText | None, Sequence[Problem]]:
    kind = _KINDS.get(" ".join(line.text(KIND).lower().split()))
    if formulas := line.formulas():
        return None, formulas
    if kind is None:
        return None, [line.problem(KIND, f"ghi “{'” hoặc “'.join(_KINDS)}”")]
    read = read_word(WordKind(kind), line.text(SAID), line.text(MEANS), line.text(PLACE), snapshot)
    return read.word, [line.problem(FIELDS[field], message) for field, message in read.problems.items()]


def refused(rows: Iterable[Row], cards: Sequence[WordCard], snapshot: Snapshot, who: Who) -> list[Problem]:
    """New words that clash with what is known, with each other, or that are another place's."""
    known = {card.text for card in cards if not card.is_retired}
    problems: list[Problem] = []
    taken: list[WordCard] = []
    for line, text in (row for row in rows if row.text not in known):
        if not who.serves(text.commune):
            problems.append(line.problem(PLACE, f"tài khoản của bạn chỉ viết cho {words.place(who.commune)}"))
            continue
        problems += [line.problem(SAID, told) for told in against(text, snapshot, [*cards, *taken])]
        taken.append(_as_card(text, line.number))
    return problems


def _as_card(text: WordText, row: int) -> WordCard:
    return WordCard(id=-row, text=text, author="", at=datetime.fromtimestamp(0, UTC), is_retired=False)


def take_in_words(session: Session, rows: Iterable[Row], act: Act) -> Counter[str]:
    """How many are new and unchanged. Raises knowledge.words.desk.WordError."""
    known = {card.text for card in word_cards(session) if not card.is_retired}
    done = Counter[str]()
    for row in rows:
        if row.text not in known:
            propose(session, row.text, act)
        done["unchanged" if row.text in known else "new"] += 1
    return done
