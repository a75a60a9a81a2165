import pytest

from bot.dossiers.registers.headings import Column, column_of

MEANT = {
    "Mã hồ sơ": Column.CODE,
    "MÃ SỐ\nHỒ SƠ": Column.CODE,
    "ma ho so": Column.CODE,
    "Số biên nhận hồ sơ": Column.CODE,
    "Mã hồ sơ trên Cổng DVCQG": Column.NATIONAL_CODE,
    "Mã HS quốc gia": Column.NATIONAL_CODE,
    "Tên thủ tục hành chính": Column.PROCEDURE,
    "Mã số TTHC": Column.PROCEDURE_CODE,
    "Họ và tên người nộp": Column.OWNER,
    "Tên cá nhân,\ntổ chức": Column.OWNER,
    "Địa chỉ, số điện thoại": Column.PHONE,
    "SĐT liên hệ": Column.PHONE,
    "Số CCCD/CMND": Column.IDENTITY,
    "Đơn vị đang thụ lý": Column.AGENCY,
    "Thời gian tiếp nhận": Column.RECEIVED,
    "Ngày giờ nhận hồ sơ": Column.RECEIVED,
    "Ngày giờ hẹn trả KQ": Column.DUE,
    "Hạn giải quyết": Column.DUE,
    "Thời điểm hoàn thành": Column.FINISHED,
    "Ngày trả kết quả thực tế": Column.RETURNED,
    "Trả kết quả": Column.RETURNED,
    "Tình trạng xử lý": Column.STATUS,
    "Hình thức tiếp nhận": Column.CHANNEL,
    "Số lần YC bổ sung": Column.SUPPLEMENTS,
    "Ngày yêu cầu công dân bổ sung": Column.REQUESTED,
    "Lần cập nhật cuối": Column.UPDATED,
    "Hệ thống nguồn dữ liệu": Column.SYSTEM,
}
NOT_TAKEN = ["Ngày hẹn lại", "Phương thức nhận kết quả", "Ký nhận", "Ghi chú", "Số lượng hồ sơ (bộ)", "TT", "Ngày nộp",
             "Đánh giá thời hạn", "Cán bộ tiếp nhận", "Người nhận kết quả", "Lý do trễ hạn", "", "Lệ phí",
             "Hình thức trả kết quả", "Nơi trả kết quả"]  # fmt: skip


@pytest.mark.parametrize(("heading", "column"), MEANT.items(), ids=MEANT)
def test_a_heading_is_read_by_its_meaning(heading: str, column: Column) -> None:
    found = column_of(heading)
    assert found is not None
    assert found[0] is column


@pytest.mark.parametrize("heading", NOT_TAKEN)
def test_a_column_that_looks_like_another_is_left_alone(heading: str) -> None:
    """A new date after an apology is no due date; how a result is handed over is no day."""
    assert column_of(heading) is None


def test_of_two_headings_of_one_column_the_better_known_comes_first() -> None:
    name, summary = column_of("Tên TTHC"), column_of("Trích yếu hồ sơ")
    assert name is not None
    assert summary is not None
    assert name[0] is summary[0]
    assert name[1] < summary[1]
