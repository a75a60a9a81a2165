"""How the portal prints things on its pages and in its PDF: labels, levels, channels, fees, quantities."""

import re
from collections.abc import Mapping, Sequence

from catalogue_import.clean import clean, clean_line
from catalogue_import.formats.decision.codes import read_codes
from catalogue_import.recovered import FilingRow, Recovered
from knowledge.procedure import Channel, FeeState, LegalBasis, Level, Paper

LABELS = {
    "Tên thủ tục": "name",
    "Mã thủ tục": "code",
    "Số quyết định": "decision",
    "Cấp thực hiện": "levels",
    "Loại thủ tục": "kind",
    "Lĩnh vực": "field",
    "Đối tượng thực hiện": "subjects",
    "Cơ quan có thẩm quyền": "competent",
    "Địa chỉ tiếp nhận HS": "address",
    "Cơ quan được ủy quyền": "authorized",
    "Cơ quan phối hợp": "coordinating",
}
LEVELS = {"bộ": Level.MINISTRY, "tỉnh": Level.PROVINCE, "xã": Level.COMMUNE, "cơ quan khác": Level.OTHER}
CHANNELS = {
    "Trực tiếp": Channel.DIRECT,
    "Trực tuyến": Channel.ONLINE,
    "Dịch vụ bưu chính": Channel.POSTAL,
    "Qua bưu điện": Channel.POSTAL,
}
NOT_STATED = "Không có thông tin"
OUTSIDE_BRACKETS = re.compile(r",\s+(?![^()]*\))")
QUANTITY = re.compile(r"(\d+) bản (chính|sao)")
MOST_COPIES = 1_000  # the highest number published is 11


def stated(text: str) -> str:
    """The text, empty for what the portal prints in place of nothing."""
    cleaned = clean(text)
    return "" if cleaned == NOT_STATED else cleaned


def levels_of(text: str) -> tuple[Level, ...]:
    """Of "Cấp bộ, Cấp tỉnh, Cấp xã" or "Tỉnh, Bộ"."""
    words = (word.strip().lower().removeprefix("cấp ") for word in text.split(","))
    return tuple(dict.fromkeys(LEVELS[word] for word in words if word in LEVELS))


def list_of(text: str) -> tuple[str, ...]:
    """Comma separated, but "(không bao gồm doanh nghiệp, HTX)" is one."""
    return tuple(dict.fromkeys(filter(None, (clean_line(part) for part in OUTSIDE_BRACKETS.split(stated(text))))))


def fee_state(text: str) -> FeeState:
    if text.startswith("Miễn phí"):
        return FeeState.DECLARED_ZERO
    return FeeState.DECLARED_AMOUNT if re.match(r"[\d.,]+", text) else FeeState.NOT_DECLARED


def filing_row(cells: Sequence[str]) -> FilingRow | None:
    """Of channel, time, fee and note; None for a row of another table."""
    channel = CHANNELS.get(cells[0].strip()) if cells else None
    if channel is None:
        return None
    time, fee, note, *_ = (*(stated(cell) for cell in cells[1:]), "", "", "")
    return FilingRow(channel=channel, time=time, fee=fee, fee_state=fee_state(fee), note=note)


def paper(name: str, quantity: str, form: str = "") -> Paper:
    counts = {kind: min(int(number), MOST_COPIES) for number, kind in QUANTITY.findall(quantity)}
    forms = (form,) if form else ()
    return Paper(name=clean_line(name), originals=counts.get("chính", 0), copies=counts.get("sao", 0), forms=forms)


def law(name: str, number: str) -> LegalBasis:
    return LegalBasis(number=clean_line(number), name=clean_line(name))


def printed_code(header: Mapping[str, str]) -> str:
    """A clean code without what was typed around it; one that is none as it is, for records have such codes."""
    printed = clean_line(header.get("code", ""))
    codes = read_codes(printed).clean
    return codes[0] if len(codes) == 1 else printed


def from_header(code: str, where: str, certainty: Mapping[str, float], header: Mapping[str, str]) -> Recovered:
    """What the labelled pairs at the top of a page say."""
    return Recovered(
        code=code,
        where=where,
        certainty=certainty,
        name=clean_line(stated(header.get("name", ""))),
        decision=clean_line(stated(header.get("decision", ""))),
        field=clean_line(stated(header.get("field", ""))),
        levels=levels_of(header.get("levels", "")),
        subjects=list_of(header.get("subjects", "")),
    )
