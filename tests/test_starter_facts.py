"""The maintainer's script: facts without the publisher's prose, written in a form that stays the same."""

import tomllib
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from knowledge.procedure import Channel, Fee, FilingChannel, LegalBasis, Step, TimeLimit, Unit
from sample_procedures import make_procedure

ROOT = Path(__file__).resolve().parents[1]
STARTER = sorted((ROOT / "knowledge" / "starter").glob("*.toml"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = spec_from_file_location("starter_facts", ROOT / "tools" / "starter_facts.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", STARTER, ids=lambda path: path.stem)
def test_every_file_stands_as_the_script_writes_it(script: ModuleType, path: Path) -> None:
    text = path.read_text("utf-8")
    assert "\n".join(script.document_lines(tomllib.loads(text))) + "\n" == text


@pytest.mark.parametrize(
    "value",
    ['dấu "nháy" và \\ gạch chéo', "hai\ndòng", 3, 3.5, True, date(2026, 7, 18), [], [{"a": 1}, {}], {"a": ["b"]}],
    ids=str,
)
def test_what_is_written_is_read_again(script: ModuleType, value: object) -> None:
    assert tomllib.loads("\n".join(script.assignment("key", value))) == {"key": value}


def test_the_publishers_sentences_are_left_out_and_said_to_exist(script: ModuleType) -> None:
    rows = (
        FilingChannel(channel=Channel.DIRECT, time_limit=TimeLimit(amount=3, unit=Unit.DAY), note="Trường hợp một"),
        FilingChannel(
            channel=Channel.DIRECT,
            time_limit=TimeLimit(text="Theo mô tả dài"),
            fees=(Fee(amount=0, note="theo quy định của Hội đồng nhân dân"), Fee(amount=8_000)),
        ),
        FilingChannel(channel=Channel.ONLINE, time_limit=TimeLimit(), note="Nộp trên cổng"),
    )
    laws = (LegalBasis(number="60/2014/QH13", name="Luật Hộ tịch"), LegalBasis(number="x" * 200), LegalBasis(number=""))
    full = make_procedure(channels=rows, legal_bases=laws, steps=(Step(text="Bước 1: công dân nộp"),), note="ghi chú")

    facts = script.facts_of(full)

    assert not {"code", "data_day", "steps", "paper_groups", "note"} & set(facts)
    assert facts["legal_bases"] == ["60/2014/QH13"]
    first, second, online = facts["channels"]
    assert first == {"channel": "direct", "time_limit": {"amount": 3.0, "unit": "day"}, "note": script.HAS_NOTE}
    assert second["fees"] == ({"amount": 0, "note": script.HAS_NOTE}, {"amount": 8_000})
    assert online == {"channel": "online", "time_limit": {}}


def test_refreshing_changes_facts_and_leaves_our_words(script: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "topic.toml"
    entries = (
        '[[procedure]]\ncode = "1.000001"\nname = "Lời của ta"\n[[procedure]]\ncode = "1.000002"\nname = "Đã bỏ"\n'
    )
    path.write_text(f'topic = "Thử"\ndata_day = 2020-01-01\n{entries}', "utf-8")
    gone = script.refresh(path, {"1.000001": make_procedure("1.000001", name="Tên mới")}, date(2026, 7, 18))
    document = tomllib.loads(path.read_text("utf-8"))
    assert gone == ["1.000002"]
    assert document["data_day"] == date(2026, 7, 18)
    assert [entry["name"] for entry in document["procedure"]] == ["Lời của ta", "Đã bỏ"]
    assert document["procedure"][0]["record"]["name"] == "Tên mới"


def test_the_script_says_which_procedures_a_catalogue_lacks(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "topic.toml").write_text(
        'topic = "Thử"\ndata_day = 2020-01-01\n[[procedure]]\ncode = "1.000001"\n', "utf-8"
    )
    details = ROOT / "tests" / "files" / "portal" / "details.jsonl"
    monkeypatch.setattr(script, "STARTER", tmp_path)
    monkeypatch.setattr("sys.argv", ["starter_facts.py", str(details), "--data-day", "2026-07-18"])
    assert script.main() == 1
    assert "no longer in the catalogue: 1.000001" in capsys.readouterr().out
