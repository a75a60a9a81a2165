"""What speaks against a word, and what a short form does to a message."""

from datetime import date

import pytest

from knowledge.faq.entry import FaqEntry, FaqText
from knowledge.faq.indexing import entries_of, with_faqs
from knowledge.procedure import Level
from knowledge.search.building import build_index
from knowledge.search.index import Entry, Index
from knowledge.wordings import ProcedureWordings, Wordings
from knowledge.words.clashes import Why, clashes
from knowledge.words.indexing import entries_of_words, forms_for, with_words, words_out_of_place, written_out
from knowledge.words.word import StaffWord, WordKind, WordText

MARRIAGE, SINGLE, BIRTH = "1.000894", "1.004873", "1.001193"
WARD, OTHER = "10507", "11824"
PROCEDURES = (
    Entry(MARRIAGE, "Đăng ký kết hôn", levels=(Level.COMMUNE,), field="Hộ tịch"),
    Entry(SINGLE, "Xác nhận tình trạng hôn nhân", levels=(Level.COMMUNE,)),
    Entry(BIRTH, "Đăng ký khai sinh"),
)
WORDINGS = Wordings(
    {
        SINGLE: ProcedureWordings(SINGLE, "Giấy độc thân", ("xin giấy độc thân ở đâu", "xác nhận chưa vợ")),
        BIRTH: ProcedureWordings(BIRTH, "Làm giấy khai sinh", ("khai sinh cho con",)),
    },
    (),
)
PARKING = FaqEntry(
    id=3,
    revision=1,
    text=FaqText(wordings=("gửi xe máy ở đâu",), answer="Ở sân."),
    author="",
    approver="",
    approved_on=date(2026, 11, 22),
)
FAQS = {PARKING.code: PARKING}


@pytest.fixture(scope="module")
def index() -> Index:
    return build_index([*PROCEDURES, *entries_of([PARKING])], with_faqs(WORDINGS, FAQS))


def wording(said: str, means: str = SINGLE, commune: str = "") -> WordText:
    return WordText(kind=WordKind.WORDING, said=said, means=means, commune=commune)


def form(said: str, means: str, commune: str = "") -> WordText:
    return WordText(kind=WordKind.SHORT_FORM, said=said, means=means, commune=commune)


def staff(*texts: WordText) -> list[StaffWord]:
    return [StaffWord(id=number, text=text, author="lan", approver="hoa") for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (wording("giấy chim én", MARRIAGE), []),
        (wording("giấy độc thân", MARRIAGE), [(Why.BELONGS, SINGLE)]),
        (wording("GIAY DOC THAN ở đâu ạ", MARRIAGE), [(Why.BELONGS, SINGLE)]),
        (wording("giấy độc thân"), [(Why.KNOWN, "")]),
        (wording("gửi xe máy", MARRIAGE), [(Why.ENTRY, "faq-3")]),
        (wording("giấy khai sinh của bố nuôi", MARRIAGE), []),
        (form("xnhn", "xác nhận hôn nhân"), []),
        (form("con", "công an"), [(Why.COMMON, "")]),
        (form("ntn", "nơi tạm nộp"), [(Why.MEANS, "như thế nào")]),
        (form("NTN", "như thế nào"), [(Why.KNOWN, "như thế nào")]),
    ],
    ids=[
        "new",
        "a wording of another procedure",
        "the same without marks, and asked",
        "its own already",
        "a wording of an FAQ entry",
        "more than a wording",
        "new short form",
        "a word of its own",
        "a short form that means something else",
        "a short form known already",
    ],
)
def test_a_word_is_held_against_what_is_known(index: Index, text: WordText, found: list[tuple[Why, str]]) -> None:
    assert [tuple(clash) for clash in clashes(text, index, ())] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (wording("giấy chim én", SINGLE), [(Why.STAFF, MARRIAGE)]),
        (wording("giấy chim én ở đâu ạ", MARRIAGE), [(Why.KNOWN, MARRIAGE)]),
        (wording("giấy chim én", SINGLE, WARD), [(Why.STAFF, MARRIAGE)]),
        (form("gce", "giấy chim én", WARD), []),
        (form("gce", "giấy cấp em", OTHER), [(Why.STAFF, "giấy có em")]),
        (form("gce", "giấy cấp em"), [(Why.STAFF, "giấy có em")]),
    ],
    ids=["city", "same", "commune against city", "another commune's", "own commune's", "city against a commune"],
)
def test_a_word_is_held_against_those_of_other_staff(
    index: Index, text: WordText, found: list[tuple[Why, str]]
) -> None:
    words = staff(wording("giấy chim én", MARRIAGE), form("gce", "giấy có em", OTHER))
    assert [tuple(clash) for clash in clashes(text, index, words)] == found


@pytest.mark.parametrize(
    ("commune", "text", "written"),
    [
        ("", "xin xnhn gấp", "xin xác nhận hôn nhân gấp"),
        ("", "Xin XNHN, gấp!", "Xin xác nhận hôn nhân, gấp!"),
        ("", "xnhnx và XN.HN", "xnhnx và XN.HN"),
        ("", "làm gce", "làm gce"),
        (WARD, "làm gce", "làm giấy chim én"),
        (WARD, "đbđ ở xã", "đất bồi đắp ở xã"),
        (OTHER, "làm gce", "làm gce"),
    ],
)
def test_short_forms_are_written_out_where_they_hold(commune: str, text: str, written: str) -> None:
    words = staff(
        form("xnhn", "xác nhận hôn nhân"), form("gce", "giấy chim én", WARD), form("dbd", "đất bồi đắp", WARD)
    )
    assert written_out(text, forms_for(words, commune)) == written


def test_a_commune_s_short_form_goes_before_the_city_s() -> None:
    words = staff(form("gce", "giấy chim én", WARD), form("gce", "giấy có em"))
    assert [forms_for(words, place)["gce"] for place in ("", WARD, OTHER)] == [
        "giấy có em",
        "giấy chim én",
        "giấy có em",
    ]


def test_a_wording_stands_in_the_index_as_its_procedure_does() -> None:
    words = staff(wording("giấy chim én", MARRIAGE), wording("sổ rồng", "9.999999"), form("gce", "giấy chim én"))
    (entry,) = entries_of_words(words, PROCEDURES)
    assert (entry.code, entry.field, entry.levels, entry.is_faq) == ("word-1", "Hộ tịch", (Level.COMMUNE,), True)
    worded = with_words(WORDINGS, words, {entry.code})
    assert set(worded.procedures) == {SINGLE, BIRTH, "word-1"}
    assert set(WORDINGS.procedures) == {SINGLE, BIRTH}


def test_a_wording_with_a_short_form_is_found_written_out_too() -> None:
    words = staff(wording("giấy xnhn cũ"), form("xnhn", "xác nhận hôn nhân"))
    assert with_words(WORDINGS, words, {"word-1"}).procedures["word-1"].wordings == ("giấy xác nhận hôn nhân cũ",)


@pytest.mark.parametrize(("commune", "away"), [("", {"word-2"}), (WARD, set()), (OTHER, {"word-2"})])
def test_other_communes_words_are_out_of_place(commune: str, away: set[str]) -> None:
    words = staff(wording("giấy chim én", MARRIAGE), wording("sổ chim én", MARRIAGE, WARD))
    assert words_out_of_place(words, commune) == away
