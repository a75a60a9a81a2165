"""A plain list of repealed codes, as an office keeps one beside its catalogue (FORMATS §3.10).

DANH SÁCH BÃI BỎ
Quyết định: 3582/QĐ-UBND
Ngày ký: 08/09/2026
Hiệu lực: 08/09/2026
# what follows a code is its name, what follows an arrow its successor
1.000280
2.001023 -> 3.000722 Liên thông khai sinh
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unicodedata import normalize

from catalogue_import.decision_file import Announcement, DecisionFile, DecisionRecord, Place, ReviewRecord, Status
from catalogue_import.files import InputError, Progress, document
from catalogue_import.formats.format import DecisionFormat

TITLE = re.compile(r"danh sách (?:thủ tục (?:hành chính )?)?(?:bị )?bãi bỏ", re.IGNORECASE)
SAMPLE = "DANH SÁCH BÃI BỎ / Quyết định: 3582/QĐ-UBND / Ngày ký: 08/09/2026 / Hiệu lực: 08/09/2026 / 1.000280"

_HEADER = re.compile(r"(?P<key>quyết định|ngày ký|hiệu lực|cơ quan)\s*:\s*(?P<value>.+)", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CODE = r"(?P<{}>\d\.\d{{6}})(?:\.000\.00\.00\.H\d\d)?[.,]?"
_ROW = re.compile(
    _CODE.format("code") + r"(?:\s*(?:->|→)\s*" + _CODE.format("successor") + r")?(?:[\s;]+(?P<name>(?!->|→).+))?"
)


def _claims(path: Path) -> bool:
    if path.suffix.lower() != ".txt" or not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(200).decode("utf-8-sig", errors="replace")
    return TITLE.match(normalize("NFC", head).lstrip()) is not None


def _read(path: Path, _progress: Progress) -> DecisionFile:
    lines = [normalize("NFC", line).strip() for line in _text(path).splitlines()[1:]]
    rows = [(at, line) for at, line in enumerate(lines, start=2) if line and not line.startswith("#")]
    headers = {found["key"].lower(): found["value"].strip() for _, line in rows if (found := _HEADER.fullmatch(line))}
    if "hiệu lực" not in headers or "quyết định" not in headers:
        raise InputError(f"{path.name}: lacks “Quyết định:” or “Hiệu lực:”. A list begins like this: {SAMPLE}")
    signed = headers.get("ngày ký")
    announcement = Announcement(
        number=headers["quyết định"],
        day=_day(path, signed) if signed else None,
        issuer=headers.get("cơ quan", ""),
        effective=_day(path, headers["hiệu lực"]),
    )
    read = list(_records(rows))
    return DecisionFile(
        decision=announcement,
        records=tuple(each for each in read if isinstance(each, DecisionRecord)),
        needs_review=tuple(each for each in read if isinstance(each, ReviewRecord)),
    )


def _text(path: Path) -> str:
    try:
        return document(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not text in UTF-8: save it as UTF-8") from error


def _records(rows: list[tuple[int, str]]) -> Iterator[DecisionRecord | ReviewRecord]:
    for at, line in rows:
        if _HEADER.fullmatch(line):
            continue
        found = _ROW.fullmatch(line)
        if found is None:
            yield ReviewRecord(code_printed=line, reason="không phải mã thủ tục", name="", where=Place(row=at))
            continue
        yield DecisionRecord(
            status=Status.REPLACED if found["successor"] else Status.REPEALED,
            code=found["code"],
            name=found["name"] or "",
            successor=found["successor"],
            where=Place(row=at),
        )


def _day(path: Path, text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in reversed(found.groups()))) if found else date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{path.name}: {text!r} is no day. Write it like 08/09/2026") from error


REPEAL_LIST = DecisionFormat(
    name="repeal list",
    looks_like="a .txt file whose first line is “DANH SÁCH BÃI BỎ”",
    claims=_claims,
    read=_read,
)
