"""The steps of normalisation, each alone, the whole list, and on random text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language import normalise as steps
from knowledge.language.normalise import STEPS, TOKEN_STEPS, normalise


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        pytest.param(steps.compose, "đa\u0306ng ky\u0301", "đăng ký", id="decomposed text is composed"),
        pytest.param(steps.compose, "khai sinh", "khai sinh", id="plain text is left alone"),
        pytest.param(steps.drop_invisible, "khai\u200b sinh\ufeff", "khai sinh", id="zero-width characters go"),
        pytest.param(steps.drop_invisible, "\u202eabc\u202c", "abc", id="direction marks go"),
        pytest.param(steps.drop_invisible, "ðăng", "đăng", id="the Icelandic look-alike of đ"),
        pytest.param(steps.drop_invisible, "кhai sinh ngаy", "кhai sinh ngay", id="Cyrillic look-alikes"),
        pytest.param(steps.lower, "KHAI SINH", "khai sinh", id="capitals"),
        pytest.param(steps.collapse_runs, "vớiiii ạaaa", "với ạa", id="stretched vowels"),
        pytest.param(steps.collapse_runs, "cccd", "cccd", id="three consonants may be a short form"),
        pytest.param(steps.collapse_runs, "ddddc", "dc", id="four may not"),
    ],
)
def test_each_text_step_alone(step: steps.Step, before: str, after: str) -> None:
    assert step(before) == after


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        pytest.param(steps.write_out_short_forms, "cccd hết hạn", "căn cước công dân hết hạn", id="a paper"),
        pytest.param(
            steps.write_out_short_forms, "chuyển hk về quê", "chuyển hộ khẩu về quê", id="hk is hộ khẩu after chuyển"
        ),
        pytest.param(steps.write_out_short_forms, "làm được hk ạ", "làm được không ạ", id="hk is không at the end"),
        pytest.param(steps.write_out_short_forms, "bn tiền", "bao nhiêu tiền", id="bn before tiền"),
        pytest.param(steps.write_out_short_forms, "bn ơi", "bạn ơi", id="bn before ơi"),
        pytest.param(steps.write_out_short_forms, "50 k", "50 nghìn", id="k after a number"),
        pytest.param(steps.write_out_short_forms, "có k", "có không", id="k elsewhere"),
        pytest.param(steps.write_out_short_forms, "hs lớp 6", "học sinh lớp 6", id="hs before lớp"),
        pytest.param(steps.write_out_short_forms, "nộp hs", "nộp hồ sơ", id="hs elsewhere"),
        pytest.param(steps.write_out_short_forms, "đủ đk", "đủ điều kiện", id="đk after đủ"),
        pytest.param(steps.write_out_short_forms, "đk tạm trú", "đăng ký tạm trú", id="đk elsewhere"),
        pytest.param(steps.write_out_short_forms, "mk vneid quên", "mật khẩu vneid quên", id="mk near vneid"),
        pytest.param(steps.write_out_short_forms, "mk hỏi", "mình hỏi", id="mk elsewhere"),
        pytest.param(steps.write_out_short_forms, "14 t", "14 tuổi", id="t after a number"),
        pytest.param(steps.write_out_short_forms, "t 12", "tháng 12", id="t before a number"),
        pytest.param(steps.decode_keyboard, "ddangw kys", "đăng ký", id="telex"),
        pytest.param(steps.undo_slang, "fường kó", "phường có", id="teencode"),
        pytest.param(steps.unify_spelling, "đăng kí hoà giải", "đăng ký hòa giải", id="i and y, tone placement"),
        pytest.param(steps.unify_spelling, "khai sanh", "khai sinh", id="a regional form"),
    ],
)
def test_each_word_step_alone(step: steps.TokenStep, before: str, after: str) -> None:
    assert " ".join(step(before.split())) == after


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        (
            "mk mún lm cccd cho bé dưới 14t thì cần nhữg j ạ",
            "mình muốn làm căn cước công dân cho bé dưới 14 tuổi thì cần những gì ạ",
        ),
        ("ddangw ky khai sinh cho con can j v ad", "đăng ky khai sinh cho con can gì vậy ad"),
        ("Hoà giải tranh chấp đất đai ở XÃÃÃÃ", "hòa giải tranh chấp đất đai ở xã"),
        ("ko kó j jấy tờ iu cầu", "không có gì giấy tờ yêu cầu"),
        ("1.001193 là gì", "1.001193 là gì"),
    ],
)
def test_the_whole_list(typed: str, clean: str) -> None:
    assert normalise(typed).clean == clean


def test_the_three_unicode_forms_of_a_text_are_one() -> None:
    composed = "đăng ký thường trú"
    half = "đăng ky\u0301 thươ\u0300ng tru\u0301"
    decomposed = unicodedata.normalize("NFD", composed)
    assert normalise(composed).words == normalise(half).words == normalise(decomposed).words


def test_words_and_folded_words_stay_in_step() -> None:
    text = normalise("Đăng ký khai sinh cho con, cần gì?")
    assert text.words == ("đăng", "ký", "khai", "sinh", "cho", "con", "cần", "gì")
    assert text.folded == ("dang", "ky", "khai", "sinh", "cho", "con", "can", "gi")
    assert text.clauses == (6, 8)
    assert text.original == "Đăng ký khai sinh cho con, cần gì?"


@pytest.mark.parametrize(("typed", "expected"), [("đăng ký", True), ("dang ky", False), ("dang ky cccd", False)])
def test_marks_are_those_that_were_typed_not_those_we_wrote(typed: str, expected: bool) -> None:
    assert normalise(typed).is_marked is expected


@pytest.mark.parametrize("nothing", ["", "   ", "😀😀", "\u200b\u200b", "…", "\x00\x01", "﷽"])
def test_text_without_a_word_gives_no_words(nothing: str) -> None:
    assert [word for word in normalise(nothing).words if word.isascii()] == []


def test_very_long_text_is_cut_before_it_is_worked_on() -> None:
    assert len(normalise("khai sinh " * 20_000).words) <= steps.LONGEST


_ALPHABET = st.one_of(
    st.text(max_size=80), st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy áàảãạ .,?0123456789fjwz", max_size=80)
)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
@given(text=_ALPHABET)
def test_a_text_step_run_twice_is_as_once(step: steps.Step, text: str) -> None:
    once = step(text)
    assert step(once) == once


@pytest.mark.parametrize("step", TOKEN_STEPS, ids=lambda step: step.__name__)
@given(text=_ALPHABET)
def test_a_word_step_never_fails_and_gives_words(step: steps.TokenStep, text: str) -> None:
    assert all(step(text.lower().split()))


@settings(max_examples=200)
@given(text=_ALPHABET)
def test_normalising_never_fails_keeps_the_original_and_settles(text: str) -> None:
    normalised = normalise(text)
    assert normalised.original == text
    assert len(normalised.words) == len(normalised.folded)
    assert all(normalised.words)
    assert normalised.clauses == () or normalised.clauses[-1] == len(normalised.words)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        pytest.param("bằng lái a1", "bằng lái a1", id="a class of licence"),
        pytest.param("mẫu NA5 cho người nước ngoài", "mẫu na5 cho người nước ngoài", id="a form, in a text with marks"),
        pytest.param("loai hinh e31", "loai hinh e31", id="a customs type"),
        pytest.param("gia6y1 to72", "giấy tờ", id="keys left as typed"),
    ],
)
def test_names_of_forms_and_classes_are_not_taken_for_keys(typed: str, clean: str) -> None:
    assert normalise(typed).clean == clean
