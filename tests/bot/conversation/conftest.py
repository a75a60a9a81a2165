"""The product with the starter catalogue, made once; each test uses chats of its own."""

from collections.abc import Iterator

import pytest

from bot.app import App, build_app
from bot.settings import Settings
from web_app import MovingClock


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("conversation")
    app = build_app(Settings(data_dir=folder, database_url="", secret="for tests only", commune=""), MovingClock())
    yield app
    app.close()
