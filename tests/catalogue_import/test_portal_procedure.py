"""The detail object as a procedure: identity, agencies, lists, and what is not read."""

from datetime import date
from typing import Any

import pytest

from catalogue_import.formats.portal.fields import DETAIL_FIELDS, LIST_FIELDS
from catalogue_import.formats.portal.identity import identify
from catalogue_import.formats.portal.procedure import to_procedure
from catalogue_import.issues import IssueKind
from catalogue_import.source_record import SourceRecord, UnreadableRecordError
from knowledge.procedure import Decision, LegalBasis, Level, Procedure, Step
from portal_records import detail, listed, named, proposal, without

DATA_DAY = date(2026, 7, 18)


def record_of(values: dict[str, Any]) -> SourceRecord:
    return SourceRecord(values, "file.json", DETAIL_FIELDS)


def read(values: dict[str, Any], *issues: tuple[IssueKind, str]) -> Procedure:
    """The procedure of a record, which must have given exactly the issues named."""
    record = record_of(values)
    found = to_procedure(record, identify(record), DATA_DAY)
    record.account()
    assert [(issue.kind, issue.subject) for issue in record.issues] == list(issues)
    return found


def test_identity_is_kept_as_published() -> None:
    found = read(detail("1.001193", id="019d2bfd", name="Thủ tục\nđăng ký  khai sinh "))
    assert (found.formality_id, found.code) == ("019d2bfd", "1.001193")
    assert found.name == "Thủ tục đăng ký khai sinh"
    assert (found.field, found.issuer, found.issuer_code) == ("Hộ tịch", "Bộ Tư pháp", "G15")
    assert found.data_day == DATA_DAY
    assert not found.is_starter


def test_a_code_is_never_trimmed() -> None:
    """ " 1.014325" and "1.014325" are two different procedures."""
    found = read(detail(" 1.014325"))
    assert found.code == " 1.014325"
    assert not found.has_clean_code


@pytest.mark.parametrize(
    ("flags", "levels"),
    [
        (("isWard",), (Level.COMMUNE,)),
        (("isWard", "isProvince", "isMinistry"), (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY)),
        (("isOtherAgency",), (Level.OTHER,)),
        (("isUndetermined",), ()),
    ],
    ids=["commune", "three levels", "another agency", "not stated"],
)
def test_levels(flags: tuple[str, ...], levels: tuple[Level, ...]) -> None:
    assert read(detail(**{"isWard": False, **dict.fromkeys(flags, True)})).levels == levels


def test_agencies_are_departments_and_groups_without_empty_members() -> None:
    found = read(
        detail(
            departmentsExecuting=[named("d-2", "Sở Tư pháp"), named("d-1", "UBND cấp tỉnh")],
            unitGroupsExecuting=[None, {"id": "u-1", "name": "Ủy ban nhân dân cấp xã"}],
            departmentsAuthority=[named("d-1", "Chủ tịch UBND cấp xã")],
            unitGroupsAuthority=[{"id": "u-2", "name": "Chủ tịch UBND cấp xã"}],
            departmentsAuthorized=[named("d-3", "Phòng Tư pháp")],
            unitGroupsCoordinating=[{"id": "u-3", "name": "Công an cấp xã"}],
            executingAgencies="Sở Tư pháp, UBND cấp tỉnh",
        ),
        (IssueKind.NULL_MEMBER, "unitGroupsExecuting"),
    )
    assert found.executing == ("UBND cấp tỉnh", "Sở Tư pháp", "Ủy ban nhân dân cấp xã")
    assert found.competent == ("Chủ tịch UBND cấp xã",)
    assert found.authorized == ("Phòng Tư pháp",)
    assert found.coordinating == ("Công an cấp xã",)


def test_nobody_named_stays_nobody() -> None:
    assert read(detail(unitGroupsExecuting=[])).executing == ()


def test_the_decision_is_dated_in_viet_nam() -> None:
    expected = Decision(number="163/QĐ-BTP", day=date(2026, 1, 16), issuer="Bộ Tư pháp")
    assert read(detail()).decision == expected


@pytest.mark.parametrize(
    ("published", "decision"),
    [
        pytest.param(proposal(decisionDate=None), Decision(number="163/QĐ-BTP", issuer="Bộ Tư pháp"), id="undated"),
        pytest.param(proposal(proposalNumber=None, decisionDate=None), None, id="without number and date"),
        pytest.param(proposal(proposalNumber=" "), None, id="without number"),
        pytest.param(None, None, id="none at all"),
    ],
)
def test_decisions_that_lack_something(published: dict[str, Any] | None, decision: Decision | None) -> None:
    assert read(detail(procedureProposal=published)).decision == decision


def test_lists_that_the_portal_shuffles_are_put_in_order_of_their_ids() -> None:
    found = read(
        detail(
            subjectTypesDetails=[named("s-2", "Tổ chức"), named("s-1", "Công dân Việt Nam")],
            resultsDetails=[named("r-2", "Bản sao"), named("r-1", "Giấy khai sinh")],
            legalBasisesDetails=[named("l-2", "Nghị định", "104/2022/NĐ-CP "), named("l-1", "Luật", "60/2014/QH13")],
        )
    )
    assert found.subjects == ("Công dân Việt Nam", "Tổ chức")
    assert found.results == ("Giấy khai sinh", "Bản sao")
    assert found.legal_bases == (
        LegalBasis(number="60/2014/QH13", name="Luật"),
        LegalBasis(number="104/2022/NĐ-CP", name="Nghị định"),
    )


def test_the_same_object_twice_in_a_list_counts_once() -> None:
    found = read(detail(legalBasisesDetails=[named("l-1", "Luật", "60"), named("l-1", "Luật", "60")]))
    assert found.legal_bases == (LegalBasis(number="60", name="Luật"),)


def test_steps_keep_their_order_and_line_breaks() -> None:
    steps = [
        {"name": "Bước 2", "description": "Nhận\nkết quả"},
        {"name": "", "description": "Nộp hồ sơ\u00a0"},
        {"name": "", "description": "  "},
    ]
    expected = (Step(name="Bước 2", text="Nhận\nkết quả"), Step(text="Nộp hồ sơ"))
    assert read(detail(executionSteps=steps)).steps == expected


def test_cases_stand_in_the_order_of_their_codes_and_without_times() -> None:
    def case(code: str, name: str) -> dict[str, Any]:
        quantity = {"qty": 5, "type": "WORKING_DAY"}
        return {"id": f"id-{code}", "code": code, "name": name, "processingDay": quantity, "profileComponents": []}

    found = read(detail(cases=[case("1.1.02", "Cấp lại"), case("1.1.01", "Cấp mới"), case("1.1.03", "Cấp mới")]))
    assert found.cases == ("Cấp mới", "Cấp lại")


def test_free_texts() -> None:
    found = read(
        detail(
            note="Ghi chú ",
            keywords="khai sinh, giấy khai sinh ,, khai sinh",
            requirementsAndConditions="Không quy định",
            description="Không quy định",
            dossierReceivingAddresses=" Trung tâm Phục vụ hành chính công ",
            isFullProcess=True,
            isNonTerritorial=True,
        )
    )
    assert found.note == "Ghi chú"
    assert found.keywords == ("khai sinh", "giấy khai sinh")
    assert found.conditions == "Không quy định"
    assert found.receiving_address == "Trung tâm Phục vụ hành chính công"
    assert found.is_full_process
    assert found.is_non_territorial


def test_conditions_that_differ_from_their_repetition_are_told() -> None:
    found = read(
        detail(requirementsAndConditions="Đủ 18 tuổi", description="Không"),
        (IssueKind.TEXTS_DIFFER, "requirementsAndConditions, description"),
    )
    assert found.conditions == "Đủ 18 tuổi"


def test_a_full_detail_object_leaves_nothing_unaccounted_for() -> None:
    read(detail())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"effectiveDate": 1}, "effectiveDate", id="at the top"),
        pytest.param({"procedureProposal": proposal(signer="A")}, "procedureProposal.signer", id="in the decision"),
        pytest.param(
            {"resultsDetails": [{**named("r-1", "Giấy"), "validity": 5}]}, "resultsDetails[].validity", id="in a list"
        ),
    ],
)
def test_a_field_that_the_publisher_adds_is_told(changes: dict[str, Any], field: str) -> None:
    read(detail(**changes), (IssueKind.UNKNOWN_FIELD, field))


@pytest.mark.parametrize("key", ["fees", "decisionNo", "targetObjects", "procedureRelatedGroup"])
def test_a_field_that_was_always_empty_is_told_once_it_holds_something(key: str) -> None:
    read(detail(**{key: ["something"]}), (IssueKind.FILLED_FIELD, key))


@pytest.mark.parametrize("key", ["note", "keywords", "isFullProcess", "legalBasisesDetails", "unitGroupsAuthority"])
def test_a_missing_field_is_told_and_not_stated(key: str) -> None:
    read(without(detail(), key), (IssueKind.MISSING_FIELD, key))


@pytest.mark.parametrize(
    "key",
    "id code name type departmentPromulgateCode executionMethods executionCases executionSteps".split(),
)
@pytest.mark.parametrize("how", ["missing", "null", "blank"])
def test_a_record_without_what_it_needs_is_left_out(key: str, how: str) -> None:
    values = without(detail(), key) if how == "missing" else {**detail(), key: None if how == "null" else "  "}
    with pytest.raises(UnreadableRecordError) as raised:
        identify(record_of(values))
    assert (raised.value.issue.kind, raised.value.issue.subject) == (IssueKind.RECORD_WITHOUT, key)


@pytest.mark.parametrize("code", [1.001193, ["1.001193"], "1.00\x001193"], ids=["number", "list", "with NUL"])
def test_a_code_that_is_no_text_leaves_the_record_out(code: object) -> None:
    with pytest.raises(UnreadableRecordError, match="code should be a text"):
        identify(record_of({**detail(), "code": code}))


def test_an_unknown_state_leaves_the_record_out() -> None:
    """It might mean that the procedure was repealed; the text published before stays."""
    with pytest.raises(UnreadableRecordError, match="EXPIRED"):
        read(detail(state="EXPIRED"))


def test_two_codes_of_one_record_are_told() -> None:
    read(detail("1.000001", codeNotation="1.000002"), (IssueKind.TEXTS_DIFFER, "code, codeNotation"))


def test_a_list_object_is_known_by_what_it_lacks() -> None:
    record = SourceRecord(listed("3.000616"), "list.json", LIST_FIELDS)
    identity = identify(record)
    record.account()
    assert (identity.code, identity.has_details, identity.updated) == ("3.000616", False, None)
    assert record.issues == []


def test_a_field_new_in_list_objects_is_told() -> None:
    record = SourceRecord(listed(level="xã"), "list.json", LIST_FIELDS)
    identify(record)
    record.account()
    assert [(issue.kind, issue.subject) for issue in record.issues] == [(IssueKind.UNKNOWN_FIELD, "level")]


def test_every_ignored_field_has_its_reason() -> None:
    reasons = [*DETAIL_FIELDS.ignored.values(), *LIST_FIELDS.ignored.values(), *DETAIL_FIELDS.empty.values()]
    assert all(len(reason) > 20 for reason in reasons)
    assert not DETAIL_FIELDS.ignored.keys() & DETAIL_FIELDS.empty.keys()
