"""The list of waiting questions: pages, words as citizens type them, places, tasks and promises."""

import re
import time
from collections.abc import Callable, Sequence

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from bot.app import App
from bot.console.searching import sought, words_in, words_meant
from bot.console.waiting_list import PAGE, matching
from bot.conversation.messages import Answer
from bot.operation import grouping
from bot.operation.grouping import group_some
from bot.web import build_web
from console_officer import Officer, words_of
from knowledge.questions import MaskedExchange, record
from knowledge.waiting import GROUPS, QUESTIONS, behind
from staff_people import OTHER_WARD, WARD
from web_app import MovingClock

Ask, Enter = Callable[..., Answer], Callable[[str], Officer]
LIST = "/can-bo/cau-hoi"
TEXTS = {
    1: ["ở trung tâm có máy rút tiền không", "máy rút tiền ở đâu"],
    2: ["chỗ gửi xe máy ở đâu"],
    3: ["đăng ký kết hôn ở phường bên cạnh có được không", "dk ket hon noi khac dc ko"],
}


@pytest.fixture
def many(app: App) -> App:
    """Two pages of questions and some more, each of a meaning of its own; every tenth of another ward."""
    with app.database.session(writing=True) as session:
        for number in range(2 * PAGE + 5):
            commune = OTHER_WARD if number % 10 == 0 else ""
            record(session, waits(f"xyzt{number} ở đâu", str(number), app, commune))
    while group_some(app):
        pass
    return app


def waits(text: str, chat: str, app: App, commune: str = "") -> MaskedExchange:
    return MaskedExchange(
        asked_at=app.clock(), channel="web", chat=chat, question=text, ending="unknown", commune=commune, shown="."
    )


def shown(page: str) -> list[str]:
    return re.findall(r'class="card" href="/can-bo/cau-hoi/(\d+)"', page)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3]),
        ("   ", [1, 2, 3]),
        ("???", [1, 2, 3]),
        ("máy rút tiền", [1]),
        ("may rut tien", [1]),
        ("MÁY RÚT TIỀN", [1]),
        ("may rut tien o dau vay ban", [1]),
        ("đăng ký kết hôn", [3]),
        ("dk ket hon", [3]),
        ("đkkh", [3]),
        ("2", [2]),
        ("7", []),
        ("hộ chiếu phổ thông", []),
        ("' or 1=1 --", []),
        ("%", [1, 2, 3]),
    ],
)
def test_questions_are_found_as_the_bot_understands(app: App, query: str, numbers: Sequence[int]) -> None:
    assert matching([1, 2, 3], TEXTS, query, app.library.index) == numbers


def test_what_has_all_the_words_comes_before_what_has_most(app: App) -> None:
    texts = {1: ["xyzta xyztb"], 2: ["xyzta xyztb xyztc"], 3: [], 4: ["xyzta"]}
    assert matching([1, 2, 3, 4], texts, "xyzta xyztb xyztc", app.library.index) == [2, 1]


def test_a_query_of_a_book_s_length_is_cut(app: App) -> None:
    found = sought("máy " * 50_000, app.library.index)
    assert found is not None
    assert found.raw == {"may"}


def test_words_are_read_as_they_stand_and_as_they_are_understood() -> None:
    assert words_in("Máy RÚT-tiền") == {"may", "rut", "tien"}
    assert {"dk", "dang", "ky"} <= words_meant("dk kết hôn")


def test_the_rest_stands_on_the_next_pages(many: App, enter: Enter) -> None:
    lan = enter("lan")
    first, second, third = (lan.get(f"{LIST}?trang={number}").text for number in (1, 2, 3))
    assert [len(shown(page)) for page in (first, second, third)] == [PAGE, PAGE, 5]
    assert len({*shown(first), *shown(second), *shown(third)}) == 2 * PAGE + 5
    assert "105 câu" in first
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in third


def test_a_task_far_down_the_list_is_among_one_s_own(many: App, enter: Enter) -> None:
    lan, hoa = enter("lan"), enter("hoa")
    last = shown(lan.get(f"{LIST}?trang=3").text)[-1]
    assert lan.send(f"{LIST}/{last}/giao", cho="hoa").status_code == 303
    assert shown(hoa.get(f"{LIST}?loc=cua-toi").text) == [last]
    assert shown(lan.get(f"{LIST}?loc=cua-toi").text) == []
    assert last not in shown(lan.get(f"{LIST}?loc=chua-giao&trang=3").text)
    assert "104 câu" in lan.get(f"{LIST}?loc=chua-giao").text


def test_the_list_is_narrowed_to_a_place_and_keeps_that_on_its_links(many: App, enter: Enter) -> None:
    page = enter("lan").get(f"{LIST}?xa={OTHER_WARD}&q=xyzt10")
    assert len(shown(page.text)) == 1
    assert f'value="{OTHER_WARD}" selected' in page.text
    assert f"xa={OTHER_WARD}" in page.text.partition("Việc của tôi")[0].rpartition("href")[2]
    assert "11 câu" in enter("lan").get(f"{LIST}?xa={OTHER_WARD}").text


@pytest.mark.parametrize("place", [OTHER_WARD, "00000", "'", "<script>"])
def test_staff_of_a_ward_cannot_look_into_another(many: App, enter: Enter, place: str) -> None:
    page = enter("nga").get(LIST, params={"xa": place}).text
    assert "94 câu" in page
    assert f'value="{OTHER_WARD}"' not in page
    assert WARD not in re.findall(r'option value="(\d+)"', page)  # nobody there asked


def test_promises_that_are_over_are_found(app: App, enter: Enter, ask: Ask, clock: MovingClock) -> None:
    for at, text in enumerate(("ở trung tâm có máy rút tiền không", "phòng chờ có điều hòa mát không")):
        ask(text, str(at))
    lan = enter("lan")
    first, second = shown(lan.get(LIST).text)
    lan.send(f"{LIST}/{first}/hen", gio="4")
    assert shown(lan.get(f"{LIST}?hen=co").text) == [first]
    assert shown(lan.get(f"{LIST}?hen=qua").text) == []
    clock.move(hours=30)
    lan = enter("lan")
    assert shown(lan.get(f"{LIST}?hen=qua").text) == [first]
    assert "1 câu đã quá giờ hẹn" in words_of(lan.get("/can-bo"))
    assert second in shown(lan.get(LIST).text)


@pytest.mark.parametrize(
    "address", ["?loc=x&hen=y&xa=z&trang=w", "?q=%00%ff", "?loc=waiting&loc=drafted", f"?q={'a' * 5_000}", "?trang=-5"]
)
def test_an_address_that_somebody_made_up_shows_the_list(enter: Enter, address: str) -> None:
    assert enter("lan").get(f"{LIST}{address}").status_code == 200


def test_an_empty_list_says_what_to_do(enter: Enter) -> None:
    lan = enter("lan")
    assert "Không có câu hỏi nào đang chờ" in words_of(lan.get(LIST))
    assert "bỏ lọc" in words_of(lan.get(f"{LIST}?q=máy"))
    assert "Không có câu hỏi nào cho “<b>”" in words_of(lan.get(f"{LIST}?q=<b>")).replace("&lt;b&gt;", "<b>")
    assert "Không có câu hỏi nào giao cho bạn" in words_of(lan.get(f"{LIST}?loc=cua-toi"))


def test_a_page_groups_little_itself_and_says_what_is_left(
    app: App, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.console.waiting_list.PAGE_TURN", 3)
    monkeypatch.setattr("bot.console.home.PAGE_TURN", 0)
    lan = enter("lan")
    with app.database.session(writing=True) as session:
        for number in range(8):
            record(session, waits(f"xyzt{number} ở đâu", str(number), app))
    assert "Còn 5 tin chưa xếp" in words_of(lan.get(LIST))
    assert "Còn 2 tin chưa xếp" in words_of(lan.get(LIST))
    assert "chưa xếp" not in words_of(lan.get(LIST))


def test_a_turn_groups_so_many_and_tells_how_many_are_left(app: App) -> None:
    with app.database.session(writing=True) as session:
        for number in range(5):
            record(session, waits(f"xyzt{number} ở đâu", str(number), app))
    assert [group_some(app, 2) for _ in range(4)] == [3, 1, 0, 0]
    with app.database.session() as session:
        assert session.connection().scalar(sa.select(sa.func.count()).select_from(GROUPS)) == 5
        assert behind(session) == 0


def test_who_comes_second_leaves_the_turn_to_the_first(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process looked at the same exchanges between our look and our writing."""
    with app.database.session(writing=True) as session:
        record(session, waits("máy rút tiền ở đâu", "a", app))
    whole = grouping.collect

    def outrun(session: object, meaning: object, most: int) -> int:
        number = session.connection().scalar(sa.select(sa.func.max(QUESTIONS.c.exchange)))  # type: ignore[attr-defined]
        assert number is None
        whole(session, meaning, most)  # type: ignore[arg-type]
        return whole_again(session)

    def whole_again(session: object) -> int:
        session.connection().execute(sa.insert(QUESTIONS), {"exchange": 1, "group": None, "text": "", "why": ""})  # type: ignore[attr-defined]
        return 0

    monkeypatch.setattr(grouping, "collect", outrun)
    assert group_some(app) == 1
    monkeypatch.setattr(grouping, "collect", whole)
    assert group_some(app) == 0


def test_what_was_asked_is_grouped_while_nobody_looks(app: App) -> None:
    """By the process with the lead; asked here over and over, for a minute at the most."""
    until = time.monotonic() + 60
    with TestClient(build_web(app)) as citizen:
        citizen.post("/hoi", data={"text": "ở trung tâm có máy rút tiền không"})
        while _is_behind(app) and time.monotonic() < until:
            citizen.get("/health")
    assert not _is_behind(app)


def _is_behind(app: App) -> bool:
    with app.database.session() as session:
        return behind(session) > 0
