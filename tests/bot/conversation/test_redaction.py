"""Personal data becomes tokens by its shape; codes, money, dates and hotlines stay."""

import unicodedata
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.redaction import redact
from bot.conversation.redaction_rules import RULES, TOKENS
from personal_texts import texts


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        pytest.param("CCCD: 001000000012.", "CCCD: [CCCD].", id="identity number before a full stop"),
        pytest.param("cccd000226000012và sđt0992000001", "cccd[CCCD]và sđt[DT]", id="no spaces at all"),
        pytest.param("số ０９９２０００００１ nhé", "số [DT] nhé", id="full-width digits"),
        pytest.param("٠٩٩٢٠٠٠٠٠١", "[DT]", id="Arabic digits"),
        pytest.param("0992\u200b000\u200b001", "[DT]", id="zero-width spaces inside"),
        pytest.param("0992–000—001", "[DT]", id="long dashes"),
        pytest.param("0992\u00a0000\u202f001", "[DT]", id="spaces that do not break"),
        pytest.param("(0225) 374 7000", "[DT]", id="area code in brackets"),
        pytest.param("+84(0)992000001 hay 0084992000001", "[DT] hay [DT]", id="two more country forms"),
        pytest.param("SĐT 0992 00 00 01 / 0992 0000 02", "SĐT [DT] / [DT]", id="two phones, odd groups"),
        pytest.param("stk 123456, 987654", "stk [TK], 987654", id="the first number after a cue"),
        pytest.param("tai khoan cua em la 1234567", "tai khoan cua em la [TK]", id="account without marks"),
        pytest.param("tài khoản gọi 0992000001", "tài khoản gọi [DT]", id="a phone to call is no account"),
        pytest.param("mã xác nhận 123 456", "mã xác nhận [OTP]", id="one-time code in two halves"),
        pytest.param("mã OTP gửi về 0992000001", "mã OTP gửi về [DT]", id="a phone is no one-time code"),
        pytest.param("password=hunter-22 nhé", "password=[OTP] nhé", id="password after an equals sign"),
        pytest.param("mật khẩu VNeID là Abc12345", "mật khẩu VNeID là [OTP]", id="password of something"),
        pytest.param("MAT KHAU: Abc12345", "MAT KHAU: [OTP]", id="password in capitals without marks"),
        pytest.param("mst: 000000000012", "mst: [CCCD]", id="identity number as tax code"),
        pytest.param("thẻ 5100 0000 0000 0000", "thẻ [THE]", id="card beginning 51"),
        pytest.param("hộ chiếu c1234567, N12345678", "hộ chiếu [HC], [HC]", id="passports in small letters"),
        pytest.param("CMND 031000000 cấp 2015", "CMND [CMND] cấp 2015", id="nine digits, then a year"),
        pytest.param("xe 15H-123.45 và 34MĐ1 000.45", "xe [BIENSO] và [BIENSO]", id="plates"),
        pytest.param("sinh nam 1990; ngay sinh 5/1/1990", "sinh nam [NGAYSINH]; ngay sinh [NGAYSINH]", id="no marks"),
        pytest.param("sinh ngày 05 tháng 01 năm 2026", "sinh ngày [NGAYSINH]", id="birth date in words"),
        pytest.param("dia chi: so 5 ngo 12, p. Mau. cho hoi", "dia chi: [DIACHI]. cho hoi", id="address without marks"),
        pytest.param("ở số 12 P. Mẫu TP. Hải Phòng. Cho hỏi", "ở số [DIACHI]. Cho hỏi", id="abbreviated places"),
        pytest.param("địa chỉ của em là thôn Ví Dụ\nHỏi phí", "địa chỉ của em là [DIACHI]\nHỏi phí", id="line's end"),
        pytest.param("tạm trú tại số 5/12 đường Thử! hỏi", "tạm trú tại [DIACHI]! hỏi", id="house with a slash"),
        pytest.param("H24.18-250704-0012 0992000001", "H24.18-250704-**** [DT]", id="phone right after a code"),
        pytest.param("ở H24 0992000001", "ở H24 [DT]", id="an agency and a phone"),
        pytest.param("h24182507040012", "H24.18-250704-****", id="code without separators"),
        pytest.param("H24.18-991231-0012", "H24.18-991231-****", id="code of a day to come"),
        pytest.param("\U000f0000 0992000001 \U000f0000", "\U000f0000 [DT] \U000f0000", id="private letters stay"),
    ],
)
def test_personal_data_becomes_its_token(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "tài khoản có 500.000.000 đồng",
        "nộp vào tài khoản 5.000.000 đ",
        "84.000.000.000 đồng tiền đất, 3.000.000.000.000 đồng",
        "ngày 08-11-2026 08:30 tôi nộp, hẹn 09.11.2026 15h30",
        "tài khoản tạo ngày 22-11-2026",
        "tổng đài 1800 1096, tài khoản gọi tổng đài 19001234567",
        "mật khẩu là gì, mật khẩu của em là gì vậy",
        "địa chỉ UBND phường ở đâu, địa chỉ tờ khai ở đâu",
        "tuyển sinh năm 2026, sinh viên 2026, học sinh 2026",
        "lúc 15h 15000 đồng, 12h 10507",
        "hóa đơn 00001234 ngày 1/1/2026",
        "thửa 123, tờ 45, diện tích 120,5 m2",
        "1.001193.000.00.00.H24, 1.004222.01, 12729/VPCP-KGVX, 91/2025/QH15",
        "113, 114, 115, 1022",
        "phiếu số 000000012đ",
        "",
    ],
)
def test_what_belongs_to_nobody_stays(text: str) -> None:
    assert redact(text) == text


def test_all_public_cases_are_exact(shared: Path) -> None:
    rows = [msgspec.json.decode(line) for line in (shared / "dossiers" / "redaction_cases.jsonl").open("rb")]
    assert len(rows) > 60
    assert [(redact(row["text"]), row["note"]) for row in rows] == [(row["redacted"], row["note"]) for row in rows]


@given(texts)
def test_redacting_never_fails_and_settles(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@given(texts)
def test_letters_composed_or_not_are_redacted_alike(text: str) -> None:
    assert redact(unicodedata.normalize("NFD", text)) == redact(unicodedata.normalize("NFC", text))


@given(st.from_regex(r"0[0-9]{11}|0[35789][0-9]{8}", fullmatch=True), st.text(alphabet="xyz ,.\n", max_size=8))
def test_no_identity_or_mobile_number_survives(number: str, around: str) -> None:
    assert number not in redact(f"{around}{number}{around}")


def test_every_rule_has_a_token_that_is_left_alone() -> None:
    assert {rule.token for rule in RULES} <= set(TOKENS)
    said = " ".join(f"[{token}]" for token in TOKENS)
    assert redact(f"1 {said}") == f"1 {said}"


@pytest.mark.parametrize(
    "text",
    ["0" * 30_000, "0 " * 15_000, "địa chỉ a " * 3_000, "a.b@" * 8_000, "(+84)" * 6_000, "H24.18-250704-0012 " * 2_000],
    ids=["zeros", "parted zeros", "cues", "half addresses", "country codes", "codes"],
)
def test_long_hostile_texts_end(text: str) -> None:
    assert "0012" not in redact(text)
