"""The starter catalogue: well formed, in plain words, and not one fact in it that the records do not hold."""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from threading import Event
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from knowledge import catalogue
from knowledge.catalogue import procedure_on, publish
from knowledge.changeset import ChangeSet
from knowledge.database import Database, open_database, sqlite_url
from knowledge.fee_rules import fees_of, load_fee_rules
from knowledge.procedure import Checklist, FeeState, FilingChannel, InvalidValueError, Procedure, Unit
from knowledge.starter import ensure_starter, load_starter, publish_starter
from sample_procedures import CATALOGUE, amended, make_checklist, make_procedure, new

TODAY = date(2026, 11, 22)
STARTER = load_starter()
PAIRS = list(zip(STARTER.procedures, STARTER.checklists, strict=True))
Record = dict[str, Any]

LEVELS = {"isWard": "commune", "isProvince": "province", "isMinistry": "ministry", "isOtherAgency": "other"}
ABBREVIATIONS = re.compile(r"\b(TTHC|DVC|UBND|CSDL|BHXH|BHYT|CCCD|HĐND)\b(?<!NQ-HĐND)")
LEGALESE = re.compile(r"theo quy định|quy định tại|có thẩm quyền|pháp luật|tổ chức, cá nhân có", re.IGNORECASE)
RULES = load_fee_rules()


def each(pairs: list[tuple[Procedure, Checklist]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("procedure", "plain"), pairs, ids=[plain.code for _, plain in pairs])


def sentences(plain: Checklist) -> Iterator[str]:
    """Every text of a checklist that a citizen reads."""
    yield from filter(None, (plain.name, plain.place, plain.time, plain.result, plain.not_needed))
    yield from (*plain.fee, *plain.steps, *plain.conditions)
    for paper in plain.papers:
        yield from filter(None, (paper.name, paper.when, paper.instead))


# Its form


def test_there_are_enough_procedures_to_be_useful_from_the_first_minute() -> None:
    assert len(PAIRS) >= 150


def test_each_procedure_stands_once_under_its_clean_code() -> None:
    codes = [plain.code for _, plain in PAIRS]
    assert len(set(codes)) == len(codes)
    assert len({procedure.formality_id for procedure, _ in PAIRS}) == len(codes)
    assert all(procedure.has_clean_code and procedure.code == plain.code for procedure, plain in PAIRS)


def test_what_is_asked_most_is_there() -> None:
    """Khai sinh, khai tử, kết hôn, độc thân, thường trú, tạm trú, sao y, căn cước mất, hộ kinh doanh, sổ đỏ."""
    wanted = (
        "1.001193 1.000656 1.000894 1.004873 1.004222 1.004194 2.000815 1.014064 1.001612 1.115620 1.013225 1.001776"
    )
    assert set(wanted.split()) <= {plain.code for _, plain in PAIRS}


@each(PAIRS)
def test_an_entry_says_what_an_answer_needs(procedure: Procedure, plain: Checklist) -> None:
    assert procedure.is_starter
    assert procedure.levels
    assert procedure.channels
    assert procedure.decision is not None
    assert all((plain.name, plain.place, plain.fee, plain.steps, plain.result))
    assert len(plain.name) <= 70
    assert 2 <= len(plain.steps) <= 5


@each(PAIRS)
def test_the_publishers_prose_is_left_out(procedure: Procedure, plain: Checklist) -> None:
    prose = "steps paper_groups results cases conditions note receiving_address"
    assert [name for name in prose.split() if getattr(procedure, name)] == []
    notes = {row.note for row in procedure.channels} | {fee.note for row in procedure.channels for fee in row.fees}
    assert notes <= {"", "xem ghi chú trong danh mục quốc gia"}
    assert not any(basis.name for basis in procedure.legal_bases)


@each(PAIRS)
def test_the_words_are_plain_vietnamese(procedure: Procedure, plain: Checklist) -> None:
    for text in sentences(plain):
        assert text == unicodedata.normalize("NFC", text).strip(), text
        assert "  " not in text, text
        assert not ABBREVIATIONS.search(text), text
        assert not LEGALESE.search(text), text
        assert "khoảng" not in re.sub(r"khoản\b", "", text), text


@each(PAIRS)
def test_sentences_are_short(procedure: Procedure, plain: Checklist) -> None:
    """Up to 20 words; lists after a colon are read as lists."""
    for text in (plain.time, *plain.fee, *plain.steps, plain.not_needed):
        for sentence in re.split(r"(?<=[.;:?!])\s+", text):
            assert len(sentence.split()) <= 20, sentence


@each([pair for pair in PAIRS if "NQ-HĐND" in " ".join(pair[1].fee)])
def test_words_that_cite_the_council_tell_the_citizen_to_make_sure(procedure: Procedure, plain: Checklist) -> None:
    assert re.search(r"đối chiếu|[Hh]ỏi (lại )?nơi nộp", " ".join(plain.fee))


# What is wrong is named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[[procedure]", r"broken\.toml: ", id="no TOML"),
        pytest.param('[[procedure]]\ncode = "1.000001"', r"broken\.toml: 1\.000001: .*data_day", id="no day of data"),
        pytest.param('[[procedure]]\nname = "x"', r"broken\.toml: no code", id="no code"),
        pytest.param(
            'data_day = 2026-07-18\n[[procedure]]\ncode = "1.000001"\nname = "x"\ncolour = "red"\n[procedure.record]\n'
            'formality_id = "1"\nname = "X"\nfield = "Y"\nissuer = "Z"\nissuer_code = "G15"',
            r"1\.000001: .*colour",
            id="an unknown key",
        ),
        pytest.param(
            'data_day = 2026-07-18\n[[procedure]]\ncode = "1.000001"\nname = "x"\n[procedure.record]\n'
            'formality_id = "1"\nname = "X"\nfield = "Y"\nissuer = "Z"\nissuer_code = "G15"\nlevels = ["village"]',
            r"1\.000001: .*village.*levels",
            id="a level that does not exist",
        ),
    ],
)
def test_a_mistake_is_named_with_its_file_code_and_key(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "broken.toml").write_text(text)
    with pytest.raises(InvalidValueError, match=said):
        load_starter(tmp_path)


def test_a_procedure_in_two_files_is_refused(tmp_path: Path) -> None:
    entry = (
        'data_day = 2026-07-18\n[[procedure]]\ncode = "1.000001"\nname = "x"\n[procedure.record]\n'
        'formality_id = "1"\nname = "X"\nfield = "Y"\nissuer = "Z"\nissuer_code = "G15"\n'
    )
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(entry)
    with pytest.raises(InvalidValueError, match=r"1\.000001 stands in two places"):
        load_starter(tmp_path)


# Publishing it


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as session:
        yield session


def test_an_empty_database_answers_from_the_starter_catalogue(session: Session, now: datetime) -> None:
    edition = publish_starter(session, now)
    assert edition is not None
    assert (edition.number, edition.kind, edition.new, edition.data_day) == (
        1,
        "starter",
        len(PAIRS),
        date(2026, 7, 18),
    )
    known = procedure_on(session, "1.001193", TODAY)
    assert known is not None
    assert known.procedure.is_starter
    assert known.plain_name == "Đăng ký khai sinh cho con"


def test_publishing_it_again_changes_nothing(session: Session, now: datetime) -> None:
    publish_starter(session, now)
    assert publish_starter(session, now) is None
    assert catalogue.edition_number(session) == 1


def test_one_that_starts_while_another_publishes_it_waits_for_it(tmp_path: Path, now: datetime) -> None:
    """SQLite refuses the second one's write at once instead of letting it wait; going on without would be a bot that
    knows nothing."""
    first, second = (open_database(sqlite_url(tmp_path / "new.sqlite3")) for _ in range(2))
    was_refused = Event()
    sa.event.listen(second.engine, "handle_error", lambda _: was_refused.set())

    def seen_by_the_second() -> int:
        ensure_starter(second, now)
        with second.session() as session:
            return catalogue.edition_number(session)

    with ThreadPoolExecutor() as pool:
        with first.session(writing=True) as session:
            publish_starter(session, now)
            seen = pool.submit(seen_by_the_second)
            assert was_refused.wait(timeout=60)
        assert seen.result(timeout=60) == 1
    first.close()
    second.close()


def test_the_plain_words_stay_over_the_full_record(session: Session, now: datetime) -> None:
    publish_starter(session, now)
    birth = STARTER.procedures[[plain.code for _, plain in PAIRS].index("1.001193")]
    full = make_procedure("1.001193", formality_id=birth.formality_id, name="Thủ tục đăng ký khai sinh")
    publish(session, amended(full), CATALOGUE, now=now)
    known = procedure_on(session, "1.001193", TODAY)
    assert known is not None
    assert known.procedure == full
    assert known.plain_name == "Đăng ký khai sinh cho con"


def test_a_catalogue_that_was_loaded_first_gets_the_plain_words_only(session: Session, now: datetime) -> None:
    full = make_procedure("1.001193", name="Thủ tục đăng ký khai sinh")
    publish(session, new(full), CATALOGUE, now=now)
    edition = publish_starter(session, now)
    assert edition is not None
    assert (edition.number, edition.new) == (2, 0)
    assert list(catalogue.procedures_on(session, TODAY)) == [full]
    assert len(catalogue.checklists(session)) == len(PAIRS)


def test_a_plain_layer_of_others_is_left_alone(session: Session, now: datetime) -> None:
    own = make_checklist("1.001193", name="Lời của phường")
    changes = new(make_procedure("1.001193"))
    publish(session, ChangeSet(changes=changes.changes, checklists=(own,)), CATALOGUE, now=now)
    publish_starter(session, now)
    assert catalogue.checklists(session) == {"1.001193": own}


# Against the real records


class Head(msgspec.Struct):
    id: str
    code: str


@pytest.fixture(scope="module")
def records(shared: Path) -> dict[str, Record]:
    """code -> published record, of the procedures in the starter catalogue."""
    wanted = {procedure.formality_id for procedure in STARTER.procedures}
    decode_head = msgspec.json.Decoder(Head).decode
    with gzip.open(shared / "catalogue" / "portal_api" / "details.jsonl.gz", "rb") as lines:
        heads = ((decode_head(line), line) for line in lines)
        return {head.code: json.loads(line) for head, line in heads if head.id in wanted}


def clean(text: str | None) -> str:
    """Composed, one blank between words, without what cannot be seen."""
    text = unicodedata.normalize("NFC", text or "").translate(dict.fromkeys((0x200B, 0x00AD, 0x200E)))
    return " ".join(text.split())


def published_day(milliseconds: int | None) -> date | None:
    vietnam = timezone(timedelta(hours=7))
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, vietnam).date()


def published_text(record: Record) -> str:
    return clean(json.dumps(record, ensure_ascii=False).replace("\\n", " ").replace('\\"', '"'))


def names(record: Record, *keys: str) -> set[str]:
    return {clean(row["name"]) for key in keys for row in record[key] if row}


@each(PAIRS)
def test_who_it_is_about_stands_in_the_record(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    record = records[plain.code]
    assert procedure.formality_id == record["id"]
    assert procedure.name == clean(record["name"])
    assert procedure.field == clean(record["categoriesDetails"][0]["name"])
    assert (procedure.issuer, procedure.issuer_code) == (
        clean(record["departmentPromulgateName"]),
        record["departmentPromulgateCode"],
    )
    assert set(procedure.levels) == {level for flag, level in LEVELS.items() if record[flag]}
    assert procedure.is_full_process == record["isFullProcess"]
    assert procedure.is_non_territorial == record["isNonTerritorial"]


@each(PAIRS)
def test_the_decision_and_the_agencies_stand_in_the_record(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    record = records[plain.code]
    proposal = record["procedureProposal"]
    assert procedure.decision is not None
    assert procedure.decision.number == clean(proposal["proposalNumber"])
    assert procedure.decision.day == published_day(proposal["decisionDate"])
    assert set(procedure.executing) == names(record, "departmentsExecuting", "unitGroupsExecuting")
    assert set(procedure.competent) == names(record, "departmentsAuthority", "unitGroupsAuthority")
    assert set(procedure.subjects) == names(record, "subjectTypesDetails")
    laws = {clean(law["code"]) for law in record["legalBasisesDetails"]}
    assert {law.number for law in procedure.legal_bases} <= laws


def published_row(row: Record) -> tuple[Any, ...]:
    unit, time = row["processingTimeUnit"].lower(), row["processingTime"]
    is_number = unit != "other" and not isinstance(time, str)
    fees = [(fee["value"], fee.get("currencyName") == "USD") for fee in row.get("fees") or []]
    return row["submissionMethod"].lower(), (time, unit) if is_number else None, sorted(fees, key=str)


def our_row(row: FilingChannel) -> tuple[Any, ...]:
    limit = row.time_limit
    fees = [(fee.amount, fee.currency == "USD") for fee in row.fees]
    return str(row.channel), None if limit.amount is None else (limit.amount, str(limit.unit)), sorted(fees, key=str)


@each(PAIRS)
def test_times_fees_and_currencies_are_those_of_the_record(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    published = [published_row(row) for row in records[plain.code]["executionMethods"]]
    assert sorted(map(our_row, procedure.channels), key=str) == sorted(published, key=str)


@each(PAIRS)
def test_the_record_gives_no_number_for_a_placeholder(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    for row in procedure.channels:
        assert (row.time_limit.amount is None) == (row.time_limit.unit is Unit.OTHER)
        assert not row.time_limit.text


@each(PAIRS)
def test_every_paper_restates_papers_of_the_record(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    quantities: dict[str, set[tuple[int, int]]] = {}
    for case in records[plain.code]["executionCases"]:
        for paper in case["profileComponents"]:
            code = (paper.get("code") or "").split("-")[-1]
            quantities.setdefault(code, set()).add((paper["originalQty"], paper["copyQty"]))
    for paper in plain.papers:
        assert set(paper.components) <= set(quantities), paper.name
        stated = set().union(*(quantities[code] for code in paper.components))
        assert not stated or (paper.originals, paper.copies) in stated, paper.name
        assert stated != {(0, 0)}, f"{paper.name}: a note, not a paper"


@each(PAIRS)
def test_every_amount_stated_stands_in_the_record_or_the_councils_list(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    text = re.sub(r"(?<=\d)[.,](?=\d{3})", "", published_text(records[plain.code]))
    of_the_city = {fee.amount for fee in fees_of(RULES, plain.code)}
    short = {1_000 * (fee.amount or 0) for row in procedure.channels for fee in row.fees if fee.is_suspect}
    for sentence in plain.fee:
        for written in re.findall(r"(\d{1,3}(?:\.\d{3})+|\d+) ?(?:đồng|USD)", sentence):
            amount = int(written.replace(".", ""))
            stands = re.search(rf"(?<!\d){amount}(?!\d)", text)
            assert amount in {0, *of_the_city, *short} or stands, sentence


@each(PAIRS)
def test_every_number_of_days_stated_stands_in_the_record(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    """Beside the same unit ("07 (bảy) ngày làm việc"), as the time of a row, or in the council's cases."""
    text = " ".join((published_text(records[plain.code]).lower(), *(fee.when for fee in fees_of(RULES, plain.code))))
    of_rows = {f"{row.time_limit.amount:g}".replace(".", ",") for row in procedure.channels if row.time_limit.amount}
    for sentence in (plain.time, *plain.fee, *plain.steps, *plain.conditions, plain.not_needed):
        for written, unit in re.findall(r"(\d+(?:,\d+)?) (ngày|giờ|tháng|tuổi|bản|bộ|km)", sentence):
            number = written.replace(",", "[.,]")
            beside = rf"(?<![\d.,])0?{number}(?![\d.,])\s*(?:\([^)]{{1,40}}\)\s*)?{unit}"
            assert written in of_rows or re.search(beside, text), sentence


@each(PAIRS)
def test_nothing_is_called_free_unless_the_record_says_so(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    text = published_text(records[plain.code]).lower()
    for sentence in plain.fee:
        if re.search(r"\bmiễn\b", sentence, re.IGNORECASE):
            assert "miễn" in text, sentence
        assert "miễn phí" not in sentence.lower() or "miễn phí" in text, sentence


@each(PAIRS)
def test_zero_is_only_said_where_the_record_or_the_council_says_zero(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    has_zero = any(fee.state is FeeState.DECLARED_ZERO for row in procedure.channels for fee in row.fees)
    by_council = any(fee.amount == 0 for fee in fees_of(RULES, plain.code)) or "Nghị quyết" in " ".join(plain.fee)
    if re.search(r"(?<![\d.])0 đồng", " ".join(plain.fee)):
        assert has_zero or by_council


@each(PAIRS)
def test_no_sentence_is_copied_from_the_record(
    records: dict[str, Record], procedure: Procedure, plain: Checklist
) -> None:
    """Twelve words in a row are a sentence; names of offices, papers and results are facts and not looked at."""
    run = 12
    words = re.findall(r"\w+", published_text(records[plain.code]).lower())
    published = {tuple(words[at : at + run]) for at in range(len(words) - run + 1)}
    for sentence in (plain.time, *plain.fee, *plain.steps, *plain.conditions, plain.not_needed):
        ours = re.findall(r"\w+", sentence.lower())
        assert not any(tuple(ours[at : at + run]) in published for at in range(len(ours) - run + 1)), sentence
