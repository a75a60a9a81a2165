"""What the README and the other pages say is so: settings, commands, files and figures."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.__main__ import app
from bot.settings import Settings
from knowledge.communes import communes
from knowledge.starter import load_starter

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")])
OF_TESTS = {"MOTCUA_PICTURES"}  # of the Makefile's target that takes pictures
INLINE = [line for page in PAGES for line in re.findall(r"`(motcua \w[^`…]*)`", page.read_text("utf-8"))]


def commands_in(page: Path) -> list[str]:
    """What its blocks tell to run: also behind settings, in a container, as a unit of systemd."""
    blocks = re.findall(r"^ *```\w*\n(.*?)^ *```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]
    called = [re.match(r"(?:.*[ /])?(motcua [a-z].*)", line) for line in lines if not line.startswith(OTHERS)]
    return [found[1] for found in called if found]


OTHERS = ("useradd", "git", "cp", "install", "chmod", "systemctl", "docker compose up", "docker compose cp")
COMMANDS = list(dict.fromkeys(command for page in PAGES for command in commands_in(page)))


def settings_row(name: str, default: Any, description: str | None) -> str:
    shown = f"`{default}` " if str(default) else ""
    return f"| `MOTCUA_{name.upper()}` | {shown}| {description} |"


def test_the_table_of_settings_is_the_settings() -> None:
    rows = [settings_row(name, field.default, field.description) for name, field in Settings.model_fields.items()]
    assert re.findall(r"^\| `MOTCUA_.*$", README, re.MULTILINE) == rows


def children(command: Any) -> dict[str, Any]:
    """The commands of a group, none for a command; typer brings its own copies of click's classes."""
    found: dict[str, Any] = getattr(command, "commands", {})
    return found


def command_of(line: str, *, may_be_group: bool = False) -> tuple[Any, list[str]]:
    """The command that a line calls, and what is left of the line."""
    command: Any = typer.main.get_command(app)
    words = line.split()[1:]
    while children(command):
        if may_be_group and not words:
            break
        assert words, f"{line!r} ends at a group of commands"
        command = children(command).get(words.pop(0))
        assert command is not None, f"there is no command {line!r}"
    return command, words


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_shown_exists_with_its_options_and_explains_itself(line: str) -> None:
    command, rest = command_of(line)
    assert command.help
    options = {name for parameter in command.params for name in parameter.opts}
    used = [word for word in re.sub(r'"[^"]*"', "", " ".join(rest)).split() if word.startswith("--")]
    assert set(used) <= options
    required = [set(parameter.opts) for parameter in command.params if parameter.required and is_option(parameter)]
    assert all(names & set(used) for names in required), f"{line!r} lacks an option without which it refuses"


def is_option(parameter: Any) -> bool:
    return all(name.startswith("--") for name in parameter.opts)


def leaves(command: Any, path: str) -> list[tuple[str, Any]]:
    below = [leaf for name, child in children(command).items() for leaf in leaves(child, f"{path} {name}")]
    return below or [(path, command)]


@pytest.mark.parametrize(("path", "command"), leaves(typer.main.get_command(app), "motcua"), ids=str)
def test_every_command_says_what_it_does(path: str, command: Any) -> None:
    assert command.help, path


@pytest.mark.parametrize("line", list(dict.fromkeys(INLINE)))
def test_every_command_named_in_a_sentence_exists(line: str) -> None:
    command, rest = command_of(line, may_be_group=True)
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= options


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_that_a_page_names_exists(page: Path) -> None:
    named = set(re.findall(r"MOTCUA_[A-Z_]*[A-Z]\b(?!_|…)", page.read_text("utf-8")))
    assert named <= {f"MOTCUA_{name.upper()}" for name in Settings.model_fields} | OF_TESTS


def test_the_main_commands_are_shown() -> None:
    shown = {" ".join(line.split()[:2]) for line in COMMANDS}
    assert {f"motcua {name}" for name in ("serve", "chat", "ask", "evaluate", "catalogue", "doctor")} <= shown


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {match for page in PAGES for match in re.findall(r"`?make (\w+)", page.read_text("utf-8"))}
    assert {"run", "test", "check"} <= named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    named = re.findall(r"`((?:knowledge|bot|catalogue_import|docs|tools|bench|tests)/[\w./-]*)`", text)
    scripts = re.findall(r"^\| `(\w+\.py)` ", text, re.MULTILINE)
    places = [page.parent / name for name in (*linked, *scripts)] + [ROOT / name for name in named]
    assert [str(place) for place in places if not place.exists()] == []


def test_the_figures_are_true() -> None:
    said = README + (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert set(re.findall(r"(\d+) much-asked procedures", said)) == {str(len(load_starter().checklists))}
    assert set(re.findall(r"(\d+) communes", said)) == {str(len(communes()))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_are_written_a_sentence_a_line(page: Path) -> None:
    """So that a change of one sentence shows as one line."""
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for line in prose.splitlines():
        assert not re.search(r"[a-z]\. [A-Z]", line), line
