"""The console over a real database, with accounts; each test has a database of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.app import App, build_app
from bot.conversation.messages import Answer, Chat, Question
from bot.conversation.reply import reply_to
from bot.settings import Settings
from bot.web import build_web
from console_app import copy_of
from console_officer import PASSWORD, Officer
from knowledge.staff.accounts import add_account
from staff_people import HOA, LAN, MINH, NGA
from web_app import MovingClock

Enter = Callable[[str], Officer]


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The starter catalogue and the accounts, made once a worker: passwords and an index take their time."""
    clock = MovingClock()
    folder = tmp_path_factory.mktemp("console")
    built = build_app(Settings(data_dir=folder, database_url="", commune="", rate_per_minute=10_000), clock)
    with built.database.session() as session:
        for who in (LAN, HOA, MINH, NGA):
            add_account(session, who, PASSWORD, clock())
    yield built
    built.close()


@pytest.fixture
def app(prepared: App, tmp_path: Path, clock: MovingClock) -> Iterator[App]:
    """What was prepared, over a copy of its database."""
    with copy_of(prepared, tmp_path, clock) as copied:
        yield copied


@pytest.fixture
def enter(app: App) -> Enter:
    """Another browser, logged in under a name, or at the door for ""."""
    web = build_web(app)

    def come_in(login: str = "") -> Officer:
        officer = Officer(TestClient(web, client=(f"10.0.0.{len(login) + 1}", 1), raise_server_exceptions=False))
        if login:
            assert officer.log_in(login).status_code == 303
        return officer

    return come_in


@pytest.fixture
def ask(app: App) -> Callable[..., Answer]:
    def asked(text: str, chat: str = "c1", action: str = "") -> Answer:
        return reply_to(Question(text=text, chat=Chat("web", chat), asked_at=app.clock(), action=action), app)

    return asked
