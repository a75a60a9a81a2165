"""Files of labelled questions: read whole, or refused with the file, the line and the remedy."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.labelled import LabelError, Labelled, read_labelled

GOOD = b'{"id": "a", "text": "khai sinh", "gold": ["1.001193"]}\n'


def file(folder: Path, content: bytes, name: str = "questions.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_questions_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    first = file(tmp_path, GOOD + b'{"id": "b", "text": "k\xe1\xba\xbft h\xc3\xb4n"}\n')
    second = file(tmp_path, b'{"id": "c", "text": "t"}', "more.jsonl")
    assert [question.id for question in read_labelled([first, second])] == ["a", "b", "c"]


def test_what_is_not_said_has_its_usual_value(tmp_path: Path) -> None:
    (question,) = read_labelled([file(tmp_path, b'{"id": "a", "text": "t"}')])
    assert (question.kind, question.aspect, question.gold, question.context) == ("procedure", "general", (), None)


def test_every_field_is_read(tmp_path: Path) -> None:
    fields = {
        "id": "d1",
        "text": "mất bao nhiêu tiền",
        "style": "teencode",
        "kind": "followup",
        "aspect": "fee",
        "gold": ["1.001193"],
        "acceptable": ["2.000528"],
        "context": "khai sinh cho con",
        "note": "vì sao",
    }
    (question,) = read_labelled([file(tmp_path, json.dumps(fields).encode())])
    assert {name: getattr(question, name) for name in fields} == fields | {
        "gold": ("1.001193",),
        "acceptable": ("2.000528",),
    }


def test_empty_lines_and_the_line_ends_of_windows_do_no_harm(tmp_path: Path) -> None:
    content = b"\r\n" + GOOD.replace(b"\n", b"\r\n") + b"   \r\n" + GOOD
    assert len(read_labelled([file(tmp_path, content)])) == 2


def test_fields_of_other_tools_are_left_alone(tmp_path: Path) -> None:
    assert len(read_labelled([file(tmp_path, b'{"id": "a", "text": "t", "reviewed_by": 7}')])) == 1


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(b"{khong phai json", "malformed", id="no JSON"),
        pytest.param(b'["a"]', "Expected `object`", id="a list"),
        pytest.param(b'{"id": "a"}', "missing required field `text`", id="no text"),
        pytest.param(b'{"text": "t"}', "missing required field `id`", id="no id"),
        pytest.param(b'{"id": 7, "text": "t"}', "Expected `str`", id="a number for an id"),
        pytest.param(b'{"id": "a", "text": "t", "gold": "1.001193"}', "$.gold", id="a code without its list"),
        pytest.param(b'{"id": "a", "text": "\xff"}', "line 3", id="not UTF-8"),
    ],
)
def test_a_bad_line_is_named_with_its_file_its_number_and_the_reason(tmp_path: Path, bad: bytes, reason: str) -> None:
    path = file(tmp_path, GOOD + b"\n" + bad + b"\n" + GOOD)
    with pytest.raises(LabelError) as refused:
        read_labelled([path])
    assert str(refused.value).startswith(f"{path}, line 3: ")
    assert reason in str(refused.value)
    assert "mend or remove the line" in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"none\.jsonl: cannot be read: No such file"):
        read_labelled([tmp_path / "none.jsonl"])


def test_a_folder_is_no_file_of_questions(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="cannot be read"):
        read_labelled([tmp_path])


def test_files_without_a_question_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="no questions: each line must be a JSON object") as refused:
        read_labelled([file(tmp_path, b"\n \n")])
    assert "questions.jsonl" in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "gold", "asks"),
    [
        ("procedure", ("1.001193",), True),
        ("followup", ("1.001193",), True),
        ("procedure", (), False),
        ("status", ("1.001193",), False),
        ("chitchat", (), False),
    ],
    ids=["a procedure", "a follow-up", "a procedure nobody has", "a dossier", "small talk"],
)
def test_only_questions_with_a_right_procedure_ask_for_one(kind: str, gold: tuple[str, ...], asks: bool) -> None:
    assert Labelled(id="a", text="t", kind=kind, gold=gold).asks_for_procedure is asks


def test_acceptable_codes_are_right_too() -> None:
    assert Labelled(id="a", text="t", gold=("1",), acceptable=("2", "1")).right == {"1", "2"}


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_bytes_are_questions_or_a_refusal_that_names_the_file(tmp_path_factory, lines: list[bytes]) -> None:  # type: ignore[no-untyped-def]
    path = file(tmp_path_factory.mktemp("bytes"), b"\n".join(lines))
    try:
        assert read_labelled([path])
    except LabelError as error:
        assert str(error).startswith(str(path))  # noqa: PT017  either end is right
