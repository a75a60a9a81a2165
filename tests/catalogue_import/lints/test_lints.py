"""Every kind of mistake is found where it stands, and not where a record only looks like it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_import.lints import LINTS, lint_all
from catalogue_import.lints.broken_text import said_twice
from catalogue_import.lints.fees import sums
from catalogue_import.lints.lint import Certainty, LintFinding
from knowledge.procedure import (
    Channel,
    Decision,
    Fee,
    FilingChannel,
    LegalBasis,
    Level,
    Paper,
    PaperGroup,
    Procedure,
    Step,
    TimeLimit,
    Unit,
)
from sample_procedures import make_procedure

KINDS = {lint.code: lint for lint in LINTS}
LONG = "Người nộp chuẩn bị hồ sơ, nộp tại nơi tiếp nhận, nhận giấy hẹn rồi chờ kết quả "  # over eighty letters


def sound(**changes: Any) -> Procedure:
    """A record without a mistake; name any field to make one."""
    facts: dict[str, Any] = {
        "executing": ("Ủy ban nhân dân cấp xã",),
        "legal_bases": (LegalBasis(number="60/2014/QH13", name="Luật Hộ tịch"),),
    }
    return make_procedure(**facts | changes)


def row(note: str = "", channel: Channel = Channel.DIRECT, days: float | None = 3, **changes: Any) -> FilingChannel:
    limit = TimeLimit(amount=days, unit=Unit.WORKING_DAY) if days else TimeLimit()
    return FilingChannel(**{"channel": channel, "time_limit": limit, "fees": (Fee(amount=0),), "note": note, **changes})


def fee(amount: int | None, note: str = "", **changes: Any) -> Procedure:
    return sound(channels=(row(fees=(Fee(amount=amount, note=note, **changes),)),))


def fees(*all_of_them: Fee) -> Procedure:
    return sound(channels=(row(fees=all_of_them),))


def step(text: str) -> Procedure:
    return sound(steps=(Step(text=text),))


def papers(*names: str, **changes: Any) -> Procedure:
    return sound(paper_groups=(PaperGroup(papers=tuple(Paper(name=name, originals=1, **changes) for name in names)),))


def decision(number: str, day: date | None = date(2026, 1, 16)) -> Procedure:
    return sound(decision=Decision(number=number, day=day))


def found(*procedures: Procedure, repealed: Sequence[str] = ()) -> list[LintFinding]:
    return [*lint_all(procedures, dict.fromkeys(repealed, "9003/QĐ-UBND"))]


def kinds(procedure: Procedure) -> set[str]:
    return {finding.kind for finding in found(procedure)}


UNLIKE = sound(
    name="Đăng ký nuôi thủy sản lồng bè trên sông",
    steps=(Step(text="Bước 1: " + " ".join(f"việc{at} khác{at}" for at in range(40))),),
)
OF_DISTRICTS = LegalBasis(number="37/2014/NĐ-CP", name="Cơ quan chuyên môn thuộc Ủy ban nhân dân huyện, quận")
WRONG = [
    ("wrong-page", sound(name="Đăng ký khai sinh (1.000999)"), "1.000999"),
    ("wrong-page", step("Mã thủ tục: 1.014023\nHỗ trợ phát triển sản xuất"), "1.014023"),
    ("page-unlike", UNLIKE, "nuôi, thủy, sản, lồng, bè, trên, sông"),
    ("bad-code", sound(code="1.0133611"), "1.0133611"),
    ("decision-odd", decision("SỐ 64/QĐ-NHNN"), "SỐ 64"),
    ("decision-odd", decision("1681"), "1681"),
    ("decision-odd", decision("163/QĐ-BTP", None), "không có ngày"),
    ("decision-odd", sound(decision=None), "Để trống"),
    ("law-odd", sound(legal_bases=(LegalBasis(number="", name="Luật Hộ tịch"),)), "Luật Hộ tịch"),
    ("law-odd", sound(legal_bases=(LegalBasis(number="Luật Hộ tịch", name="60/2014/QH13"),)), "60/2014"),
    ("law-repeated", sound(legal_bases=(LegalBasis(number="1/NĐ-CP"), LegalBasis(number="1 /NĐ-CP"))), "1/NĐ-CP"),
    ("agency-none", sound(executing=()), "Không ghi"),
    ("level-none", sound(levels=()), "Không đánh dấu"),
    ("online-missing", sound(is_full_process=True), "toàn trình"),
    ("fee-nowhere", sound(channels=(row(fees=()),)), "để trống"),
    ("fee-empty", fee(None), "không có số"),
    ("fee-zero-priced", fee(0, "150.000 đồng/giấy"), "0 đồng; ghi chú: 150.000 đồng/giấy"),
    ("fee-zero-priced", fee(0, "5 triệu đồng"), "5 triệu"),
    ("fee-differs", fee(40_000, "50.000đ/giấy thông hành"), "40.000 đồng; ghi chú: 50.000đ"),
    ("fee-differs", fee(1_500_000, "Lệ phí: 150.000 đồng/1 giấy."), "1.500.000"),
    ("fee-reduced", fee(800_000, "400.000 đồng từ ngày 01/7/2025 đến hết ngày 31/12/2026"), "800.000"),
    ("fee-several", fees(Fee(amount=5_000), Fee(amount=70_000)), "5.000, 70.000 đồng"),
    ("fee-free-priced", fee(20_000, "Miễn lệ phí"), "20.000"),
    ("fee-council", fee(0, "Theo quy định của Hội đồng nhân dân cấp tỉnh"), "Hội đồng"),
    ("fee-council", fee(None, "Do HĐND thành phố quyết định"), "HĐND"),
    ("fee-zero-law", fee(0, "Theo quy định tại Thông tư 226/2016/TT-BTC"), "Thông tư 226"),
    ("fee-thousands", fee(20, "20.000 vnđ/tờ khai"), "20 đồng"),
    ("fee-too-great", fee(17_500_000_000, "17,5 triệu"), "17.500.000.000"),
    ("fee-table-missing", fee(None, "Chi tiết tại Biểu phí, lệ phí kèm theo"), "Biểu phí"),
    ("time-text", sound(channels=(row(days=None, time_limit=TimeLimit(text="Theo mô tả")),)), "Theo mô tả"),
    ("time-nowhere", sound(channels=(row(days=None),)), "Khác"),
    ("time-several", sound(channels=(row(days=1), row(days=3.5))), "1 ngày làm việc, 3,5 ngày làm việc"),
    ("form-dangling", papers("Tờ khai theo mẫu CT01 ban hành kèm theo Thông tư"), "mẫu CT01"),
    ("paper-repeated", papers("Ảnh chân dung", "ảnh chân dung."), "2 lần: Ảnh chân dung"),
    ("paper-none", sound(paper_groups=()), "Không có giấy tờ"),
    ("link-closed", step("Nộp tại http://dichvucong.haiduong.gov.vn."), "haiduong"),
    ("link-closed", step("https://dichvucong.gov.vn/p/home/dvc-chi-tiet.html?ma_thu_tuc=1"), "p/home"),
    ("link-closed", step("Xem thutuc.dichvucong.gov.vn"), "thutuc"),
    ("link-closed", step("Xem www.molisa.gov.vn"), "molisa"),
    ("link-ministry", step("Nộp tại http://dichvucong.mae.gov.vn)."), "mae"),
    ("old-district", step("Nộp tại Ủy ban nhân dân huyện nơi cư trú."), "nhân dân huyện"),
    ("old-district", sound(executing=("Bảo hiểm xã hội cấp huyện",)), "cấp huyện"),
    ("old-province", step("Nộp tại Sở Xây dựng tỉnh Hải Dương."), "Hải Dương"),
    ("old-province", step("Sở Xây dựng các tỉnh Quảng Ninh, Lạng Sơn, Hà Giang cấp."), "Hà Giang"),
    ("old-ministry", sound(issuer="Bộ xây dựng (Giao thông vận tải cũ)"), "cũ"),
    ("old-ministry", step("Gửi Bộ Kế hoạch và Đầu tư."), "Kế hoạch"),
    ("text-shuffled", step("nộp hồ sơ đăng ký khai tâm Phục vụ hành chính công"), "khai tâm"),
    ("text-shuffled", step("hoàn tất việc sinh tại Trung \nnộp hồ sơ."), "Trung"),
    ("text-torn", step("Doanh nghiệp gửi h ồ sơ đến cơ quan."), "h ồ sơ"),
    ("text-mojibake", step("Thá»§ tá»¥c hành chính"), "Thá»§"),
    ("text-mojibake", step("Thủ t\ufffdc"), "\ufffd"),
    ("text-twice", step("Nộp tại cơ quan chuyên môn thuộc cơ quan chuyên môn thuộc xã."), "chuyên môn thuộc"),
    ("text-cut", step(LONG + "và"), "kết quả và"),
]  # fmt: skip
RIGHT = [
    ("wrong-page", "its own code in the name", sound(name="Đăng ký khai sinh (1.000001)")),
    ("wrong-page", "a reference to another one", step("thực hiện theo thủ tục cấp xã (Mã TTHC 1.001699)")),
    ("page-unlike", "a text too short to tell", sound(name="Đăng ký nuôi thủy sản lồng bè trên sông")),
    ("fee-zero-priced", "a price that is not asked", fee(0, "Không thu phí")),
    ("fee-differs", "the same with a dot", fee(50_000, "50.000 đồng/giấy")),
    ("fee-differs", "several prices", fee(50_000, "50.000 đồng hoặc 70.000 đồng")),
    ("fee-differs", "a share", fee(50_000, "giảm 20% còn 40.000 đồng")),
    ("fee-differs", "a number without unit beside one with", fee(500_000, "cấp mới 100.000 đồng, cấp lại 500.000")),
    ("fee-differs", "dollars", fee(25, "50.000 đồng", currency="USD")),
    ("fee-several", "notes that tell them apart", fees(Fee(amount=5_000, note="a"), Fee(amount=7_000, note="b"))),
    ("fee-free-priced", "free for some", fee(20_000, "Miễn lệ phí đối với hộ nghèo")),
    ("fee-council", "a council with its amount", fee(0, "HĐND quy định: 8.000 đồng")),
    ("fee-zero-law", "zero said outright", fee(0, "Miễn lệ phí theo quy định của Luật")),
    ("fee-thousands", "dollars", fee(20, currency="USD")),
    ("fee-table-missing", "the table is there", fee(None, "Chi tiết tại biểu phí kèm theo", attachment="bieu-phi.pdf")),
    ("fee-table-missing", "an annex of a circular", fee(None, "Phụ lục ban hành kèm theo Thông tư 33/2021/TT-BTC")),
    ("time-several", "notes that tell them apart", sound(channels=(row("cấp mới", days=1), row("cấp lại", days=3)))),
    ("time-several", "two channels", sound(channels=(row(days=1), row(days=3, channel=Channel.ONLINE)))),
    ("form-dangling", "the form is attached", papers("Tờ khai theo mẫu CT01", forms=("CT01.docx",))),
    ("form-dangling", "an electronic form", papers("Tờ khai theo mẫu CT01", has_electronic_form=True)),
    ("form-dangling", "an office's own form", papers("Giấy chứng nhận (Mẫu số 05A)")),
    ("paper-repeated", "another number of copies", sound(
        paper_groups=(PaperGroup(papers=(Paper(name="Ảnh", originals=1), Paper(name="Ảnh", copies=1))),))),
    ("link-closed", "the national portal", step("Nộp tại https://dichvucong.gov.vn.")),
    ("link-ministry", "the national portal", step("Nộp tại http://dichvucong.gov.vn")),
    ("old-district", "a document of that time", step("giấy của cơ quan cấp huyện trước ngày 01/7/2025")),
    ("old-district", "the title of a law", sound(legal_bases=(OF_DISTRICTS,))),
    ("old-province", "people who settled abroad", step("người Việt Nam định cư ở nước ngoài")),
    ("old-province", "a province that is", step("Sở Xây dựng tỉnh Quảng Ninh")),
    ("old-ministry", "the title of a circular", step("Thông tư 19/2016/TT-BTTTT của Bộ Thông tin và Truyền thông")),
    ("old-ministry", "said to be old", step("Bộ Lao động - Thương binh và Xã hội (nay là Bộ Nội vụ)")),
    ("text-shuffled", "the centre whole", step("Nộp tại Trung tâm Phục vụ hành chính công")),
    ("text-shuffled", "the centre over two lines", step("Nộp tại Trung\ntâm Phục vụ hành chính công")),
    ("text-torn", "letters of a list", step("theo mục m, n ở trên")),
    ("text-torn", "short words", step("Đ ơn vị A ở xã B")),
    ("text-twice", "a list", step("bản sao điện tử có chứng thực hoặc bản sao điện tử có chứng thực hoặc giấy")),
    ("text-twice", "a new sentence", step("Tổ chức, cá nhân nộp hồ sơ. Tổ chức, cá nhân nộp hồ sơ.")),
    ("text-cut", "a whole sentence", step(LONG + "nơi ở hiện tại")),
]  # fmt: skip


def test_a_sound_record_has_no_finding() -> None:
    assert found(sound()) == []


@pytest.mark.parametrize(("kind", "procedure", "stands"), WRONG, ids=[f"{kind}: {said}" for kind, _, said in WRONG])
def test_a_mistake_is_found_and_shown_as_it_stands(kind: str, procedure: Procedure, stands: str) -> None:
    findings = [finding for finding in found(procedure) if finding.kind == kind]
    assert len(findings) == 1
    assert stands in findings[0].stands
    assert findings[0].place
    assert (findings[0].code, findings[0].name) == (procedure.code, procedure.name)


@pytest.mark.parametrize(("kind", "looks", "procedure"), RIGHT, ids=[f"{kind}: {looks}" for kind, looks, _ in RIGHT])
def test_what_only_looks_like_a_mistake_is_left_alone(kind: str, looks: str, procedure: Procedure) -> None:
    assert kind not in kinds(procedure), looks


def test_two_records_of_one_name_point_at_each_other() -> None:
    one, other = sound(name="Đăng ký việc"), sound(code="1.000002", name="ĐĂNG KÝ  việc .")
    findings = found(one, other)
    assert [(finding.kind, finding.stands) for finding in findings] == [
        ("repeated-name", "Cùng tên với 1.000002"),
        ("repeated-name", "Cùng tên với 1.000001"),
    ]


def test_two_records_of_one_code_are_told_apart_by_their_ids() -> None:
    findings = found(sound(), sound(formality_id="another", name="Việc khác hẳn"))
    assert {finding.kind for finding in findings} == {"repeated-code"}
    assert "another" in findings[0].stands


def test_a_repealed_procedure_that_is_still_listed_names_the_decision() -> None:
    (finding,) = found(sound(), repealed=["1.000001", "1.009999"])
    assert (finding.kind, "9003/QĐ-UBND" in finding.stands) == ("repealed-listed", True)


def test_a_thousandth_says_the_amount_that_was_meant() -> None:
    (finding,) = [each for each in found(fee(20, "20.000 đồng/tờ")) if each.kind == "fee-thousands"]
    assert finding.right == "20.000 đồng"
    (finding,) = [each for each in found(fee(155, "155 USD/thẻ")) if each.kind == "fee-thousands"]
    assert "USD" in finding.right


def test_the_place_is_said_in_the_words_of_the_portals_page() -> None:
    procedure = sound(channels=(row(), row(channel=Channel.ONLINE, fees=(Fee(amount=0), Fee(amount=None)))))
    assert [each.place for each in found(procedure)] == ["Cách thức thực hiện, dòng 2 (trực tuyến), phí 2"]


def test_a_long_text_is_shown_around_the_mistake() -> None:
    (finding,) = found(step(f"{LONG * 5}. Nộp tại Công an cấp huyện. {LONG * 5}."))
    assert finding.stands.startswith("… ")
    assert finding.stands.endswith(" …")
    assert len(finding.stands) < 200


def test_findings_come_by_kind_in_the_order_of_the_roll_then_by_code() -> None:
    wrong = [sound(code=code, name=f"Việc {code}", executing=(), levels=()) for code in ("1.000002", "1.000001")]
    findings = [(finding.kind, finding.code) for finding in found(*wrong)]
    assert findings == [(kind, code) for kind in ("agency-none", "level-none") for code in ("1.000001", "1.000002")]


def test_progress_counts_procedures() -> None:
    told: list[tuple[int, int]] = []
    lint_all([sound(), sound(code="1.000002", name="Việc khác")], {}, lambda *progress: told.append(progress))
    assert told == [(1, 2), (2, 2)]


# Contract of the roll


def test_every_lint_has_a_code_of_its_own() -> None:
    assert len(KINDS) == len(LINTS)


def test_every_lint_has_an_example() -> None:
    assert set(KINDS) == {kind for kind, _, _ in WRONG} | {"repeated-name", "repeated-code", "repealed-listed"}


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.code)
def test_every_lint_explains_itself_to_the_publisher(lint: Any) -> None:
    assert lint.title.strip("“")[0].isupper()
    assert not lint.title.endswith(".")
    assert lint.why.endswith(".")
    assert lint.right
    assert not lint.right.endswith(".")
    assert lint.certainty in Certainty


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.code)
def test_every_lint_takes_a_record_that_says_nothing(lint: Any) -> None:
    empty = make_procedure(
        decision=None, levels=(), channels=(), paper_groups=(), steps=(), field="", issuer="", executing=()
    )
    assert all(finding.stands for finding in lint_all([empty], {}) if finding.kind == lint.code)


def test_levels_are_not_guessed() -> None:
    assert kinds(sound(levels=(Level.COMMUNE,))) == set()


# Texts that nobody typed

HOSTILE = {
    "one long word": "a" * 30_000 + ".vn",
    "dots": "a." * 15_000 + "vn",
    "brackets": "( " * 15_000,
    "spaces": "( " + " " * 30_000 + "x",
    "digits": "1.000." * 5_000 + " đồng",
    "old ministries": "Bộ Kế hoạch và đầu tư " * 1_500,
    "forms": "Tờ khai mẫu " + "x." * 15_000,
    "question marks": "a?" * 15_000,
    "the same phrase": "cơ quan chuyên môn thuộc " * 1_500,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_makes_a_lint_run_on_for_ever(text: str) -> None:
    hostile = sound(
        steps=(Step(text=f"{text} dichvucong.gov.vn"),),
        channels=(row(text, fees=(Fee(amount=0, note=text),)),),
        paper_groups=(PaperGroup(papers=(Paper(name=text, originals=1),)),),
    )
    assert all(len(finding.stands) <= len(text) + 200 for finding in found(hostile))


@given(st.text(max_size=400))
def test_any_text_is_looked_at_in_peace(text: str) -> None:
    procedure = sound(
        name=f"Việc {text}",
        conditions=text,
        steps=(Step(text=text, name=text),),
        channels=(
            row(text, fees=(Fee(amount=5, note=text), Fee(amount=None, note=text)), time_limit=TimeLimit(text=text)),
        ),
        legal_bases=(LegalBasis(number=text, name=text),),
        decision=Decision(number=text),
    )
    assert all(finding.place and finding.stands for finding in found(procedure))


def test_said_twice_is_the_shortest_way_to_say_it() -> None:
    words = "nộp hồ sơ tại nộp hồ sơ tại xã".split()
    assert list(said_twice(words)) == words[:4]
    assert list(said_twice("một hai ba một hai ba".split())) == [], "three words are often right"
    assert list(said_twice([])) == []


@pytest.mark.parametrize(
    ("note", "amounts"),
    [
        ("8.000 đồng", {8_000}),
        ("8.000đ/bản", {8_000}),
        ("8,000 VNĐ", {8_000}),
        ("5 triệu đồng", {5_000_000}),
        ("17,5 triệu đồng", {17_500_000}),
        ("50 nghìn đồng và 1.200.000 vnđ", {50_000, 1_200_000}),
        ("giảm 50% còn 4.000 đồng", set()),
        ("Thông tư 226/2016/TT-BTC", set()),
        ("", set()),
    ],
    ids=str,
)
def test_prices_are_read_from_notes(note: str, amounts: set[int]) -> None:
    assert sums(note) == amounts
