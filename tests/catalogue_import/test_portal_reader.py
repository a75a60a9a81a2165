"""Finding the portal's objects in files and folders of every kind."""

from pathlib import Path
from typing import Any

import pytest

from catalogue_import.files import InputError
from catalogue_import.formats.portal.reader import claims, read
from catalogue_import.issues import Issue, IssueKind
from catalogue_import.source_record import SourceRecord
from portal_records import detail, envelope, listed, to_line, write_document, write_lines

A, B, C = detail("1.000001"), detail("1.000002"), listed("1.000003")


def items(path: Path) -> list[SourceRecord | Issue]:
    return list(read(path, lambda _done, _total: None))


def places(path: Path) -> list[str]:
    found = items(path)
    assert all(isinstance(item, SourceRecord) for item in found), found
    return [item.where for item in found]


def issues(path: Path) -> list[tuple[IssueKind, str]]:
    return [(item.kind, item.where) for item in items(path) if isinstance(item, Issue)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "A.JSONL.GZ", "a.ndjson"])
def test_json_lines_packed_or_not(tmp_path: Path, name: str) -> None:
    packed = name.lower() if "GZ" in name else name
    file = write_lines(tmp_path / packed, [A, B, C]).rename(tmp_path / name)
    assert places(file) == [f"{name}, line 1 (1.000001)", f"{name}, line 2 (1.000002)", f"{name}, line 3 (1.000003)"]


def test_a_packed_file_is_known_by_its_bytes_not_its_name(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl.gz", [A]).rename(tmp_path / "a.jsonl")
    assert places(file) == ["a.jsonl, line 1 (1.000001)"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(A, ["a.json (1.000001)"], id="one bare object"),
        pytest.param(envelope(A), ["a.json (1.000001)"], id="one object in the envelope"),
        pytest.param([A, B], ["a.json, item 1 (1.000001)", "a.json, item 2 (1.000002)"], id="a list of objects"),
        pytest.param([envelope(A)], ["a.json, item 1 (1.000001)"], id="a list of envelopes"),
        pytest.param(
            envelope({"items": [A, C], "lastId": "x", "total": 2}),
            ["a.json, item 1 (1.000001)", "a.json, item 2 (1.000003)"],
            id="a page of the list",
        ),
        pytest.param(envelope([C]), ["a.json (1.000003)"], id="an envelope around a list"),
        pytest.param({"items": [C]}, ["a.json (1.000003)"], id="a page without the envelope"),
        pytest.param([], [], id="an empty list"),
        pytest.param(envelope({"items": [], "lastId": "", "total": 0}), [], id="an empty page"),
    ],
)
def test_documents(tmp_path: Path, value: Any, expected: list[str]) -> None:
    assert places(write_document(tmp_path / "a.json", value)) == expected


def test_envelopes_may_stand_on_lines(tmp_path: Path) -> None:
    assert places(write_lines(tmp_path / "a.jsonl", [envelope(A), B])) == [
        "a.jsonl, line 1 (1.000001)",
        "a.jsonl, line 2 (1.000002)",
    ]


def test_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + to_line(A).encode() + b"\r\n\n  \n" + to_line(B).encode())
    assert places(file) == ["a.jsonl, line 1 (1.000001)", "a.jsonl, line 4 (1.000002)"]
    document = write_document(tmp_path / "a.json", A)
    document.write_bytes(b"\xef\xbb\xbf" + document.read_bytes())
    assert places(document) == ["a.json (1.000001)"]


def test_a_folder_is_read_file_after_file_with_its_folders(tmp_path: Path) -> None:
    write_document(tmp_path / "b.json", envelope(A))
    (tmp_path / "more").mkdir()
    write_lines(tmp_path / "more" / "a.jsonl.gz", [B])
    assert places(tmp_path) == ["b.json (1.000001)", "more/a.jsonl.gz, line 1 (1.000002)"]


def test_other_files_of_a_folder_are_skipped_and_named(tmp_path: Path) -> None:
    write_document(tmp_path / "a.json", A)
    (tmp_path / "README.md").write_text("copied in July")
    (tmp_path / "tables.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / ".DS_Store").write_bytes(b"\x00")
    assert issues(tmp_path) == [(IssueKind.SKIPPED_FILE, "README.md"), (IssueKind.SKIPPED_FILE, "tables.xlsx")]


def test_a_folder_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    write_document(tmp_path / "a.json", A)
    reading = read(tmp_path, lambda _done, _total: None)
    next(reading)
    (tmp_path / "notes.txt").write_text("other files do not matter")
    write_document(tmp_path / "b.json", B)
    with pytest.raises(InputError, match="changed while it was being read"):
        list(reading)


def test_one_broken_file_of_a_folder_does_not_hide_the_others(tmp_path: Path) -> None:
    write_document(tmp_path / "a.json", A)
    (tmp_path / "b.json").write_text("<html>Request Rejected</html>")
    (tmp_path / "c.json").write_text("")
    write_document(tmp_path / "d.json", B)
    found = items(tmp_path)
    assert [item.where for item in found if isinstance(item, SourceRecord)] == [
        "a.json (1.000001)",
        "d.json (1.000002)",
    ]
    broken = [item for item in found if isinstance(item, Issue)]
    assert [(item.kind, item.where) for item in broken] == [
        (IssueKind.UNREADABLE_FILE, "b.json"),
        (IssueKind.UNREADABLE_FILE, "c.json"),
    ]
    assert "web page" in broken[0].subject


def test_every_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(f'{to_line(A)}\n{{"id": 1,\n{to_line(B)}\n[NaN]\n', encoding="utf-8")
    assert issues(file) == [(IssueKind.NOT_JSON, "a.jsonl, line 2"), (IssueKind.NOT_JSON, "a.jsonl, line 4")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param('{"id": NaN}', "invalid character", id="NaN"),
        pytest.param('{"id": 1e999}', "out of range", id="a number beyond all"),
        pytest.param('{"id": ' + "9" * 5_000 + "}", "out of range", id="a number of 5,000 digits"),
        pytest.param("[" * 50_000, "nested too deeply", id="nested lists"),
        pytest.param('{"a":' * 50_000, "nested too deeply", id="nested objects"),
        pytest.param('{"id": "\\ud800"}', "", id="half a surrogate pair"),
        pytest.param('{"id": 1', "truncated", id="cut off"),
        pytest.param("Request Rejected", "invalid character", id="prose"),
    ],
)
def test_a_line_that_is_no_json_says_why(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(f"{to_line(A)}\n{line}\n", encoding="utf-8")
    [issue] = [item for item in items(file) if isinstance(item, Issue)]
    assert issue.kind is IssueKind.NOT_JSON
    assert reason in issue.subject


def test_a_file_of_broken_lines_is_given_up(tmp_path: Path) -> None:
    file = write_document(tmp_path / "a.json", [A, B]).rename(tmp_path / "a.jsonl")
    with pytest.raises(InputError, match=r"belongs in a \.json file"):
        items(file)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param({"id": "p", "name": "Hải Phòng", "code": "31"}, "keys id, name, code", id="another object"),
        pytest.param(7, "a int", id="a number"),
        pytest.param("1.001193", "a str", id="a text"),
        pytest.param([[A]], "a list", id="a list of lists"),
        pytest.param({"code": "NOT_FOUND", "data": None, "message": "no"}, "'NOT_FOUND' ('no')", id="a refusal"),
    ],
)
def test_json_that_is_no_procedure_is_skipped_and_named(tmp_path: Path, value: Any, said: str) -> None:
    [item] = items(write_lines(tmp_path / "a.jsonl", [value]))
    assert isinstance(item, Issue)
    assert item.kind is IssueKind.NOT_A_RECORD
    assert said in item.subject


def test_a_document_that_is_no_json_is_unusable(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(to_line(A)[:-5], encoding="utf-8")
    with pytest.raises(InputError, match="not JSON"):
        items(file)


def test_progress_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    for file in (write_lines(tmp_path / "a.jsonl", [A, B]), write_document(tmp_path / "b.json", [A, B]), tmp_path):
        seen: list[tuple[int, int]] = []
        list(read(file, lambda done, total, seen=seen: seen.append((done, total))))
        assert [done for done, _ in seen] == sorted(done for done, _ in seen)
        assert seen[-1][0] == seen[-1][1] > 0


@pytest.mark.parametrize(
    ("name", "is_claimed"),
    [("a.json", True), ("a.jsonl", True), ("a.jsonl.gz", True), ("a.xlsx", False), ("a.txt", False), ("json", False)],
)
def test_files_are_claimed_by_name(tmp_path: Path, name: str, is_claimed: bool) -> None:
    (tmp_path / name).write_text("{}")
    assert claims(tmp_path / name) is is_claimed
    assert claims(tmp_path) is is_claimed, "a folder is claimed when it holds such a file"
