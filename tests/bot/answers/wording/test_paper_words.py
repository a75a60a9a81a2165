"""Which papers to bring, in words: for everybody, by case, looked up; whole names, honest counts."""

import pytest

from answer_parts import group, known, paper
from bot.answers.wording import papers
from bot.answers.wording.papers import Line, PapersInWords, in_words
from knowledge.procedure import Checklist, PaperGroup, PaperUse, PlainPaper
from sample_procedures import make_checklist

LONG = " và những thông tin khác theo yêu cầu của cơ quan có thẩm quyền" * 4


def of_record(*groups: PaperGroup) -> PapersInWords:
    return in_words(known(paper_groups=groups))


def of_list(*plain: PlainPaper) -> PapersInWords:
    return in_words(known(make_checklist(papers=plain)))


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("name", "originals", "copies", "said"),
    [
        ("Giấy chứng sinh", 1, 0, "bản chính"),
        ("Giấy chứng sinh", 2, 0, "2 bản chính"),
        ("Giấy chứng sinh", 0, 1, "bản sao"),
        ("Giấy chứng sinh", 0, 3, "3 bản sao"),
        ("Giấy chứng sinh", 1, 1, "1 bản chính, 1 bản sao"),
        ("Giấy chứng sinh", 2, 1, "2 bản chính, 1 bản sao"),
        ("Giấy chứng sinh", 0, 0, ""),
        ("Tờ khai đăng ký khai sinh", 1, 0, ""),
        ("Đơn đề nghị (Mẫu số 01)", 1, 1, ""),
        ("Tờ khai CT01 của từng người", 2, 0, "2 bản"),
        ("Bản sao căn cước", 0, 1, ""),
        ("Bản sao căn cước", 0, 2, "2 bản"),
        ("Giấy kết hôn (bản chính hoặc bản sao)", 1, 0, ""),
    ],
)
def test_how_many_are_wanted_is_said_once(name: str, originals: int, copies: int, said: str) -> None:
    assert papers.quantity(name, originals, copies) == said


# From the plain list


def test_papers_for_everybody_come_apart_from_those_of_a_case() -> None:
    words = of_list(
        PlainPaper(name="Tờ khai", originals=1),
        PlainPaper(name="Giấy ủy quyền", originals=1, when="nhờ người khác đi làm"),
    )
    assert texts(words.everybody) == ["Tờ khai"]
    assert texts(words.cases) == ["Nhờ người khác đi làm: Giấy ủy quyền (bản chính)"]


def test_papers_of_one_case_stand_in_one_line() -> None:
    words = of_list(
        PlainPaper(name="Đơn", originals=1, when="xây nhà ở"),
        PlainPaper(name="Bản vẽ", originals=2, when="xây nhà ở"),
    )
    assert texts(words.cases) == ["Xây nhà ở: Đơn; Bản vẽ (2 bản chính)"]


def test_a_paper_to_show_is_told_from_one_to_hand_in() -> None:
    words = of_list(PlainPaper(name="Căn cước", use=PaperUse.SHOW, originals=1))
    assert texts(words.everybody) == ["Căn cước (bản chính, để cán bộ xem)"]


def test_what_the_office_looks_up_is_not_among_the_papers_to_bring() -> None:
    words = of_list(
        PlainPaper(name="Giấy tờ cư trú", use=PaperUse.LOOKED_UP, originals=1),
        PlainPaper(name="Giấy kết hôn", use=PaperUse.LOOKED_UP, originals=1),
        PlainPaper(name="Chỉ trong một trường hợp", use=PaperUse.LOOKED_UP, when="ly hôn"),
    )
    assert words.looked_up == "Giấy tờ cư trú; Giấy kết hôn"
    assert words.is_empty


def test_a_paper_one_may_not_have_is_for_everybody() -> None:
    assert texts(of_list(PlainPaper(name="Thẻ cũ", originals=1, when="nếu có")).everybody) == [
        "Thẻ cũ (bản chính, nếu có)"
    ]


def test_brackets_are_not_put_after_brackets() -> None:
    words = of_list(PlainPaper(name="Giấy tờ tùy thân (căn cước, hộ chiếu…)", originals=1))
    assert texts(words.everybody) == ["Giấy tờ tùy thân (căn cước, hộ chiếu…), bản chính"]


def test_what_may_serve_instead_is_kept_beside_its_line() -> None:
    (line,) = of_list(PlainPaper(name="Giấy chứng sinh", originals=1, instead="giấy của người làm chứng.")).everybody
    assert line.full == "Giấy chứng sinh (bản chính). Hoặc: giấy của người làm chứng"


# From the record


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "* Giấy tờ phải nộp:",
        "Thành phần hồ sơ bao gồm",
        "a) Thành phần hồ sơ:",
        "Bao gồm",
        "01 bộ hồ sơ",
        "Số lượng hồ sơ: 01 bộ.",
        "* Hồ sơ đăng ký tạm trú gồm:",
        "* Lưu ý:",
        "1",
    ],
)
def test_a_heading_that_only_opens_a_list_is_no_case(heading: str) -> None:
    assert texts(of_record(group("Giấy chứng sinh", heading=heading)).everybody) == ["Giấy chứng sinh (bản chính)"]


@pytest.mark.parametrize(
    ("heading", "case"),
    [
        ("* Trường hợp ủy quyền thực hiện thủ tục:", "Ủy quyền thực hiện thủ tục"),
        ("(1.7) Đối với công trình nhà ở riêng lẻ:", "Công trình nhà ở riêng lẻ"),
        ("* Đăng ký tạm trú theo danh sách, hồ sơ gồm:", "Đăng ký tạm trú theo danh sách"),
        ("(1): Đối với tàu đóng mới, bao gồm:", "Tàu đóng mới"),
        ("Hồ sơ đối với trường hợp cấp lại", "Hồ sơ đối với trường hợp cấp lại"),
        ("Trường hợp 1: cấp mới", "Trường hợp 1: cấp mới"),
        ("Trường hợp sang tên phải làm thủ tục" + LONG, "Sang tên"),
    ],
)
def test_a_heading_that_names_a_case_is_its_label(heading: str, case: str) -> None:
    assert texts(of_record(group("Giấy chứng sinh", heading=heading)).cases) == [f"{case}: Giấy chứng sinh (bản chính)"]


def test_a_long_remark_in_brackets_is_no_case() -> None:
    heading = f"(Trường hợp không quy định là bản chính thì nộp bản sao{LONG})"
    assert texts(of_record(group("Giấy chứng sinh", heading=heading)).everybody) == ["Giấy chứng sinh (bản chính)"]


def test_papers_under_a_heading_to_show_are_only_shown() -> None:
    words = of_record(group("Hộ chiếu", heading="* Giấy tờ phải xuất trình:", use=PaperUse.SHOW))
    assert texts(words.everybody) == ["Hộ chiếu (bản chính, để cán bộ xem)"]


def test_notes_that_pose_as_papers_are_left_out() -> None:
    words = of_record(
        group(
            paper("Trường hợp đã có bản điện tử thì không phải nộp.", originals=0),
            paper("Số lượng hồ sơ: 01 bộ", originals=1),
            paper("Lưu ý: mang theo bút", originals=1),
            "Tờ khai",
        )
    )
    assert texts(words.everybody) == ["Tờ khai"]
    assert words.uncounted == 0


def test_a_paper_in_two_groups_is_told_once() -> None:
    words = of_record(group("Giấy khám sức khỏe"), group("Giấy khám sức khỏe", "Giấy khai sinh"))
    assert texts(words.everybody) == ["Giấy khám sức khỏe (bản chính)", "Giấy khai sinh (bản chính)"]


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (
            "- Trường hợp trẻ em bị bỏ rơi thì phải có biên bản về việc trẻ bị bỏ rơi.",
            "Trẻ em bị bỏ rơi: biên bản về việc trẻ bị bỏ rơi (bản chính)",
        ),
        (
            "Đối với người Việt Nam định cư ở nước ngoài phải có bản khai nhân sự",
            "Người Việt Nam định cư ở nước ngoài: bản khai nhân sự",
        ),
    ],
)
def test_a_paper_that_begins_with_its_case_is_told_under_it(published: str, told: str) -> None:
    assert texts(of_record(group(published)).cases) == [told]


def test_forms_to_fill_in_come_first() -> None:
    words = of_record(group("Giấy chứng sinh", "Căn cước", "- Đơn đề nghị", "Tờ khai"))
    assert texts(words.everybody) == ["Đơn đề nghị", "Tờ khai", "Giấy chứng sinh (bản chính)", "Căn cước (bản chính)"]


def test_leaving_off_where_a_form_was_issued_needs_no_hint() -> None:
    name = (
        "Đơn đề nghị cấp giấy phép theo Mẫu số 04 ban hành kèm theo Nghị định số 40/2026/NĐ-CP của Chính phủ"
        + " năm 2026" * 9
    )
    words = of_record(group(name))
    assert texts(words.everybody) == ["Đơn đề nghị cấp giấy phép theo Mẫu số 04"]
    assert words.hint == ""


def test_a_long_name_is_shortened_and_its_dependence_told() -> None:
    words = of_record(group("Giấy chứng sinh; trường hợp không có Giấy chứng sinh thì nộp văn bản" + LONG))
    assert texts(words.everybody) == ["Giấy chứng sinh (bản chính, tùy trường hợp)"]
    assert "được viết gọn" in words.hint


def test_a_name_that_cannot_be_shortened_is_counted() -> None:
    words = of_record(group("Tờ khai", "Bản sao một trong các giấy tờ sau: Quyết định" + LONG))
    assert texts(words.everybody) == ["Tờ khai"]
    assert words.uncounted == 1


def test_a_name_of_middle_length_is_shown_whole() -> None:
    name = "Bản sao một trong các giấy tờ sau: " + "bằng khen cấp bộ, " * 9 + "bằng khen cấp tỉnh"
    assert texts(of_record(group(name)).everybody) == [name]


MANY = [f"Giấy chứng nhận số {number} của cơ quan có thẩm quyền" for number in range(6)]


def test_a_case_with_many_papers_beside_those_of_everybody_tells_their_number() -> None:
    words = of_record(group("Tờ khai"), group(*MANY, heading="Trường hợp cấp mới"))
    assert texts(words.cases) == ["Cấp mới: 6 giấy tờ"]
    assert words.hint == "Giấy tờ của từng trường hợp: xem “Tất cả giấy tờ”."


def test_where_every_case_has_many_papers_the_first_is_told_and_the_others_are_named() -> None:
    cases = [group(*MANY, heading=f"Trường hợp {kind}") for kind in ("cấp mới", "cấp lại", "gia hạn")]
    words = of_record(*cases)
    assert (words.label, len(words.everybody)) == ("Mang theo, nếu là: Cấp mới", 6)
    assert (words.cases_label, texts(words.cases)) == ("Trường hợp khác có giấy tờ riêng", ["Cấp lại", "Gia hạn"])
    assert words.hint == "Giấy tờ của từng trường hợp: xem “Tất cả giấy tờ”."


def test_where_even_the_first_has_too_many_the_cases_are_only_named() -> None:
    words = of_record(
        *(
            group(
                *MANY,
                *(f"Bản thuyết minh kỹ thuật rất dài số {number}" for number in range(12)),
                heading=f"Trường hợp {kind}",
            )
            for kind in ("cấp mới", "cấp lại")
        )
    )
    assert words.everybody == ()
    assert (words.cases_label, texts(words.cases)) == ("Giấy tờ tùy trường hợp của bạn", ["Cấp mới", "Cấp lại"])


def test_a_case_alone_has_its_papers_listed_however_many() -> None:
    words = of_record(group(*MANY, *MANY, *(f"Bản vẽ {number}" for number in range(12)), heading="Trường hợp cấp mới"))
    assert len(words.everybody) == 18
    assert words.cases == ()


def test_a_long_condition_is_named_by_its_beginning() -> None:
    long = "người lao động là nhà quản lý đã được cấp giấy phép có nhu cầu làm việc cho nơi khác ở cùng vị trí " * 2
    (told,) = texts(
        of_record(group("Tờ khai"), group("Giấy A", heading=f"1.5. Trường hợp {long}phải làm thủ tục")).cases
    )
    assert told.startswith("Người lao động là nhà quản lý đã được cấp giấy phép có nhu cầu")
    assert "phải làm" not in told
    assert "Trường hợp khác" not in told


@pytest.mark.parametrize(
    "name", [": Văn bản đề nghị", "• : Văn bản đề nghị", "- Văn bản đề nghị", "1/ Văn bản đề nghị"]
)
def test_a_mark_before_a_name_goes(name: str) -> None:
    assert texts(of_record(group(name)).everybody) == ["Văn bản đề nghị"]


def test_a_record_without_papers_is_empty() -> None:
    assert of_record().is_empty
    assert of_record(group(paper("Chỉ là ghi chú", originals=0))).is_empty


def test_plain_words_stand_in_place_of_the_record() -> None:
    procedure = known(make_checklist(), paper_groups=(group("Giấy của danh mục"),))
    assert texts(in_words(procedure).everybody) == ["Tờ khai"]


def test_a_plain_layer_without_papers_leaves_them_to_the_record() -> None:
    checklist = Checklist(code="1.000001", name="Làm việc")
    assert texts(in_words(known(checklist, paper_groups=(group("Giấy của danh mục"),))).everybody) == [
        "Giấy của danh mục (bản chính)"
    ]


def test_a_heading_that_only_cites_the_law_is_no_case() -> None:
    heading = "Theo quy định tại Điều 55 Luật Quản lý vũ khí (Luật số 42/2024/QH15), cụ thể:"
    words = papers.in_words(known(paper_groups=(group("Văn bản đề nghị", heading=heading),)))
    assert (len(words.everybody), words.cases) == (1, ())


def test_a_name_that_goes_on_to_say_what_to_write_ends_before_that() -> None:
    name = "Văn bản đề nghị cấp lại giấy phép ghi rõ tên, địa chỉ cơ quan, " + "lý do, số lượng, chủng loại, " * 10
    words = papers.in_words(known(paper_groups=(group(name),)))
    assert [line.text for line in words.everybody] == ["Văn bản đề nghị cấp lại giấy phép"]
