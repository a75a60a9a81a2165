"""What posters say and where their codes lead."""

from datetime import date

import pytest

from bot.posters.poster import (
    ALWAYS_NEW,
    OUR_PAGE,
    PORTAL_PAGE,
    PosterError,
    Printing,
    base_address,
    link_of,
    poster_of,
)
from knowledge.catalogue import KnownProcedure
from knowledge.communes import commune_of
from knowledge.procedure import Checklist, Procedure
from sample_procedures import make_checklist, make_procedure

DAY = date(2026, 11, 22)
BASE = "https://hoidap.example.gov.vn"
OURS = Printing(DAY, BASE, commune_of("11824"))


def known(procedure: Procedure | None = None, checklist: Checklist | None = None) -> KnownProcedure:
    return KnownProcedure(procedure=procedure or make_procedure(), checklist=checklist, edition=7)


def test_a_poster_names_the_commune_the_procedure_its_ground_and_its_edition() -> None:
    made = poster_of(known(), "", OURS)
    assert (made.place, made.title) == ("Xã Vĩnh Bảo", "Đăng ký việc số 1.000001")
    assert made.sources == (
        "Mã thủ tục 1.000001, theo Quyết định 163/QĐ-BTP ngày 16/01/2026",
        f"In ngày 22/11/2026, ấn bản 7, dữ liệu đến 18/07/2026. {ALWAYS_NEW}",
    )


def test_the_everyday_name_stands_over_the_official_one() -> None:
    plain = poster_of(known(checklist=make_checklist()), "", OURS)
    assert (plain.title, plain.official) == ("Làm việc số 1.000001", "Đăng ký việc số 1.000001")
    assert poster_of(known(), "Tên thường gọi", OURS).title == "Tên thường gọi"


def test_the_official_name_is_not_said_twice() -> None:
    assert poster_of(known(), "", OURS).official == ""


def test_without_a_commune_it_is_the_citys() -> None:
    assert poster_of(known(), "", Printing(DAY, BASE)).place == "Thành phố Hải Phòng"


def test_a_record_without_a_decision_names_none() -> None:
    made = poster_of(known(make_procedure(decision=None)), "", OURS)
    assert made.sources[0] == "Mã thủ tục 1.000001"


def test_our_page_goes_by_the_code_and_the_portals_by_its_id() -> None:
    procedure = make_procedure()
    assert link_of(procedure, BASE) == f"{BASE}/tthc/1.000001"
    assert link_of(procedure, "") == "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/id-1.000001"


def test_the_hint_and_the_promise_follow_the_link() -> None:
    ours, portal = poster_of(known(), "", OURS), poster_of(known(), "", Printing(DAY))
    assert (ours.hint, portal.hint) == (OUR_PAGE, PORTAL_PAGE)
    assert ALWAYS_NEW not in " ".join(portal.sources)


def test_an_odd_code_stays_one_step_of_the_address() -> None:
    assert link_of(make_procedure(" 1.01/4325?"), BASE) == f"{BASE}/tthc/%201.01%2F4325%3F"


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://hoidap.example.gov.vn", BASE),
        ("https://hoidap.example.gov.vn/", BASE),
        ("http://10.0.0.5:8080", "http://10.0.0.5:8080"),
        ("https://example.gov.vn/motcua/", "https://example.gov.vn/motcua"),
    ],
    ids=["plain", "closing slash", "port", "below a path"],
)
def test_the_public_address_is_taken_as_it_is(given: str, base: str) -> None:
    assert base_address(given) == base


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "set MOTCUA_PUBLIC_URL"),
        ("hoidap.example.gov.vn", "set MOTCUA_PUBLIC_URL"),
        ("ftp://example.gov.vn", "set MOTCUA_PUBLIC_URL"),
        ("https://example.gov.vn/?q=1", "set MOTCUA_PUBLIC_URL"),
        ("http://[", "no address"),
        ("http://127.0.0.1:8080", "this computer itself"),
        ("http://localhost", "this computer itself"),
    ],
    ids=["none", "no scheme", "other scheme", "with a query", "broken", "loopback", "localhost"],
)
def test_an_address_that_no_phone_could_open_is_refused_with_the_remedy(given: str, said: str) -> None:
    with pytest.raises(PosterError, match=said):
        base_address(given)
