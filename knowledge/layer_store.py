"""Rows of the layers over the national record: reading what the current edition holds, and writing the next one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from knowledge.changeset import content_digest
from knowledge.commune_layer import CommuneLayer
from knowledge.fee_rules import FeeRule
from knowledge.patches import Patch
from knowledge.procedure import Value
from knowledge.tables import CommuneVersion, FeeRuleVersion, PatchVersion
from knowledge.versions import among, close_rows, insert_rows, open_rows, table_of

Kept = TypeVar("Kept", bound=Value)

_PATCH = msgspec.json.Decoder(Patch)
_RULE = msgspec.json.Decoder(FeeRule)
_COMMUNE = msgspec.json.Decoder(CommuneLayer)

# Asked for every procedure that is looked up: written once, since writing them takes longer than asking.
_PATCH_ROWS, _RULE_ROWS = table_of(PatchVersion), table_of(FeeRuleVersion)
_PATCHES_OF = sa.select(_PATCH_ROWS.c.body).where(
    _PATCH_ROWS.c.closed_in.is_(None), _PATCH_ROWS.c.code == sa.bindparam("wanted")
)
_RULES = sa.select(_RULE_ROWS.c.body).where(_RULE_ROWS.c.closed_in.is_(None)).order_by(_RULE_ROWS.c.id)
_RULES_NAMING = _RULES.where(_RULE_ROWS.c.body.contains(sa.bindparam("wanted")))  # % and _ would only find more
NO_VALUES: Mapping[str, str] = MappingProxyType({})


def patches_of(session: Session, code: str) -> list[Patch]:
    """Every row of every decision about a code in the current edition, those of coming days too."""
    return _read(session, _PATCH, _PATCHES_OF, {"wanted": code})


def patches_by_code(session: Session, codes: Collection[str] | None = None) -> dict[str, list[Patch]]:
    """Of all codes, or of some."""
    table, of_codes = table_of(PatchVersion), among(PatchVersion, codes)
    patches: dict[str, list[Patch]] = {}
    for patch in _read(session, _PATCH, sa.select(table.c.body).where(table.c.closed_in.is_(None), *of_codes)):
        patches.setdefault(patch.code, []).append(patch)
    return patches


def current_patches(session: Session) -> dict[str, Patch]:
    """By key, for telling what a file changes."""
    return {patch.key: patch for patches in patches_by_code(session).values() for patch in patches}


def fee_rules(session: Session, code: str = "") -> list[FeeRule]:
    """The city council's rules in the current edition, in the order of their table; only those that name a code, if
    one is given: a few of some eighty need not all be decoded."""
    return _read(session, _RULE, _RULES_NAMING, {"wanted": f'"{code}"'}) if code else _read(session, _RULE, _RULES)


def has_had_fee_rules(session: Session) -> bool:
    """In any edition: one that was brought back may hold none by choice."""
    return session.connection().execute(sa.select(table_of(FeeRuleVersion).c.id).limit(1)).first() is not None


def commune_layer(session: Session, commune: str) -> CommuneLayer | None:
    table = table_of(CommuneVersion)
    query = sa.select(table.c.body).where(table.c.closed_in.is_(None), table.c.key == commune)
    return next(iter(_read(session, _COMMUNE, query)), None)


def commune_layers(session: Session) -> dict[str, CommuneLayer]:
    table = table_of(CommuneVersion)
    query = sa.select(table.c.body).where(table.c.closed_in.is_(None)).order_by(table.c.key)
    return {layer.code: layer for layer in _read(session, _COMMUNE, query)}


def _read(
    session: Session, decoder: msgspec.json.Decoder[Kept], query: sa.Select[Any], values: Mapping[str, str] = NO_VALUES
) -> list[Kept]:
    return [decoder.decode(body) for body in session.connection().execute(query, values).scalars()]


# Writing


def put_patches(session: Session, patches: Iterable[Patch], withdrawn: Sequence[str], number: int) -> None:
    """Put rows of decisions in place of the present ones of the same keys; rows of withdrawn keys end."""
    rows = {
        patch.key: {"code": patch.code, "decision": patch.decision.number, "effective": patch.effective}
        | _version(patch, number)
        for patch in patches
    }
    _put(session, PatchVersion, rows, withdrawn, number)


def put_fee_rules(session: Session, rules: Iterable[FeeRule], number: int) -> None:
    """The whole table of rules at once: what it lacks ends."""
    rows = {rule.key: _version(rule, number) for rule in rules}
    _put(session, FeeRuleVersion, rows, [rule.key for rule in fee_rules(session) if rule.key not in rows], number)


def put_communes(session: Session, layers: Iterable[CommuneLayer], number: int) -> None:
    _put(session, CommuneVersion, {layer.code: _version(layer, number) for layer in layers}, (), number)


def _put(
    session: Session,
    model: type[SQLModel],
    rows: Mapping[str, Mapping[str, Any]],
    withdrawn: Sequence[str],
    number: int,
) -> None:
    present = open_rows(session, model, "key", [*rows, *withdrawn])
    close_rows(session, model, [row["id"] for versions in present.values() for row in versions], number)
    insert_rows(session, model, [{"key": key, **row} for key, row in rows.items()])


def _version(value: Value, number: int) -> dict[str, Any]:
    return {
        "digest": content_digest(value),
        "opened_in": number,
        "closed_in": None,
        "body": msgspec.json.encode(value).decode(),
    }
