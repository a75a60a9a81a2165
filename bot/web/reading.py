"""Facts from the edition of the day, never from the index."""

from bot.answers.facts import Facts, gather
from bot.answers.verdict import Part, Verdict
from bot.conversation.messages import Ending
from bot.web.site import Site
from knowledge.catalogue import KnownProcedure, procedure_on
from knowledge.clock import vietnam_day


def known_on(site: Site, code: str, commune: str = "") -> KnownProcedure | None:
    """The procedure of a code or formality id as of today in Việt Nam."""
    with site.app.database.session() as session:
        return procedure_on(session, code, vietnam_day(site.app.clock()), commune)


def facts_on(site: Site, code: str, commune: str = "") -> Facts:
    """What answers today for a code or formality id: itself, its successor or the city's own procedure."""
    day = vietnam_day(site.app.clock())
    with site.app.database.session() as session:
        return gather(session, Verdict(ending=Ending.PROCEDURE, parts=(Part(code),)), day=day, commune=commune)
