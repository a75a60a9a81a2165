"""The administrators' page: announcements and channels, and who may not."""

from collections.abc import Callable

import pytest

from bot.app import App
from bot.channels.ledger import Ledger, Reason
from bot.conversation.messages import Answer, Ending
from console_officer import PASSWORD, Officer, words_of
from knowledge.staff.accounts import Role, Who, add_account
from staff_people import WARD
from web_app import MovingClock

Ask, Enter = Callable[..., Answer], Callable[[str], Officer]
PAGE = "/can-bo/van-hanh"
TONIGHT = {"noi_dung": "Bảo trì tối nay.", "tu": "", "den": "2026-11-22T22:00"}


@pytest.mark.parametrize("login", ["lan", "hoa", "nga"])
def test_the_page_is_there_for_administrators_alone(enter: Enter, login: str) -> None:
    officer = enter(login)
    assert officer.get(PAGE).status_code == 404
    assert officer.send(f"{PAGE}/thong-bao", **TONIGHT).status_code == 404
    assert officer.send(f"{PAGE}/thong-bao/1/dung").status_code == 404
    assert officer.send(f"{PAGE}/kenh", kenh="web", viec="tat", ly_do="x").status_code == 404
    assert "Vận hành" not in words_of(officer.get("/can-bo"))


def test_an_announcement_is_made_shown_and_stopped(enter: Enter, ask: Ask, clock: MovingClock) -> None:
    minh = enter("minh")
    assert "Không có thông báo nào" in words_of(minh.get(PAGE))
    assert minh.send(f"{PAGE}/thong-bao", **TONIGHT).status_code == 303
    page = words_of(minh.get(PAGE))
    assert "Đang hiện Bảo trì tối nay." in page
    assert "22:00 22/11/2026 · mọi kênh · toàn thành phố · mọi câu trả lời · minh đăng" in page
    assert ask("xin chào").blocks[0].plain == "Thông báo: Bảo trì tối nay."
    assert "Bảo trì tối nay." in words_of(enter("").get("/"))
    assert minh.send(f"{PAGE}/thong-bao/1/dung").status_code == 303
    assert "Bảo trì" not in ask("xin chào").plain
    assert "Đã qua Bảo trì tối nay." in words_of(minh.get(PAGE))
    assert "đăng thông báo" in words_of(minh.get("/can-bo/nhat-ky"))


def test_an_announcement_of_a_procedure_stands_on_its_page(enter: Enter) -> None:
    minh = enter("minh")
    assert minh.send(f"{PAGE}/thong-bao", **TONIGHT, thu_tuc="1.001193").status_code == 303
    visitor = enter("")
    assert "Bảo trì tối nay." in visitor.get("/tthc/1.001193").text
    assert "Bảo trì tối nay." not in visitor.get("/").text


def test_mistakes_are_told_at_their_fields_and_nothing_typed_is_lost(enter: Enter) -> None:
    refused = enter("minh").send(
        f"{PAGE}/thong-bao", noi_dung="Bảo trì </textarea>", den="", noi="Atlantis", **{"kenh-telegram": "1"}
    )
    assert refused.status_code == 400
    assert "“Atlantis” không phải" in words_of(refused)
    assert "Bảo trì &lt;/textarea&gt;</textarea>" in refused.text
    assert 'value="Atlantis"' in refused.text
    assert 'name="kenh-telegram" value="1" checked' in refused.text


def test_a_channel_is_switched_off_with_a_reason_seen_by_all_staff_and_on_again(
    enter: Enter, ask: Ask, app: App
) -> None:
    minh = enter("minh")
    assert "ghi lý do tắt kênh Trang trò chuyện" in words_of(minh.send(f"{PAGE}/kenh", kenh="web", viec="tat"))
    assert minh.send(f"{PAGE}/kenh", kenh="web", viec="tat", ly_do="trả lời sai <b>").status_code == 303
    assert ask("xin chào").ending is Ending.SWITCHED_OFF
    assert "Kênh Trang trò chuyện đang tắt từ 12:00 22/11/2026: trả lời sai <b>" in words_of(
        enter("lan").get("/can-bo")
    )
    assert "Trợ lý tự động đang tạm ngừng." in words_of(enter("").get("/"))
    assert minh.send(f"{PAGE}/kenh", kenh="web", viec="bat").status_code == 303
    assert ask("xin chào").ending is Ending.GREETING
    assert app.ordered.off == {}


@pytest.mark.parametrize("channel", ["", "khong-co", "web' OR 1=1 --"])
def test_a_forged_channel_is_none(enter: Enter, channel: str) -> None:
    assert enter("minh").send(f"{PAGE}/kenh", kenh=channel, viec="tat", ly_do="x").status_code == 404


def test_a_ward_s_administrator_announces_to_his_own_and_switches_nothing(enter: Enter, app: App) -> None:
    with app.database.session(writing=True) as session:
        add_account(session, Who(login="van", name="Vân", role=Role.ADMIN, commune=WARD), PASSWORD, app.clock())
    van, minh = enter("van"), enter("minh")
    assert minh.send(f"{PAGE}/thong-bao", **{**TONIGHT, "noi_dung": "Cả thành phố."}).status_code == 303
    assert van.send(f"{PAGE}/thong-bao", **TONIGHT, noi="").status_code == 303
    page = words_of(van.get(PAGE))
    assert "Cả thành phố" not in page
    assert "Bảo trì tối nay." in page
    assert "Tắt kênh này" not in page
    assert van.send(f"{PAGE}/thong-bao/1/dung").status_code == 404
    refused = van.send(f"{PAGE}/kenh", kenh="web", viec="tat", ly_do="x")
    assert "không được làm việc này" in words_of(refused)
    assert app.ordered.off == {}


def test_a_channel_that_is_stopped_is_told_on_the_first_page_and_on_this_one(enter: Enter, app: App) -> None:
    stopped = "Zalo bot đang dừng gửi từ 22/11/2026"
    Ledger(app, "zalo_bot").stop(Reason.QUOTA, "429")
    assert stopped in words_of(enter("lan").get("/can-bo"))
    assert stopped in words_of(enter("minh").get(PAGE))
    Ledger(app, "zalo_bot").go_on()
    assert stopped not in words_of(enter("lan").get("/can-bo"))
