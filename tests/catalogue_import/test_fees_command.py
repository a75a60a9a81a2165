"""`motcua catalogue fees`: the council's table is shown, and replaced whole or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from catalogue_import.commands import catalogue
from knowledge.fee_rules import load_fee_rules

RULE = "[[rule]]\nkey='a'\nchannels=['online']\namount=0\nground='Nghị quyết 1/2026/NQ-HĐND'\ncodes=['1.000001']\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *words: CliRunner().invoke(catalogue, ["fees", *words, "--data-dir", str(tmp_path / "data")])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "phi.toml"
    path.write_text(RULE, "utf-8")
    return path


def test_before_any_table_that_is_said(run: Run) -> None:
    assert run().output == "No table of fees was published yet.\n"


def test_a_table_is_published_once_and_shown(run: Run, table: Path) -> None:
    assert run(str(table)).output == "Published edition 1: 1 rules.\n"
    assert run(str(table)).output == "Nothing differs.\n"
    assert run().output == "a: 0 VND (online), Nghị quyết 1/2026/NQ-HĐND, … to …: 1 procedures\n"


def test_the_table_that_comes_with_this_version_can_be_published(run: Run, table: Path) -> None:
    run(str(table))
    assert run("--included").output == f"Published edition 2: {len(load_fee_rules())} rules.\n"


@pytest.mark.parametrize("text", ["[[rule]", RULE.replace("1.000001", "khai sinh"), RULE + RULE])
def test_a_table_with_a_mistake_publishes_nothing(run: Run, table: Path, text: str) -> None:
    table.write_text(text, "utf-8")
    result = run(str(table))
    assert (result.exit_code, "Nothing was published: phi.toml" in result.output) == (1, True)
    assert run().output == "No table of fees was published yet.\n"
