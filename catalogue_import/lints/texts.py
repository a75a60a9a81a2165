"""The texts of a record with their places, and looking for patterns in them."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from catalogue_import.lints.lint import Mistake, Placed, Record, excerpt
from knowledge.procedure import Channel, FilingChannel, Procedure

CHANNELS = {Channel.DIRECT: "trực tiếp", Channel.ONLINE: "trực tuyến", Channel.POSTAL: "bưu chính"}


def record_of(procedure: Procedure) -> Record:
    sources = (_names(procedure), _agencies(procedure), _filing(procedure), papers(procedure), _prose(procedure))
    texts = tuple(placed for placed in chain.from_iterable(sources) if placed.text)
    return Record(procedure, texts, "\n".join(placed.text for placed in texts))


def rows(procedure: Procedure) -> Iterator[tuple[str, FilingChannel]]:
    """Each row of filing with its place."""
    for number, row in enumerate(procedure.channels, 1):
        yield f"Cách thức thực hiện, dòng {number} ({CHANNELS[row.channel]})", row


def papers(procedure: Procedure) -> Iterator[Placed]:
    for group_number, group in enumerate(procedure.paper_groups, 1):
        where = f"Thành phần hồ sơ, bảng {group_number}"
        yield Placed(f"{where}, tiêu đề", group.heading)
        yield from (Placed(f"{where}, dòng {number}", paper.name) for number, paper in enumerate(group.papers, 1))


def first_in(record: Record, pattern: re.Pattern[str], *, without: str = "") -> Iterator[Mistake]:
    """One mistake a text, at the first place of the pattern; not in places that begin with `without`."""
    if pattern.search(record.joined):
        kept = (placed for placed in record.texts if not (without and placed.place.startswith(without)))
        yield from _first_of_each(kept, pattern)


def _first_of_each(texts: Iterable[Placed], pattern: re.Pattern[str]) -> Iterator[Mistake]:
    for place, text in texts:
        if found := pattern.search(text):
            yield Mistake(place, excerpt(text, *found.span()))


def _names(procedure: Procedure) -> Iterator[Placed]:
    yield Placed("Tên thủ tục", procedure.name)
    yield from (Placed(f"Trường hợp {number}", case) for number, case in enumerate(procedure.cases, 1))


def _agencies(procedure: Procedure) -> Iterator[Placed]:
    named = {
        "Cơ quan ban hành": (procedure.issuer,),
        "Cơ quan thực hiện": procedure.executing,
        "Cơ quan có thẩm quyền": procedure.competent,
        "Cơ quan được ủy quyền": procedure.authorized,
        "Cơ quan phối hợp": procedure.coordinating,
    }
    return (Placed(place, name) for place, names in named.items() for name in names)


def _filing(procedure: Procedure) -> Iterator[Placed]:
    for place, row in rows(procedure):
        yield Placed(f"{place}, thời hạn", row.time_limit.text)
        yield Placed(f"{place}, mô tả", row.note)
        yield from (Placed(f"{place}, phí {at}", fee.note) for at, fee in enumerate(row.fees, 1))


def _prose(procedure: Procedure) -> Iterator[Placed]:
    for number, step in enumerate(procedure.steps, 1):
        yield Placed(f"Trình tự thực hiện, mục {number}", f"{step.name}\n{step.text}".strip())
    yield Placed("Yêu cầu, điều kiện thực hiện", procedure.conditions)
    yield Placed("Địa chỉ tiếp nhận hồ sơ", procedure.receiving_address)
    yield Placed("Mô tả", procedure.note)
