"""Layout (e): the heading of a procedure, the labels of its parts, its table of papers."""

import pytest

from catalogue_import.decision_file import Place
from catalogue_import.formats.decision.content import ContentDraft, Part, heading_of, part_of
from grids import table_of


def draft(*lines: str) -> ContentDraft:
    made = ContentDraft("1.000001", "Một", Place(), ())
    for line in lines:
        made.add(line)
    return made


@pytest.mark.parametrize(
    ("text", "item", "name"),
    [
        pytest.param("1. Thủ tục đăng ký A - 1.940001", "1", "Thủ tục đăng ký A", id="after a hyphen"),
        pytest.param("12. Đăng ký B (Mã TTHC: 1.940001)", "12", "Đăng ký B", id="in brackets"),
        pytest.param("2.3. Đăng ký C, mã số 1.940001", "2.3", "Đăng ký C", id="after a comma"),
        pytest.param("Thủ tục 4. Đăng ký D – 1.940001.000.00.00.H24", "4", "Đăng ký D", id="with the suffix"),
        pytest.param("6. Tên thủ tục: Đăng ký I - Mã số TTHC: 1.940001", "6", "Đăng ký I", id="labelled"),
        pytest.param("5. 1.940001 - Đăng ký E", "5", "Đăng ký E", id="code first"),
        pytest.param("Đăng ký F (1.940001)", None, "Đăng ký F", id="without a number"),
    ],
)
def test_the_heading_of_a_procedure(text: str, item: str | None, name: str) -> None:
    found = heading_of(text)
    assert found is not None
    assert (found["item"], found["name"].strip(" -–:("), found["code"]) == (item, name, "1.940001")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Thực hiện theo thủ tục 1.940001 và 1.940002", id="two codes"),
        pytest.param("Trình tự thực hiện", id="no code"),
        pytest.param("Nộp theo thủ tục 1.940001 tại Trung tâm trong giờ hành chính", id="a code within a sentence"),
    ],
)
def test_what_is_no_heading_of_a_procedure(text: str) -> None:
    assert heading_of(text) is None


@pytest.mark.parametrize("line", ["Mã TTHC: 1.940001", "(Mã số: 1.940001)", "Mã thủ tục: 1.940001.000.00.00.H24"])
def test_a_code_may_stand_in_the_line_below_its_name(line: str) -> None:
    found = heading_of(line, "3. Đăng ký G")
    assert found is not None
    assert (found["item"], found["name"], found["code"]) == ("3", "Đăng ký G", "1.940001")
    assert heading_of(line) is None
    assert heading_of(line, "Theo thủ tục 1.940002") is None


def test_the_name_of_the_next_procedure_is_no_line_of_the_one_before() -> None:
    made = draft("Căn cứ pháp lý:", "Luật số 1/2025/QH15", "2. Đăng ký H")
    made.drop("2. Đăng ký H")
    made.drop("")
    assert made.lines(Part.LEGAL) == ("Luật số 1/2025/QH15",)


PARTS = {
    Part.STEPS: "Trình tự thực hiện | Trình tự, thời gian thực hiện",
    Part.CHANNELS: "Cách thức thực hiện | Hình thức nộp hồ sơ",
    Part.PAPERS: "Thành phần hồ sơ | Thành phần, số lượng hồ sơ | Hồ sơ gồm",
    Part.TIME: "Thời hạn giải quyết | Thời hạn | Thời gian giải quyết",
    Part.SUBJECTS: "Đối tượng thực hiện thủ tục hành chính",
    Part.AGENCIES: "Cơ quan giải quyết TTHC | Cơ quan thực hiện | Cơ quan có thẩm quyền quyết định",
    Part.RESULTS: "Kết quả thực hiện thủ tục hành chính",
    Part.FEES: "Phí, lệ phí | Lệ phí | Phí, lệ phí (nếu có)",
    Part.FORMS: "Tên mẫu đơn, mẫu tờ khai | Mẫu đơn | Biểu mẫu",
    Part.CONDITIONS: "Yêu cầu, điều kiện thực hiện | Điều kiện thực hiện",
    Part.LEGAL: "Căn cứ pháp lý của thủ tục hành chính | Cơ sở pháp lý",
}


@pytest.mark.parametrize(
    ("label", "part"), [(label, part) for part, labels in PARTS.items() for label in labels.split(" | ")]
)
def test_a_label_opens_its_part(label: str, part: Part) -> None:
    assert part_of(label) is part


@pytest.mark.parametrize("label", ["Bước 1", "Nộp tại", "Lưu ý", "Số bộ hồ sơ"])
def test_other_words_open_none(label: str) -> None:
    assert part_of(label) is None


@pytest.mark.parametrize("number", ["1.1.", "a)", "(1)", "1.", "-", "đ)", "1.10."])
def test_labels_may_be_numbered_in_any_way(number: str) -> None:
    assert draft(f"{number} Thời hạn giải quyết: 5 ngày").text(Part.TIME) == "5 ngày"


def test_lines_belong_to_the_part_above_them() -> None:
    made = draft("a) Trình tự thực hiện:", "Bước 1: Nộp.", "Bước 2: Nhận.", "b) Thời hạn giải quyết: 5 ngày")
    assert made.parts == {Part.STEPS: ["Bước 1: Nộp.", "Bước 2: Nhận."], Part.TIME: ["5 ngày"]}


def test_a_label_met_again_is_a_line_of_the_open_part() -> None:
    made = draft("Trình tự thực hiện:", "Thời hạn giải quyết: 5 ngày", "Thời hạn giải quyết: riêng đảo 7 ngày")
    assert made.parts[Part.TIME] == ["5 ngày", "Thời hạn giải quyết: riêng đảo 7 ngày"]


def test_lines_before_any_label_are_nobodys() -> None:
    assert draft("Một dòng", "Hai dòng").parts == {}


@pytest.mark.parametrize(
    ("line", "places"),
    [
        pytest.param("Địa điểm tiếp nhận hồ sơ: Trung tâm A", ("Trung tâm A",), id="one"),
        pytest.param("Nơi nộp hồ sơ: Trung tâm A; Trung tâm B.", ("Trung tâm A", "Trung tâm B"), id="two"),
        pytest.param("Địa chỉ nhận: Trung tâm A hoặc Trung tâm B", ("Trung tâm A", "Trung tâm B"), id="with or"),
        pytest.param("Nộp trực tiếp tại quầy", (), id="not named"),
    ],
)
def test_the_place_stands_in_the_line_that_names_it(line: str, places: tuple[str, ...]) -> None:
    assert draft("Cách thức thực hiện:", line).place() == places


def test_subjects_come_apart_outside_brackets_only() -> None:
    made = draft("Đối tượng thực hiện: Cá nhân, Tổ chức (trừ doanh nghiệp, HTX); Hộ gia đình.")
    assert made.content().subjects == ("Cá nhân", "Tổ chức (trừ doanh nghiệp, HTX)", "Hộ gia đình")


@pytest.mark.parametrize(
    ("heading", "row", "counts"),
    [
        pytest.param(["TT", "Tên giấy tờ", "Bản chính", "Bản sao"], ["1", "Đơn", "1", "2"], (1, 2), id="two columns"),
        pytest.param(
            ["TT", "Tên giấy tờ", "Số lượng"], ["1", "Đơn", "01 bản chính, 02 bản sao"], (1, 2), id="in words"
        ),
        pytest.param(["TT", "Tên giấy tờ", "Số lượng"], ["1", "Đơn", "Bản chính: 1 Bản sao: 0"], (1, 0), id="labels"),
        pytest.param(["Giấy tờ phải nộp", "Bản gốc", "Ghi chú"], ["Đơn", "1", "k"], (1, 0), id="other words"),
        pytest.param(["Tên loại giấy tờ", "Số lượng"], ["Đơn", "theo yêu cầu"], (0, 0), id="no number"),
        pytest.param(["Tên giấy tờ", "Bản chính"], ["Đơn", "999999999"], (1_000, 0), id="a slip of the finger"),
    ],
)
def test_papers_have_their_counts(heading: list[str], row: list[str], counts: tuple[int, int]) -> None:
    made = draft()
    made.add_table(table_of(heading, row))
    (paper,) = made.content().papers
    assert (paper.name, paper.originals, paper.copies) == ("Đơn", *counts)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["(4) Thời hạn giải quyết", "5 ngày"], ["(8) Lệ phí:", "Không"]], id="beside each other"),
        pytest.param([["4", "Thời hạn giải quyết", "5 ngày"], ["8.", "Lệ phí", "Không"]], id="with their numbers"),
    ],
)
def test_labels_may_stand_in_a_table_beside_their_text(rows: list[list[str]]) -> None:
    made = draft()
    made.add_table(table_of(*rows))
    assert (made.text(Part.TIME), made.text(Part.FEES), made.content().papers) == ("5 ngày", "Không", ())


def test_a_paper_called_like_a_label_stays_a_paper() -> None:
    made = draft("Lệ phí: Không")
    made.add_table(table_of(["Tên giấy tờ", "Bản chính"], ["Lệ phí trước bạ: tờ khai", "1"]))
    assert [paper.name for paper in made.content().papers] == ["Lệ phí trước bạ: tờ khai"]


def test_a_table_without_names_has_no_papers() -> None:
    made = draft()
    made.add_table(table_of(["Bước", "Thời gian"], ["1", "4 giờ"]))
    assert made.content().papers == ()
