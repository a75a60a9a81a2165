"""Facts from the edition of the day, never from the index."""

from bot.web.site import Site
from knowledge.catalogue import KnownProcedure, procedure_on
from knowledge.clock import vietnam_day


def known_on(site: Site, code: str, commune: str = "") -> KnownProcedure | None:
    """The procedure of a code or formality id as of today in Việt Nam."""
    with site.app.database.session() as session:
        return procedure_on(session, code, vietnam_day(site.app.clock()), commune)
