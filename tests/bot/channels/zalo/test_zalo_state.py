"""How the channels stand, as the doctor, staff and the log are told."""

from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from bot.channels.ledger import Ledger, Reason
from bot.channels.state import REMEDIES, Note, notes, told_to_staff
from bot.settings import Settings
from knowledge.channel_ledger import count, go_on
from knowledge.channel_tokens import Kept, keep

from .conftest import MakeApp

OTHER_OA = "2000000000000000077"


@pytest.fixture
def app(make: MakeApp) -> App:
    made = make(zalo_bot_token="1:x", zalo_bot_quota=1_000, zalo_oa=OTHER_OA)
    made.clock.at += timedelta(days=400)  # type: ignore[attr-defined]  a month of its own
    with made.database.session() as session:
        for channel in ("zalo_bot", "zalo_oa"):
            go_on(session, channel)
    return made


def found(app: App) -> dict[str, Note]:
    with app.database.session() as session:
        return {note.channel: note for note in reversed(tuple(notes(app.settings, session, app.clock())))}


def test_what_is_not_configured_is_not_spoken_of(app: App) -> None:
    with app.database.session() as session:
        assert tuple(notes(Settings(zalo_bot_token="", zalo_oa=""), session, app.clock())) == ()


def test_an_account_without_consent_is_broken(app: App) -> None:
    assert found(app)["zalo_oa"] == Note(
        "zalo_oa", "nobody has consented yet", "motcua zalo-oa connect", is_broken=True
    )


def test_a_token_that_holds_is_good_and_one_that_ended_is_renewed_by_the_server(app: App) -> None:
    now = app.clock()
    for hours, word in ((5, "token until"), (-5, "its token ended")):
        with app.database.session() as session:
            keep(session, OTHER_OA, Kept("sealed", now, now + timedelta(hours=hours)))
        assert found(app)["zalo_oa"].found.startswith(word)
        assert not found(app)["zalo_oa"].is_broken


def test_messages_are_told_and_a_plan_that_runs_out(app: App) -> None:
    assert found(app)["zalo_bot"] == Note("zalo_bot", "0 of 1,000 messages of this month")
    with app.database.session() as session:
        count(session, "zalo_bot", "sent", app.clock(), 700)
    assert found(app)["zalo_bot"].remedy
    assert found(app)["zalo_bot"].found == "700 of 1,000 messages of this month"


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_remedy_in_both_languages(app: App, reason: Reason) -> None:
    Ledger(app, "zalo_bot").stop(reason, "429")
    note = found(app)["zalo_bot"]
    assert note.is_broken
    assert note.remedy == REMEDIES[reason].remedy
    with app.database.session() as session:
        (told,) = told_to_staff(session, app.clock())
    assert told.startswith(f"Zalo bot {REMEDIES[reason].stands} từ ")
    assert REMEDIES[reason].told in told
    Ledger(app, "zalo_bot").go_on()
    with app.database.session() as session:
        assert told_to_staff(session, app.clock()) == ()


def test_requests_turned_away_are_told(app: App) -> None:
    with app.database.session() as session:
        count(session, "zalo_bot", "refused_secret", app.clock(), 12)
        said: Any = [note.found for note in notes(app.settings, session, app.clock())]
    assert "requests turned away this month: 12 by secret" in said
