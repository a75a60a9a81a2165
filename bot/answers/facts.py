"""The facts an answer needs, read from the edition of the day: never from the index."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

import msgspec
from sqlmodel import Session

from bot.answers.filing import UNSAID, Filing
from bot.answers.filing_day import FilingDay
from bot.answers.handing_on import Staff
from bot.answers.succession import Instead, in_force
from bot.answers.verdict import Verdict
from bot.conversation.messages import Ending
from bot.dossiers.outcomes import Outcome
from knowledge.catalogue import KnownProcedure, commune_now, current_edition, ended_on, procedure_on
from knowledge.communes import Commune
from knowledge.faq.entry import FaqEntry
from knowledge.folding import Ended
from knowledge.operation.announcements import Announcement
from knowledge.special import city_code


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known on `day` of the procedures that a verdict names (code → procedure) and of the citizen's commune.

    A code that is not the rule on that day is missing from `known`. `data_day` is the day of the
    catalogue's copy, for answers that must say how old it is. `names` are everyday names (code → name)
    of procedures that have no plain layer. `filing` is what the message said of the channel and the payer,
    `filing_day` on which day the citizen means to file, if it asks when the result comes.
    `is_as_of`: the message itself named the day. `instead` (code of what answers → what was asked) are procedures that
    answer for others; `ended` is why a code that nothing else is known of is no longer the rule.
    """

    day: date
    edition: int = 0
    known: dict[str, KnownProcedure] = {}
    names: dict[str, str] = {}
    commune: Commune | None = None
    data_day: date | None = None
    filing: Filing = UNSAID
    filing_day: FilingDay | None = None
    is_as_of: bool = False
    instead: dict[str, Instead] = {}
    ended: Ended | None = None
    dossier: Outcome | None = None
    staff: Staff | None = None  # who will see what the assistant cannot answer
    announcements: tuple[Announcement, ...] = ()  # that concern who asks, whatever is told
    faq: FaqEntry | None = None  # what the verdict's code stands for in the edition of the day

    def everyday_name(self, known: KnownProcedure) -> str:
        """As people call it, "" if nobody wrote that down."""
        return known.checklist.name if known.checklist else self.names.get(known.procedure.code, "")


NO_NAMES: Mapping[str, str] = MappingProxyType({})

LookUp = Callable[[Session, str, date, str], KnownProcedure | None]


def gather(  # noqa: PLR0913  each is a fact of the turn that only its caller knows
    session: Session,
    verdict: Verdict,
    *,
    day: date,
    commune: str = "",
    edition: int = 0,
    look_up: LookUp = procedure_on,
    names: Mapping[str, str] = NO_NAMES,
    filing: Filing = UNSAID,
    is_as_of: bool = False,
    announcements: tuple[Announcement, ...] = (),
) -> Facts:
    """`commune` is its five-digit code, "" when the citizen has not chosen one; `names` as in `Facts`, of any codes."""
    codes = dict.fromkeys(part.code for part in verdict.parts)
    known, instead = _answering(codes, lambda code: look_up(session, code, day, commune), day)
    is_missing = verdict.ending is Ending.NO_DATA or len(known) < len(codes)
    latest = current_edition(session) if is_missing else None
    return Facts(
        day=day,
        edition=edition,
        known=known,
        names={code: names[code] for code in known if code in names},
        commune=commune_now(session, commune) if commune else None,
        data_day=latest.data_day if latest else None,
        filing=filing,
        is_as_of=is_as_of,
        announcements=announcements,
        instead=instead,
        ended=ended_on(session, verdict.candidates[0], day) if is_missing and verdict.candidates else None,
    )


def _answering(
    codes: Iterable[str], known_of: Callable[[str], KnownProcedure | None], day: date
) -> tuple[dict[str, KnownProcedure], dict[str, Instead]]:
    """What answers for the codes, by its own code, and for what it answers where that is another one."""
    known: dict[str, KnownProcedure] = {}
    instead: dict[str, Instead] = {}
    for asked in filter(None, map(known_of, codes)):
        answering, why = in_force(asked, known_of, partial(city_code, day=day))
        known[answering.procedure.code] = answering
        if answering is not asked:
            instead[answering.procedure.code] = Instead(asked, why)
    return known, instead
