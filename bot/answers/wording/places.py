"""Where to go, in words, from the full lists of agencies.

The level of a procedure does not say "your commune's office" (FORMATS §3.1): only a record that names the commune's
People's Committee, or its police, does.
"""

import re
from collections.abc import Iterable

from bot.answers.wording import prose
from bot.answers.wording.amounts import capitalised
from bot.answers.wording.section import Section
from knowledge.catalogue import KnownProcedure
from knowledge.communes import Commune
from knowledge.procedure import Channel, Procedure

CENTRE = "Trung tâm Phục vụ hành chính công xã, phường, đặc khu"
POLICE = "Công an xã, phường, đặc khu"
PORTAL = "Cổng Dịch vụ công quốc gia"
NOT_STATED = "Danh mục chưa ghi nơi làm; hỏi Trung tâm Phục vụ hành chính công gần bạn trước khi đi."
ABOLISHED = (
    "Danh mục còn ghi cơ quan cấp huyện, đã bỏ từ 01/7/2025; hỏi Trung tâm Phục vụ hành chính công nơi tiếp nhận mới."
)
ANYWHERE = "Không phụ thuộc nơi bạn ở."
FEW = 3  # more agencies than this are counted, not listed
ADDRESS_LETTERS = 140
MOST_HINTS = 2  # of the nearest ones: more would bury the place

_COMMUNE = r"(?:cấp\s+xã|\bxã\b(?!\s*hội)|phường)"
_COMMITTEE = re.compile(
    rf"(?:[ủu]y|uỷ) ban nhân dân.*{_COMMUNE}|ubnd.*{_COMMUNE}|hành chính công cấp xã", re.IGNORECASE
)
_POLICE = re.compile(rf"^công an.*{_COMMUNE}", re.IGNORECASE)
_ABOLISHED = re.compile(r"cấp huyện|\bhuyện\b|cấp quận", re.IGNORECASE)
_ELSEWHERE = re.compile(r"Hà Nội|(?i:thành phố) Hồ Chí Minh|tỉnh [A-ZĐ]\w+")
_BRANCH = re.compile(  # national records list one city's branch where every province has its own
    r"^(?P<branch>Sở .+?)\s*(?:-\s*)?\b(?:(?i:thành phố|tỉnh)) (?:Hà Nội|Hồ Chí Minh|[A-ZĐ]\w+ [A-ZĐ]\w+)(?: - .*)?$"
)
_OF_A_MINISTRY = re.compile(r"\bbộ\b|\bcục\b|trung ương", re.IGNORECASE)
_LOCAL = re.compile(r"hành chính công (?:cấp )?xã|công an xã|ủy ban nhân dân (?:cấp )?xã|\bxã, phường\b", re.IGNORECASE)
_SAYS_NOTHING = re.compile(rf"{_ABOLISHED.pattern}|^cơ quan khác$", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"không có thông tin|không có|không", re.IGNORECASE)


def summary(known: KnownProcedure, commune: Commune | None = None) -> tuple[str, ...]:
    """Where to hand in, then the citizen's own office if he chose a commune and it is the one."""
    return (*of_procedure(known), *own_office(known, commune))


def of_procedure(known: KnownProcedure) -> tuple[str, ...]:
    if known.checklist and known.checklist.place:
        return prose.sentences(known.checklist.place)
    if known.city.place:
        return (
            f"{capitalised(prose.plain(known.city.place.text))}, theo Quyết định {known.city.place.decision.number}.",
        )
    return _record_sentences(known.procedure)


def own_office(known: KnownProcedure, commune: Commune | None) -> tuple[str, ...]:
    """The citizen's own office, its counter and what it wants citizens to know, where the procedure is done there."""
    if commune is None or not _LOCAL.search(" ".join(of_procedure(known))):
        return ()
    return (*office_of(commune), *at_office(known))


def at_office(known: KnownProcedure) -> tuple[str, ...]:
    """The commune's own counter and hints for a procedure."""
    if known.commune is None:
        return ()
    counter = (f"{capitalised(known.commune.counter)}.",) if known.commune.counter else ()
    return (*counter, *(f"{hint.rstrip('.')}." for hint in known.commune.hints[:MOST_HINTS]))


def label(known: KnownProcedure) -> str:
    """An agency that carries a procedure out is not yet said to take dossiers."""
    if (known.checklist and known.checklist.place) or known.city.place or known.procedure.receiving_address:
        return "Nộp ở"
    return "Nộp ở" if _LOCAL.search(_listed(known.procedure.executing or known.procedure.competent)) else "Nơi làm"


def office_of(commune: Commune) -> tuple[str, ...]:
    """The commune's office as far as the directory knows it; nothing is guessed."""
    contact = commune.contact
    if contact is None:
        return (f"Nơi của bạn: {commune.full_name}.",)
    said = [
        contact.address or "",
        f"điện thoại {', '.join(contact.hotlines)}" if contact.hotlines else "",
        contact.hours or "",
    ]
    check = " (cần đối chiếu)" if contact.second_hand else ""
    name = contact.centre or commune.full_name
    return (f"Nơi của bạn: {', '.join(filter(None, [name, *said]))}{check}.",)


def _record_sentences(procedure: Procedure) -> tuple[str, ...]:
    office = _office(procedure)
    if not office:
        return (ABOLISHED if procedure.executing or procedure.competent else NOT_STATED,)
    other = (ANYWHERE,) if procedure.is_non_territorial else ()
    return (f"{capitalised(office)}{_other_ways(procedure)}.", *other)


def _office(procedure: Procedure) -> str:
    """Who takes the dossier: the address published for it if it is a plain one, else who carries the procedure out."""
    address = prose.plain(procedure.receiving_address)
    if _is_plain_address(procedure.receiving_address) and not _NO_ADDRESS.fullmatch(address):
        return _known_as(address)
    return _listed(procedure.executing or procedure.competent)


def _is_plain_address(text: str) -> bool:
    return prose.is_quotable(text, ADDRESS_LETTERS) and "\n" not in text.strip() and not _ABOLISHED.search(text)


def _listed(agencies: Iterable[str]) -> str:
    names = here(agencies)
    if len(names) <= FEW:
        return "; ".join(names)
    return f"{'; '.join(names[:FEW])} và {len(names) - FEW} nơi khác: xem “Ai làm”"


def here(agencies: Iterable[str]) -> list[str]:
    """Agencies under the names people know, each once, the nearest first, without those of other provinces and of the
    abolished level."""
    names = {_known_as(name).lower(): _known_as(name) for name in map(prose.plain, agencies)}
    present = [name for name in names.values() if name and not _SAYS_NOTHING.search(name)]
    ours = [name for name in present if _OF_A_MINISTRY.search(name) or not _ELSEWHERE.search(name)]
    return sorted(ours or present, key=lambda name: name not in {CENTRE, POLICE})


def _known_as(agency: str) -> str:
    if _POLICE.search(agency):
        return POLICE
    if _COMMITTEE.search(agency):
        return CENTRE
    branch = _BRANCH.match(agency)
    name = branch["branch"] if branch else agency.removesuffix("_old")
    return re.sub(r"\bcấp tỉnh\b", "thành phố", name, flags=re.IGNORECASE)  # what the province level is here


def _other_ways(procedure: Procedure) -> str:
    channels = {row.channel for row in procedure.channels}
    if channels == {Channel.ONLINE}:
        return f"; chỉ nộp trực tuyến trên {PORTAL}"
    online = f"; hoặc nộp trực tuyến trên {PORTAL}" if Channel.ONLINE in channels else ""
    return f"{online}{'; hoặc gửi qua bưu điện' if Channel.POSTAL in channels else ''}"


def agency_sections(procedure: Procedure) -> tuple[Section, ...]:
    """Who does it, who decides, who takes part: the full lists as published."""
    lists = (
        ("Cơ quan thực hiện", procedure.executing),
        ("Cơ quan có thẩm quyền", procedure.competent),
        ("Cơ quan được ủy quyền", procedure.authorized),
        ("Cơ quan phối hợp", procedure.coordinating),
        ("Nơi nhận hồ sơ", prose.lines(procedure.receiving_address)),
    )
    return tuple(
        Section(tuple(capitalised(prose.plain(name)) for name in names), label) for label, names in lists if names
    )
