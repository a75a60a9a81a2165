"""The audit page: narrowed, turned over, readable, and for an admin of a commune its own alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.app import App
from bot.console.auditing import SIZE, sought_by
from bot.console.noted import changes, shown
from bot.console.paging import Pages
from console_officer import PASSWORD, Officer, words_of
from knowledge.faq.desk import draft, revise
from knowledge.staff.accounts import Act, Role, Who, add_account
from knowledge.staff.audit import Deed, Note, write
from staff_people import LAN, OTHER_WARD, PARKING, WARD, publish_faq
from web_app import MovingClock

Enter = Callable[[str], Officer]
NOW = MovingClock()()
IDEA = "[Việc khác]+Đề xuất, góp ý+"
NOTHING = {"ai": "", "viec": "", "ve": "", "tu": "", "den": ""}
CHIEF = Who(login="quan", name="Quân", role=Role.ADMIN, commune=WARD)


def note(before: str = "", after: str = "", subject: str = "faq-1") -> Note:
    return Note(at=NOW, who="lan", deed=Deed.REVISED, subject=subject, before=before, after=after)


def told(before: str, after: str) -> list[tuple[str, str]]:
    """Each changed field, what was taken out in brackets, what came in between plus signs."""
    marks = {"same": "{}", "out": "[{}]", "in": "+{}+"}
    return [
        (each.label, "".join(marks[run.kind].format(run.text) for run in each.runs))
        for each in changes(note(before, after))
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("đã đổi chỗ", "hết cần", []),
        ('{"answer":"Có."}', "lý do", []),
        ('{"answer":"Có xe."}', '{"answer":"Không xe."}', [("Câu trả lời", "[Có]+Không+ xe.")]),
        ('{"answer":"Có."}', '{"answer":"Có."}', []),
        ("", '{"wordings":["một","hai"]}', [("Người dân hỏi thế nào", "+một\nhai+")]),
        ('{"review_on":"2026-12-31"}', '{"review_on":null}', [("Ngày xem lại", "[31/12/2026]")]),
        ("", '{"begins_at":"2026-11-22T05:00:00Z"}', [("Từ lúc", "+12:00 22/11/2026+")]),
        ("", '{"instead_of":7}', [("Thay mục số", "+7+")]),
        ("", '{"own":"x"}', [("own", "+x+")]),
        ('{"state":"open"}', '{"state":"closed"}', [("Tình trạng", "[Chưa xử lý]+Đã xong+")]),
        ('{"kind":"other","note":""}', '{"kind":"idea","note":"xong"}', [("Loại", IDEA), ("Ghi chú", "+xong+")]),
        ("", '{"kind":"short_form","said":"gce"}', [("Loại", "+từ viết tắt+"), ("Người dân viết", "+gce+")]),
        ("", "[1]", []),
        ("", "{", []),
    ],
)
def test_what_changed_is_told_field_by_field(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert told(before, after) == expected


@pytest.mark.parametrize(
    ("subject", "about", "address"),
    [
        ("faq-12", "hỏi đáp 12", "/can-bo/hoi-dap/12"),
        ("waiting-3", "câu hỏi 3", "/can-bo/cau-hoi/3"),
        ("petition-4", "phản ánh 4", "/can-bo/phan-anh/4"),
        ("staff-a-b", "tài khoản a-b", ""),
        ("channel-telegram", "kênh Telegram", ""),
        ("database", "database", ""),
        ("", "", ""),
    ],
)
def test_a_subject_is_told_and_leads_to_its_page(subject: str, about: str, address: str) -> None:
    found = shown(note(subject=subject))
    assert (found.about, found.address) == (about, address)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("right", "Đúng"),
        ("officer", "cán bộ"),
        (f"approver {WARD}", "người duyệt, Phường Thành Đông"),
        ("officer đã nghỉ", "officer đã nghỉ"),
        ("đã đổi chỗ", "đã đổi chỗ"),
        ("30", "30"),
    ],
)
def test_names_of_ours_are_told_in_vietnamese(text: str, told: str) -> None:
    found = shown(note(before=text, after=text))
    assert (found.before, found.after) == (told, told)


def test_what_cannot_be_read_narrows_nothing_down() -> None:
    found = sought_by(NOTHING | {"viec": "nothing", "tu": "mai", "den": "31/02/2026"}, WARD)
    assert (found.deed, found.since, found.until, found.commune) == (None, None, None, WARD)


def test_the_addresses_of_pages_keep_what_else_was_asked_for() -> None:
    pages = Pages(2, 3, SIZE, "ai=lan&viec=")
    assert (pages.skip, pages.address(3)) == (SIZE, "?ai=lan&viec=&trang=3")
    assert Pages(1, 1, SIZE).address(2) == "?trang=2"


@pytest.fixture
def filled(app: App) -> App:
    with app.database.session(writing=True) as session:
        for number in range(SIZE + 5):
            write(session, Note(at=NOW - timedelta(days=3), who="hoa", deed=Deed.ANSWERED, subject=f"waiting-{number}"))
    return app


def test_long_lists_are_turned_over(enter: Enter, filled: App) -> None:
    minh = enter("minh")
    first, second = minh.get("/can-bo/nhat-ky?ai=hoa"), minh.get("/can-bo/nhat-ky?ai=hoa&trang=2")
    assert f"{SIZE + 5} việc" in words_of(first)
    assert first.text.count("<details><summary>") == SIZE
    assert second.text.count("<details><summary>") == 5
    assert 'href="?ai=hoa&amp;trang=2"' in first.text
    assert "Trang 2 / 2" in words_of(second)
    for odd in ("0", "99999", "-1", "x", "²", "999"):
        assert minh.get(f"/can-bo/nhat-ky?trang={odd}").status_code == 200


def test_filters_stand_in_the_form_and_find(enter: Enter, filled: App) -> None:
    minh = enter("minh")
    page = minh.get("/can-bo/nhat-ky?ve=waiting-7&tu=1/1/2026&den=31/12/2026&viec=answered")
    assert "1 việc" in words_of(page)
    assert "câu hỏi 7" in words_of(page)
    assert '<option value="answered" selected>' in page.text
    assert "Không có việc nào như vậy" in words_of(minh.get("/can-bo/nhat-ky?den=1/1/2020"))


def test_a_day_that_is_none_is_told(enter: Enter) -> None:
    refused = enter("minh").get("/can-bo/nhat-ky", params={"tu": '"><script>'})
    assert refused.status_code == 400
    assert "Ngày ghi như 31/12/2026" in words_of(refused)
    assert "><script>" not in refused.text


def test_an_admin_of_a_commune_reads_its_own(enter: Enter, app: App) -> None:
    with app.database.session(writing=True) as session:
        add_account(session, CHIEF, PASSWORD, app.clock())
        draft(session, PARKING, Act(LAN, app.clock()))
        draft(session, type(PARKING)(wordings=("hỏi gì",), answer="Đáp.", commune=WARD), Act(LAN, app.clock()))
        draft(session, type(PARKING)(wordings=("hỏi gì",), answer="Đáp.", commune=OTHER_WARD), Act(LAN, app.clock()))
    chief = enter("quan")
    page = chief.get("/can-bo/nhat-ky")
    assert "hỏi đáp 2" in words_of(page)
    assert not any(f"hỏi đáp {number}" in words_of(page) for number in (1, 3))
    assert "tài khoản minh" not in words_of(page)
    assert 'value="nga"' in page.text
    assert 'value="minh"' not in page.text
    assert "Không có việc nào như vậy" in words_of(chief.get("/can-bo/nhat-ky?ve=faq-1"))
    assert "hỏi đáp 1" in words_of(enter("minh").get("/can-bo/nhat-ky"))


def test_a_change_of_an_entry_is_read_word_by_word(enter: Enter, app: App) -> None:
    publish_faq(app.database, PARKING, app.clock())
    with app.database.session(writing=True) as session:
        revise(session, 1, type(PARKING)(wordings=PARKING.wordings, answer="Không có."), 1, Act(LAN, app.clock()))
    page = enter("minh").get("/can-bo/nhat-ky?ve=faq-1&viec=revised")
    assert "<ins>" in page.text
    assert "<del>" in page.text
    assert '{"wordings"' not in page.text
