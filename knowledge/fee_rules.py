"""The city council's fees: one table of rules for every procedure they cover, above the catalogue's amounts.

A rule is one amount of one resolution for some channels, days and payers. `fees.toml` holds the first ones; a newer
table is published like any other file.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from importlib.resources import files

import msgspec

from knowledge.procedure import CODE, Channel, InvalidValueError, Value


class CityFee(Value, frozen=True):
    """A fee set by the city council, above the catalogue's value for its channels and days. `amount` is in đồng.

    `kind` is the fee that the resolution names ("Lệ phí hộ tịch"), `when` the kind of case, `payers` those it is for:
    "" and nobody named is for all. `doubt` says where sources contradict each other, in a sentence.
    """

    channels: tuple[Channel, ...]
    amount: int
    ground: str
    kind: str = ""
    when: str = ""
    payers: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    second_hand: bool = True  # copied from a transcription: shown as "cần đối chiếu"
    doubt: str = ""
    source: str = ""  # address of the resolution

    @property
    def label(self) -> str:
        return ", ".join(filter(None, (*self.payers, self.when)))

    def is_of(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def applies(self, channel: Channel, day: date) -> bool:
        return channel in self.channels and self.is_of(day)


class FeeRule(CityFee, frozen=True, kw_only=True):
    """A fee and every procedure it covers."""

    key: str
    codes: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.amount < 0 or not (self.key and self.channels and self.ground):
            raise InvalidValueError(f"fee rule {self.key!r}: needs a key, channels, a ground and an amount not below 0")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise InvalidValueError(f"fee rule {self.key!r}: ends on {self.valid_to} before it begins")
        if wrong := [code for code in self.codes if not CODE.fullmatch(code)]:
            raise InvalidValueError(f"fee rule {self.key!r}: {wrong[0]!r} is no procedure code")

    @property
    def fee(self) -> CityFee:
        """The fee alone."""
        return CityFee(**{field: getattr(self, field) for field in CityFee.__struct_fields__})


class _Document(Value, frozen=True):
    rule: tuple[FeeRule, ...]


def load_fee_rules() -> tuple[FeeRule, ...]:
    """The table that comes with motcua."""
    return read_fee_rules((files("knowledge") / "fees.toml").read_text("utf-8"), "fees.toml")


def read_fee_rules(text: str, name: str) -> tuple[FeeRule, ...]:
    """Raises InvalidValueError naming the file and what is wrong in it."""
    try:
        rules = msgspec.convert(tomllib.loads(text), _Document).rule
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, InvalidValueError) as error:
        raise InvalidValueError(f"{name}: {error}") from error
    if twice := [key for key, count in Counter(rule.key for rule in rules).items() if count > 1]:
        raise InvalidValueError(f"{name}: the rule {twice[0]!r} stands there twice")
    return rules


def fees_of(rules: Iterable[FeeRule], code: str) -> tuple[CityFee, ...]:
    return tuple(rule.fee for rule in rules if code in rule.codes)
