"""Pages of the portal as glued text in JSON, all separators lost (FORMATS, section 6).

Each field carries how often it was right among 2,573 such pages compared with their records. Files that hold
another procedure's page are refused.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from catalogue_import.clean import clean
from catalogue_import.decision_file import Place
from catalogue_import.files import InputError, Progress, document, walk
from catalogue_import.formats.copies.printed import CHANNELS, fee_state, from_header, paper, stated
from catalogue_import.formats.format import CheckFormat
from catalogue_import.reading_issues import ReadingIssue, Reporter
from catalogue_import.recovered import FilingRow, Recovered, RecoveredFile
from knowledge.procedure import LegalBasis, Paper

CERTAINTY = {  # measured shares, FORMATS section 6; what was not measured counts as the worst that was
    "name": 0.985,
    "subjects": 0.984,
    "channels": 0.976,
    "field": 0.976,
    "levels": 0.969,
    "times": 0.951,
    "paper_count": 0.928,
    "quantities": 0.896,
    "decision": 0.885,
    "fees": 0.863,
    "forms": 0.63,
    "papers": 0.599,
    "legal_bases": 0.599,
    "results": 0.599,
    "steps": 0.599,
    "conditions": 0.599,
}
MARK = b'"ma_thu_tuc"'
HEADER = {
    "ten_thu_tuc": "name",
    "so_quyet_dinh": "decision",
    "cap_thuc_hien": "levels",
    "linh_vuc": "field",
    "doi_tuong_thuc_hien": "subjects",
}
SHOWN_CODE = re.compile(r"Mã thủ tục\s*(\d\.\d{6})")
NAMED_CODE = re.compile(r"\d\.\d{6}")
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME = r"(?:Không có thông tin|\d+(?:[.,]\d+)?(?:\s*(?:Ngày làm việc|Ngày|Giờ|Tháng|Năm))?)"
FEE = r"(?:Miễn phí|Không có thông tin|[\d.,]+ ?(?:Việt Nam [Đđ]ồng|VNĐ|VND|USD))"
CHANNEL = re.compile(rf"(?P<channel>{'|'.join(CHANNELS)})(?=(?P<time>{TIME})(?P<fee>{FEE}|$))")
PAPER_END = re.compile(r"\d+ bản (?:chính|sao)(?:, ?\d+ bản (?:chính|sao))?")
PAPER_HEADING = re.compile(r"^.*Tên giấy tờMẫu đơn, tờ khaiSố lượng", re.DOTALL)
FORM = re.compile(r"(?<=[^\s])([^\s/\\:.;]{1,60}\.(?:docx?|pdf|xlsx?))$", re.IGNORECASE)
LAW_NUMBER = re.compile(r"(\d{1,4}(?:\.\d+)?/\d{4}/[A-ZĐ]+\d*(?:-[A-ZĐ]+)*|\d+/QĐ-[A-ZĐ]+)")
LAW_HEADING = "Tên văn bản pháp lýMã văn bản"
RESULT_CODE = re.compile(r"Mã:\s*[\w.Đ]+?(?=[A-ZĐÀ-Ỹ][a-zà-ỹ]|Từ khóa|$)")
AFTER_RESULTS = re.compile(r"Từ khóa.*$", re.DOTALL)


def is_glued_text(path: Path) -> bool:
    """By the key that every such file begins with; of a folder the first JSON file decides."""
    if path.is_dir():
        first = next((found.path for found in walk(path) if found.path.suffix.lower() == ".json"), None)
        return first is not None and is_glued_text(first)
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    with path.open("rb") as file:
        return MARK in file.read(4096)


def read(path: Path, progress: Progress) -> RecoveredFile:
    files = [found.path for found in walk(path) if found.path.suffix.lower() == ".json"] if path.is_dir() else [path]
    reporter = Reporter()
    records: list[Recovered] = []
    for number, file in enumerate(files, start=1):
        record = _recovered(file, reporter)
        if record is not None:
            records.append(record)
        progress(number, len(files))
    return RecoveredFile(records=tuple(records), issues=reporter.issues)


def _recovered(path: Path, reporter: Reporter) -> Recovered | None:
    values = _values(path)
    code = values.get("ma_thu_tuc", "").strip()
    shown = SHOWN_CODE.search(values.get("raw_text", ""))
    named = NAMED_CODE.match(path.name)
    if shown is None or shown[1] != code or (named is not None and named[0] != code):
        found = f"{shown[1]} “{values.get('ten_thu_tuc', '')}”" if shown else "không rõ"
        reporter.add(ReadingIssue.WRONG_PAGE, f"{path.name}: {found}", Place(annex=path.name))
        return None
    return _record(path, code, values)


def _values(path: Path) -> dict[str, str]:
    try:
        value: Any = msgspec.json.decode(document(path))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{path.name} không phải JSON đúng: {error}. Tải hoặc sao chép lại tệp") from error
    if type(value) is not dict or any(type(item) is not str for item in value.values()):
        raise InputError(f"{path.name} không phải văn bản trang thủ tục (cần một đối tượng gồm các chuỗi)")
    return value


def _record(path: Path, code: str, values: Mapping[str, str]) -> Recovered:
    found = ID.search(values.get("detail_url", ""))
    header = {name: values.get(key, "") for key, name in HEADER.items()}
    results = RESULT_CODE.split(AFTER_RESULTS.sub("", stated(values.get("ket_qua_xu_ly", ""))))
    return replace(
        from_header(code, path.name, CERTAINTY, header),
        formality_id=values.get("formality_id", "") or (found[0] if found else ""),
        filing=tuple(_filing(values.get("cach_thuc_thuc_hien", ""))),
        papers=tuple(_papers(values.get("thanh_phan_ho_so", ""))),
        legal_bases=tuple(_laws(values.get("can_cu_phap_ly", ""))),
        results=tuple(dict.fromkeys(filter(None, (clean(result) for result in results)))),
        steps=stated(values.get("trinh_tu_thuc_hien", "")),
        conditions=stated(values.get("yeu_cau_dieu_kien", "")),
    )


def _filing(text: str) -> Iterator[FilingRow]:
    """Rows begin at the name of a channel when a time or a fee follows; notes name channels too."""
    cleaned = clean(text)
    starts = list(CHANNEL.finditer(cleaned))
    ends = [*(found.start() for found in starts[1:]), len(cleaned)]
    for found, end in zip(starts, ends, strict=False):
        fee = found["fee"]
        note = cleaned[found.end() + len(found["time"]) + len(fee) : end]
        yield FilingRow(
            channel=CHANNELS[found["channel"]],
            time=stated(found["time"]),
            fee=stated(fee),
            fee_state=fee_state(fee),
            note=note.strip(),
        )


def _papers(text: str) -> Iterator[Paper]:
    """Each ends with its quantity; the heading of a table is glued to its first one."""
    cleaned = clean(text)
    ends = [0, *(found.end() for found in PAPER_END.finditer(cleaned))]
    for start, end in pairwise(ends):
        piece = PAPER_HEADING.sub("", cleaned[start:end])
        quantity = next(found for found in PAPER_END.finditer(piece) if found.end() == len(piece))
        name = piece[: quantity.start()]
        form = FORM.search(name)
        yield paper(name[: form.start()] if form else name, quantity[0], form[1] if form else "")


def _laws(text: str) -> Iterator[LegalBasis]:
    """By their numbers alone: where one name ends and the next begins cannot be told."""
    cleaned = f"{clean(text).removeprefix(LAW_HEADING)} "
    found = ((number[0], cleaned[number.end()]) for number in LAW_NUMBER.finditer(cleaned))
    numbers = (number[:-1] if after.islower() else number for number, after in found)  # "CPT" of "…NQ-CPThông tư"
    yield from (LegalBasis(number=number) for number in dict.fromkeys(numbers))


GLUED_TEXT = CheckFormat(
    name="glued text",
    looks_like="a .json file (or a folder of them) with the text of the portal's page, key ma_thu_tuc",
    claims=is_glued_text,
    read=read,
)
