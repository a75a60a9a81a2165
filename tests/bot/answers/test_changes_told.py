"""Repealed, replaced, amended, coming: what an answer says of it, and what it no longer says."""

from datetime import date
from itertools import pairwise

import pytest
from msgspec.structs import replace

from answer_parts import DIRECT, TODAY, all_channels, asked_of, facts_of, fee, known, row
from bot.answers.facts import Facts
from bot.answers.render import render
from bot.answers.succession import Instead, Why, in_force
from bot.answers.verdict import Part, Verdict
from bot.answers.wording import fees, places, times
from bot.conversation.messages import Answer, Ending
from knowledge.catalogue import KnownProcedure
from knowledge.commune_layer import AtCommune, CommuneLayer
from knowledge.communes import Commune, CommuneKind, Contact
from knowledge.folding import Folded, fold
from knowledge.patches import Patch
from knowledge.procedure import Aspect, Paper
from sample_decisions import make_patch
from sample_procedures import make_checklist, make_procedure

NEW_YEAR, SPRING = date(2027, 1, 1), date(2027, 3, 1)


def patched(*patches: Patch, day: date = TODAY, **facts: object) -> KnownProcedure:
    folded = fold(make_procedure(**facts), patches, day)
    assert isinstance(folded, Folded)
    return KnownProcedure(procedure=folded.procedure, checklist=None, edition=7, city=folded.city)


# The end


def test_of_a_repealed_procedure_only_that_is_told_with_its_day_and_decision() -> None:
    answer = asked_of(patched(make_patch(status="repealed")))
    assert "Thủ tục này đã bị bãi bỏ từ 30/08/2026 theo Quyết định 9001/QĐ-UBND." in answer.plain
    assert "Mang theo" not in answer.plain
    assert "Lệ phí" not in answer.plain
    assert [choice.label for choice in answer.choices] == ["Hỏi cán bộ"]


@pytest.mark.parametrize("aspect", [Aspect.FEE, Aspect.TIME, Aspect.DOCUMENTS])
def test_whatever_is_asked_of_a_repealed_procedure_it_is_no_longer_told(aspect: Aspect) -> None:
    assert "bãi bỏ từ 30/08/2026" in asked_of(patched(make_patch(status="repealed")), aspect=aspect).plain


def test_a_group_is_told_the_same_in_a_line() -> None:
    answer = asked_of(patched(make_patch(status="repealed")), is_group=True)
    assert "đã bị bãi bỏ từ 30/08/2026" in answer.plain
    assert len(answer.plain) < 400


def test_replaced_by_something_we_know_nothing_of_names_its_code() -> None:
    answer = asked_of(patched(make_patch(status="replaced", successor="3.000722")))
    assert "đã được thay bằng thủ tục mã 3.000722 từ 30/08/2026" in answer.plain


def test_a_code_of_which_nothing_else_is_known_is_said_to_be_repealed() -> None:
    how = patched(make_patch(status="repealed")).city.ended
    verdict = Verdict(ending=Ending.NO_DATA, candidates=("1.999999",))
    answer = render(verdict, Facts(day=TODAY, ended=how))
    assert "Thủ tục mã 1.999999 đã bị bãi bỏ từ 30/08/2026" in answer.plain


# In place of another


def answered(asked: KnownProcedure, answering: KnownProcedure, why: Why) -> Answer:
    code = asked.procedure.code
    facts = replace(facts_of(answering), instead={answering.procedure.code: Instead(asked, why)})
    verdict = Verdict(ending=Ending.PROCEDURE, parts=(Part(code),), candidates=(code, "1.000009"), confidence=0.9)
    return render(verdict, facts)


def test_the_successor_answers_and_says_whose_place_it_takes() -> None:
    old = patched(make_patch(status="replaced", successor="1.000002"), name="Việc cũ")
    answer = answered(old, known(code="1.000002"), Why.REPLACED)
    assert "Thay cho “Việc cũ” (mã 1.000001), hết hiệu lực từ 30/08/2026 theo Quyết định 9001/QĐ-UBND." in answer.plain
    assert "Tờ khai" in answer.plain
    assert answer.procedures == ("1.000002", "1.000009")


def test_the_citys_own_procedure_answers_for_the_nations() -> None:
    answer = answered(known(), known(code="1.000002"), Why.CITY)
    assert "Ở Hải Phòng áp dụng thủ tục riêng của thành phố, không theo mã chung 1.000001." in answer.plain


def chain(*codes: str) -> dict[str, KnownProcedure]:
    """Each code replaced by the next, the last in force."""
    links = pairwise(codes)
    replaced = {
        old: patched(make_patch(old, "replaced", successor=following), code=old, formality_id=old)
        for old, following in links
    }
    return {codes[-1]: known(code=codes[-1]), **replaced}


def nothing(_code: str) -> str:
    return ""


def test_a_chain_of_replacements_is_followed_to_its_end() -> None:
    every = chain("1.000001", "1.000002", "1.000003")
    found, why = in_force(every["1.000001"], every.get, nothing)
    assert (found.procedure.code, why) == ("1.000003", Why.REPLACED)


def test_a_chain_that_leads_nowhere_ends_where_something_is_known() -> None:
    every = chain("1.000001", "1.000002", "1.000003")
    del every["1.000003"]
    assert in_force(every["1.000001"], every.get, nothing)[0].procedure.code == "1.000002"


def test_a_loop_that_got_in_all_the_same_ends() -> None:
    every = chain("1.000001", "1.000002", "1.000001")
    every["1.000001"] = patched(make_patch(status="replaced", successor="1.000002"))
    assert in_force(every["1.000001"], every.get, nothing)[0] is every["1.000001"]


def test_what_is_in_force_answers_for_itself() -> None:
    procedure = known()
    assert in_force(procedure, {}.get, nothing)[0] is procedure


# What is coming, and what was amended


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        (make_patch(status="repealed", effective=SPRING), "Từ 01/03/2027: thủ tục này bị bãi bỏ, theo Quyết định"),
        (
            make_patch(status="replaced", successor="1.000009", effective=SPRING),
            "Từ 01/03/2027: thay bằng thủ tục mã 1.000009",
        ),
        (
            make_patch(time_statutory="07 ngày làm việc", time_shortened="3,5 ngày làm việc", effective=SPRING),
            "Từ 01/03/2027: thời hạn 3,5 ngày làm việc (luật định 7), theo Quyết định 9001/QĐ-UBND.",
        ),
        (make_patch(time_statutory="Ngay trong ngày", effective=SPRING), "Từ 01/03/2027: thời hạn ngay trong ngày"),
        (make_patch(effective=SPRING), "Từ 01/03/2027: thủ tục này có sửa đổi"),
        (make_patch(status="new", effective=SPRING), "Từ 01/03/2027: có hiệu lực"),
    ],
    ids=["repealed", "replaced", "another time", "a time in words", "amended", "new"],
)
def test_what_is_coming_is_announced_with_its_day_and_decision(patch: Patch, said: str) -> None:
    for aspect in (Aspect.GENERAL, Aspect.FEE):
        assert said in asked_of(patched(patch), aspect=aspect).plain


def test_papers_older_than_an_amendment_are_said_to_be_older() -> None:
    assert "được sửa đổi từ 30/08/2026 theo Quyết định 9001/QĐ-UBND; giấy tờ ghi ở đây theo bản trước" in (
        asked_of(patched(make_patch())).plain
    )
    before_the_copy = make_patch(signed=date(2026, 7, 1))
    assert "theo bản trước" not in asked_of(patched(before_the_copy)).plain
    with_papers = make_patch(papers=(Paper(name="Đơn mới", originals=1),))
    assert "theo bản trước" not in asked_of(patched(with_papers)).plain


def test_an_answer_as_of_a_day_says_so_and_what_it_does_not_know() -> None:
    procedure = known()  # its decision is of 16/01/2026
    asked = asked_of(procedure, is_as_of=True).plain
    assert "Theo quy định của ngày 22/11/2026." in asked
    assert "quy định trước đó" not in asked
    verdict = Verdict(ending=Ending.PROCEDURE, parts=(Part("1.000001"),), candidates=("1.000001",))
    older = render(verdict, Facts(day=date(2025, 5, 1), known={"1.000001": procedure}, is_as_of=True))
    assert "Dữ liệu chỉ có bản theo Quyết định ngày 16/01/2026; quy định trước đó, hỏi nơi nộp." in older.plain


def test_with_everything_to_say_the_message_keeps_its_length() -> None:
    patches = (
        make_patch(time_statutory="10 ngày làm việc", time_shortened="05 ngày làm việc", fee_text="8.000 đồng"),
        make_patch(effective=NEW_YEAR, number="2/QĐ-UBND"),
        make_patch(status="repealed", effective=SPRING, number="3/QĐ-UBND"),
    )
    assert len(asked_of(patched(*patches)).plain) <= 1_200


# Times


@pytest.mark.parametrize(
    ("statutory", "shortened", "said"),
    [
        ("07 ngày làm việc", "3,5 ngày làm việc", "3,5 ngày làm việc (luật định 7), theo Quyết định 9001/QĐ-UBND."),
        ("140 ngày", "70 ngày làm việc", "70 ngày làm việc (luật định 140 ngày), theo Quyết định 9001/QĐ-UBND."),
        ("03 ngày làm việc", "", "3 ngày làm việc, theo Quyết định 9001/QĐ-UBND."),
        ("", "05 ngày làm việc", "5 ngày làm việc ở Hải Phòng, theo Quyết định 9001/QĐ-UBND."),
    ],
)
def test_the_shortened_time_stands_beside_the_statutory_one(statutory: str, shortened: str, said: str) -> None:
    procedure = patched(make_patch(time_statutory=statutory, time_shortened=shortened))
    assert times.summary(procedure)[0] == said
    assert times.all_sections(procedure)[0].lines[0] == said


def test_without_a_statutory_time_in_the_decision_the_records_own_is_said() -> None:
    assert times.summary(patched(make_patch(time_shortened="1 ngày")))[1] == "3 ngày làm việc."


# Fees and places


def test_the_amounts_of_a_decision_are_told_where_the_council_has_set_none() -> None:
    procedure = patched(make_patch(fee_text="150.000 đồng/lần"), channels=(row(DIRECT, fee(0)),))
    assert fees.summary(procedure, TODAY)[0] == "150.000 đồng/lần, theo Quyết định 9001/QĐ-UBND."


def test_that_a_decision_sets_no_fee_stands_on_the_page_alone() -> None:
    procedure = patched(make_patch(fee_text="Không quy định"), channels=all_channels(fee(0)))
    assert not any("Không quy định" in sentence for sentence in fees.summary(procedure, TODAY))
    labels = {section.label: section.lines for section in fees.all_sections(procedure, TODAY)}
    assert labels["Theo quyết định của thành phố"] == ("Không quy định, theo Quyết định 9001/QĐ-UBND.",)


def test_the_place_of_a_decision_is_told_where_our_words_have_none() -> None:
    procedure = patched(make_patch(place=("Trung tâm PVHCC cấp xã",)))
    assert places.summary(procedure) == ("Trung tâm Phục vụ hành chính công cấp xã, theo Quyết định 9001/QĐ-UBND.",)
    assert places.label(procedure) == "Nộp ở"
    ours = replace(procedure, checklist=make_checklist(place="Trung tâm gần bạn."))
    assert places.summary(ours) == ("Trung tâm gần bạn.",)


# The commune


def test_the_citizens_own_centre_counter_and_hints_stand_behind_the_place() -> None:
    contact = Contact(centre="Trung tâm thử", hotlines=("0225.000.0000",), second_hand=False)
    layer = CommuneLayer(code="11593", told_by="Nguyễn Thử", told_on=TODAY, contact=contact)
    told = AtCommune(layer=layer, counter="quầy 3", hints=("Lấy số trước", "Gửi xe ở sân.", "Câu thứ ba."))
    commune = Commune(code="11593", kind=CommuneKind.WARD, name="An Phong", contact=contact)
    procedure = replace(known(make_checklist(place="Trung tâm Phục vụ hành chính công xã, phường.")), commune=told)
    said = asked_of(procedure, commune=commune).plain
    assert "Nơi của bạn: Trung tâm thử, điện thoại 0225.000.0000. Quầy 3. Lấy số trước. Gửi xe ở sân." in said
    assert "Câu thứ ba" not in said
    elsewhere = replace(procedure, checklist=make_checklist(place="Sở Xây dựng."))
    assert "Quầy 3" not in asked_of(elsewhere, commune=commune).plain
