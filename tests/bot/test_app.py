"""Making the app: a new folder is ready to answer, several processes may begin at once, secrets are kept."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from bot.app import App, build_app, prepare, secret_of
from bot.settings import Settings
from knowledge import catalogue, starter
from knowledge.catalogue import edition_number, publish
from knowledge.database import DatabaseUnavailableError, open_database
from sample_procedures import CATALOGUE, make_procedure, new


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOTCUA_{name.upper()}", raising=False)
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def app(settings: Settings, now: datetime) -> Iterator[App]:
    app = build_app(settings, clock=lambda: now)
    yield app
    app.close()


def test_a_new_folder_answers_from_the_starter_catalogue(app: App, settings: Settings) -> None:
    assert settings.data_dir.is_dir()
    assert (app.library.edition, app.library.data_day) == (1, starter.load_starter().data_day)
    assert "1.001193" in app.library.index.position


def test_a_second_start_finds_what_is_there(app: App, settings: Settings, now: datetime) -> None:
    again = build_app(settings, clock=lambda: now)
    assert (again.library.edition, again.secret) == (1, app.secret)
    again.close()


def test_a_catalogue_published_before_the_first_start_gets_the_plain_words(settings: Settings, now: datetime) -> None:
    database = open_database(settings.database)
    with database.session() as session:
        publish(session, new(make_procedure("1.001193")), CATALOGUE, now=now)
    database.close()
    app = build_app(settings, clock=lambda: now)
    with app.database.session() as session:
        assert len(catalogue.checklists(session)) == len(starter.load_starter().checklists)
        assert [procedure.code for procedure in catalogue.procedures_on(session, now.date())] == ["1.001193"]
    app.close()


def _start(settings: Settings, together: Barrier) -> None:
    together.wait()
    prepare(settings)
    database = open_database(settings.database)
    with database.session() as session:
        assert edition_number(session) == 1
    database.close()
    (settings.data_dir / f"seen-by-{os.getpid()}").write_text(secret_of(settings))


def test_several_processes_may_start_in_a_new_folder_at_the_same_moment(settings: Settings) -> None:
    spawn = get_context("spawn")
    together = spawn.Barrier(3)
    processes = [spawn.Process(target=_start, args=(settings, together)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    seen = [path.read_text() for path in settings.data_dir.glob("seen-by-*")]
    assert seen == [secret_of(settings)] * 3


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(app: App, settings: Settings) -> None:
    path = settings.data_dir / "secret"
    assert path.read_text() == app.secret
    assert len(app.secret) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_of_two_that_make_the_secret_at_once_both_have_the_first_one_s(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def late(source: str, target: Path) -> None:
        target.write_text("of the other")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    assert secret_of(settings) == "of the other"
    assert [path.name for path in settings.data_dir.iterdir()] == ["secret"]


def test_a_given_secret_is_used_and_not_written(settings: Settings, now: datetime) -> None:
    app = build_app(settings.model_copy(update={"secret": "from outside"}), clock=lambda: now)
    assert app.secret == "from outside"
    assert not (settings.data_dir / "secret").exists()
    app.close()


def test_a_folder_that_cannot_be_used_is_said_in_words(settings: Settings, tmp_path: Path, now: datetime) -> None:
    (tmp_path / "data").write_text("a file in its place")
    with pytest.raises(DatabaseUnavailableError, match="Check that"):
        build_app(settings, clock=lambda: now)
