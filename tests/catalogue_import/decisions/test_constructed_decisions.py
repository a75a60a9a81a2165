"""The constructed decisions of ../shared, compared as FORMATS section 10.5 says: every record and field right."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from catalogue_import.formats import detect
from catalogue_import.formats.format import DecisionFormat
from catalogue_import.reading import reading_values

DECISIONS = (
    "01-moi-va-sua-doi-2026.docx",
    "01-moi-va-sua-doi-2026.xlsx",
    "02-danh-muc-2025.docx",
    "03-bai-bo.docx",
    "03-bai-bo.xlsx",
    "04-thay-the.docx",
    "05-noi-dung.docx",
    "06-hon-hop-60-dong.docx",
    "06-hon-hop-60-dong.pdf",
)
AS_TEXT = ("name", "field", "fee_text", "announced_by")
AS_LISTS = ("place", "legal_basis")
AS_TIMES = ("time_statutory", "time_shortened")

every_decision = pytest.mark.parametrize("name", DECISIONS)


def same(text: str | None) -> str | None:
    """After NFC, without white space and without regard to case."""
    return None if text is None else "".join(normalize("NFC", text).lower().split())


def same_time(text: str | None) -> str | None:
    return None if text is None else re.sub(r"(?<!\d)0+(?=\d)", "", same(text) or "")


def comparable(record: dict[str, Any]) -> dict[str, Any]:
    plain = json.loads(json.dumps(record, default=str))
    plain |= {key: same(plain.get(key)) for key in AS_TEXT}
    plain |= {key: same_time(plain.get(key)) for key in AS_TIMES}
    plain |= {key: [same(item) for item in plain[key]] for key in AS_LISTS}
    where = plain["where"]
    plain["where"] = {key: same(where[key]) if key == "annex" else where[key] for key in where}
    if "content" in plain:
        plain["content"] = {
            key: plain["content"][key] for key in plain["content"] if key not in {"steps", "conditions"}
        }
    return plain


@cache
def read(path: Path) -> dict[str, Any]:
    """Once for all tests, which only look at it: a long PDF takes two seconds."""
    format_ = detect(path)
    assert isinstance(format_, DecisionFormat)
    return reading_values(format_.read(path, lambda _done, _total: None), format_.name)


def expected(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
    return values


@every_decision
def test_every_record_and_field_of_a_constructed_decision_is_right(name: str, shared: Path) -> None:
    path = shared / "catalogue" / "decisions" / name
    found, wanted = read(path), expected(path)
    ours = {(record["status"], record["code"]): comparable(record) for record in found["records"]}
    theirs = {(record["status"], record["code"]): comparable(record) for record in wanted["records"]}
    assert ours.keys() == theirs.keys()
    for key, record in theirs.items():
        where = record.pop("where")
        assert {part: ours[key]["where"].get(part) for part in where} == where
        assert {field: ours[key].get(field) for field in record} == record


@every_decision
def test_the_decision_itself_is_read(name: str, shared: Path) -> None:
    path = shared / "catalogue" / "decisions" / name
    found, wanted = read(path)["decision"], expected(path)["decision"]
    assert {key: same(str(value)) for key, value in found.items()} == {
        key: same(value) for key, value in wanted.items()
    }


@every_decision
def test_codes_without_a_record_and_rows_for_review_are_told(name: str, shared: Path) -> None:
    path = shared / "catalogue" / "decisions" / name
    found, wanted = read(path), expected(path)
    assert list(found["ignored"]) == wanted["ignored"]
    told = [(row["code_printed"], row["suggested_code"], row["status"]) for row in found["needs_review"]]
    assert told == [(row["code_printed"], row["suggested_code"], row["status"]) for row in wanted["needs_review"]]


@every_decision
def test_a_constructed_decision_has_no_problem_but_its_bad_codes(name: str, shared: Path) -> None:
    codes = {issue["code"] for issue in read(shared / "catalogue" / "decisions" / name)["issues"]}
    assert codes <= {"bad-code"}
