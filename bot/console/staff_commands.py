"""`motcua staff`: accounts for the console. Exit codes: 0 done, 1 refused, 2 unusable database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlmodel import Session

from bot.outbox.reach import REACHED
from bot.settings import Settings
from knowledge.clock import VIETNAM, now
from knowledge.database import open_database
from knowledge.staff.accounts import (
    LONGEST_PASSWORD,
    OPERATOR,
    SHORTEST_PASSWORD,
    Act,
    BadAccountError,
    Role,
    Who,
    accounts,
    add_account,
    set_password,
)
from knowledge.staff.leaving import change_role, disable_account
from knowledge.staff.links import link, unlink
from knowledge.staff.second_factor import logins_with_factor, turn_off

REFUSED = 1

staff = typer.Typer(name="staff", help="Accounts of staff for the console at /can-bo.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="Login: 2 to 32 of a-z, 0-9, dot, dash and underscore.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@staff.command()
def add(
    login: Login,
    *,
    name: Annotated[str, typer.Option(help="Name that colleagues read.")] = "",
    role: Annotated[Role, typer.Option(help="What the account may do.")] = Role.OFFICER,
    commune: Annotated[str, typer.Option(help="Five-digit code of a commune; empty: the city.")] = "",
    password_stdin: FromStdin = False,
) -> None:
    """Open an account; the password is asked for."""
    password = _password(from_stdin=password_stdin)
    with _changing() as session:
        add_account(session, Who(login=login, name=name, role=role, commune=commune), password, now())
    typer.echo(f"{login} may log in at /can-bo as {role}.")


@staff.command(name="list")
def list_accounts() -> None:
    """List all accounts."""
    with _changing() as session:
        found, with_factor = accounts(session), logins_with_factor(session)
    for each in found:
        state = "active" if each.is_active else "disabled"
        day = f"{each.created_at.astimezone(VIETNAM):%d/%m/%Y}"
        steps = "two steps" if each.login in with_factor else "password only"
        typer.echo("  ".join((each.login, each.role, each.commune or "city", state, steps, day, each.name)))
    typer.echo(f"{len(found)} accounts")


@staff.command()
def password(login: Login, *, password_stdin: FromStdin = False) -> None:
    """Give an account a new password; who is logged in with it has to log in anew. Opens a disabled account."""
    given = _password(from_stdin=password_stdin)
    with _changing() as session:
        set_password(session, login, given, now())
    typer.echo(f"{login} has a new password.")


@staff.command()
def disable(
    login: Login, *, reason: Annotated[str, typer.Option(help="Why, for the audit.")] = "closed at the server"
) -> None:
    """Close an account at once; what it wrote keeps its name, its open tasks become everybody's."""
    with _changing() as session:
        handed = disable_account(session, login, Act(OPERATOR, now()), reason)
    typer.echo(f"{login} cannot log in any more.")
    if any(handed):
        typer.echo(f"Everybody's again: {handed.questions} waiting questions, {handed.talks} private chats.")


@staff.command()
def role(
    login: Login, new: Annotated[Role, typer.Argument(metavar="ROLE", help="What it may do from now on.")]
) -> None:
    """Give an account another role; who is logged in with it has to log in anew."""
    with _changing() as session:
        change_role(session, login, new, Act(OPERATOR, now()))
    typer.echo(f"{login} is {new} now.")


@staff.command(name="reset-second-step")
def reset_second_step(
    login: Login, *, reason: Annotated[str, typer.Option(help="Why, for the audit.")] = "reset at the server"
) -> None:
    """For somebody who lost phone and recovery codes: the next login asks for the password alone."""
    with _changing() as session:
        turn_off(session, login, Act(OPERATOR, now()), reason)
    typer.echo(f"{login} logs in with the password alone.")


@staff.command(name="link")
def link_user(
    login: Login, user: Annotated[str, typer.Argument(help="channel:id, as /canbo tells it, e.g. telegram:123456.")]
) -> None:
    """Tell who a member of staff is on a channel; what he answers there is learned from."""
    channel, number = _named(user)
    with _changing() as session:
        link(session, channel, number, login, now())
    typer.echo(f"{user} is {login}.")


@staff.command(name="unlink")
def unlink_user(user: Annotated[str, typer.Argument(help="channel:id of somebody who is linked.")]) -> None:
    """He is a citizen like any other there again."""
    channel, number = _named(user)
    with _changing() as session:
        was_linked = unlink(session, channel, number, Act(OPERATOR, now()))
    typer.echo(f"{user} is nobody's any more." if was_linked else f"{user} was not linked.")


def _named(user: str) -> tuple[str, str]:
    channel, _, number = user.partition(":")
    if channel not in REACHED or not number.strip():
        typer.echo(f"{user!r} is no channel:id. Channels: {', '.join(sorted(REACHED))}", err=True)
        raise typer.Exit(REFUSED)
    return channel, number.strip()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    prompt = f"Password ({SHORTEST_PASSWORD} to {LONGEST_PASSWORD} letters)"
    return str(typer.prompt(prompt, hide_input=True, confirmation_prompt=True))


@contextmanager
def _changing() -> Iterator[Session]:
    database = open_database(Settings().database)
    try:
        with database.session(writing=True) as session:
            yield session
    except BadAccountError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(REFUSED) from error
    finally:
        database.close()
