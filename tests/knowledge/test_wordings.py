"""The ways in which citizens ask: well-formed data in which no two procedures claim the same words."""

import gzip
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest

from knowledge.language.normalise import normalise
from knowledge.procedure import CODE, InvalidValueError
from knowledge.search.building import build_index
from knowledge.search.finder import find
from knowledge.search.index import Entry
from knowledge.wordings import Family, ProcedureWordings, load_wordings, read_wordings

FOLDER = Path(str(files("knowledge.wordings")))
FILES = sorted(FOLDER.glob("*.toml"))
WORDINGS = load_wordings()

FEWEST_WORDINGS = 8
SHORTEST_NAME, LONGEST_NAME = 3, 70  # characters: an everyday name is a button on a phone
FEWEST_WORDS, MOST_WORDS = 2, 20  # of a wording: one word points nowhere, more is a story
FEWEST_OPTIONS, MOST_OPTIONS = 2, 7
ABSENT = FOLDER / "khong-co-trong-danh-muc.toml"  # what is asked for and the catalogue does not hold
OTHERS_WORTH_WORDING = 600  # procedures that no commune handles and that have wordings nevertheless

ABBREVIATIONS = re.compile(
    r"(?<!/)\b(TTHC|DVC|UBND|HĐND|CSDL|CCCD|CMND|GPLX|HKD|BHXH|BHYT|BHTN|GTGT|TNCN|TNDN|TNXP|LLVT|CNTT|ĐTM)\b"
)  # behind a stroke they are part of a form's number: 01/GTGT
KEY = re.compile(r"[a-z]+(-[a-z]+)+")  # what stands for a code that no source tells
LIKE_A_CODE = re.compile(r"\b\d\.\d{4,}\b")  # "5.000 m³" is an amount
NATIONAL, OF_THE_CITY, INTERNAL = "STANDARD", "H24", "STANDARD_INTERNAL"


@cache
def folded(text: str) -> str:
    """A text as it is compared: repaired, in lower case, without marks."""
    return " ".join(normalise(text).folded)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def apart_codes(said: ProcedureWordings) -> set[str]:
    return set(LIKE_A_CODE.findall(said.apart))


each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
each_family = pytest.mark.parametrize(
    "family", WORDINGS.families, ids=lambda family: f"{folded(family.name)} {family.codes[0]}"
)


@pytest.fixture(scope="module")
def owners() -> dict[str, set[str]]:
    """Folded wording -> the codes that claim it."""
    claimed: dict[str, set[str]] = {}
    for code, said in WORDINGS.procedures.items():
        for wording in said.wordings:
            claimed.setdefault(folded(wording), set()).add(code)
    return claimed


# The files


@each_file
def test_a_file_names_its_fields_and_holds_procedures_or_only_topics(path: Path) -> None:
    document = read(path)
    is_about_topics = all(family.get("bare") for family in document.get("family", [{}]))
    assert is_about_topics or path == ABSENT or (document["fields"] and document["procedure"])
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem), "the file name is ASCII and kebab-case"


def test_each_code_is_well_formed_and_stands_in_one_file_once() -> None:
    codes = Counter(row["code"] for path in FILES for row in read(path).get("procedure", ()))
    unknown = {row["code"] for row in read(ABSENT)["procedure"] if KEY.fullmatch(row["code"])}  # no source has a code
    assert [code for code in codes if not CODE.fullmatch(code)] == [code for code in codes if code in unknown]
    assert [code for code, count in codes.items() if count > 1] == []
    assert set(codes) == set(WORDINGS.procedures)


def test_each_family_stands_in_one_file_once() -> None:
    families = [
        frozenset(row["code"] for row in one["option"]) for path in FILES for one in read(path).get("family", ())
    ]
    assert len(families) == len(set(families)) == len(WORDINGS.families)


# What stands about one procedure


def sayings_of(path: Path) -> Iterator[ProcedureWordings]:
    return (WORDINGS.procedures[row["code"]] for row in read(path).get("procedure", ()))


@each_file
def test_a_procedure_has_an_everyday_name_enough_wordings_and_what_sets_it_apart(path: Path) -> None:
    for said in sayings_of(path):
        assert SHORTEST_NAME <= len(said.name) <= LONGEST_NAME, said.code
        assert len(said.wordings) >= FEWEST_WORDINGS, said.code
        assert said.apart.strip(), said.code


@each_file
def test_everyday_names_hold_no_abbreviations_of_offices(path: Path) -> None:
    assert [said.name for said in sayings_of(path) if ABBREVIATIONS.search(said.name)] == []


@each_file
def test_wordings_are_composed_and_bare_of_blanks_and_punctuation_at_the_ends(path: Path) -> None:
    for said in sayings_of(path):
        for text in (said.name, *said.wordings):
            assert text == composed(text), (said.code, text)
            assert "  " not in text, (said.code, text)
        assert [text for text in said.wordings if text[-1] in ".,;:?!"] == [], said.code


@each_file
def test_wordings_are_words_neither_too_few_nor_a_story(path: Path) -> None:
    for said in sayings_of(path):
        for wording in said.wordings:
            words = folded(wording).split()
            assert FEWEST_WORDS <= len(words) <= MOST_WORDS, (said.code, wording)
            assert any(word.isalpha() and len(word) > 1 for word in words), (said.code, wording)


@each_file
def test_no_wording_of_a_procedure_says_the_same_twice(path: Path) -> None:
    for said in sayings_of(path):
        counts = Counter(folded(wording) for wording in said.wordings)
        assert [wording for wording, count in counts.items() if count > 1] == [], said.code


@each_file
def test_the_twins_a_procedure_is_told_apart_from_are_named_by_clean_codes(path: Path) -> None:
    for said in sayings_of(path):
        assert [code for code in apart_codes(said) if not CODE.fullmatch(code)] == [], said.code
        assert said.code not in apart_codes(said)


# Among the procedures


def test_no_wording_is_claimed_by_two_procedures(owners: dict[str, set[str]]) -> None:
    assert {wording: codes for wording, codes in owners.items() if len(codes) > 1} == {}


def test_no_wording_is_the_everyday_name_of_another_procedure(owners: dict[str, set[str]]) -> None:
    taken = {code: owners.get(folded(said.name), set()) - {code} for code, said in WORDINGS.procedures.items()}
    assert {code: others for code, others in taken.items() if others} == {}


def test_no_two_procedures_have_the_same_everyday_name() -> None:
    counts = Counter(folded(said.name) for said in WORDINGS.procedures.values())
    assert [name for name, count in counts.items() if count > 1] == []


def test_an_everyday_name_typed_in_finds_its_own_procedure() -> None:
    """Of all names 99 in 100: a few are the name of a rarer twin as well ("Gia hạn số đăng ký thuốc")."""
    index = build_index([Entry(code, said.name) for code, said in WORDINGS.procedures.items()], WORDINGS)
    lost = [code for code, said in WORDINGS.procedures.items() if find(normalise(said.name), index).codes[0] != code]
    assert len(lost) <= len(WORDINGS.procedures) / 100, lost


# Families


@each_family
def test_a_family_asks_one_question_with_a_handful_of_distinct_answers(family: Family) -> None:
    assert family.question.endswith("?")
    assert FEWEST_OPTIONS <= len(family.options) <= MOST_OPTIONS
    assert len(set(family.codes)) == len({folded(option.label) for option in family.options}) == len(family.options)
    assert sum(option.usual for option in family.options) <= 1
    assert set(family.codes) <= set(WORDINGS.procedures)


@each_family
def test_what_a_family_shows_is_plain(family: Family) -> None:
    for text in (family.question, *(option.label for option in family.options)):
        assert SHORTEST_NAME <= len(text) <= LONGEST_NAME, text
        assert text == composed(text)
        assert not ABBREVIATIONS.search(text), text


@each_family
def test_a_sign_points_to_one_option_only(family: Family) -> None:
    """A sign inside a sign of another option ("còn giấy tờ", "không còn giấy tờ") would name both."""
    for option in family.options:
        assert [sign for sign in option.signs if not folded(sign)] == []
        others = [sign for other in family.options if other is not option for sign in other.folded_signs]
        within = [(mine, sign) for mine in option.folded_signs for sign in others if mine in sign]
        assert within == [], option.label


@each_family
def test_a_label_typed_in_never_names_only_other_options(family: Family) -> None:
    for option in family.options:
        named = [other for other in family.options if other.is_named_in(folded(option.label))]
        assert not named or option in named, (option.label, [other.label for other in named])


# How the files are read


FILE = """
fields = ["Thử"]
[[procedure]]
code = "1.000001"
name = "Làm giấy thử"
wordings = ["làm giấy thử", "xin giấy thử"]
[[family]]
name = "giấy thử"
question = "Giấy nào?"
[[family.option]]
code = "1.000001"
label = "Giấy mới"
signs = ["Lần đầu", "chưa có"]
usual = true
[[family.option]]
code = "1.000002"
label = "Giấy cũ"
"""


def test_a_file_is_read_with_its_signs_folded(tmp_path: Path) -> None:
    (tmp_path / "thu.toml").write_text(FILE, "utf-8")
    (tmp_path / "README.md").write_text("not data", "utf-8")
    read_back = read_wordings(tmp_path)
    assert read_back.procedures["1.000001"].wordings == ("làm giấy thử", "xin giấy thử")
    (family,) = read_back.families
    assert family.codes == ("1.000001", "1.000002")
    assert family.options[0].folded_signs == (" lan dau ", " chua co ")
    assert [option.usual for option in family.options] == [True, False]


@pytest.mark.parametrize(
    ("line", "is_named"),
    [
        pytest.param("xin giay lan dau", True, id="at the end"),
        pytest.param("chua co giay", True, id="at the beginning"),
        pytest.param("phan dau lan dau tien", True, id="in the middle"),
        pytest.param("ban dau", False, id="one of its words"),
        pytest.param("lan daubep", False, id="part of a longer word"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_sign_is_found_as_whole_words(tmp_path: Path, line: str, is_named: bool) -> None:
    (tmp_path / "thu.toml").write_text(FILE, "utf-8")
    (family,) = read_wordings(tmp_path).families
    assert family.options[0].is_named_in(line) is is_named
    assert not family.options[1].is_named_in(line)


def test_a_family_described_in_two_files_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(FILE, "utf-8")
    (tmp_path / "b.toml").write_text(FILE.replace("Giấy nào?", "Giấy gì?"), "utf-8")
    assert [family.question for family in read_wordings(tmp_path).families] == ["Giấy nào?"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[[procedure]", "broken.toml", id="no TOML"),
        pytest.param('[[procedure]]\ncode = "1.000001"', "broken.toml: .*name", id="no everyday name"),
        pytest.param(FILE.replace("usual = true", "ususal = true"), "broken.toml: .*ususal", id="an unknown key"),
        pytest.param(FILE.replace("usual = true", 'usual = "yes"'), r"broken.toml: .*bool.*usual", id="a wrong type"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "broken.toml").write_text(text, "utf-8")
    with pytest.raises(InvalidValueError, match=said):
        read_wordings(tmp_path)


# Against the real catalogue


class Category(msgspec.Struct):
    name: str


class Record(msgspec.Struct, rename={"issuer": "departmentPromulgateCode", "is_commune": "isWard"}):
    """What of a published record is compared."""

    code: str
    name: str
    type: str
    issuer: str
    is_commune: bool
    categories: list[Category] = msgspec.field(name="categoriesDetails")

    @property
    def is_in_scope(self) -> bool:
        """National procedures and those of the city; not the ones of other provinces nor those between offices."""
        is_national = self.type == NATIONAL and not self.issuer.startswith("H")
        return self.type != INTERNAL and (is_national or self.issuer == OF_THE_CITY)

    @property
    def field(self) -> str:
        return composed(self.categories[0].name)


@pytest.fixture(scope="module")
def records(shared: Path) -> dict[str, Record]:
    """code -> record, of the procedures that concern citizens of the city."""
    decode = msgspec.json.Decoder(Record).decode
    with gzip.open(shared / "catalogue" / "portal_api" / "details.jsonl.gz", "rb") as lines:
        return {record.code: record for record in map(decode, lines) if record.is_in_scope}


def test_every_procedure_worded_or_told_apart_is_in_scope(records: dict[str, Record]) -> None:
    named = set(WORDINGS.procedures).union(*map(apart_codes, WORDINGS.procedures.values()))
    assert named - set(records) == {said.code for said in sayings_of(ABSENT)}


def test_every_procedure_of_the_communes_has_wordings_and_many_others_do(records: dict[str, Record]) -> None:
    of_communes = {code for code, record in records.items() if record.is_commune}
    assert of_communes - set(WORDINGS.procedures) == set()
    assert len(set(WORDINGS.procedures) - of_communes) >= OTHERS_WORTH_WORDING


def test_no_wording_copies_an_official_name(records: dict[str, Record], owners: dict[str, set[str]]) -> None:
    official = {folded(record.name): code for code, record in records.items()}
    assert {wording: official[wording] for wording in owners if wording in official} == {}


def test_no_everyday_name_is_the_official_name_of_another_procedure(records: dict[str, Record]) -> None:
    official: dict[str, set[str]] = {}
    for code, record in records.items():
        official.setdefault(folded(record.name), set()).add(code)
    for code, said in WORDINGS.procedures.items():
        assert code in official.get(folded(said.name), {code}), said.name


@each_file
def test_a_file_names_the_published_fields_of_its_procedures(records: dict[str, Record], path: Path) -> None:
    named = set(map(composed, read(path)["fields"]))
    assert named <= {record.field for record in records.values()}
    assert {records[said.code].field for said in sayings_of(path) if path != ABSENT} <= named
