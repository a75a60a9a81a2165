"""Codes of dossiers are read as people type them, and nothing else is taken for one."""

import unicodedata
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossiers.code import MOST_FOUND, read_codes
from bot.dossiers.doubts import REASONS, WORDS, Doubt
from bot.dossiers.parsing import parsed

TODAY = date(2026, 11, 22)
CODE = "H24.18-250704-0012"


def codes(text: str) -> list[str]:
    return [code.canonical for code in read_codes(text, TODAY).codes]


def doubts(text: str) -> list[Doubt]:
    return [near.doubt for near in read_codes(text, TODAY).near]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("H24.18-250704-0012", id="as printed"),
        pytest.param("h24.18-250704-0012", id="small letters"),
        pytest.param("Mã:h24.18-250704-0012.", id="in a sentence, punctuation touching"),
        pytest.param("**H24.18-250704-0012**", id="bold in a chat"),
        pytest.param("|H24.18-250704-0012|", id="between the borders of a table"),
        pytest.param("1.H24.18-250704-0012", id="first point of a list"),
        pytest.param("H24.18‒250704―0012", id="figure dash and bar"),
        pytest.param("H24.18﹣250704～0012", id="small hyphen and wide tilde"),
        pytest.param("H24·18ー250704ー0012", id="middle dot and Japanese long sound"),
        pytest.param("H24.18⁄250704∕0012", id="fraction and division slashes"),
        pytest.param("H24.18\\250704\\0012", id="backslashes"),
        pytest.param("\u202aH24.18\u00ad-2507\u200b04-00\u206012\ufeff", id="marks that take no room, inside groups"),
        pytest.param("H24.18-\r\n250704-\r\n0012", id="line breaks of Windows"),
        pytest.param("H24.18\u00a0-\u202f250704\u3000-0012", id="spaces of three kinds"),
        pytest.param("Ｈ２４．１８－２５０７０４－００１２", id="full width"),
        pytest.param("𝐇𝟐𝟒.𝟏𝟖-𝟐𝟓𝟎𝟕𝟎𝟒-𝟎𝟎𝟏𝟐", id="bold letters of mathematics"),
        pytest.param("H24.I8-25O7O4-QOi2", id="letters for zeros and ones"),
        pytest.param("H24.|8-250704-00|2", id="bars for ones"),
        pytest.param("h24,18;250704:0012", id="other punctuation"),
        pytest.param("H24. 18 - 250704 - 0012", id="spaces at every separator"),
        pytest.param("H24-18-250704-0012", id="dash for the dot"),
        pytest.param("H24.18.250704.0012", id="dots alone"),
        pytest.param("H24 .18-250704 -0012", id="spaces before separators"),
        pytest.param("h24182507040012", id="nothing between"),
        pytest.param("h2418 2507040012", id="one space"),
        pytest.param("H2418-250704-0012", id="dot of the agency forgotten"),
        pytest.param("H24.18250704-0012", id="first dash forgotten"),
        pytest.param("H24-18250704-0012", id="dash for the dot, first dash forgotten"),
        pytest.param("H 24.18 - 25 07 04 - 0012", id="day in pairs"),
        pytest.param("H24.18-25.07.04-0012", id="day with dots"),
        pytest.param("H24.18-25/07/04-0012", id="day with slashes"),
        pytest.param("H24.18-2507-040012", id="dash at an odd place"),
        pytest.param("h 24 18 25 07 04 00 12", id="everything in pairs"),
        pytest.param("H24.18-250704-00 12", id="number in pairs"),
        pytest.param("H2 4.18-250704-0012", id="agency torn apart"),
        pytest.param("0912 345 67 89 H24.18-250704-0012", id="after a phone in groups"),
        pytest.param("H24.18-250704-0012 2 ngày rồi", id="before a number"),
        pytest.param("h24182507040012 15 ngày chưa có", id="nothing between, before a number"),
        pytest.param("nộp 4/7/2025, H24.18-250704-0012, phí 1.200.000đ", id="between a date and money"),
        pytest.param("https://mau.invalid/?a=1&MaHoSo=H24%2E18%2D250704%2D0012#x", id="link with escapes"),
        pytest.param("mau.invalid/t?mahoso=h24.18-250704-0012&amp;SoDinhDanh=000000000012", id="link without scheme"),
        pytest.param("https://mau.invalid/ho-so/H24.18-250704-0012", id="in the path of a link"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert codes(typed) == [CODE]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        pytest.param("000 00 01 h24 - 250701 - 0001", "000.00.01.H24-250701-0001", id="older form with spaces"),
        pytest.param("OOO.OO.O1.H24-25O7O1-OOO1", "000.00.01.H24-250701-0001", id="older form with letters"),
        pytest.param("H24.60.4.1-261105-0033", "H24.60.4.1-261105-0033", id="three levels below"),
        pytest.param("g09.20-20260609-0000637", "G09.20-20260609-0000637", id="long day and number"),
        pytest.param("H56.14 240823 0001", "H56.14-240823-0001", id="unknown agency, good separators"),
        pytest.param("h24.999 261120 0007", "H24.999-261120-0007", id="three digits of a level"),
        pytest.param("0912 345 67 89 H24-250704-0012", "H24-250704-0012", id="a phone is no older agency"),
        pytest.param("12 000.00.01.H24-250701-0001", "000.00.01.H24-250701-0001", id="older form after a number"),
        pytest.param("sổ BHXH: ooo12 / 2026 / ooo34", "00012/2026/00034", id="social insurance, spaced"),
        pytest.param("H24.18-261123-0001", "H24.18-261123-0001", id="dated tomorrow"),
        pytest.param("H24.18-180101-0001", "H24.18-180101-0001", id="the first day"),
        pytest.param("H24.18-240229-0001", "H24.18-240229-0001", id="a leap day"),
    ],
)
def test_codes_keep_what_is_their_own(typed: str, canonical: str) -> None:
    assert codes(typed) == [canonical]


@pytest.mark.parametrize(
    ("typed", "doubt"),
    [
        pytest.param("H24.18-250229-0012", Doubt.NO_SUCH_DAY, id="no leap year"),
        pytest.param("H24.18-20251301-0012", Doubt.NO_SUCH_DAY, id="month 13 of eight digits"),
        pytest.param("H24.18-261124-0012", Doubt.FUTURE_DAY, id="the day after tomorrow"),
        pytest.param("H24.18-171231-0012", Doubt.OLD_DAY, id="before 2018"),
        pytest.param("H24.18-250704", Doubt.NO_NUMBER, id="no number"),
        pytest.param("H24.18-250704-012", Doubt.SHORT_NUMBER, id="three digits"),
        pytest.param("H24.18-250704-12 15 ngày rồi", Doubt.SHORT_NUMBER, id="two digits, then a count of days"),
        pytest.param("H24.18-250704-012 5 ngày rồi", Doubt.SHORT_NUMBER, id="three digits, then a count of days"),
        pytest.param("H24.18-250704-00000012", Doubt.LONG_NUMBER, id="eight digits"),
        pytest.param("H24.18-250704-****", Doubt.MASKED, id="masked"),
        pytest.param("H24.18-250704-xxxx", Doubt.MASKED, id="masked by letters"),
        pytest.param("24.18-250704-0012", Doubt.NO_LETTER, id="no letter"),
        pytest.param("mã 250704-0012", Doubt.NO_AGENCY, id="no agency"),
        pytest.param("00.00.01.H24-250701-0001", Doubt.HALF_AGENCY, id="half an older agency"),
        pytest.param("H24.1B-250704-0012", Doubt.UNCLEAR_LETTER, id="B in the agency"),
        pytest.param("H24.18-2507O4-0OS2", Doubt.UNCLEAR_LETTER, id="S in the number"),
        pytest.param("h99182507040012", Doubt.UNKNOWN_AGENCY, id="unknown agency, nothing between"),
        pytest.param("H24.18 0912345678", Doubt.UNKNOWN_AGENCY, id="an agency and a phone"),
        pytest.param("G22.99.3-241219000252", Doubt.PAYMENT, id="a payment"),
    ],
)
def test_what_cannot_be_a_code_is_asked_about(typed: str, doubt: Doubt) -> None:
    assert codes(typed) == []
    assert doubts(typed) == [doubt]


def test_a_missing_letter_is_proposed_and_not_taken() -> None:
    assert read_codes("24.18-250704-0012", TODAY).near[0].proposal == CODE
    assert read_codes("77.18-250704-0012", TODAY).near[0].proposal == ""


def test_two_ways_to_split_are_asked_about() -> None:
    """H24, 220101, 12345 or H24.2, 201011, 2345."""
    reading = read_codes("h2422010112345", TODAY, ids=("H24", "H24.2"))
    assert reading.found == ()
    assert [near.doubt for near in reading.near] == [Doubt.SEVERAL_READINGS]


@pytest.mark.parametrize(
    "text",
    [
        "1.001193",
        "1.014820.H24.01",
        "3.000181.000.00.00.H22",
        "000.00.00.G12-KQ015989",
        "KQ.G07.000122",
        "G01-CA05",
        "118/2025/NĐ-CP",
        "hoá đơn 1C26TAA-00001234 ngày 22/11/2026",
        "hoá đơn số 0000123 ký hiệu 1K26TYY",
        "cccd 000226000012 sđt 0992.000.001",
        "+84 992 000 001",
        "số tài khoản 9704 0000 0000 0000",
        "biển số 15A-000.45 và 15H1 00045",
        "thửa 123 tờ 45 diện tích 120,5 m2",
        "nộp 8h30 ngày 22-11-2026, hẹn 26.11.2026",
        "tôi ở H24 ngõ 250 Lạch Tray",
        "phòng A12, tầng 3, 500.000.000 đồng",
        "https://mau.invalid/?id=65f0a1b2c3d4e5f601234567&SoDinhDanh=000000000012",
        "",
        "\x00\x01",
    ],
)
def test_look_alikes_are_never_codes(text: str) -> None:
    assert codes(text) == []
    assert not read_codes(text, TODAY).speaks_of_dossier


def test_of_a_link_only_the_code_is_taken() -> None:
    link = "https://mau.invalid/?MaHoSoKhac=G22.99-251225-000175&MaHoSo=H24.18-250704-0012&SoDinhDanh=000000000012"
    reading = read_codes(link, TODAY)
    assert [link[each.start : each.end] for each in reading.found] == [CODE]
    assert reading.near == ()


def test_several_codes_are_found_in_order_each_once() -> None:
    assert codes("G22.99.08-260921-000482 (H24.18-250704-0012), h24 18 250704 0012") == [
        "G22.99.08-260921-000482",
        CODE,
    ]


def test_a_code_knows_its_place_in_the_message_as_it_was_typed() -> None:
    text = "mã\u200b hồ sơ h24.18\u200b-250704-0012 nhé"
    found = read_codes(text, TODAY).found[0]
    assert text[found.start : found.end] == "h24.18\u200b-250704-0012"


def test_a_message_full_of_codes_is_read_up_to_a_limit() -> None:
    text = " ".join(f"H24.18-250704-{number:04}" for number in range(500))
    assert len(codes(text)) == MOST_FOUND


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_has_words_for_operators_and_for_citizens(doubt: Doubt) -> None:
    assert REASONS[doubt]
    assert WORDS[doubt].endswith(".")


AGENCIES = st.sampled_from(["H24", "H24.18", "H24.60.4", "H24.999", "000.00.01.H24", "G01.899.909", "H56.14"])
DAYS = st.dates(date(2018, 1, 1), TODAY + timedelta(days=1))
NUMBERS = st.integers(1, 9_999_999).map(lambda number: f"{number:04}")
GAPS = st.sampled_from(["-", " - ", " ", "–", "—", "_", "/", "\u200b-", ".", "~", "\n"])


@given(AGENCIES, DAYS, NUMBERS, st.tuples(GAPS, GAPS), st.booleans())
def test_any_code_survives_odd_typing(
    agency: str, day: date, number: str, gaps: tuple[str, str], is_sloppy: bool
) -> None:
    typed = f"{agency}{gaps[0]}{day:%y%m%d}{gaps[1]}{number}"
    sloppy = f"mã:{typed.replace('0', 'o').replace('1', 'l').lower()}?"
    assert codes(sloppy if is_sloppy else typed) == [f"{agency}-{day:%y%m%d}-{number}"]


@given(st.text(max_size=300) | st.text(alphabet="hHgG0126789OIl|.,-/ \n*?=&MaHoSo\u200b", max_size=300))
def test_reading_never_fails_and_finds_what_it_reads(text: str) -> None:
    reading = read_codes(text, TODAY)
    for found in reading.found:
        assert 0 <= found.start < found.end <= len(text)
        assert codes(found.code.canonical) == [found.code.canonical]


@given(st.text(max_size=100))
def test_composed_and_decomposed_letters_read_alike(text: str) -> None:
    typed = f"mã hồ sơ {CODE} đến đâu"
    assert codes(unicodedata.normalize("NFD", typed)) == codes(typed) == [CODE]


def test_all_public_cases_are_read_as_told(shared: Path) -> None:
    rows = [msgspec.json.decode(line) for line in (shared / "dossiers" / "typed_codes.jsonl").open("rb")]
    wrong = [row["typed"] for row in rows if parsed(row, TODAY)["canonical"] != row["canonical"]]
    assert len(rows) > 70
    assert wrong == []


def test_a_parsed_row_tells_agency_day_and_why() -> None:
    row = parsed({"typed": f"{CODE} và G22.99-251225-000175"}, TODAY)
    assert (row["canonical"], row["agency"], row["received"]) == (CODE, "H24.18", "2025-07-04")
    assert row["also"] == ["G22.99-251225-000175"]
    assert "04/07/2025" in row["why"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1.001193", "procedure"),
        ("KQ.G07.000122", "result"),
        ("118/2025/NĐ-CP", "document"),
        ("000000000012", "identity"),
        ("0992000001", "phone"),
        ("stk 0000 1111 2222", "bank"),
        ("13A-000.45", "plate"),
        ("ngày 4/7/2025", "date"),
        ("tới đâu rồi", "receipt"),
        ("24.18-250704-0012", CODE),
        ("00012/2026/00034", "BHXH"),
        ("H56.14-240823-0001", "not of the city"),
    ],
)
def test_a_row_without_a_code_says_what_it_is_instead(typed: str, why: str) -> None:
    assert why in parsed({"typed": typed}, TODAY)["why"]
