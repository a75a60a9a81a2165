"""The roll of formats: what every member keeps to, and that a file has exactly one."""

from pathlib import Path

import pytest

from catalogue_import import formats
from catalogue_import.digest import UNDATED
from catalogue_import.files import InputError
from catalogue_import.formats import FORMATS, detect
from catalogue_import.formats.format import AnyFormat, CheckFormat, DecisionFormat, Format
from catalogue_import.formats.portal import PORTAL
from catalogue_import.source_record import SourceRecord
from knowledge.procedure import Procedure

SAMPLES = {  # a sample of every format, below tests/files
    "national portal": "portal/details.jsonl",
    "decision (Word)": "decisions/list.docx",
    "decision (Excel)": "decisions/list.xlsx",
    "decision (PDF)": "decisions/list.pdf",
    "template": "decisions/template.xlsx",
    "list export": "copies/list.xlsx",
    "saved page": "copies/page.html",
    "glued text": "copies/1.990001.json",
    "official PDF": "copies/procedure.pdf",
    "repeal list": "decisions/repeal-list.txt",
}
OF_RECORDS = [format_ for format_ in FORMATS if isinstance(format_, Format)]
OF_DECISIONS = [format_ for format_ in FORMATS if isinstance(format_, DecisionFormat)]

OF_CHECKS = [format_ for format_ in FORMATS if isinstance(format_, CheckFormat)]

every_format = pytest.mark.parametrize("format_", FORMATS, ids=[format_.name for format_ in FORMATS])
every_format_of_records = pytest.mark.parametrize("format_", OF_RECORDS, ids=[each.name for each in OF_RECORDS])
every_format_of_checks = pytest.mark.parametrize("format_", OF_CHECKS, ids=[each.name for each in OF_CHECKS])
every_format_of_decisions = pytest.mark.parametrize("format_", OF_DECISIONS, ids=[each.name for each in OF_DECISIONS])


@pytest.fixture
def sample(format_: AnyFormat, samples: Path) -> Path:
    return samples.parent / SAMPLES[format_.name]


@every_format
def test_a_format_alone_claims_its_sample(format_: AnyFormat, sample: Path) -> None:
    assert detect(sample) is format_


@every_format_of_records
def test_a_format_reads_records_with_a_place(format_: Format, sample: Path) -> None:
    records = list(format_.read(sample, lambda _done, _total: None))
    assert records
    assert all(isinstance(record, SourceRecord) and record.where.startswith(sample.name) for record in records)


@every_format_of_decisions
def test_a_format_of_decisions_reads_its_number_day_and_rows(format_: DecisionFormat, sample: Path) -> None:
    file = format_.read(sample, lambda _done, _total: None)
    assert file.decision.number
    assert file.decision.effective
    assert file.records
    assert all(str(record.where) for record in file.records)


@every_format_of_checks
def test_a_format_of_copies_gives_codes_and_how_certain_each_field_is(format_: CheckFormat, sample: Path) -> None:
    file = format_.read(sample, lambda _done, _total: None)
    assert file.records[0].code == "1.990001"
    assert all(0 < share <= 1 for record in file.records for share in record.certainty.values())


@every_format_of_records
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
def test_a_format_says_what_it_looks_for(format_: AnyFormat) -> None:
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
