"""Endings that are about no procedure, choices, and the honest way out when there is nothing to answer."""

from datetime import date

import jinja2
import pytest

from answer_parts import CODE, TODAY, asked_of, ended, facts_of, known, labels
from bot.answers import layout
from bot.answers.facts import Facts
from bot.answers.render import render, render_error
from bot.answers.verdict import Option, Part, Unreadable, Verdict
from bot.conversation.messages import BlockKind, Ending
from knowledge.communes import Commune, CommuneKind, Contact

TEXTS = [
    Ending.DOSSIER,
    Ending.GREETING,
    Ending.THANKS,
    Ending.HELP,
    Ending.COMMUNE_CHOSEN,
    Ending.OFFICER,
    Ending.OUT_OF_SCOPE,
    Ending.COMPLAINT,
    Ending.LEGAL_ADVICE,
    Ending.EMERGENCY,
    Ending.SELF_HARM,
    Ending.ABUSE,
    Ending.UNREADABLE,
    Ending.NO_DATA,
    Ending.UNKNOWN,
]
VINH_BAO = Commune(
    code="11824",
    kind=CommuneKind.COMMUNE,
    name="Vĩnh Bảo",
    contact=Contact(address="Đường 20/8", hotlines=("0823.000.000",), source="trang của xã"),
)
OPTIONS = (Option("1.000001", "Trẻ mới sinh"), Option("1.000002", "Bố hoặc mẹ là người nước ngoài"))


@pytest.mark.parametrize("ending", TEXTS)
def test_every_ending_has_its_words(ending: Ending) -> None:
    answer = ended(ending)
    assert answer.ending is ending
    assert 0 < len(answer.plain) <= 1_200


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize(
    "word", [" mình ", "Mình ", "Dạ", "ạ.", "bạn nhập sai", "TTHC", "DVC", "CSDL", "khoảng", "miễn phí", "…"]
)
def test_the_voice_is_kept(ending: Ending, word: str) -> None:
    assert word not in ended(ending, of_commune=VINH_BAO).plain.replace("trường hợp của mình", "").replace(
        "tài khoản của mình", ""
    )


@pytest.mark.parametrize("ending", TEXTS)
def test_sentences_can_be_read_in_one_breath(ending: Ending) -> None:
    for line in ended(ending).plain.splitlines():
        for sentence in line.replace(":", ".").replace(";", ".").split(". "):
            assert len(sentence.split()) <= 26, sentence


@pytest.mark.parametrize("ending", TEXTS)
def test_it_says_what_to_do_next_or_leaves_the_door_open(ending: Ending) -> None:
    said = ended(ending).plain.lower()
    assert any(word in said for word in ("bạn", "gọi", "hỏi", "viết")), said


def test_silence_says_nothing() -> None:
    answer = ended(Ending.SILENCE)
    assert answer.blocks == ()
    assert answer.choices == ()


def test_an_error_is_told_politely() -> None:
    answer = render_error()
    assert answer.ending is Ending.ERROR
    assert "Xin lỗi" in answer.plain
    assert "thử lại" in answer.plain


# Danger


def test_danger_gets_the_numbers_first_and_nothing_else() -> None:
    answer = ended(Ending.EMERGENCY)
    assert answer.plain.startswith("Gọi ngay: 113 công an · 114 cháy, cứu nạn · 115 cấp cứu.")
    assert len(answer.blocks) == 1
    assert answer.choices == ()


def test_despair_gets_care_a_number_and_someone_near() -> None:
    plain = ended(Ending.SELF_HARM).plain
    assert "115" in plain
    assert "không phải chịu một mình" in plain
    assert "ở gần bạn" in plain
    assert "113" not in plain


# Not ours


def test_a_complaint_is_pointed_to_the_official_way_without_telephone_numbers() -> None:
    answer = ended(Ending.COMPLAINT)
    assert "https://pakn.dichvucong.gov.vn" in {
        span.url for block in answer.blocks for line in block.lines for span in line
    }
    assert not any(character.isdigit() for character in answer.plain)


def test_legal_advice_is_one_sentence() -> None:
    plain = ended(Ending.LEGAL_ADVICE).plain
    assert plain.count(".") == 1
    assert "Trợ giúp pháp lý" in plain


def test_an_officer_is_not_said_to_have_been_told() -> None:
    plain = ended(Ending.OFFICER).plain
    assert "chưa chuyển được" in plain
    assert "đã chuyển" not in plain


def test_a_known_contact_is_shown_with_its_doubt() -> None:
    assert "Đường 20/8, điện thoại 0823.000.000 (cần đối chiếu)" in ended(Ending.OFFICER, of_commune=VINH_BAO).plain


def test_no_contact_is_invented_for_an_unknown_commune() -> None:
    assert not any(character.isdigit() for character in ended(Ending.OFFICER).plain)


def test_a_dossier_is_pointed_to_where_it_can_be_looked_up() -> None:
    plain = ended(Ending.DOSSIER).plain
    assert plain.startswith("Bạn xem tình trạng hồ sơ")
    assert "dichvucong.gov.vn" in plain
    assert "VNeID" in plain
    assert "chưa tra được hồ sơ" in plain


# The commune


def test_the_chosen_commune_is_confirmed() -> None:
    answer = ended(Ending.COMMUNE_CHOSEN, of_commune=VINH_BAO, place_named="Xã Nhân Hòa")
    assert answer.plain.startswith("Đã chọn Xã Vĩnh Bảo (gồm Xã Nhân Hòa cũ).")


def test_an_unknown_commune_is_asked_for_again() -> None:
    assert "114 xã, phường, đặc khu" in ended(Ending.COMMUNE_CHOSEN).plain


# Unreadable


def test_each_reason_has_its_own_words() -> None:
    said = {reason: ended(Ending.UNREADABLE, unreadable=reason).plain for reason in Unreadable}
    assert len(set(said.values())) == len(Unreadable)
    assert "dài quá" in said[Unreadable.TOO_LONG]
    assert "chưa có chữ" in said[Unreadable.EMPTY]


# No data


def test_an_unknown_code_is_named_with_the_day_of_the_data() -> None:
    answer = ended(Ending.NO_DATA, candidates=("2.002621",), data_day=date(2026, 7, 18))
    assert answer.plain.startswith("Danh mục hiện có không có thủ tục mã 2.002621.")
    assert "Dữ liệu đến 18/07/2026" in answer.plain
    assert labels(answer) == ["Hỏi cán bộ"]


@pytest.mark.parametrize("forged", ["<script>", "[x](y)", "1.00262", "a" * 60])
def test_what_is_no_code_is_not_repeated(forged: str) -> None:
    assert ended(Ending.NO_DATA, candidates=(forged,)).plain.startswith("Danh mục hiện có không có thủ tục này.")


def test_a_procedure_that_is_not_the_rule_today_gets_no_answer_of_yesterday() -> None:
    verdict = Verdict(ending=Ending.PROCEDURE, parts=(Part("1.000009"),), candidates=("1.000009",))
    answer = render(verdict, Facts(day=TODAY, data_day=date(2026, 7, 18)))
    assert answer.ending is Ending.NO_DATA
    assert "1.000009" in answer.plain


def test_of_two_procedures_the_one_in_force_is_answered() -> None:
    verdict = Verdict(ending=Ending.PROCEDURE, parts=(Part("1.000009"), Part(CODE)))
    assert "Đăng ký việc số 1.000001" in render(verdict, facts_of(known())).plain


# Choices


def test_a_choice_is_a_numbered_question() -> None:
    answer = ended(Ending.CHOICE, question="Bạn cần làm khai sinh cho trường hợp nào?", options=OPTIONS)
    assert answer.plain == (
        "Bạn cần làm khai sinh cho trường hợp nào?\n\n"
        "1. Trẻ mới sinh\n"
        "2. Bố hoặc mẹ là người nước ngoài\n\n"
        "Bạn trả lời bằng số, hoặc viết rõ hơn trường hợp của mình."
    )
    assert [(choice.label, choice.action) for choice in answer.choices] == [
        ("Trẻ mới sinh", "pick:1.000001"),
        ("Bố hoặc mẹ là người nước ngoài", "pick:1.000002"),
    ]


def test_a_choice_without_a_question_asks_for_the_case() -> None:
    assert ended(Ending.CHOICE, options=OPTIONS).plain.startswith("Bạn hỏi cho trường hợp nào?")


def test_an_unsure_answer_offers_the_nearest_and_a_person() -> None:
    answer = ended(Ending.UNSURE, options=OPTIONS)
    assert answer.plain.startswith("Chưa rõ bạn hỏi thủ tục nào. Có phải:\n\n1. Trẻ mới sinh")
    assert labels(answer) == ["Trẻ mới sinh", "Bố hoặc mẹ là người nước ngoài", "Không phải, hỏi cán bộ"]


def test_the_label_of_an_option_is_literal() -> None:
    options = (Option("1.000001", "Cấp giấy [mới] *2026*"), OPTIONS[1])
    assert "1. Cấp giấy [mới] *2026*" in ended(Ending.CHOICE, options=options).plain


# What an answer carries


def test_an_answer_carries_what_was_decided() -> None:
    answer = asked_of(known())
    assert answer.procedures == (CODE,)
    assert answer.confidence == 0.9
    assert answer.edition == 7
    assert answer.faq is None


def test_without_candidates_the_answered_procedures_are_carried() -> None:
    verdict = Verdict(ending=Ending.PROCEDURE, parts=(Part(CODE),))
    assert render(verdict, facts_of(known())).procedures == (CODE,)


def test_a_missing_fact_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(jinja2.UndefinedError):
        layout.lay_out("choice", options=())


def test_the_length_counts_what_is_set_between_blocks() -> None:
    blocks = layout.lay_out("thanks")
    assert layout.length(blocks) == len(ended(Ending.THANKS).plain)
    assert blocks[0].kind is BlockKind.PARAGRAPH
