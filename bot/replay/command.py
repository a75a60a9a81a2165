"""`motcua group-replay`: a recorded group through the manners of groups, with figures where it is labelled.

Exit codes: 0 done, 2 a file that cannot be read, or written.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import track

from bot.app import build_app
from bot.dossiers.commands import opened
from bot.replay.figures import Figures, counted
from bot.replay.lines import ReplayError, read_lines
from bot.replay.replaying import replay
from bot.settings import Settings

UNUSABLE = 2


def group_replay(
    file: Annotated[Path, typer.Argument(help='Messages, JSON lines: {"day", "seq", "from", "reply_to", "text"}.')],
    out: Annotated[Path | None, typer.Option("--out", help="File for one decision a message.")] = None,
    *,
    misses: Annotated[
        bool, typer.Option("--misses", help="List what should have been answered, or should not.")
    ] = False,
) -> None:
    """Replay a recorded group: when does the bot speak, and what does it say."""
    try:
        with file.open("rb"):
            pass  # before the index is built
        figures, missed = _replayed(file, out)
    except (ReplayError, OSError) as error:
        place = f"{error.filename or file}: {error.strerror}" if isinstance(error, OSError) else str(error)
        typer.echo(place, err=True)
        raise typer.Exit(UNUSABLE) from None
    if misses:
        typer.echo("\n".join(missed))
    typer.echo(str(figures))


def _replayed(file: Path, out: Path | None) -> tuple[Figures, list[str]]:
    figures, missed = Figures(), []
    app = build_app(Settings(), is_recording=False)
    err = Console(stderr=True)
    with ExitStack() as stack:
        stack.callback(app.close)
        rows = stack.enter_context(opened(out)) if out else None
        for each in track(replay(read_lines(file), app), "replaying", console=err, transient=True):
            figures = counted(figures, each)
            if rows:
                rows.write(msgspec.json.encode(each.row).decode() + "\n")
            if each.line.should_answer not in {None, each.spoke}:
                missed.append(f"{each.line.day}/{each.line.seq} {each.turn.decision.reason}: {each.line.text}")
    return figures, missed
