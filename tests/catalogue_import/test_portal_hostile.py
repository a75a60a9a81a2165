"""Whatever stands in a file: it is published, left out or refused, and never ends in a trace."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue_import.files import InputError
from catalogue_import.formats.portal import PORTAL
from catalogue_import.gather import Gathered, gather
from catalogue_import.issues import IssueLog
from portal_records import Record, attachment, detail, fee, method, named, own, paper, to_line, write_lines

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
FULL = detail(
    executionMethods=[method(fees=[fee(attachment={"fileId": "f", "fileName": "a.pdf"})]), method("POSTAL")],
    executionCases=[{"name": "Giấy tờ phải nộp", "profileComponents": [paper(attachments=[attachment("a.doc")])]}],
    departmentsExecuting=[named("d-1", "Sở Tư pháp")],
    cases=[{"id": "k", "code": "1.01", "name": "Cấp mới", "processingDay": {"qty": 1}, "profileComponents": []}],
)

Path_ = tuple[str | int, ...]
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def paths(value: Any, path: Path_ = ()) -> list[Path_]:
    """Every place in a JSON value, the whole apart."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [found for key, item in inner for found in paths(item, (*path, key))]
    return [*([path] if path else []), *below]


def replaced(value: Any, path: Path_, other: Any) -> Any:
    """A copy in which another value stands at a place."""
    if not path:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], other)
    return copy


def gathered(file: Path) -> Gathered:
    return gather(PORTAL.read(file, lambda _done, _total: None), PORTAL, "H24", IssueLog())


@pytest.mark.parametrize("other", [None, True, -1, 10**20, "", "x", [], [None], {}, {"x": 1}], ids=repr)
def test_any_field_may_hold_anything(tmp_path: Path, other: Any) -> None:
    """One record for every place; each is read or left out, and the good one behind them is read all the same."""
    broken = [replaced({**FULL, "id": f"id-{number}"}, path, other) for number, path in enumerate(paths(FULL))]
    file = write_lines(tmp_path / "a.jsonl", [*broken, own()])
    found = gathered(file)
    assert found.records == len(broken) + 1
    assert "id-1.115622" in found.details
    assert found.left_out > 0


@same_folder
@given(st.sampled_from(paths(FULL)), JSON)
def test_any_field_may_hold_any_json(tmp_path: Path, path: Path_, other: Any) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(replaced(FULL, path, other)), encoding="utf-8")
    found = gathered(file)
    assert len(found.details) + found.left_out == found.records


@same_folder
@given(JSON, st.sampled_from(["a.json", "a.jsonl"]))
def test_any_json_is_read_to_its_end(tmp_path: Path, value: Any, name: str) -> None:
    file = tmp_path / name
    file.write_text(json.dumps(value), encoding="utf-8")
    assert gathered(file).details == {}


@same_folder
@given(st.binary(max_size=200), st.sampled_from(["a.json", "a.jsonl", "a.jsonl.gz"]), st.booleans())
def test_any_bytes_are_read_or_refused_in_words(tmp_path: Path, content: bytes, name: str, is_packed: bool) -> None:
    file = tmp_path / name
    file.write_bytes(gzip.compress(content) if is_packed else content)
    try:
        outcome = f"{name}: {gathered(file).details}"
    except InputError as error:
        outcome = str(error)
    assert name in outcome
    assert "Candidate" not in outcome


@same_folder
@given(st.integers(min_value=2, max_value=2_000))  # the first two bytes tell that it is packed
def test_a_file_cut_off_anywhere_is_never_taken_for_a_whole_one(tmp_path: Path, length: int) -> None:
    packed = gzip.compress("".join(to_line(record) + "\n" for record in [FULL, own()]).encode())
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(packed[: min(length, len(packed) - 1)])
    with pytest.raises(InputError):
        gathered(file)


def test_every_place_of_a_record_is_tried() -> None:
    """A guard for this file: the paths really reach fees, papers and forms."""
    shown = {".".join(map(str, path)) for path in paths(FULL)}
    assert {
        "executionMethods.0.fees.0.attachment.fileName",
        "executionCases.0.profileComponents.0.attachments.0.id",
        "procedureProposal.issuingAgency.name",
    } <= shown


def test_the_invented_records_have_the_fields_of_the_real_ones(shared: Path) -> None:
    with gzip.open(shared / "catalogue" / "portal_api" / "details.jsonl.gz") as lines:
        real: list[Record] = [json.loads(next(lines)) for _ in range(50)]
    assert {key for record in real for key in record} == FULL.keys()
