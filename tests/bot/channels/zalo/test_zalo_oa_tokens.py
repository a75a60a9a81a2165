"""The account's rights: renewed in time and by one at a time, stored before use, sealed, and asked for when lost."""

import asyncio
import dataclasses
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs
from typer.testing import CliRunner

from bot.__main__ import app as commands
from bot.channels.ledger import Reason
from bot.channels.zalo_oa.command import challenge_of, code_in, consent_address, exchange, verifier_of
from bot.channels.zalo_oa.running import look_after, zalo_oa_of
from bot.channels.zalo_oa.tokens import NoTokenError
from bot.settings import Settings
from bot.workers.sealing import Sealing
from zalo_oa_server import CODE, CUT, OA, PAGE, TOKEN, failure

from .conftest import MakeOa
from .oa_people import OaPeople

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"


def renewals(oa: OaPeople) -> int:
    return len([form for form in oa.server.named(TOKEN) if form["grant_type"] == "refresh_token"])


async def test_a_young_token_is_left_alone_and_one_at_four_fifths_renewed(oa: OaPeople) -> None:
    await oa.service.tokens.renew_in_time()
    oa.clock.move(hours=19, minutes=59)
    await oa.service.tokens.renew_in_time()
    assert renewals(oa) == 0
    oa.clock.move(minutes=2)
    await oa.service.tokens.renew_in_time()
    assert renewals(oa) == 1
    assert len(await oa.write(ASK)) == 1


async def test_a_token_taken_away_in_the_middle_is_renewed_and_the_message_sent_once(oa: OaPeople) -> None:
    oa.server.access = "revoked"
    assert len(await oa.write(ASK)) == 1
    assert renewals(oa) == 1


async def test_many_at_once_renew_once(oa: OaPeople) -> None:
    oa.server.access = "revoked"
    said = await asyncio.gather(*(oa.write(ASK, f"9{number}") for number in range(6)))
    assert all(len(each) == 1 for each in said)
    assert renewals(oa) == 1


async def test_two_servers_renew_once(oa: OaPeople, make_oa: MakeOa) -> None:
    first = oa.service.tokens
    refused = await first.current()
    second = (await make_oa()).service.tokens
    refused = await second.current()
    tokens = await asyncio.gather(first.renewed(refused), second.renewed(refused))
    assert tokens[0] == tokens[1] == oa.server.access
    assert renewals(oa) == 1


async def test_what_came_is_stored_before_it_is_used(oa: OaPeople, make_oa: MakeOa) -> None:
    """A process that ends right after a renewal leaves the new pair to the next one."""
    refused = await oa.service.tokens.current()
    token = await oa.service.tokens.renewed(refused)
    assert oa.service.tokens.load().pair.refresh == oa.server.refresh
    assert token == oa.server.access
    oa.server.access = "revoked"
    assert len(await oa.write(ASK)) == 1


async def test_the_database_holds_no_token_in_words(oa: OaPeople) -> None:
    with oa.service.app.database.session() as session:
        rows = [str(row) for row in session.connection().execute(sa.text("SELECT * FROM channel_token"))]
    assert len(rows) == 1
    assert not any(word in rows[0] for word in (oa.server.access, oa.server.refresh, "access", "refresh"))


async def test_with_another_secret_the_operator_must_consent_again(oa: OaPeople) -> None:
    oa.service.tokens._app = dataclasses.replace(oa.service.app, sealing=Sealing("another"))
    with pytest.raises(NoTokenError, match="motcua zalo-oa connect"):
        await oa.service.tokens.current()


async def test_a_used_refresh_token_alarms_once_and_is_not_tried_for_ever(oa: OaPeople) -> None:
    oa.server.refresh = "used by somebody"
    oa.clock.move(hours=21)
    with capture_logs() as lines:
        for _ in range(3):
            with pytest.raises(NoTokenError):
                await oa.service.tokens.renew_in_time()
    assert [line["reason"] for line in lines if line["log_level"] == "critical"] == [Reason.CONSENT]
    assert renewals(oa) == 1
    assert len(await oa.write(ASK)) == 1  # what is left of the old token's life is used
    oa.clock.move(hours=5)
    assert await oa.write(ASK) == []


async def test_a_new_consent_ends_the_trouble(oa: OaPeople) -> None:
    oa.server.refresh = "used by somebody"
    oa.clock.move(hours=26)
    assert await oa.write(ASK) == []
    await exchange(oa.service.app, CODE, "verifier")
    assert len(await oa.write(ASK)) == 1


@pytest.mark.parametrize("answer", [CUT, PAGE, {"x": 1}, [], failure(-1)], ids=str)
async def test_a_renewal_that_fails_for_the_moment_is_tried_again_later(oa: OaPeople, answer: Any) -> None:
    oa.clock.move(hours=21)
    oa.server.next(TOKEN, answer)
    with pytest.raises(NoTokenError):
        await oa.service.tokens.renew_in_time()
    assert len(await oa.write(ASK)) == 1
    await oa.service.tokens.renew_in_time()
    assert oa.service.tokens.load().pair.access == oa.server.access


async def test_a_lease_that_another_process_holds_is_waited_for(oa: OaPeople) -> None:
    from knowledge.channel_tokens import lease

    with oa.service.app.database.session() as session:
        assert lease(session, OA, oa.clock(), 5)
    oa.server.access = "revoked"
    assert len(await oa.write(ASK)) == 1
    assert sum(oa.paused) >= 5


async def test_the_server_looks_after_its_token(oa: OaPeople) -> None:
    oa.clock.move(hours=21)
    looked = asyncio.Event()

    async def pause(_seconds: float) -> None:
        looked.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(look_after(oa.service, pause))
    await asyncio.wait_for(looked.wait(), 120)
    task.cancel()
    assert renewals(oa) == 1


async def test_without_consent_the_server_runs_and_says_what_to_do(make_oa: MakeOa) -> None:
    oa = await make_oa()
    app = dataclasses.replace(oa.service.app, sealing=Sealing("another"))
    looked = asyncio.Event()

    async def pause(_seconds: float) -> None:
        looked.set()
        await asyncio.Event().wait()

    with capture_logs() as lines:
        async with zalo_oa_of(app, asyncio.Event(), oa.service.tally, pause):
            await asyncio.wait_for(looked.wait(), 120)
    assert any("motcua zalo-oa connect" in str(line) for line in lines)


# The command


def test_the_verifier_is_of_a_length_that_is_allowed_and_stays() -> None:
    assert verifier_of("a") == verifier_of("a") != verifier_of("b")
    assert len(verifier_of("a")) == len(challenge_of("x")) == 43


def test_the_address_of_the_consent_holds_what_zalo_asks_for() -> None:
    settings = Settings(zalo_oa_app="77")
    asked = parse_qs(urlsplit(consent_address(settings, "challenge", "state", "https://a.vn/x?y=1")).query)
    assert asked == {
        "app_id": ["77"],
        "redirect_uri": ["https://a.vn/x?y=1"],
        "code_challenge": ["challenge"],
        "state": ["state"],
    }


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://a.vn/?state=s", "no code"),
        ("", "no code"),
        ("https://a.vn/?code=c&state=other", "another attempt"),
        ("https://a.vn/?code=c&state=s&oa_id=9", "account 9"),
    ],
)
def test_an_address_that_does_not_fit_is_told_so(address: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        code_in(address, "s", "7")


def test_the_code_is_taken_out_of_the_address() -> None:
    assert code_in(" https://a.vn/?oa_id=7&code=c&state=s ", "s", "7") == "c"


def test_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOTCUA_ZALO_OA", raising=False)
    result = CliRunner().invoke(commands, ["zalo-oa", "connect"])
    assert result.exit_code == 2
    assert "MOTCUA_ZALO_OA_APP_SECRET" in result.output
