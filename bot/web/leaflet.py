"""The procedure page: what a leaflet at the counter would say, then everything the record holds."""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.answers.actions import show
from bot.answers.wording import changes, fees, places, prose, times, titles
from bot.answers.wording.amounts import capitalised
from bot.answers.wording.city_fees import fees_today, portal_warning
from bot.answers.wording.section import Section
from bot.web.bring import Case, ToBring, published_papers, to_bring
from bot.web.limits import WITHIN_RATE
from bot.web.listing import LEVELS, Wanted
from bot.web.pages import page
from bot.web.qr import qr_svg
from bot.web.reading import facts_on
from bot.web.site import SiteOf
from bot.web.visitor import VisitorOf
from knowledge.catalogue import KnownProcedure
from knowledge.fee_rules import CityFee
from knowledge.procedure import Channel, Procedure

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)

BELOW = "xem bên dưới"
_ELSEWHERE = re.compile("xem “(?:Lệ phí|Thời gian)”")
PLACE_UNSTATED = "Danh mục quốc gia chưa ghi nơi tiếp nhận; hỏi Trung tâm Phục vụ hành chính công nơi bạn ở."


class CityFees(msgspec.Struct, frozen=True):
    """What the city council set by one resolution for some channels."""

    channels: tuple[Channel, ...]
    ground: str
    fees: tuple[CityFee, ...]

    @property
    def is_second_hand(self) -> bool:
        return any(fee.second_hand for fee in self.fees)

    @property
    def doubts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fee.doubt for fee in self.fees if fee.doubt))


class Leaflet(msgspec.Struct, frozen=True):
    """A procedure laid out for reading: `steps` are ours or, without a checklist, the record's."""

    known: KnownProcedure
    notices: tuple[str, ...]
    ended: str
    name: str
    bring: ToBring
    fees: tuple[str, ...]
    city_fees: tuple[CityFees, ...]
    portal_warning: tuple[str, ...]
    fee_rows: tuple[Section, ...]
    times: tuple[str, ...]
    time_rows: tuple[Section, ...]
    place: tuple[str, ...]
    at_office: tuple[str, ...]
    steps: tuple[str, ...]
    conditions: tuple[str, ...]
    published_papers: tuple[Case, ...]
    published_steps: tuple[str, ...]
    published_conditions: str
    levels: str
    field_url: str
    field_in_words: str
    ask_action: str

    @property
    def procedure(self) -> Procedure:
        return self.known.procedure


@router.get("/tthc/{code}")
def leaflet_page(request: Request, site: SiteOf, visitor: VisitorOf, code: str, thay: str = "") -> Response:
    """A code that another procedure answers for leads there, so that an old poster opens today's rule; `thay` is then
    the code that was asked for."""
    asked = code.strip()
    commune = visitor.commune or site.settings.commune
    facts = facts_on(site, thay or asked, commune)
    known = next(iter(facts.known.values()), None)
    if thay and (known is None or known.procedure.code != asked):
        facts = facts_on(site, asked, commune)
        known = next(iter(facts.known.values()), None)
    if known is None:
        raise HTTPException(404)
    if not thay and known.procedure.code in facts.instead:
        return RedirectResponse(f"/tthc/{known.procedure.code}?{urlencode({'thay': asked})}", 302)
    named = site.app.library.index.plain_names.get(known.procedure.code, "")
    leaflet = leaflet_of(known, facts.day, named, changes.notices(known, facts))
    link = known.procedure.listing_link
    return page(
        request,
        "leaflet.html.j2",
        leaflet=leaflet,
        told=(leaflet.procedure.code,),
        commune=facts.commune,
        link=link,
        qr=qr_svg(link, f"Mã QR mở trang {leaflet.name}"),
    )


def leaflet_of(known: KnownProcedure, day: date, everyday_name: str = "", notices: tuple[str, ...] = ()) -> Leaflet:
    """`everyday_name` heads the leaflet of a procedure that has no plain layer."""
    procedure, checklist = known.procedure, known.checklist
    record = KnownProcedure(procedure=procedure, checklist=None, edition=known.edition)
    published_steps = prose.steps(step_text(step.name, step.text) for step in procedure.steps)
    return Leaflet(
        known=known,
        notices=notices,
        ended=changes.ended(known.city.ended) if known.city.ended else "",
        name=checklist.name if checklist else everyday_name or titles.title(procedure.name),
        bring=to_bring(known),
        fees=checklist.fee if checklist and checklist.fee else below(fees.summary(record, day)),
        city_fees=city_fees_on(fees_today(known, day)),
        portal_warning=portal_warning(known, day),
        fee_rows=fees.all_sections(record, day) if procedure.channels else (),
        times=below(times.summary(known)),
        time_rows=times.all_sections(record) if procedure.channels else (),
        place=place_of(known),
        at_office=places.at_office(known),
        steps=checklist.steps if checklist and checklist.steps else published_steps,
        conditions=checklist.conditions if checklist else (),
        published_papers=published_papers(procedure.paper_groups),
        published_steps=published_steps if checklist and checklist.steps else (),
        published_conditions=procedure.conditions,
        levels=", ".join(LEVELS[level].lower() for level in procedure.levels),
        field_url=Wanted(field=procedure.field).url,
        field_in_words=capitalised(prose.spelled_out(procedure.field)),
        ask_action=show(procedure.code),
    )


def city_fees_on(fees: Iterable[CityFee]) -> tuple[CityFees, ...]:
    """Fees by channels and resolution, the highest amount first: nobody should be surprised."""
    groups: dict[tuple[tuple[Channel, ...], str], list[CityFee]] = {}
    for fee in fees:
        groups.setdefault((fee.channels, fee.ground), []).append(fee)
    return tuple(
        CityFees(channels, ground, tuple(sorted(group, key=lambda fee: -fee.amount)))
        for (channels, ground), group in groups.items()
    )


def below(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines that send a reader of the chat to another button; here what they mean stands under them."""
    return tuple(_ELSEWHERE.sub(BELOW, line) for line in lines)


def step_text(name: str, text: str) -> str:
    return f"{name.strip().rstrip(':')}: {text}" if name.strip() and text else name or text


def place_of(known: KnownProcedure) -> tuple[str, ...]:
    """Where to go: our sentence, else what the record names as receiving or executing."""
    if known.checklist and known.checklist.place:
        return (known.checklist.place,)
    procedure = known.procedure
    named = [procedure.receiving_address.strip(), *(procedure.executing or procedure.competent)]
    return tuple(prose.spelled_out(name) for name in named if name) or (PLACE_UNSTATED,)
