"""The city's decisions over the record: as of a day, in whatever order they came."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from knowledge.folding import Folded, ended_by, fold, still_true
from knowledge.patches import OnlineLevel, Patch
from knowledge.procedure import Decision, InvalidValueError, LegalBasis, Level, Paper, PaperGroup, PlainPaper
from sample_decisions import AUGUST, make_patch
from sample_procedures import make_checklist, make_procedure

JULY, SEPTEMBER, MARCH = date(2026, 7, 1), date(2026, 9, 1), date(2027, 3, 1)
RECORD = make_procedure(name="Đăng ký khai sinh")  # its decision is of 16/01/2026


def on(day: date, *patches: Patch, record: object = RECORD) -> Folded:
    folded = fold(record, patches, day)  # type: ignore[arg-type]
    assert folded is not None
    return folded


# What a row says


def test_before_its_day_an_amendment_is_announced_and_changes_nothing() -> None:
    patch = make_patch(name="Tên mới", time_shortened="1,5 ngày làm việc", effective=SEPTEMBER)
    folded = on(AUGUST, patch)
    assert (folded.procedure, folded.city.time, folded.city.coming) == (RECORD, None, (patch,))


def test_on_its_day_an_amendment_lies_over_the_fields_it_states_each_with_its_ground() -> None:
    patch = make_patch(
        name="Tên mới",
        levels=(Level.PROVINCE,),
        time_statutory="03 ngày làm việc",
        time_shortened="1,5 ngày làm việc",
        place=("Trung tâm", "Sở"),
        fee_text="Không quy định",
        online_level=OnlineLevel.FULL,
        legal_bases=("Luật số 60/2014/QH13",),
    )
    folded = on(AUGUST, patch)
    procedure, city = folded.procedure, folded.city
    assert (procedure.name, procedure.levels, procedure.field) == ("Tên mới", (Level.PROVINCE,), RECORD.field)
    assert procedure.legal_bases == (LegalBasis(number="Luật số 60/2014/QH13"),)
    assert procedure.decision == patch.decision
    assert set(city.patched) == {"name", "levels", "legal_bases"}
    assert city.patched["name"].decision == patch.decision
    assert city.time is not None
    assert (city.time.statutory, city.time.shortened) == ("03 ngày làm việc", "1,5 ngày làm việc")
    assert [each.text for each in (city.fee, city.place, city.online) if each] == [
        "Không quy định",
        "Trung tâm; Sở",
        "full",
    ]
    assert city.coming == ()


def test_a_row_that_states_a_time_without_a_shortened_one_ends_the_shortening_before() -> None:
    earlier = make_patch(time_statutory="10 ngày", time_shortened="05 ngày", signed=JULY)
    later = make_patch(time_statutory="10 ngày", number="9002/QĐ-UBND")
    time = on(AUGUST, earlier, later).city.time
    assert time is not None
    assert (time.statutory, time.shortened) == ("10 ngày", "")


def test_a_row_that_states_no_time_leaves_the_one_before() -> None:
    earlier = make_patch(time_shortened="05 ngày", signed=JULY)
    time = on(AUGUST, earlier, make_patch(number="9002/QĐ-UBND")).city.time
    assert time is not None
    assert time.shortened == "05 ngày"


def test_a_younger_national_record_speaks_for_the_nation_and_leaves_the_city_its_times_and_fees() -> None:
    younger = make_procedure(name="Tên của Bộ", decision=Decision(number="900/QĐ-BTP", day=SEPTEMBER))
    patch = make_patch(name="Tên cũ", time_statutory="9 ngày", time_shortened="4 ngày", fee_text="5.000 đồng")
    folded = on(MARCH, patch, record=younger)
    assert (folded.procedure, folded.city.patched) == (younger, {})
    assert folded.city.time is not None
    assert (folded.city.time.statutory, folded.city.time.shortened) == ("", "4 ngày")
    assert folded.city.fee is not None


def test_a_younger_record_of_the_city_itself_has_its_decisions_in_it_already() -> None:
    own = make_procedure(issuer_code="H24", decision=Decision(number="2670/QĐ-UBND", day=SEPTEMBER))
    assert on(MARCH, make_patch(time_shortened="4 ngày"), record=own) == Folded(procedure=own)


def test_the_content_of_a_decision_takes_the_place_of_papers_and_steps() -> None:
    patch = make_patch(papers=(Paper(name="Đơn", originals=1),), steps=("Nộp hồ sơ.",), conditions="Không có nợ.")
    procedure = on(AUGUST, patch).procedure
    assert procedure.paper_groups == (PaperGroup(papers=(Paper(name="Đơn", originals=1),)),)
    assert [step.text for step in procedure.steps] == ["Nộp hồ sơ."]
    assert procedure.conditions == "Không có nợ."


# Ends


def test_a_repealed_procedure_is_still_known_with_the_decision_and_the_day() -> None:
    ended = on(SEPTEMBER, make_patch(status="repealed")).city.ended
    assert ended is not None
    assert (ended.since, ended.decision.number, ended.successor) == (AUGUST, "9001/QĐ-UBND", "")
    assert on(JULY, make_patch(status="repealed")).city.ended is None


def test_a_replaced_procedure_names_its_successor() -> None:
    ended = on(SEPTEMBER, make_patch(status="replaced", successor="3.000722")).city.ended
    assert ended is not None
    assert ended.successor == "3.000722"


@pytest.mark.parametrize(("status", "is_ended"), [("amended", True), ("new", False)])
def test_only_a_new_announcement_revives_what_was_repealed(status: str, *, is_ended: bool) -> None:
    later = make_patch(status=status, number="9009/QĐ-UBND", signed=SEPTEMBER)
    assert (on(MARCH, make_patch(status="repealed"), later).city.ended is not None) is is_ended


def test_what_ended_a_code_is_known_without_any_name() -> None:
    patch = make_patch(status="repealed", name="")
    assert fold(None, [patch], SEPTEMBER) is None
    assert ended_by([patch], SEPTEMBER) is not None
    assert ended_by([patch], JULY) is None


# Without a record


def test_a_new_code_is_a_thin_procedure_from_its_day_on() -> None:
    patch = make_patch("3.000722", status="new", name="Liên thông khai sinh", field="Hộ tịch", effective=SEPTEMBER)
    assert fold(None, [patch], AUGUST) is None
    thin = on(SEPTEMBER, patch, record=None).procedure
    assert (thin.code, thin.name, thin.field, thin.decision) == (
        "3.000722",
        "Liên thông khai sinh",
        "Hộ tịch",
        patch.decision,
    )
    assert not thin.issuer_code.startswith("H")


def test_an_amendment_of_an_unknown_code_makes_no_procedure_and_waits_for_one() -> None:
    patch = make_patch(time_shortened="2 ngày")
    assert fold(None, [patch], SEPTEMBER) is None
    assert on(SEPTEMBER, patch).city.time is not None


def test_when_the_catalogue_brings_the_record_it_is_the_base_and_the_decision_lies_over_it() -> None:
    patch = make_patch(status="new", name="Tên trong quyết định", time_shortened="2 ngày")
    folded = on(SEPTEMBER, patch)
    assert (folded.procedure.formality_id, folded.procedure.paper_groups) == (RECORD.formality_id, RECORD.paper_groups)
    assert folded.city.time is not None


@pytest.mark.parametrize(("ended", "is_there"), [(SEPTEMBER, False), (JULY, True)], ids=["after it", "before it"])
def test_a_decision_does_not_bring_back_what_a_later_copy_of_the_catalogue_dropped(
    ended: date, *, is_there: bool
) -> None:
    folded = fold(None, [make_patch(status="new")], MARCH, ended)
    assert (folded is not None) is is_there


# Order


def test_every_order_of_the_same_decisions_gives_the_same_state_on_every_day() -> None:
    patches = [
        make_patch(time_shortened="5 ngày", name="Tên 1"),
        make_patch(time_shortened="4 ngày", name="Tên 2", number="9002/QĐ-UBND", signed=date(2026, 8, 31)),
        make_patch(status="repealed", number="9003/QĐ-UBND", effective=MARCH),
        make_patch(status="new", number="9004/QĐ-UBND", signed=date(2026, 9, 9), effective=MARCH + timedelta(30)),
    ]
    days = [JULY, AUGUST, SEPTEMBER, MARCH, MARCH + timedelta(30)]
    states = {tuple(fold(RECORD, order, day) is not None for day in days) for order in permutations(patches)}
    first = [fold(RECORD, patches, day) for day in days]
    assert len(states) == 1
    assert all([fold(RECORD, order, day) for day in days] == first for order in permutations(patches))


# Plain words beside decisions


def test_plain_words_about_what_a_decision_stated_since_are_not_said() -> None:
    checklist = make_checklist(time="3 ngày.", steps=("Nộp.",), place="Trung tâm", papers=(PlainPaper(name="Đơn"),))
    city = on(SEPTEMBER, make_patch(time_shortened="1 ngày", papers=(Paper(name="Tờ khai mới", originals=1),))).city
    kept = still_true(checklist, city)
    assert kept is not None
    assert (kept.time, kept.papers, kept.steps, kept.place) == ("", (), ("Nộp.",), "Trung tâm")
    assert still_true(checklist, on(JULY).city) is checklist
    assert still_true(None, city) is None


# Values


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"code": "10.005090"}, "no procedure code", id="no code"),
        pytest.param({"successor": "1.000002"}, "successor", id="successor of an amended one"),
        pytest.param({"status": "replaced"}, "successor", id="replaced by nothing"),
        pytest.param({"status": "replaced", "successor": "1.000001"}, "cannot succeed", id="replaced by itself"),
        pytest.param({"status": "replaced", "successor": "x"}, "cannot succeed", id="replaced by no code"),
    ],
)
def test_a_row_that_cannot_be_is_refused(changes: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        make_patch(**changes)


def test_numbers_of_decisions_begin_anew_every_year() -> None:
    assert make_patch().key != make_patch(signed=date(2025, 8, 30)).key
    assert make_patch().key == make_patch(time_shortened="1 ngày", where="trang 3").key
