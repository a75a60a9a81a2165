"""A code from the console tells who somebody is, for an hour or two and for nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.linking import code_of, login_in

NOW = datetime(2026, 11, 23, 2, 59, tzinfo=UTC)
CODE = code_of("lan.anh-2", "secret", NOW)


@pytest.mark.parametrize("later", [0, 30, 90], ids=["at once", "in the next hour", "at its end"])
def test_a_code_holds_for_this_hour_and_the_next(later: int) -> None:
    at = min(NOW + timedelta(minutes=later), NOW.replace(hour=3, minute=59))
    assert login_in(CODE, "secret", at) == "lan.anh-2"


def test_a_code_is_read_as_it_is_typed() -> None:
    assert login_in(f"  {CODE.upper()} ", "secret", NOW) == "lan.anh-2"


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("", id="nothing"),
        pytest.param("lan.anh-2", id="no mark"),
        pytest.param("-", id="a dash"),
        pytest.param(CODE.replace("lan", "hoa"), id="another's name"),
        pytest.param(CODE[:-1], id="cut short"),
        pytest.param("lan-ấấấấấấấấấấ", id="other letters"),
    ],
)
def test_anything_else_is_nobody_s(code: str) -> None:
    assert login_in(code, "secret", NOW) == ""


def test_a_code_ends_and_is_of_one_server() -> None:
    assert login_in(CODE, "secret", NOW + timedelta(hours=2)) == ""
    assert login_in(CODE, "another", NOW) == ""
