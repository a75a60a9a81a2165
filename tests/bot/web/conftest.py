"""The whole web application over a real database, entered by a real client; only the clock is ours."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.app import MOST_NOTED, NOTED_WITHIN, App
from bot.conversation.memory import MemoryStore
from bot.web import build_web
from bot.workers.buckets import TokenBuckets
from web_app import MovingClock, make_app

Visit = Callable[..., TestClient]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Made once a worker: nothing in these tests changes what it knows."""
    app = make_app(tmp_path_factory.mktemp("web"), MovingClock())
    yield app
    app.close()


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def visit(built: App, clock: MovingClock) -> Visit:
    """A new web application with settings of its own, and a browser with no cookies before it."""

    def open_site(
        *, base_url: str = "http://testserver", client: tuple[str, int] = ("10.0.0.1", 1), **settings: Any
    ) -> TestClient:
        app = dataclasses.replace(
            built,
            settings=built.settings.model_copy(update=settings),
            clock=clock,
            memories=MemoryStore(built.memories._keep),
            noted=TokenBuckets(MOST_NOTED, clock, None, "noted", NOTED_WITHIN),
        )
        return TestClient(build_web(app), base_url=base_url, client=client, raise_server_exceptions=False)

    return open_site


@pytest.fixture
def client(visit: Visit) -> TestClient:
    return visit()


@pytest.fixture
def database_path(built: App) -> Path:
    return built.settings.data_dir / "motcua.sqlite3"
