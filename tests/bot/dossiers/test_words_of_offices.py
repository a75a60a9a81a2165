import pytest

from bot.dossiers.words import channel_of, status_of
from knowledge.dossiers.dossier import Status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("Mới đăng ký", 1, id="filed"),
        pytest.param("CHỜ TIẾP NHẬN", 1, id="capitals"),
        pytest.param("da tiep nhan", 2, id="without marks"),
        pytest.param("Từ chối tiếp nhận", 3, id="refused"),
        pytest.param("đang giải quyết", 4, id="in work"),
        pytest.param("Đã bổ sung – chờ tiếp nhận", 4, id="the citizen has done his part"),
        pytest.param("Yêu cầu bổ sung giấy tờ", 5, id="papers wanted"),
        pytest.param("chờ thực hiện nghĩa vụ tài chính", 6, id="to pay"),
        pytest.param("Xin rút hồ sơ", 7, id="withdrawn"),
        pytest.param("Dừng giải quyết", 8, id="stopped"),
        pytest.param("Đã tiếp nhận hồ sơ", 2, id="received, with its noun"),
        pytest.param("Bị từ chối", 3, id="refused, passive"),
        pytest.param("Đang chờ bổ sung", 5, id="papers waited for"),
        pytest.param("Chờ thực hiện NVTC", 6, id="to pay, shortened"),
        pytest.param("Đã rút hồ sơ", 7, id="withdrawn already"),
        pytest.param("Đã trả KQ", 10, id="handed over, shortened"),
        pytest.param("9. Đã xử lý xong", 9, id="a number and its word"),
        pytest.param("10", 10, id="a number"),
        pytest.param("4.0", 4, id="a number of a spreadsheet"),
        pytest.param("releasing", 9, id="a word of OpenCPS"),
        pytest.param("11", None, id="a number the nation does not have"),
        pytest.param("0", None, id="being linked"),
        pytest.param("Chờ họp hội đồng", None, id="a word of one office"),
        pytest.param("đang xử lý lại", None, id="likeness is not enough"),
        pytest.param("", None, id="blank"),
    ],
)
def test_a_status_is_mapped_by_table(text: str, status: int | None) -> None:
    assert status_of(text) == status


@pytest.mark.parametrize("status", Status)
def test_every_status_is_known_by_its_number(status: Status) -> None:
    assert status_of(str(int(status))) == status


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Tại quầy", 1),
        ("Nộp trực tuyến", 2),
        ("Cổng DVC", 2),
        ("BCCI", 3),
        ("Qua BCCI", 3),
        ("Tại Bộ phận Một cửa", 1),
        ("Cổng Dịch vụ công quốc gia", 2),
        ("3", 3),
        ("4", None),
        ("tùy", None),
    ],
)
def test_a_filing_channel_is_mapped_by_table(text: str, channel: int | None) -> None:
    assert channel_of(text) == channel
