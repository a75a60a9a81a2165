"""Frozen, validated values of what the bot knows about a procedure.

Everything that makes a procedure (importers, the starter catalogue, tests) makes these values;
`knowledge.tables` only stores them. Decoding by msgspec validates types; `__post_init__` the rest.
"""

import re
from datetime import date
from enum import StrEnum

import msgspec

CODE = re.compile(r"\d\.\d{6}", re.ASCII)  # a clean procedure code, e.g. 1.001193


class InvalidValueError(ValueError):
    """A value that may not exist; the message names the field and what was given."""


class Channel(StrEnum):
    """How a dossier may be filed."""

    DIRECT = "direct"
    ONLINE = "online"
    POSTAL = "postal"


class Unit(StrEnum):
    """Unit of a time limit. OTHER: the published number is a placeholder and must never be shown as time."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"
    OTHER = "other"


class Level(StrEnum):
    COMMUNE = "commune"
    PROVINCE = "province"
    MINISTRY = "ministry"
    OTHER = "other"


class FeeState(StrEnum):
    """The three states that must never be merged: undeclared is not zero, zero is not "free"."""

    DECLARED_AMOUNT = "declared_amount"
    DECLARED_ZERO = "declared_zero"
    NOT_DECLARED = "not_declared"


class FeeKind(StrEnum):
    FEE = "fee"  # phí
    SERVICE_FEE = "service_fee"  # lệ phí
    PRICE = "price"  # giá


class PaperUse(StrEnum):
    SUBMIT = "submit"
    SHOW = "show"
    LOOKED_UP = "looked_up"  # the office finds it in its own databases


class Aspect(StrEnum):
    """What about a procedure a citizen asks for."""

    GENERAL = "general"
    DOCUMENTS = "documents"
    FEE = "fee"
    TIME = "time"
    PLACE = "place"
    STEPS = "steps"
    CONDITIONS = "conditions"
    RESULT = "result"
    FORM = "form"
    ONLINE = "online"
    WHO = "who"
    LEGAL = "legal"
    STATUS = "status"
    OTHER = "other"


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of all stored values: immutable, compared by content, strict when decoded."""


class TimeLimit(Value, frozen=True):
    """How long the office may take.

    Either `amount` with a real unit, or `text` as published. With unit OTHER the amount is a
    placeholder of the portal (it says "1" for "the same day") and is kept out.
    """

    amount: float | None = None
    unit: Unit = Unit.OTHER
    text: str = ""

    def __post_init__(self) -> None:
        if self.amount is not None and (self.unit is Unit.OTHER or self.amount < 0):
            raise InvalidValueError(f"time limit: {self.amount} {self.unit}: OTHER carries no number, none is negative")


class Fee(Value, frozen=True):
    """One fee of one filing channel. `amount` is in whole units of `currency` (đồng unless it says USD)."""

    kind: FeeKind = FeeKind.FEE
    amount: int | None = None
    currency: str = "VND"
    note: str = ""
    attachment: str = ""  # file name of a published price list

    def __post_init__(self) -> None:
        if self.amount is not None and self.amount < 0:
            raise InvalidValueError(f"fee: negative amount {self.amount}")

    @property
    def state(self) -> FeeState:
        if self.amount is None:
            return FeeState.NOT_DECLARED
        return FeeState.DECLARED_AMOUNT if self.amount else FeeState.DECLARED_ZERO

    @property
    def is_suspect(self) -> bool:
        """Whether the number must not be shown, only its note: đồng under 1,000 are thousands written short,
        and no fee reaches a thousand million (the portal has 17,500,000,000 for 17.5 million)."""
        if self.currency != "VND" or not self.amount:
            return False
        return self.amount < 1_000 or self.amount >= 1_000_000_000  # noqa: PLR2004  the docstring gives the reasons


class FilingChannel(Value, frozen=True):
    """One row of how to file: the same channel may come twice, for different cases told apart by `note`."""

    channel: Channel
    time_limit: TimeLimit
    fees: tuple[Fee, ...] = ()
    note: str = ""

    @property
    def fee_state(self) -> FeeState:
        """The state of the row: an amount if any fee has one, zero only if every fee says zero."""
        states = {fee.state for fee in self.fees}
        if FeeState.DECLARED_AMOUNT in states:
            return FeeState.DECLARED_AMOUNT
        return FeeState.DECLARED_ZERO if states == {FeeState.DECLARED_ZERO} else FeeState.NOT_DECLARED


class Paper(Value, frozen=True):
    """One document of a procedure as published. `component` is the publisher's code of it ("KQ003208")."""

    name: str
    originals: int = 0
    copies: int = 0
    forms: tuple[str, ...] = ()  # file names of attached forms
    has_electronic_form: bool = False
    component: str = ""

    @property
    def is_note(self) -> bool:
        """With no original and no copy the portal's row is a note or a heading, not a paper."""
        return not (self.originals or self.copies)


class PaperGroup(Value, frozen=True):
    """Papers under one heading of the publisher: to submit, to show, or a case ("Trường hợp …")."""

    heading: str = ""
    use: PaperUse | None = None  # None: the heading does not say
    papers: tuple[Paper, ...] = ()


class Step(Value, frozen=True):
    text: str
    name: str = ""


class LegalBasis(Value, frozen=True):
    number: str
    name: str = ""


class Decision(Value, frozen=True):
    """The announcement decision a record rests on. `day` is the day of signing in Việt Nam."""

    number: str
    day: date | None = None
    issuer: str = ""


class PlainPaper(Value, frozen=True):
    """One line of a plain checklist, in our own words."""

    name: str
    use: PaperUse = PaperUse.SUBMIT
    originals: int = 0
    copies: int = 0
    when: str = ""  # "" for everybody, else the circumstance
    instead: str = ""  # what serves when one has it not
    components: tuple[str, ...] = ()  # the record's papers it restates; empty: stands in steps or conditions


class Checklist(Value, frozen=True):
    """The plain layer over a record: what an officer would say, every fact of it standing in the record."""

    code: str
    name: str  # everyday name
    papers: tuple[PlainPaper, ...] = ()
    fee: tuple[str, ...] = ()
    time: str = ""
    place: str = ""
    steps: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    result: str = ""
    not_needed: str = ""


class Procedure(Value, frozen=True):
    """One administrative procedure as published.

    `formality_id` is the only safe key: codes repeat and some are malformed. `levels`, `executing`
    and `competent` are full lists; empty means that the record does not say. `data_day` is the day
    of the copy of the catalogue it was read from.
    """

    formality_id: str
    code: str
    name: str
    field: str
    issuer: str
    issuer_code: str
    data_day: date
    levels: tuple[Level, ...] = ()
    decision: Decision | None = None
    subjects: tuple[str, ...] = ()
    executing: tuple[str, ...] = ()
    competent: tuple[str, ...] = ()
    authorized: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    receiving_address: str = ""
    channels: tuple[FilingChannel, ...] = ()
    paper_groups: tuple[PaperGroup, ...] = ()
    steps: tuple[Step, ...] = ()
    conditions: str = ""
    results: tuple[str, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    cases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    note: str = ""
    is_full_process: bool = False  # toàn trình: wholly online
    is_non_territorial: bool = False  # phi địa giới: may be filed at any centre
    is_starter: bool = False  # from the starter catalogue: facts without the publisher's prose

    def __post_init__(self) -> None:
        for field in ("formality_id", "code", "name", "issuer_code"):
            if not getattr(self, field).strip():
                raise InvalidValueError(f"procedure {self.code!r}: {field} is empty")

    @property
    def has_clean_code(self) -> bool:
        return CODE.fullmatch(self.code) is not None

    @property
    def is_commune(self) -> bool:
        return Level.COMMUNE in self.levels

    @property
    def listing_link(self) -> str:
        """The public page of the procedure, which the portal addresses by id. Where only a decision names it no id is
        known, and the address by code of older posters must do (FORMATS §2)."""
        if self.formality_id == self.code:
            return f"https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc={self.code}"
        return f"https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{self.formality_id}"
