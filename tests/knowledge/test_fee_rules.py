"""The council's fees: one table for every procedure, second-hand, and nothing in it that its source does not hold."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from knowledge.catalogue import current_edition, procedure_on, publish
from knowledge.changeset import ChangeSet, EditionKind, Origin
from knowledge.database import Database
from knowledge.fee_rules import FeeRule, fees_of, load_fee_rules, read_fee_rules
from knowledge.layer_store import fee_rules
from knowledge.procedure import Channel, InvalidValueError
from knowledge.starter import publish_starter
from sample_procedures import CATALOGUE, make_checklist, make_procedure, new

RULES = load_fee_rules()
RESOLUTION = re.compile(r"^Nghị quyết (\d+/\d{4}/NQ-HĐND)")

RULE = "[[rule]]\nkey='a'\nchannels=['online']\namount=0\nground='x'\ncodes=[]\n"

each = pytest.mark.parametrize("rule", RULES, ids=[rule.key for rule in RULES])


@pytest.fixture
def session(sqlite_database: Database) -> Iterator[Session]:
    with sqlite_database.session() as session:
        yield session


@pytest.fixture(scope="module")
def council_fees(shared: Path) -> str:
    return (shared / "catalogue" / "haiphong_fees.json").read_text()


def rule(**changes: Any) -> FeeRule:
    facts: dict[str, Any] = {
        "key": "a",
        "channels": (Channel.ONLINE,),
        "amount": 0,
        "ground": "Nghị quyết 1/2026/NQ-HĐND",
        "codes": ("1.000001",),
    }
    return FeeRule(**facts | changes)


@each
def test_every_rule_says_that_it_is_second_hand_and_where_it_stands(rule: FeeRule) -> None:
    assert rule.second_hand
    assert rule.kind
    assert RESOLUTION.match(rule.ground) or rule.ground == "Quyết định 556 của thành phố"


@each
def test_every_amount_of_a_resolution_stands_in_the_transcription(council_fees: str, rule: FeeRule) -> None:
    if number := RESOLUTION.match(rule.ground):
        assert number[1] in council_fees
        assert rule.amount == 0 or re.search(rf"\b{rule.amount}\b", council_fees)


def test_every_procedure_covered_is_in_the_catalogue_of_the_city(shared: Path) -> None:
    with gzip.open(shared / "catalogue" / "portal_api" / "details.jsonl.gz") as file:
        codes = {json.loads(line)["code"] for line in file}
    assert {code for each in RULES for code in each.codes} <= codes


def test_filing_online_costs_nothing_for_foreigners_births_too() -> None:
    """Not in the starter catalogue alone: a rule covers every procedure of its fee."""
    fees = fees_of(RULES, "2.000528")
    assert [(fee.amount, fee.channels) for fee in fees] == [(0, (Channel.ONLINE,))]


def test_what_the_council_did_not_free_is_not_covered() -> None:
    assert fees_of(RULES, "2.000635") == ()  # copies of civil-status extracts: 8.000 đồng by a circular


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"key": ""}, "needs a key", id="no key"),
        pytest.param({"amount": -1}, "not below 0", id="a negative amount"),
        pytest.param({"codes": ("khai sinh",)}, "no procedure code", id="no code"),
        pytest.param({"valid_from": date(2027, 1, 1), "valid_to": date(2026, 1, 1)}, "before it begins", id="days"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        rule(**changes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[[rule]", "fees.toml", id="no TOML"),
        pytest.param("[[rule]]\nkey = 'a'", "required field", id="a missing field"),
        pytest.param(
            2 * "[[rule]]\nkey='a'\nchannels=['online']\namount=0\nground='x'\ncodes=[]\n", "twice", id="twice"
        ),
    ],
)
def test_a_table_with_a_mistake_is_refused_naming_it(text: str, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        read_fee_rules(text, "fees.toml")


# In editions


def test_an_empty_database_gets_the_table_with_the_starter_catalogue(session: Session, now: datetime) -> None:
    publish_starter(session, now)
    assert fee_rules(session) == list(RULES)
    known = procedure_on(session, "1.001193", date(2026, 11, 22))
    assert known is not None
    assert known.fees == fees_of(RULES, "1.001193")


def test_a_database_of_the_first_version_gets_the_table_and_nothing_else(session: Session, now: datetime) -> None:
    publish(session, ChangeSet(checklists=(make_checklist(),)), CATALOGUE, now=now)
    edition = publish_starter(session, now)
    assert edition is not None
    assert (edition.kind, edition.data_day) == (EditionKind.FEES, CATALOGUE.data_day)
    assert publish_starter(session, now) is None


def test_a_new_table_takes_the_place_of_the_whole_old_one(session: Session, now: datetime) -> None:
    origin = Origin(kind=EditionKind.FEES, source="fees.toml")
    publish(session, new(make_procedure()), CATALOGUE, now=now)
    publish(session, ChangeSet(fee_rules=(rule(), rule(key="b", amount=5_000))), origin, now=now)
    publish(session, ChangeSet(fee_rules=(rule(key="b", amount=6_000),)), origin, now=now)
    known = procedure_on(session, "1.000001", date(2026, 11, 22))
    edition = current_edition(session)
    assert known is not None
    assert [fee.amount for fee in known.fees] == [6_000]
    assert edition is not None
    assert edition.kind == "fees"
