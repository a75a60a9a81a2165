"""The roll of formats: what every member keeps to, and that a file has exactly one."""

from pathlib import Path

import pytest

from catalogue_import import formats
from catalogue_import.digest import UNDATED
from catalogue_import.files import InputError
from catalogue_import.formats import FORMATS, detect
from catalogue_import.formats.format import Format
from catalogue_import.formats.portal import PORTAL
from catalogue_import.source_record import SourceRecord
from knowledge.procedure import Procedure

SAMPLES = {"national portal": "portal/details.jsonl"}  # a sample of every format, below tests/files

every_format = pytest.mark.parametrize("format_", FORMATS, ids=[format_.name for format_ in FORMATS])


@pytest.fixture
def sample(format_: Format, samples: Path) -> Path:
    return samples.parent / SAMPLES[format_.name]


@every_format
def test_a_format_alone_claims_its_sample(format_: Format, sample: Path) -> None:
    assert detect(sample) is format_


@every_format
def test_a_format_reads_records_with_a_place(format_: Format, sample: Path) -> None:
    records = list(format_.read(sample, lambda _done, _total: None))
    assert records
    assert all(isinstance(record, SourceRecord) and record.where.startswith(sample.name) for record in records)


@every_format
def test_a_format_says_who_a_record_is_about_and_makes_its_procedure(format_: Format, sample: Path) -> None:
    for record in format_.read(sample, lambda _done, _total: None):
        assert isinstance(record, SourceRecord)
        identity = format_.identify(record)
        procedure = format_.to_procedure(record, identity, UNDATED)
        assert isinstance(procedure, Procedure)
        assert (procedure.formality_id, procedure.code) == (identity.formality_id, identity.code)
        record.account()
        assert "unknown-field" not in {issue.kind.code for issue in record.issues}


@every_format
def test_a_format_says_what_it_looks_for(format_: Format) -> None:
    assert format_.name
    assert format_.looks_like


def test_an_unknown_file_is_refused_with_what_is_known(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.odt"
    file.write_bytes(b"x")
    with pytest.raises(InputError, match=r"no known format.*national portal: a folder of \.json files"):
        detect(file)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no known format"):
        detect(tmp_path)


def test_a_file_that_two_formats_claim_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", (PORTAL, PORTAL._replace(name="another")))
    file = tmp_path / "a.json"
    file.write_text("{}")
    with pytest.raises(InputError, match="several formats \\(national portal, another\\)"):
        detect(file)
