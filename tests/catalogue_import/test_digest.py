"""The digest sees what a procedure says, not in which order its lists came nor on which day."""

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_import.digest import digest_of
from catalogue_import.formats.portal.fields import DETAIL_FIELDS
from catalogue_import.formats.portal.identity import identify
from catalogue_import.formats.portal.procedure import to_procedure
from catalogue_import.source_record import SourceRecord
from portal_records import Record, attachment, detail, fee, method, named, paper, proposal, shuffled


def rich_detail(**changes: Any) -> Record:
    """A record with at least two members in every list that is read."""
    values = detail(
        keywords="khai sinh, trẻ em",
        departmentsExecuting=[named("d-1", "Sở A"), named("d-2", "Sở B")],
        departmentsAuthority=[named("d-1", "Sở A"), named("d-3", "Sở C")],
        departmentsAuthorized=[named("d-4", "Sở D"), named("d-5", "Sở E")],
        departmentsCoordinating=[named("d-6", "Sở G"), named("d-7", "Sở H")],
        unitGroupsExecuting=[{"id": "u-1", "name": "Xã"}, {"id": "u-2", "name": "Phường"}],
        subjectTypesDetails=[named("s-1", "Công dân"), named("s-2", "Tổ chức")],
        resultsDetails=[named("r-1", "Giấy"), named("r-2", "Bản sao")],
        legalBasisesDetails=[named("l-1", "Luật", "1"), named("l-2", "Nghị định", "2"), named("l-3", "Thông tư", "3")],
        executionSteps=[{"name": "Bước 1", "description": "Nộp"}, {"name": "Bước 2", "description": "Nhận"}],
        executionMethods=[method(fees=[fee(1_000), fee(2_000)]), method(fees=[fee(5)], description="b")],
        executionCases=[
            {
                "name": "A",
                "profileComponents": [paper("a", attachments=[attachment("1"), attachment("2")]), paper("b")],
            },
            {"name": "B", "profileComponents": [paper("c"), paper("d")]},
        ],
        cases=[case("1.01", "Cấp mới"), case("1.02", "Cấp lại")],
    )
    return {**values, **changes}


def case(code: str, name: str) -> Record:
    return {"id": code, "code": code, "name": name, "processingDay": {"qty": 1, "type": "DAY"}, "profileComponents": []}


def digest(values: Record, data_day: date = date(2026, 7, 18)) -> str:
    record = SourceRecord(values, "file.json", DETAIL_FIELDS)
    return digest_of(to_procedure(record, identify(record), data_day))


@given(st.randoms(use_true_random=False))
def test_shuffling_every_list_at_every_depth_changes_nothing(rng: random.Random) -> None:
    assert digest(shuffled(rich_detail(), rng)) == digest(rich_detail())


def test_the_day_of_the_copy_changes_nothing() -> None:
    assert digest(detail(), date(2026, 9, 19)) == digest(detail(), date(2026, 7, 18))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"updatedAt": 1, "createdAt": 1}, id="the portal's own times"),
        pytest.param({"executingAgencies": "Sở B, Sở A"}, id="the joined names"),
        pytest.param({"formalityType": "OTHER"}, id="what is not read"),
        pytest.param({"name": " Thủ tục thử nghiệm\u00a01.000001"}, id="dirt in the text"),
        pytest.param({"name": "Thu\u0309 tu\u0323c thử nghiệm 1.000001"}, id="decomposed letters"),
    ],
)
def test_what_citizens_never_read_changes_nothing(changes: Record) -> None:
    assert digest(rich_detail(**changes)) == digest(rich_detail())


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"name": "Tên khác"}, id="the name"),
        pytest.param({"code": "1.000009", "codeNotation": "1.000009"}, id="the code"),
        pytest.param({"isProvince": True}, id="a level"),
        pytest.param({"procedureProposal": proposal(proposalNumber="164/QĐ-BTP")}, id="the decision"),
        pytest.param({"executionMethods": [method(fees=[fee(9_000)])]}, id="a fee"),
        pytest.param({"executionMethods": [method(fees=[fee(None)])]}, id="an amount that is withdrawn"),
        pytest.param({"executionMethods": [method(processingTime=4)]}, id="a time limit"),
        pytest.param({"executionCases": [{"name": "A", "profileComponents": [paper(copyQty=2)]}]}, id="a copy more"),
        pytest.param({"executionSteps": [{"name": "", "description": "Nộp trực tuyến"}]}, id="a step"),
        pytest.param({"legalBasisesDetails": [named("l-1", "Luật", "1")]}, id="a law"),
        pytest.param({"requirementsAndConditions": "Đủ 18 tuổi"}, id="a condition"),
        pytest.param({"isFullProcess": True}, id="wholly online"),
    ],
)
def test_whatever_an_answer_says_changes_the_digest(changes: Record) -> None:
    assert digest(rich_detail(**changes)) != digest(rich_detail())


def test_papers_that_change_their_group_are_a_change() -> None:
    one = [{"name": "A", "profileComponents": [paper("a")]}, {"name": "B", "profileComponents": [paper("b")]}]
    other = [{"name": "A", "profileComponents": [paper("b")]}, {"name": "B", "profileComponents": [paper("a")]}]
    assert digest(detail(executionCases=one)) != digest(detail(executionCases=other))


def test_a_fee_that_changes_its_channel_is_a_change() -> None:
    one = [method("DIRECT", fees=[fee(1)]), method("ONLINE", fees=[fee(2)])]
    other = [method("DIRECT", fees=[fee(2)]), method("ONLINE", fees=[fee(1)])]
    assert digest(detail(executionMethods=one)) != digest(detail(executionMethods=other))
