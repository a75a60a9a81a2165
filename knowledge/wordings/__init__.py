"""Ways in which citizens ask for procedures, and the families of procedures that one question splits.

Data files by field (`*.toml`), written by reading the records; `load_wordings` reads them all.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from knowledge.language.normalise import normalise
from knowledge.procedure import InvalidValueError


class ProcedureWordings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An everyday name, the wordings that point to one procedure, and what sets it apart from its twins."""

    code: str
    name: str
    wordings: tuple[str, ...]
    apart: str = ""


class FamilyOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case of a family. `signs` are words that point to it; `usual` marks the one meant without any sign."""

    code: str
    label: str
    signs: tuple[str, ...] = ()
    usual: bool = False
    folded_signs: tuple[str, ...] = ()  # filled when loaded

    def is_named_in(self, line: str) -> bool:
        """Whether a folded line holds one of the signs as whole words."""
        padded = f" {line} "
        return any(sign in padded for sign in self.folded_signs)


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Procedures that differ by one circumstance, and the question that splits them.

    `bare`: messages that name no more than the topic ("nhà đất") and always call for the question.
    """

    name: str
    question: str
    options: tuple[FamilyOption, ...] = msgspec.field(name="option")
    bare: tuple[str, ...] = ()

    @cached_property
    def usual(self) -> frozenset[str]:
        """The codes of the options meant without any sign."""
        return frozenset(option.code for option in self.options if option.usual)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fields: tuple[str, ...] = ()
    procedure: tuple[ProcedureWordings, ...] = ()
    family: tuple[Family, ...] = ()


class Wordings(msgspec.Struct, frozen=True):
    """All wordings by code, and all families."""

    procedures: Mapping[str, ProcedureWordings]
    families: tuple[Family, ...]


@cache
def load_wordings() -> Wordings:
    """Those that come with motcua; raises InvalidValueError naming the file of a broken one."""
    return read_wordings(files(__name__))


def read_wordings(folder: Traversable) -> Wordings:
    names = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    read = [_read(entry) for entry in names]
    procedures = {one.code: one for file in read for one in file.procedure}
    return Wordings(procedures, tuple(_distinct(family for file in read for family in file.family)))


def _read(entry: Traversable) -> _File:
    try:
        values: dict[str, Any] = tomllib.loads(entry.read_text("utf-8"))
        file = msgspec.convert(values, _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidValueError(f"wordings: {entry.name}: {error}") from error
    return msgspec.structs.replace(file, family=tuple(_with_folded_signs(family) for family in file.family))


def _with_folded_signs(family: Family) -> Family:
    options = tuple(
        msgspec.structs.replace(
            option, folded_signs=tuple(f" {' '.join(normalise(sign).folded)} " for sign in option.signs)
        )
        for option in family.options
    )
    return msgspec.structs.replace(family, options=options)


def _distinct(families: Iterable[Family]) -> Iterable[Family]:
    """Two files may describe the same family; the first one counts."""
    seen: set[frozenset[str]] = set()
    for family in families:
        if frozenset(family.codes) not in seen:
            seen.add(frozenset(family.codes))
            yield family
