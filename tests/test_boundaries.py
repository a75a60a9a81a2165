"""Who may import whom, read from the code itself (DESIGN §2)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("knowledge", "bot", "catalogue_import")
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "bot": {"bot", "knowledge"},
    "catalogue_import": {"catalogue_import", "knowledge"},
}
# People have one command: it mounts the importer's.
EXCEPTIONS = {("bot/__main__.py", "catalogue_import")}
# What everything else may import only through `knowledge`, and what `knowledge` may not import at all.
STORAGE = {
    "knowledge.tables",
    "knowledge.channel_tables",
    "knowledge.dossier_tables",
    "knowledge.staff_tables",
    "knowledge.report_tables",
    "knowledge.operation_tables",
    "knowledge.waiting_tables",
    "knowledge.versions",
    "knowledge.migrations",
    "sqlite3",
    "psycopg",
    "alembic",
}
OUTSIDE_WORLD = {"httpx", "requests", "urllib.request", "fastapi", "starlette", "uvicorn", "typer", "rich"}
# "Anything else" ends in these two places, and is reported there.
RINGS = {"bot/conversation/reply.py", "catalogue_import/importing.py"}


def modules(package: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Full names of everything imported, at any depth; `from a import b` gives a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide who imports whom"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, roots: set[str]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in roots)


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_know_only_whom_they_may_know(package: str) -> None:
    forbidden = set(PACKAGES) - MAY_IMPORT[package]
    found = {
        (path, name.partition(".")[0])
        for path, tree in modules(package)
        for name in imports(tree)
        if within(name, forbidden)
    }
    assert found - EXCEPTIONS == set()


@pytest.mark.parametrize("package", ["bot", "catalogue_import"])
def test_only_knowledge_touches_tables(package: str) -> None:
    found = [(path, name) for path, tree in modules(package) for name in imports(tree) if within(name, STORAGE)]
    assert found == []


def test_knowledge_has_no_door_to_the_outside_world() -> None:
    found = [
        (path, name) for path, tree in modules("knowledge") for name in imports(tree) if within(name, OUTSIDE_WORLD)
    ]
    assert found == []


def is_broad(handler: ast.ExceptHandler) -> bool:
    names = ast.walk(handler.type) if handler.type else [ast.Name("Exception")]
    return any(isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"} for name in names)


@pytest.mark.parametrize("package", PACKAGES)
def test_anything_is_only_caught_in_the_two_rings(package: str) -> None:
    found = {
        path
        for path, tree in modules(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and is_broad(node)
    }
    assert found - RINGS == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_module_makes_nothing(package: str) -> None:
    """No engine, settings, bot or app at module level: things are made in build_app and in commands."""
    makers = {"create_engine", "make_engine", "open_database", "Settings", "build_app", "build_web", "FastAPI", "Bot"}
    found = [
        (path, call.func.id)
        for path, tree in modules(package)
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr)
        for call in ast.walk(statement)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in makers
    ]
    assert found == []


def test_the_rules_can_fail() -> None:
    tree = ast.parse("def f():\n    from catalogue_import.formats import detect\n    import httpx\n")
    assert list(imports(tree)) == ["catalogue_import.formats", "catalogue_import.formats.detect", "httpx"]
    assert within("knowledge.tables.Edition", STORAGE)
    assert not within("knowledge.tables_of_contents", STORAGE)
