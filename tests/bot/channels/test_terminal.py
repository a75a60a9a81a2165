"""The terminal: numbered choices, the commune asked once, a polite end, with and without colour."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from shutil import copyfile

import pytest
from rich.console import Console

from answer_parts import ONLINE, asked_of, ended, known, row
from bot.answers.verdict import Option
from bot.app import App, build_app
from bot.channels.terminal import OPENING, TERMINAL, converse, show
from bot.conversation.messages import Ending
from bot.settings import Settings
from knowledge.catalogue import publish
from knowledge.changeset import ChangeSet
from knowledge.database import open_database
from sample_procedures import CATALOGUE, make_checklist, make_procedure, new

OPTIONS = (Option("1.000001", "Trẻ mới sinh"), Option("1.000002", "Người nước ngoài"))
ASKED = "đăng ký nuôi trâu cần giấy tờ gì"


@pytest.fixture
def app(tmp_path: Path, migrated_file: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """An app over two procedures of our own, so that what is found does not depend on the starter catalogue."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOTCUA_{name.upper()}", raising=False)
    settings = Settings(data_dir=tmp_path)
    copyfile(migrated_file, tmp_path / "motcua.sqlite3")
    database = open_database(settings.database, migrating=False)
    procedures = make_procedure(name="Đăng ký nuôi trâu"), make_procedure("1.000002", name="Xin phép trồng dừa")
    checklists = make_checklist(name="Đăng ký nuôi trâu"), make_checklist("1.000002", name="Xin phép trồng dừa")
    with database.session() as session:
        publish(session, ChangeSet(changes=new(*procedures).changes, checklists=checklists), CATALOGUE, now=now)
    database.close()
    app = build_app(settings, clock=lambda: now)
    yield app
    app.close()


def talk(app: App, typed: Iterable[str], commune: str = "10507", **console: bool) -> str:
    """What the screen shows when a person types these lines; the input then ends."""
    lines = iter(typed)
    screen = Console(file=io.StringIO(), width=100, highlight=False, **console)

    def read(prompt: str) -> str:
        screen.print(prompt, end="")
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    converse(app, screen, read, commune)
    shown = screen.file
    assert isinstance(shown, io.StringIO)
    return shown.getvalue()


def plain(answer_text: tuple[str, ...]) -> str:
    return "\n".join(answer_text)


def test_blocks_are_set_apart_and_choices_are_numbered() -> None:
    answer = asked_of(known(channels=(row(ONLINE),)))
    (text,) = TERMINAL.messages(answer)
    assert text.startswith("Đăng ký việc số 1.000001\n\nMang theo\n\n• Tờ khai\n\n")
    assert text.endswith(
        "[1] Nộp trực tuyến: https://dichvucong.gov.vn/thu-tuc-hanh-chinh/id-1.000001\n"
        "[2] Các bước\n[3] Tất cả giấy tờ\n[4] Hỏi cán bộ"
    )


def test_options_numbered_in_the_text_are_not_listed_twice() -> None:
    text = plain(TERMINAL.messages(ended(Ending.UNSURE, options=OPTIONS)))
    assert text.count("Trẻ mới sinh") == 1
    assert text.endswith("[3] Không phải, hỏi cán bộ")


def test_a_link_shows_its_address_once() -> None:
    text = plain(TERMINAL.messages(ended(Ending.COMPLAINT)))
    assert text.count("pakn.dichvucong.gov.vn") == 1


def test_without_a_terminal_there_is_only_text() -> None:
    screen = Console(file=io.StringIO(), width=40)
    show(asked_of(known()), screen)
    shown = screen.file
    assert isinstance(shown, io.StringIO)
    assert "\x1b" not in shown.getvalue()
    assert "Theo Quyết định 163/QĐ-BTP · dữ liệu đến 18/07/2026" in shown.getvalue()


def test_on_a_terminal_the_name_stands_out() -> None:
    screen = Console(file=io.StringIO(), width=100, force_terminal=True, color_system="standard")
    show(asked_of(known()), screen)
    shown = screen.file
    assert isinstance(shown, io.StringIO)
    assert "\x1b[1m" in shown.getvalue()


def test_a_question_is_answered_and_the_end_of_input_is_polite(app: App) -> None:
    shown = talk(app, [ASKED])
    assert "Đăng ký nuôi trâu" in shown
    assert shown.rstrip().endswith("Tạm biệt bạn.")


@pytest.mark.parametrize("farewell", ["thoát", "thoat", "THOÁT", "exit", "quit", " q "])
def test_a_farewell_ends_the_talk(app: App, farewell: str) -> None:
    shown = talk(app, [farewell, ASKED])
    assert "nuôi trâu" not in shown
    assert shown.rstrip().endswith("Tạm biệt bạn.")


def test_a_number_takes_the_choice_that_was_offered(app: App) -> None:
    shown = talk(app, [ASKED, "1"])
    assert "Cách làm: Đăng ký nuôi trâu" in shown


def test_a_number_that_was_not_offered_is_a_question(app: App) -> None:
    assert "Cách làm" not in talk(app, [ASKED, "9"])


def test_a_choice_that_is_a_link_shows_its_address(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))
    app = build_app(Settings(), clock=lambda: now)
    shown = talk(app, ["1.001193", "1"])
    app.close()
    assert shown.count("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/") == 2


def test_a_follow_up_keeps_the_subject(app: App) -> None:
    assert "Lệ phí: 8.000 đồng" in talk(app, [ASKED, "mất bao nhiêu tiền"])


# The commune


def test_the_commune_is_asked_once_and_confirmed(app: App) -> None:
    shown = talk(app, ["phường Lê Thanh Nghị", ASKED, ASKED], commune="")
    assert shown.count("Bạn ở xã, phường nào?") == 1
    assert "Phường Lê Thanh Nghị" in shown


def test_it_is_not_asked_where_it_is_known(app: App) -> None:
    assert "Bạn ở xã, phường nào?" not in talk(app, [ASKED])


def test_it_may_be_skipped(app: App) -> None:
    shown = talk(app, ["", ASKED], commune="")
    assert "Chưa thấy" not in shown
    assert "Đăng ký nuôi trâu" in shown


def test_a_question_in_place_of_the_commune_is_answered(app: App) -> None:
    shown = talk(app, [ASKED], commune="")
    assert "Đăng ký nuôi trâu" in shown
    assert "Chưa thấy xã" not in shown


def test_a_farewell_in_place_of_the_commune_ends_the_talk(app: App) -> None:
    assert "nuôi trâu" not in talk(app, ["thoát", ASKED], commune="")


def test_an_unknown_commune_is_no_dead_end(app: App) -> None:
    shown = talk(app, ["xã Không Có Thật", ASKED], commune="")
    assert "Chưa thấy xã, phường này" in shown
    assert "Đăng ký nuôi trâu" in shown


def test_an_old_name_of_several_communes_is_chosen_by_number(app: App) -> None:
    shown = talk(app, ["Thị trấn Lai Cách", "2", ASKED], commune="")
    assert "[1] Phường Việt Hòa\n[2] Phường Tứ Minh\n" in shown
    assert shown.count("Phường Tứ Minh") >= 2
    assert shown.count("Phường Việt Hòa") == 1


@pytest.mark.parametrize("typed", ["0", "99", "không biết"])
def test_a_number_that_names_none_leaves_the_commune_open(app: App, typed: str) -> None:
    assert "Chưa thấy xã, phường này" in talk(app, ["Thị trấn Lai Cách", typed], commune="")


def test_the_input_may_end_before_the_commune(app: App) -> None:
    assert talk(app, [], commune="").rstrip().endswith("Tạm biệt bạn.")


def test_it_says_at_first_what_it_is_and_what_is_kept() -> None:
    said, how = OPENING.split("\n")
    assert said.count(". ") == 1
    assert all(word in said for word in ("tự động", "lưu", "/xoa"))
    assert "thoát" in how
