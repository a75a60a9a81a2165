"""Which lines about papers fit into the first message: whole ones, and never a silent loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.wording.paper_room import fitted
from bot.answers.wording.papers import Line, PapersInWords
from bot.answers.wording.section import Look, Section, letters, within

EVERYBODY = (Line("Tờ khai"), Line("Giấy chứng sinh"), Line("Căn cước"))
CASES = (Line("Nhờ người khác: Giấy ủy quyền"), Line("Trẻ bị bỏ rơi: Biên bản"))


def told(sections: tuple[Section, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(section.label, section.lines) for section in sections]


def test_with_room_for_all_everything_is_told() -> None:
    assert told(fitted(PapersInWords(EVERYBODY, CASES), 500)) == [
        ("Mang theo", ("Tờ khai", "Giấy chứng sinh", "Căn cước")),
        ("Chỉ khi thuộc trường hợp sau", ("Nhờ người khác: Giấy ủy quyền", "Trẻ bị bỏ rơi: Biên bản")),
    ]


def test_cases_go_before_what_everybody_brings() -> None:
    sections = fitted(PapersInWords(EVERYBODY, (*CASES, Line("Sinh ở nước ngoài: " + "giấy tờ " * 20))), 250)
    assert [section.lines for section in sections[:2]] == [
        ("Tờ khai", "Giấy chứng sinh", "Căn cước"),
        ("Nhờ người khác: Giấy ủy quyền", "Trẻ bị bỏ rơi: Biên bản"),
    ]
    assert sections[-1].lines == ("Còn 1 trường hợp nữa: xem “Tất cả giấy tờ”.",)


def test_what_is_left_out_is_counted() -> None:
    sections = fitted(PapersInWords(EVERYBODY, CASES, uncounted=2), 90)
    assert sections[-1].lines == ("Còn 4 giấy tờ, 2 trường hợp nữa: xem “Tất cả giấy tờ”.",)


def test_papers_by_case_alone_have_their_own_label() -> None:
    (section,) = fitted(PapersInWords(cases=CASES), 500)
    assert section.label == "Mang theo, tùy trường hợp của bạn"


def test_what_the_office_looks_up_closes_the_list() -> None:
    sections = fitted(PapersInWords(EVERYBODY, looked_up="Giấy tờ cư trú"), 500)
    assert sections[-1].lines == ("Không cần mang, cán bộ tự tra: Giấy tờ cư trú.",)
    assert sections[-1].look is Look.PLAIN


def test_no_papers_at_all_is_said() -> None:
    (section,) = fitted(PapersInWords(), 500)
    assert section.lines == ("Danh mục chưa ghi giấy tờ phải nộp; hỏi nơi nộp trước khi đi.",)


def test_a_hint_is_given_where_nothing_was_left_out() -> None:
    assert fitted(PapersInWords(EVERYBODY, hint="Đọc đủ ở đây."), 500)[-1].lines == ("Đọc đủ ở đây.",)


def test_left_room_tells_what_may_serve_instead_of_papers_to_hand_in_first() -> None:
    everybody = (
        Line("Tờ khai", ". Hoặc: điền mẫu điện tử nếu nộp trực tuyến"),
        Line("Căn cước (để cán bộ xem)", ". Hoặc: đọc số căn cước"),
        Line("Giấy chứng sinh", ". Hoặc: giấy của người làm chứng"),
    )
    bare = sum(map(letters, fitted(PapersInWords(everybody), 0)))
    whole = sum(map(letters, fitted(PapersInWords(everybody), 1_000)))
    (tight,) = fitted(PapersInWords(everybody), 105)
    assert tight.lines == ("Tờ khai", "Căn cước (để cán bộ xem)", "Giấy chứng sinh. Hoặc: giấy của người làm chứng")
    assert whole > bare


@given(
    st.lists(st.integers(min_value=1, max_value=200), max_size=12),
    st.lists(st.integers(min_value=1, max_value=200), max_size=12),
    st.integers(min_value=200, max_value=1_200),
)
def test_what_is_chosen_fits_and_adds_up(everybody: list[int], cases: list[int], room: int) -> None:
    papers = PapersInWords(
        tuple(Line("a" * size, " b" * 20) for size in everybody), tuple(Line("c" * size) for size in cases)
    )
    sections = fitted(papers, room)
    assert sum(map(letters, sections)) <= room
    shown = sum(len(section.lines) for section in sections if section.look is Look.LISTED)
    is_counted = any(
        line.startswith(("Còn ", "Cần ")) and "xem" in line for section in sections for line in section.lines
    )
    assert is_counted == (shown < len(everybody) + len(cases))


# Sections within a page


def test_sections_are_kept_whole_until_the_room_ends() -> None:
    sections = (Section(("một", "hai"), "A"), Section(("ba", "bốn", "năm"), "B"))
    kept, left = within(sections, 36)
    assert told(kept) == [("A", ("một", "hai")), ("B", ("ba", "bốn"))]
    assert left == 1


def test_nothing_is_left_of_what_fits() -> None:
    sections = (Section(("một",), "A"), Section((), "nhãn không dòng"), Section(("hai",)))
    assert within(sections, 500) == (sections, 0)


@pytest.mark.parametrize("room", [0, 5])
def test_without_room_everything_is_left(room: int) -> None:
    assert within((Section(("một dòng dài", "hai")),), room) == ((), 2)


def test_a_later_section_is_not_shown_after_a_cut_one() -> None:
    kept, left = within((Section(("dòng dài hơn chỗ còn lại",)), Section(("hai",))), 10)
    assert kept == ()
    assert left == 2


def test_papers_none_of_which_has_a_short_name_are_counted_without_saying_more() -> None:
    sections = fitted(PapersInWords(uncounted=1), 500)
    assert [section.lines for section in sections] == [("Cần 1 giấy tờ: xem “Tất cả giấy tờ”.",)]
