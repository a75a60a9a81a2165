"""Addresses in the text that lead nowhere any more."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from catalogue_import.lints.lint import Certainty, Lint, Mistake, Record, Whole, excerpt

NATIONAL = "https://dichvucong.gov.vn"


class Closed(NamedTuple):
    """A family of addresses (matched without scheme and "www.") and what to write in their place."""

    pattern: re.Pattern[str]
    right: str


DOMAIN = re.compile(r"\.(?:vn|com|net|org)\b")  # cheap: most records hold no address at all
ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?((?:[\w-]{1,63}\.){1,8}(?:vn|com|net|org)\b(?:/[^\s()“”\"<>]*)?)", re.IGNORECASE
)
# The national portal changed its addresses in December 2025. The provinces' own portals closed on 1 July 2025, when
# filing moved to the national one (Nghị định 118/2025/NĐ-CP); the ministries' own follow, so theirs are to be checked.
OLD_PORTAL = (
    Closed(
        re.compile(r"(?:(?:thutuc|vpcp|csdl)\.)?dichvucong\.gov\.vn/(?:p/home|jsp)\b.*", re.IGNORECASE),
        "Địa chỉ mới của trang thủ tục: https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{id}",
    ),
    Closed(re.compile(r"(?:thutuc|vpcp|csdl)\.dichvucong\.gov\.vn.*", re.IGNORECASE), NATIONAL),
    Closed(re.compile(r"(?:csdl|tthc)\.thutuchanhchinh\.(?:gov\.)?vn.*", re.IGNORECASE), NATIONAL),
)
MINISTRIES = "mae|moc|moet|mof|mofa|moh|moha|moit|moj|mps|mst|mic|monre|mard|molisa|mt|mpi|bqp|bocongan|bvhttdl|sbv"
MINISTRY_PORTAL = re.compile(rf"dichvucong\.(?:{MINISTRIES})\.gov\.vn.*", re.IGNORECASE)
PROVINCE_PORTAL = re.compile(rf"dichvucong\.(?!(?:{MINISTRIES})\.)[\w-]+\.gov\.vn.*", re.IGNORECASE)
GONE = re.compile(  # sites of ministries that were merged into others on 1 March 2025
    r"(?:[\w-]+\.)*(?:molisa|monre|mpi|mic|mard|mt|cema|ubdt)\.gov\.vn.*", re.IGNORECASE
)


def _addresses(record: Record) -> Iterator[tuple[str, str, str]]:
    """(place, address, excerpt), each address once a text."""
    for place, text in record.texts if DOMAIN.search(record.joined) else ():
        found = {match[1].rstrip(".,;"): match for match in ADDRESS.finditer(text)}
        yield from ((place, address, excerpt(text, *match.span())) for address, match in found.items())


def closed(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, address, stands in _addresses(record):
        if right := next((old.right for old in OLD_PORTAL if old.pattern.fullmatch(address)), ""):
            yield Mistake(place, stands, right.replace("{id}", record.procedure.formality_id))
        elif PROVINCE_PORTAL.fullmatch(address) or GONE.fullmatch(address):
            yield Mistake(place, stands)


def of_ministries(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for place, address, stands in _addresses(record):
        if MINISTRY_PORTAL.fullmatch(address) and not GONE.fullmatch(address):
            yield Mistake(place, stands)


LINKS = (
    Lint(
        "link-closed", "Địa chỉ của cổng đã đóng", Certainty.SURE,
        "Trang cũ của Cổng quốc gia, cổng riêng của tỉnh (đóng từ 01/7/2025) hoặc trang của bộ đã sáp nhập.",
        f"Dẫn tới {NATIONAL}", closed,
    ),
    Lint(
        "link-ministry", "Còn dẫn tới cổng dịch vụ công riêng của bộ", Certainty.CHECK,
        "Hồ sơ trực tuyến nay nộp tập trung ở Cổng Dịch vụ công quốc gia; cổng riêng có thể đã đóng.",
        f"Kiểm tra địa chỉ; nếu đã đóng thì dẫn tới {NATIONAL}", of_ministries,
    ),
)  # fmt: skip
