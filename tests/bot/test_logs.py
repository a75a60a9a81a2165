"""Log lines go to standard error, never into an answer on standard output."""

import pytest
import structlog

from bot.logs import log_to_stderr


@pytest.fixture(autouse=True)
def _defaults_afterwards() -> object:
    yield
    structlog.reset_defaults()


def test_a_line_goes_to_standard_error_with_its_level_and_time(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("INFO")
    structlog.get_logger().info("edition loaded", edition=7)
    out, err = capsys.readouterr()
    assert out == ""
    assert "level=info" in err
    assert "edition=7" in err
    assert err.startswith("timestamp=")


@pytest.mark.parametrize(
    ("level", "is_shown"), [("WARNING", False), ("warning", False), ("DEBUG", True), ("LOUD", True)]
)
def test_lines_below_the_level_are_left_out(level: str, is_shown: bool, capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr(level)
    structlog.get_logger().info("edition loaded")
    assert ("edition loaded" in capsys.readouterr().err) is is_shown


def test_personal_data_never_reaches_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("INFO")
    structlog.get_logger().info("hồ sơ H24.18-250704-0012", link=["?SoDinhDanh=000000000012&MaHoSo=x"], tries=12345678)
    err = capsys.readouterr().err
    assert "0012" not in err
    assert "H24.18-250704-****" in err
    assert "tries=12345678" in err
