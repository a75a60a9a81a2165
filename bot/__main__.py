"""The `motcua` command.

Exit codes: 0 done, 1 something asked for was refused or is broken, 2 unusable input, database or address.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from bot.channels.zalo_oa.command import zalo_oa
from bot.console.faq_commands import faq
from bot.console.staff_commands import staff
from bot.console.word_commands import words
from bot.dossiers.commands import dossiers, redact
from bot.evaluation.command import evaluate
from bot.logs import log_to_stderr
from bot.operation.backup_commands import backup, restore
from bot.operation.privacy_commands import privacy, prune
from bot.posters.command import posters
from bot.replay.command import group_replay
from bot.reports.command import report
from bot.settings import Settings
from catalogue_import.commands import catalogue
from catalogue_import.communes.commands import communes
from knowledge.database import DatabaseError

FAILED, UNUSABLE = 1, 2
HUNG_SECONDS = 30  # a process that says nothing for so long is replaced; building an index on a busy machine takes less

app = typer.Typer(
    name="motcua",
    help="Answers citizens of Hải Phòng about administrative procedures: papers, fees, times and places.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(catalogue)
app.add_typer(communes)
app.add_typer(dossiers)
app.add_typer(faq)
app.add_typer(staff)
app.add_typer(words)
app.add_typer(zalo_oa)
app.command()(evaluate)
app.command()(redact)
app.command()(posters)
app.command()(report)
app.command("group-replay")(group_replay)
app.command()(backup)
app.command()(restore)
app.command()(prune)
app.add_typer(privacy)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
InCommune = Annotated[str, typer.Option("--commune", help="The citizen's commune: five-digit code or name.")]


def main() -> None:
    """Run a command; a known failure is one sentence with its remedy, not a trace."""
    try:
        log_to_stderr(Settings().log_level)
        app()
    except DatabaseError as error:
        _end(str(error))
    except ValidationError as error:
        _end("\n".join(f"MOTCUA_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors()))


def _end(message: str, code: int = UNUSABLE) -> NoReturn:
    typer.echo(message, err=True)
    sys.exit(code)


def _show_version(wanted: bool) -> None:
    if wanted:
        from bot.doctor import own_version

        typer.echo(f"motcua {own_version()}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; default MOTCUA_HOST.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on; default MOTCUA_PORT.")] = -1,
    workers: Annotated[int, typer.Option(min=0, max=64, help="Processes; default MOTCUA_WORKERS.")] = 0,
) -> None:
    """Serve the web chat, the procedure pages, the API and the channels until stopped."""
    from bot.doctor import port_problem

    settings = Settings()
    host, port = host or settings.host, settings.port if port < 0 else port
    if problem := port_problem(host, port):
        _end(f"{problem}. Stop the program that listens there, or take another port: motcua serve --port 8081")
    if (workers or settings.workers) > 1:
        _serve_together(settings, host, port, workers or settings.workers)
    else:
        _serve_alone(settings, host, port)


def _serve_alone(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from bot.app import build_app
    from bot.steady import settle
    from bot.web import build_web

    built = build_app(settings)
    web = build_web(built)
    settle()
    # No access log: it would keep addresses beside the words that people search for.
    uvicorn.run(web, host=host, port=port, log_level=settings.log_level.lower(), access_log=False)
    built.close()


def _serve_together(settings: Settings, host: str, port: int, workers: int) -> None:
    """Processes that share the port; uvicorn starts one anew that died."""
    import uvicorn

    from bot.app import prepare
    from bot.web.worker import FACTORY

    prepare(settings)  # the database, the starter catalogue and the secret are made once, before all want them
    os.environ["MOTCUA_WORKERS"] = str(workers)
    uvicorn.run(
        FACTORY,
        factory=True,
        workers=workers,
        host=host,
        port=port,
        log_level=settings.log_level.lower(),
        access_log=False,
        timeout_worker_healthcheck=HUNG_SECONDS,
    )


@app.command()
def chat(commune: InCommune = "") -> None:
    """Talk in the terminal; choose by number, stop with "thoát" or Ctrl-D."""
    from bot.app import build_app
    from bot.batch import code_of
    from bot.channels.terminal import HERE, converse
    from bot.outbox.delivering import deliver
    from bot.outbox.terminal import Screen

    built, console = build_app(Settings()), Console(highlight=False)
    screen = Screen(console)
    news = partial(deliver, built.database, screen, built.clock, HERE)
    converse(built, console, commune=code_of(commune), news=news)
    built.close()


@app.command()
def ask(
    text: Annotated[list[str] | None, typer.Argument(help="The question.")] = None,
    *,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say how the answer was decided.")] = False,
    commune: InCommune = "",
    batch: Annotated[Path | None, typer.Option("--batch", help="File of questions, JSON lines.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="File for the answers of --batch.")] = None,
) -> None:
    """Ask one question, or a whole file of them with --batch and --out."""
    if (batch is None) == (not text) or (batch is None) != (out is None):
        _end('ask either one question (motcua ask "…") or a file (motcua ask --batch IN.jsonl --out OUT.jsonl)')
    if batch is not None and out is not None:
        _ask_file(batch, out)
    else:
        _ask_one(" ".join(text or ()), commune, as_json=as_json, explain=explain)


def _ask_one(text: str, commune: str, *, as_json: bool, explain: bool) -> None:
    from bot.app import build_app
    from bot.batch import code_of, row_of
    from bot.channels.terminal import show
    from bot.conversation.messages import Chat, Question
    from bot.conversation.reply import reply_to
    from bot.explain import explained
    from bot.explain.sheet import table_of

    built = build_app(Settings())
    question = Question(text=text, chat=Chat("ask", "one"), asked_at=built.clock(), commune=code_of(commune))
    answer = reply_to(question, built)
    if as_json:
        row = {**row_of(answer), "choices": answer.choices, "edition": answer.edition}
        typer.echo(msgspec.json.format(msgspec.json.encode(row)).decode())
    else:
        show(answer, Console(highlight=False))
    if explain:
        console = Console(stderr=as_json, markup=False, highlight=False)
        for sheet in explained(question, answer, built):
            console.print(table_of(sheet), "")
    built.close()


def _ask_file(source: Path, out: Path) -> None:
    from bot.app import build_app
    from bot.batch import count_lines, run_batch

    with _readable(source, out):
        total = count_lines(source)
        built = build_app(Settings())
        err = Console(stderr=True)
        with out.open("w", encoding="utf-8") as answers, Progress(console=err, transient=True) as progress:
            task = progress.add_task("answering", total=total)
            report = run_batch(source, answers, built, lambda: progress.advance(task))
        built.close()
    for problem in report.problems:
        typer.echo(f"{source} {problem}", err=True)
    typer.echo(f"{report}: {out}", err=True)
    if report.problems:
        raise typer.Exit(FAILED)


@contextmanager
def _readable(source: Path, out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _end(f"{error.filename or source}: {error.strerror}. Check that {source} can be read and {out} written.")


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what this installation has and lacks, each with its remedy; nothing is changed."""
    from bot.doctor import examine, is_broken

    findings = examine(Settings(), datetime.now(UTC))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(findings)).decode())
    else:
        table = Table("", "what", Column("found", overflow="fold"), Column("remedy", overflow="fold"))
        marks = {"good": "[green]ok[/]", "hint": "[yellow]hint[/]", "broken": "[red]BROKEN[/]"}
        for finding in findings:
            table.add_row(marks[finding.state], finding.what, finding.found, finding.remedy)
        Console().print(table)
    if is_broken(findings):
        raise typer.Exit(FAILED)


if __name__ == "__main__":
    main()
