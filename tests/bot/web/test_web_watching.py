"""A process notices by itself what another one published, and goes on after a database that cannot be read."""

import pytest
import sqlalchemy as sa

from bot.web import watching
from bot.web.watching import watch_for_ever


class EnoughError(Exception):
    pass


class Library:
    """Fails at the first look as a lost database does; ends the test at the third."""

    def __init__(self) -> None:
        self.looks = 0

    def look_here(self) -> None:
        self.looks += 1
        if self.looks == 1:
            raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))
        if self.looks == 3:
            raise EnoughError


async def test_looking_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0)
    monkeypatch.setattr(watching, "PAUSE_SECONDS", 0)
    with pytest.raises(EnoughError):
        await watch_for_ever(Library())
