"""What staff type becomes an entry, or every problem at its field."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.faq.entry import FaqText
from knowledge.faq.reading import Typed, read, typed_of

GOOD = Typed(wordings="Gửi xe ở đâu\ncó bãi xe không", answer="Ở cổng sau.")


def known(code: str) -> bool:
    return code == "1.001193"


def fields_of(typed: Typed) -> set[str]:
    return {problem.field for problem in read(typed, known).problems}


def but(**changes: str) -> Typed:
    return Typed(**{"wordings": GOOD.wordings, "answer": GOOD.answer, **changes})


def test_a_filled_form_becomes_an_entry() -> None:
    typed = but(
        procedures="1.001193; 1.001193",
        commune="10507",
        instead_of="3",
        valid_from="1/12/2026",
        valid_to="2026-12-31",
        review_on="01.06.2027",
    )
    assert read(typed, known).text == FaqText(
        wordings=("Gửi xe ở đâu", "có bãi xe không"),
        answer="Ở cổng sau.",
        procedures=("1.001193",),
        commune="10507",
        instead_of=3,
        valid_from=date(2026, 12, 1),
        valid_to=date(2026, 12, 31),
        review_on=date(2027, 6, 1),
    )


def test_typing_it_again_changes_nothing() -> None:
    text = read(but(procedures="1.001193", commune="10507", valid_to="31/12/2026"), known).text
    assert text is not None
    assert read(typed_of(text), known).text == text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wordings": " \n "}, "wordings"),
        ({"wordings": "??"}, "wordings"),
        ({"wordings": "x" * 201}, "wordings"),
        ({"wordings": "\n".join(f"câu hỏi {at}" for at in range(31))}, "wordings"),
        ({"answer": " "}, "answer"),
        ({"answer": "x" * 3_001}, "answer"),
        ({"answer": "[bấm đây](javascript:alert(1))"}, "answer"),
        ({"answer": "[bấm đây]( data:text/html,x)"}, "answer"),
        ({"procedures": "khai-sinh"}, "procedures"),
        ({"procedures": "9.999999"}, "procedures"),
        ({"procedures": " ".join(f"1.00000{at}" for at in range(9))}, "procedures"),
        ({"commune": "xã Không Có"}, "commune"),
        ({"instead_of": "1"}, "instead_of"),
        ({"commune": "10507", "instead_of": "một"}, "instead_of"),
        ({"commune": "10507", "instead_of": "9" * 30}, "instead_of"),
        ({"valid_from": "31/02/2026"}, "valid_from"),
        ({"valid_from": "hôm nay"}, "valid_from"),
        ({"valid_from": "2/1/2026", "valid_to": "1/1/2026"}, "valid_to"),
    ],
)
def test_each_mistake_is_told_at_its_field(changes: dict[str, str], field: str) -> None:
    assert fields_of(but(**changes)) == {field}


def test_all_mistakes_are_told_at_once() -> None:
    assert fields_of(Typed(procedures="x", valid_from="y")) == {"wordings", "answer", "procedures", "valid_from"}


def test_a_commune_is_known_by_its_name_too() -> None:
    text = read(but(commune="xã Vĩnh Bảo"), known).text
    assert text is not None
    assert text.commune == "11824"


def test_what_cannot_be_printed_is_left_out() -> None:
    text = read(but(wordings="gửi\u202e xe\x00 ở đâu", answer="Ở\u200b đây\r\nnày\ud800"), known).text
    assert text is not None
    assert (text.wordings, text.answer) == (("gửi xe ở đâu",), "Ở đây\nnày")


@given(st.builds(Typed, *[st.text(max_size=60)] * 8))
def test_any_text_is_read_or_explained(typed: Typed) -> None:
    reading = read(typed, known)
    assert (reading.text is None) == bool(reading.problems)
    if reading.text:
        assert read(typed_of(reading.text), known).text == reading.text
