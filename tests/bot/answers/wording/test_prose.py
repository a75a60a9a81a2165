"""Official prose made readable, with nothing invented and nothing cut inside a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.wording import prose


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("- Giấy chứng sinh;", "Giấy chứng sinh"),
        ("  + Tờ khai (theo mẫu).  ", "Tờ khai (theo mẫu)"),
        ("1. Đơn đề nghị", "Đơn đề nghị"),
        ("1.2) Đơn đề nghị", "Đơn đề nghị"),
        ("(1). Đối với trường hợp cấp đổi:", "Đối với trường hợp cấp đổi"),
        ("a) Nộp hồ sơ", "Nộp hồ sơ"),
        ("(ii) Nộp hồ sơ", "Nộp hồ sơ"),
        ("* Giấy tờ phải nộp:", "Giấy tờ phải nộp"),
        ("Giấy tờ\n  bị ngắt dòng", "Giấy tờ bị ngắt dòng"),
        ("2 ảnh 4x6", "2 ảnh 4x6"),
        ("03 ngày làm việc", "3 ngày làm việc"),
        ("02 (hai) bản chính", "2 (hai) bản chính"),
        ("Thông tư 03/2023/TT-BTP", "Thông tư 03/2023/TT-BTP"),
        ("ngày 05/8/2026", "ngày 05/8/2026"),
    ],
)
def test_a_line_loses_its_list_mark_and_closing_punctuation(published: str, read: str) -> None:
    assert prose.plain(published) == read


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("UBND xã", "Ủy ban nhân dân xã"),
        ("HĐND thành phố", "Hội đồng nhân dân thành phố"),
        ("Trung tâm PVHCC", "Trung tâm Phục vụ hành chính công"),
        ("Các Trung tâm Phục vụ HCC", "Các Trung tâm Phục vụ hành chính công"),
        ("thẻ BHYT, sổ BHXH", "thẻ bảo hiểm y tế, sổ bảo hiểm xã hội"),
        ("TP. Hà Nội", "thành phố Hà Nội"),
        ("Sở Xây dựng - TP.HCM", "Sở Xây dựng - thành phố Hồ Chí Minh"),
        ("Bộ NN&MT", "Bộ Nông nghiệp và Môi trường"),
    ],
)
def test_abbreviations_are_opened(short: str, long: str) -> None:
    assert prose.spelled_out(short) == long


@pytest.mark.parametrize(
    "number", ["Nghị quyết 34/2025/NQ-HĐND", "Quyết định 2670/QĐ-UBND", "52/2026/QĐ-UBND", "mẫu TK1-BHXH", "VBHNTP"]
)
def test_the_number_of_a_document_stays_as_printed(number: str) -> None:
    assert prose.spelled_out(number) == number


LONG = " và những thông tin khác theo yêu cầu của cơ quan có thẩm quyền" * 3


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Giấy chứng sinh; trường hợp không có Giấy chứng sinh thì nộp văn bản" + LONG, "Giấy chứng sinh"),
        ("Bản sao hộ chiếu còn thời hạn. Trường hợp khai thác được thông tin" + LONG, "Bản sao hộ chiếu còn thời hạn"),
        ("Văn bản đề nghị, trong đó ghi rõ lý do" + LONG, "Văn bản đề nghị"),
        (
            "Đơn đề nghị cấp phép theo Mẫu số 04 ban hành kèm theo Nghị định" + LONG,
            "Đơn đề nghị cấp phép theo Mẫu số 04",
        ),
        ("Đơn xin phép theo mẫu" + LONG, "Đơn xin phép"),
        ("Tờ khai thay đổi thông tin (Mẫu CT01 ban hành kèm theo Thông tư" + LONG + ").", "Tờ khai thay đổi thông tin"),
    ],
    ids=["semicolon", "sentence", "in which", "form number kept", "form without number", "bracket at the end"],
)
def test_a_long_name_ends_at_a_sensible_border(name: str, head: str) -> None:
    assert prose.short(name) == head


@pytest.mark.parametrize(
    "name",
    [
        "Bản sao một trong các giấy tờ sau: Quyết định chấp thuận" + LONG,
        "Trường hợp nộp trực tiếp; thương nhân nộp bản chụp" + LONG,
        "Đối với cá nhân: tờ trình đề nghị khen thưởng" + LONG,
        "Giấy chứng nhận (CO), Giấy chứng nhận chất lượng (CQ)" + LONG,
        "Hồ sơ gồm: Tờ trình" + LONG,
        "Tùy từng trường hợp cụ thể mà hồ sơ cần có" + LONG,
        "Một trong các giấy tờ sau: căn cước; hộ chiếu; giấy khai sinh" + LONG,
    ],
    ids=["dangling list", "condition", "for whom", "bracket in a list", "opening", "depends", "one of a list"],
)
def test_a_long_name_without_such_a_border_is_not_cut(name: str) -> None:
    assert prose.short(name) == ""


def test_a_short_name_is_left_whole() -> None:
    name = "Giấy xác nhận, trong đó ghi rõ lý do; hoặc giấy khác"
    assert prose.shortened(name) == (name, "")


def test_what_was_left_off_is_told() -> None:
    head, rest = prose.shortened("Giấy chứng sinh; trường hợp không có thì nộp văn bản" + LONG)
    assert head == "Giấy chứng sinh"
    assert rest.startswith("; trường hợp không có")


@given(st.text(max_size=600), st.integers(min_value=10, max_value=200))
def test_a_shortened_text_is_a_beginning_within_the_limit(text: str, limit: int) -> None:
    head, rest = prose.shortened(text, limit)
    assert len(head) <= limit
    assert head + rest == prose.plain(text)


def test_lines_broken_in_mid_sentence_are_joined() -> None:
    published = "Người yêu cầu nộp hồ sơ tại\nTrung tâm Phục vụ\nhành chính công có thẩm quyền.\n- Cán bộ tiếp nhận."
    assert prose.lines(published) == (
        "Người yêu cầu nộp hồ sơ tại",
        "Trung tâm Phục vụ hành chính công có thẩm quyền.",
        "- Cán bộ tiếp nhận.",
    )


@pytest.mark.parametrize(
    ("texts", "steps"),
    [
        (
            ["Bước 1: Chuẩn bị hồ sơ.\n Bước 2: Nộp hồ sơ:\n- trực tiếp;\n- trực tuyến.\nBước 3. Nhận kết quả."],
            ("Chuẩn bị hồ sơ.", "Nộp hồ sơ: trực tiếp; trực tuyến.", "Nhận kết quả."),
        ),
        (["- Nộp hồ sơ.\n- Nhận kết quả."], ("Nộp hồ sơ.", "Nhận kết quả.")),
        (["Bước 1: Chỉ có một bước được đếm."], ("Bước 1: Chỉ có một bước được đếm.",)),
        (["Bước 1. Nộp.", "Bước 2. Nhận."], ("Nộp.", "Nhận.")),
        ([""], ()),
    ],
    ids=["counted in one text", "listed", "one step only", "a text a step", "nothing"],
)
def test_steps_are_split_only_where_the_text_counts_them(texts: list[str], steps: tuple[str, ...]) -> None:
    assert prose.steps(texts) == steps


@pytest.mark.parametrize(
    "text",
    [
        "nộp hồ sơ đăng ký khai tâm Phục vụ hành chính công có thẩm quyền",
        "theo quy định pháp luật, hoàn tất việc sinh tại Trung",
        "chữ bị hỏng \ufffd ở nguồn",
    ],
)
def test_shuffled_prose_is_recognised(text: str) -> None:
    assert not prose.is_sound(text)
    assert not prose.is_quotable(text)


def test_the_same_words_in_their_right_order_are_sound() -> None:
    assert prose.is_sound("nộp hồ sơ đăng ký khai sinh tại Trung tâm Phục vụ hành chính công có thẩm quyền")


@pytest.mark.parametrize(
    ("note", "may_be_quoted"),
    [("", False), ("Theo quy định của Bộ Tài chính", True), ("a" * 221, False), ("dấu ngoặc (chưa đóng", False)],
    ids=["nothing", "short", "too long", "open bracket"],
)
def test_only_short_whole_notes_are_quoted(note: str, may_be_quoted: bool) -> None:
    assert prose.is_quotable(note) is may_be_quoted


def test_sentences_end_where_a_new_one_begins() -> None:
    assert prose.sentences("Không quá 5 ngày. Vùng khó khăn: 15 ngày; xem Điều 3.2 của luật.") == (
        "Không quá 5 ngày.",
        "Vùng khó khăn: 15 ngày; xem Điều 3.2 của luật.",
    )


def test_the_first_items_that_fit_are_kept_and_always_one() -> None:
    assert prose.fitting(["12345", "123", "1"], 10) == ("12345", "123")
    assert prose.fitting(["12345"], 0) == ("12345",)
    assert prose.fitting([], 10) == ()
