"""How a known procedure is told to people and to scripts."""

import json
from typing import Any

import pytest

from catalogue_import.show import shown_json, shown_text
from knowledge.catalogue import KnownProcedure
from knowledge.changeset import Original
from knowledge.procedure import Channel, Fee, FilingChannel, Step, TimeLimit
from sample_procedures import make_checklist, make_procedure

DIRT = (Original("name", "Thủ\u00a0tục"), Original("note", "\x1b[31mđỏ"))


def known(*, has_checklist: bool = False, **changes: Any) -> KnownProcedure:
    checklist = make_checklist() if has_checklist else None
    return KnownProcedure(procedure=make_procedure(**changes), checklist=checklist, edition=3)


def told(it: KnownProcedure, *originals: Original, in_full: bool = False) -> list[str]:
    return shown_text(it, originals, in_full=in_full).splitlines()


def below(lines: list[str], heading: str) -> list[str]:
    """The lines deeper than a heading, without its depth."""
    start = lines.index(heading)
    depth = len(heading) - len(heading.lstrip())
    inner = []
    for line in lines[start + 1 :]:
        if not line.startswith(" " * (depth + 2)):
            break
        inner.append(line[depth + 2 :])
    return inner


def test_it_begins_with_the_edition_and_the_public_page() -> None:
    assert told(known())[0] == "Edition 3, https://dichvucong.gov.vn/thu-tuc-hanh-chinh/id-1.000001"


def test_fees_of_zero_and_fees_not_declared_are_told_apart() -> None:
    fees = (Fee(amount=0), Fee(), Fee(amount=155, currency="USD", note="mỗi thẻ"))
    row = FilingChannel(channel=Channel.ONLINE, time_limit=TimeLimit(text="Ngay"), fees=fees)
    assert below(told(known(channels=(row,))), "  channels:") == [
        "- channel: online",
        "  time_limit:",
        "    amount: –",
        "    unit: other",
        "    text: Ngay",
        "  fees:",
        *("    - kind: fee", "      amount: 0", "      currency: VND"),
        *("    - kind: fee", "      amount: –", "      currency: VND"),
        *("    - kind: fee", "      amount: 155", "      currency: USD", "      note: mỗi thẻ"),
    ]


def test_a_text_of_several_lines_stays_below_its_name() -> None:
    lines = told(known(steps=(Step(text="Bước 1\nBước 2\n\nBước 3"),)))
    assert below(lines, "  steps:") == ["- text: Bước 1", "    Bước 2", "    ", "    Bước 3"]


@pytest.mark.parametrize("field", ["conditions", "results", "is_full_process", "note"])
def test_what_says_nothing_is_left_out(field: str) -> None:
    assert not [line for line in told(known()) if line.startswith(f"  {field}:")]


def test_a_missing_decision_is_told() -> None:
    assert "  decision: –" in told(known(decision=None))


def test_the_plain_layer_follows_the_record() -> None:
    assert below(told(known(has_checklist=True)), "checklist:")[:2] == ["code: 1.000001", "name: Làm việc số 1.000001"]
    assert "checklist: –" in told(known())


def test_a_code_cannot_steer_the_terminal() -> None:
    lines = told(known(code="\x1b]0;x\x07 1.000001", formality_id="id-1"))
    assert r"  code: '\x1b]0;x\x07 1.000001'" in lines
    assert all(line.isprintable() for line in lines)


def test_originals_are_counted_and_on_demand_told_escaped() -> None:
    assert told(known(), *DIRT)[-1].startswith("originals: 2 texts")
    assert told(known(), *DIRT, in_full=True)[-3:] == ["originals:", r"  name: 'Thủ\xa0tục'", r"  note: '\x1b[31mđỏ'"]


def test_where_nothing_was_cleaned_only_who_asks_is_told_so() -> None:
    assert "originals" not in told(known())[-1]
    assert told(known(), in_full=True)[-1] == "originals: –"


def test_letters_apart_from_their_marks_are_pointed_out() -> None:
    """On a terminal they look the same."""
    assert told(known(), Original("note", "Thu\u0309"), in_full=True)[-1].endswith(" (letters and marks apart)")


def test_json_has_the_values_as_stored() -> None:
    shown = json.loads(shown_json(known(has_checklist=True), DIRT, in_full=True))
    assert list(shown) == ["procedure", "checklist", "edition", "originals"]
    assert (shown["procedure"]["code"], shown["checklist"]["name"]) == ("1.000001", "Làm việc số 1.000001")
    assert shown["originals"] == dict(DIRT)
    assert "originals" not in json.loads(shown_json(known(), DIRT, in_full=False))
