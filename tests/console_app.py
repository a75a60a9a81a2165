"""The console over a copy of what was prepared, for tests: passwords and an index take their time."""

import dataclasses
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from pathlib import Path
from threading import Lock

from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.app import App
from bot.console.late import COOKIE, HOME, csrf_of
from bot.conversation.memory import MemoryStore
from console_officer import Officer
from knowledge.database import open_database, sqlite_url
from knowledge.staff.accounts import account_of
from knowledge.staff.sessions import open_session
from web_app import MovingClock


@contextmanager
def copy_of(prepared: App, folder: Path, clock: MovingClock) -> Iterator[App]:
    path = folder / "motcua.sqlite3"
    with sqlite3.connect(prepared.settings.data_dir / "motcua.sqlite3") as made:
        made.execute("VACUUM INTO ?", (str(path),))
    database, library = open_database(sqlite_url(path)), copy(prepared.library)
    library._database, library._clock, library._refreshing = database, clock, Lock()
    library._known = OrderedDict()
    memories = MemoryStore(timedelta(hours=1))
    yield dataclasses.replace(prepared, database=database, library=library, memories=memories, clock=clock)
    with library._refreshing:  # a look for a new edition may be going on
        database.close()


class LoggedIn(Officer):
    """A browser that is logged in already: a password takes its time."""

    def __init__(self, web: FastAPI, app: App, login: str) -> None:
        super().__init__(TestClient(web, client=(f"10.2.0.{len(login)}", 1), raise_server_exceptions=False))
        with app.database.session() as session:
            account = account_of(session, login)
            assert account
            self.token = open_session(session, account, app.clock())
        self.client.cookies.set(COOKIE, self.token, path=HOME)

    @property
    def csrf(self) -> str:
        return csrf_of(self.token)
