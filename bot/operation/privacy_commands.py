"""`motcua prune` and `motcua privacy`. Exit codes: 0 done, 2 unusable database or file."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bot.settings import Settings
from knowledge.clock import now
from knowledge.database import Database, open_database
from knowledge.moved_groups import name_in
from knowledge.privacy import forget_person, stored_of
from knowledge.retention import old
from knowledge.retention import prune as forget_old
from knowledge.staff.accounts import OPERATOR, Act

UNUSABLE = 2

privacy = typer.Typer(name="privacy", help="One person's data: export or delete it.", no_args_is_help=True)

Channel = Annotated[str, typer.Option(help="Channel of the chat: web, telegram, zalo_bot, zalo_oa, api.")]
ChatId = Annotated[str, typer.Option("--chat", help="The channel's own id of the chat (in a group: group/person).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only count what would be forgotten.")]
Out = Annotated[Path | None, typer.Option(help="File for the export; by default standard output.")]


def prune(*, dry_run: DryRun = False) -> None:
    """Forget what is past its time by the MOTCUA_KEEP_… settings; a running server does so every night."""
    from bot.operation.retention import keeping_of

    settings = Settings()
    with _opened(settings) as database:
        if dry_run:
            with database.session() as session:
                found = old(session, keeping_of(settings), now())
        else:
            found = forget_old(database, keeping_of(settings), now())
    typer.echo(f"{'would go' if dry_run else 'gone'}: {_listed(found)}")


@privacy.command()
def export(channel: Channel, chat: ChatId, out: Out = None) -> None:
    """Write everything that is stored of one person as JSON; questions in it are masked, as they are stored."""
    from bot.app import secret_of
    from bot.conversation.messages import Chat
    from bot.operation.privacy import person_of

    settings = Settings()
    with _opened(settings) as database, database.session() as session:
        person = Chat(channel, name_in(session, channel, chat))
        stored = stored_of(session, person_of(person, secret_of(settings)))
    told = msgspec.json.format(msgspec.json.encode({"channel": channel, "chat": chat, "at": now(), **stored})) + b"\n"
    if out is None:
        sys.stdout.write(told.decode())
        return
    _write(out, told)
    typer.echo(f"{out} holds {_listed({name: len(rows) for name, rows in stored.items()})}")


@privacy.command()
def delete(channel: Channel, chat: ChatId) -> None:
    """Forget one person: what was asked, what waits, what is followed, what was to be told."""
    from bot.app import secret_of
    from bot.conversation.messages import Chat
    from bot.operation.privacy import forget_conversation, person_of

    settings = Settings()
    secret = secret_of(settings)
    with _opened(settings) as database:
        with database.session(writing=True) as session:
            person = Chat(channel, name_in(session, channel, chat))
            gone = forget_person(session, person_of(person, secret), Act(OPERATOR, now()))
        forget_conversation(person, settings, database, secret)
    typer.echo(f"gone: {_listed(gone)}")
    typer.echo(
        f"A conversation in hand is forgotten within {settings.memory_minutes} minutes; backups keep what they hold."
    )


def _write(out: Path, told: bytes) -> None:
    """For its owner alone, whole or not at all."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.touch(mode=0o600)
        part.write_bytes(told)
        part.replace(out)
    except OSError as error:
        typer.echo(f"{error.filename or out}: {error.strerror}. Name a file in a folder that can be written.", err=True)
        raise typer.Exit(UNUSABLE) from error


def _listed(found: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in found.items() if number) or "nothing"


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = open_database(settings.database)
    try:
        yield database
    finally:
        database.close()
