"""Choosing one's commune by name, by letter, by a position where an operator has told where the centres lie."""

from pathlib import Path

import pytest

from bot.answers.actions import Action, ActionKind, parse_action
from bot.channels.communes import (
    LETTER,
    MOST_COMMUNES,
    ask_commune,
    communes_named,
    communes_near,
    communes_of_letter,
    letter_of,
)
from bot.channels.telegram.writing import pieces
from bot.channels.zalo_oa.form import in_numbers
from bot.conversation.messages import Answer, Ending
from bot.doctor import Patient, State, commune_places
from bot.settings import Settings
from knowledge.clock import now
from knowledge.communes import commune_of, communes

NOWHERE = Settings(commune_places="", public_url="https://motcua.example.vn", data_dir=Path("nowhere"))
HERE = (20.9, 106.3)


def settings(folder: Path, *rows: str) -> Settings:
    path = folder / f"{len(rows)}.csv"
    path.write_text("\n".join(("code,latitude,longitude", *rows)) + "\n", "utf-8")
    return NOWHERE.model_copy(update={"commune_places": str(path)})


def codes(answer: Answer) -> list[str]:
    actions = [parse_action(choice.action) for choice in answer.choices]
    return [action.value for action in actions if action and action.kind is ActionKind.COMMUNE]


def test_letters_lead_to_every_commune_once() -> None:
    asked = ask_commune(NOWHERE, has_buttons=True)
    led = [code for choice in asked.choices for code in codes(communes_of_letter(choice.action, NOWHERE))]
    assert sorted(led) == sorted(each.code for each in communes())


def test_letters_stand_in_the_order_of_the_alphabet_and_dj_behind_d() -> None:
    letters = [choice.label for choice in ask_commune(NOWHERE, has_buttons=True).choices]
    assert letters.index("Đ") == letters.index("D") + 1
    assert [letter for letter in letters if letter != "Đ"] == sorted(letter for letter in letters if letter != "Đ")


@pytest.mark.parametrize(
    ("name", "letter"), [("Ái Quốc", "A"), ("Đồ Sơn", "Đ"), ("Thành Đông", "T"), ("Hải Dương", "H")]
)
def test_a_name_stands_under_its_letter_without_marks(name: str, letter: str) -> None:
    (commune,) = [each for each in communes() if each.name == name]
    assert letter_of(commune) == letter


@pytest.mark.parametrize("action", [LETTER, LETTER + "Z", LETTER + "a", LETTER + "AB", LETTER + "🙏", "x"])
def test_a_letter_of_nothing_is_asked_again(action: str) -> None:
    assert communes_of_letter(action, NOWHERE) == ask_commune(NOWHERE, has_buttons=True)


def test_buttons_fit_into_telegram() -> None:
    asked = ask_commune(NOWHERE, has_buttons=True)
    for answer in (asked, *(communes_of_letter(choice.action, NOWHERE) for choice in asked.choices)):
        (piece,) = pieces(answer)
        assert len(piece.choices) == len(answer.choices) <= 100


def test_where_there_are_no_buttons_the_name_is_asked_for() -> None:
    answer = ask_commune(NOWHERE, has_buttons=False)
    assert answer.choices == ()
    assert "/xa An Phong" in answer.plain
    assert "chữ cái" not in answer.plain
    assert len(in_numbers(answer)) == 1


@pytest.mark.parametrize(
    ("text", "ending", "number"),
    [("An Phong", Ending.CHOICE, 1), ("Không Có Đâu", Ending.UNKNOWN, 0), ("", Ending.UNKNOWN, 0)],
)
def test_a_name_means_one_or_several_or_none(text: str, ending: Ending, number: int) -> None:
    answer = communes_named(text)
    assert (answer.ending, len(answer.choices)) == (ending, number)


def test_a_name_of_many_offers_so_many_and_no_more() -> None:
    assert all(len(communes_named(each.old_units[0]).choices) <= MOST_COMMUNES for each in communes() if each.old_units)


# By a position


def test_without_a_table_a_position_says_nothing_and_nothing_is_guessed() -> None:
    answer = communes_near(HERE, NOWHERE)
    assert codes(answer) == []
    assert "không được lưu" in answer.plain
    assert answer.choices[0].url == "https://motcua.example.vn/xa-phuong"
    assert "vị trí" not in ask_commune(NOWHERE, has_buttons=True).plain


def test_with_one_the_nearest_are_offered_and_the_citizen_says_which(tmp_path: Path) -> None:
    known = settings(tmp_path, "10507,20.95,106.3", "10525,20.9,106.3", "10532,20.2,107.0")
    answer = communes_near(HERE, known)
    assert codes(answer) == ["10525", "10507"]
    commune = commune_of("10525")
    assert commune
    assert answer.choices[0].label == commune.full_name
    assert answer.choices[0].action == str(Action(ActionKind.COMMUNE, "10525"))
    assert "Nếu không có" in answer.plain
    assert "gửi vị trí" in ask_commune(known, has_buttons=True).plain


def test_far_from_all_of_them_none_is_offered(tmp_path: Path) -> None:
    answer = communes_near((10.8, 106.7), settings(tmp_path, "10507,20.95,106.3"))
    assert (answer.choices, answer.ending) == ((), Ending.UNKNOWN)
    assert "xa các xã, phường" in answer.plain


@pytest.mark.parametrize("row", ["10507,x,y", "99999,20.9,106.3"])
def test_a_table_that_is_wrong_is_not_used_and_told_to_the_operator(tmp_path: Path, row: str) -> None:
    wrong = settings(tmp_path, row)
    assert communes_near(HERE, wrong) == communes_near(HERE, NOWHERE)
    (finding,) = commune_places(Patient(wrong, now()))
    assert (finding.state, "line 2" in finding.found) == (State.BROKEN, True)


def test_a_good_table_is_told_and_none_is_not_spoken_of(tmp_path: Path) -> None:
    (finding,) = commune_places(Patient(settings(tmp_path, "10507,20.95,106.3"), now()))
    assert (finding.state, finding.found) == (State.GOOD, "the centres of 1 communes")
    assert list(commune_places(Patient(NOWHERE, now()))) == []
