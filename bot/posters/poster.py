"""What a poster says, and which address its code opens."""

from datetime import date
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from bot.answers.wording import amounts, titles
from knowledge.catalogue import KnownProcedure
from knowledge.communes import Commune
from knowledge.procedure import Decision, Procedure

CENTRE = "Trung tâm Phục vụ hành chính công"
OUR_PAGE = "Mở camera hoặc Zalo, quét mã này để xem: giấy tờ cần mang, lệ phí, bao lâu, nộp ở đâu."
PORTAL_PAGE = "Mở camera hoặc Zalo, quét mã này để mở thủ tục trên Cổng Dịch vụ công quốc gia."
ALWAYS_NEW = "Mã luôn mở quy định đang áp dụng vào ngày bạn quét."


class PosterError(Exception):
    """A poster that must not be printed; the message says why and what to do."""


class Poster(NamedTuple):
    """One procedure on paper. `official` is "" where it says no more than the title; `sources` are small print."""

    code: str
    place: str
    title: str
    official: str
    link: str
    hint: str
    sources: tuple[str, ...]


class Printing(NamedTuple):
    """What all posters of one printing share. `base` is "" for posters that open the portal's pages."""

    day: date
    base: str = ""
    commune: Commune | None = None

    @property
    def place(self) -> str:
        return self.commune.full_name if self.commune else "Thành phố Hải Phòng"


def poster_of(known: KnownProcedure, everyday_name: str, printing: Printing) -> Poster:
    procedure = known.procedure
    title = known.checklist.name if known.checklist else everyday_name or titles.title(procedure.name)
    official = titles.whole(procedure.name)
    return Poster(
        code=procedure.code,
        place=printing.place,
        title=title,
        official="" if official == title else official,
        link=link_of(procedure, printing.base),
        hint=OUR_PAGE if printing.base else PORTAL_PAGE,
        sources=(f"Mã thủ tục {procedure.code}{_ground(procedure.decision)}", _printed(known, printing)),
    )


def link_of(procedure: Procedure, base: str) -> str:
    """The page by its code, which no edition changes; without a base the portal's page, which goes by its own id."""
    return f"{base}/tthc/{quote(procedure.code, safe='')}" if base else procedure.listing_link


def base_address(public_url: str) -> str:
    """The address that citizens reach, without a closing slash; raises PosterError where a phone could not open it."""
    try:
        parts = urlsplit(public_url)
        host = parts.hostname or ""
    except ValueError:
        raise PosterError(f"MOTCUA_PUBLIC_URL {public_url!r} is no address") from None
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        raise PosterError(
            "posters need the address at which citizens reach this server: set MOTCUA_PUBLIC_URL=https://… "
            "(or print the portal's own links with --portal)"
        )
    if host == "localhost" or host.startswith("127.") or host == "::1":
        raise PosterError(
            f"MOTCUA_PUBLIC_URL {public_url} is this computer itself: no phone could open the poster's code"
        )
    return public_url.rstrip("/")


def _printed(known: KnownProcedure, printing: Printing) -> str:
    data = f"ấn bản {known.edition}, dữ liệu đến {amounts.day(known.procedure.data_day)}"
    return f"In ngày {amounts.day(printing.day)}, {data}.{f' {ALWAYS_NEW}' if printing.base else ''}"


def _ground(decision: Decision | None) -> str:
    if decision is None:
        return ""
    day = f" ngày {amounts.day(decision.day)}" if decision.day else ""
    return f", theo Quyết định {decision.number}{day}"
