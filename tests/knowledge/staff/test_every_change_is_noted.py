"""Every change that staff make leaves a note in the audit: the code is walked from each change to the note it writes.

What a function reaches is read from its text: the functions that it names, and what those name. One that changes rows
must reach `audit.write` itself, or every function of the console that uses it must.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WRITE = "knowledge.staff.audit.write"
CHANGES = frozenset({"sqlalchemy.insert", "sqlalchemy.update", "sqlalchemy.delete"})
NO_NOTE_OF_ITS_OWN = {
    "knowledge.faq.desk.save_next": "a part of revising and of confirming, which are noted",
    "knowledge.waiting_sorting.colleagues": "only reads whose task a question may become",
    "knowledge.waiting_work.answer_word": "only words what citizens are told",
    "knowledge.waiting_work.mine": "only says which questions are theirs",
    "knowledge.waiting_work.take_own": "a part of answering, promising and dismissing, which are noted",
    "knowledge.waiting_work.tell_late": "a part of an approval, which is noted",
}
NO_CHANGE_OF_STAFF = {
    "knowledge.questions.record": "a message that was pasted is an exchange like any other",
    "knowledge.staff.second_factor.begin": "a secret that opens nothing before it is confirmed, which is noted",
    "knowledge.staff.sessions.close_session": "leaving changes nothing of what the bot knows",
    "knowledge.staff.sessions.note_use": "the moment of the last click",
    "knowledge.waiting.collect": "what citizens asked is put in groups by itself",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in (*ROOT.glob("knowledge/**/*.py"), *ROOT.glob("bot/console/*.py")):
        if "migrations" not in path.parts:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text("utf-8"))


def names_in(tree: ast.Module, module: str) -> dict[str, str]:
    """What a name of a module means: module or function, by its full name."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
        elif isinstance(node, ast.Import):
            names |= {each.asname: each.name for each in node.names if each.asname}
    return names | {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}


def used_by(function: ast.FunctionDef, names: Mapping[str, str]) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield f"{names[node.value.id]}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id in names:
            yield names[node.id]


@cache
def functions() -> Mapping[str, tuple[ast.FunctionDef, frozenset[str]]]:
    """Every function by its full name, and what it names."""
    found = {}
    for module, tree in modules():
        names = names_in(tree, module)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found[f"{module}.{node.name}"] = node, frozenset(used_by(node, names))
    return found


def reaching(ends: frozenset[str]) -> frozenset[str]:
    """The functions from which one of `ends` is reached."""
    reached, known = ends, functions()
    while more := {name for name, (_, used) in known.items() if name not in reached and used & reached}:
        reached |= more
    return reached & known.keys()


def of_staff() -> list[str]:
    """Functions of knowledge that do something in the name of a member of staff."""
    return sorted(
        name
        for name, (node, _) in functions().items()
        if name.startswith("knowledge.")
        and not node.name.startswith("_")
        and any(isinstance(each.annotation, ast.Name) and each.annotation.id == "Act" for each in node.args.args)
    )


def changing_in_the_console() -> list[tuple[str, str]]:
    """A function of the console, and one of knowledge that it uses, which changes rows and writes no note."""
    silent = reaching(CHANGES) - reaching(frozenset({WRITE}))
    return sorted(
        (name, each)
        for name, (_, used) in functions().items()
        if name.startswith("bot.console.")
        for each in used & silent
        if each.startswith("knowledge.")
    )


def test_the_walk_sees_the_code() -> None:
    assert {"knowledge.faq.desk.draft", "knowledge.takeovers.give_back", "knowledge.accuracy.judge"} <= {*of_staff()}
    assert "knowledge.faq.desk.draft" in reaching(CHANGES)
    assert "knowledge.faq.desk.cards" not in reaching(CHANGES) | reaching(frozenset({WRITE}))


@pytest.mark.parametrize("name", of_staff())
def test_what_is_done_in_the_name_of_staff_reaches_the_audit(name: str) -> None:
    assert (name in reaching(frozenset({WRITE}))) is (name not in NO_NOTE_OF_ITS_OWN)


def test_what_the_console_changes_without_a_note_is_no_change_of_staff() -> None:
    noting = reaching(frozenset({WRITE}))
    unnoted = {each for user, each in changing_in_the_console() if user not in noting}
    assert unnoted <= NO_CHANGE_OF_STAFF.keys()
