"""Words of offices for statuses and channels, mapped by table and never by likeness."""

import re

from knowledge.dossiers.dossier import FilingChannel, Status
from knowledge.language.syllables import fold

_STATUS_WORDS = {
    Status.FILED: "mới đăng ký|chờ tiếp nhận|chờ kiểm tra|receiving",
    Status.RECEIVED: "được tiếp nhận|đã tiếp nhận|đã tiếp nhận hồ sơ|mới tiếp nhận|new",
    Status.REFUSED: "không được tiếp nhận|từ chối|đã từ chối|bị từ chối|từ chối tiếp nhận|không tiếp nhận|denied",
    Status.IN_WORK: "đang xử lý|đang xử lí|đang giải quyết|đang thụ lý|chờ ký duyệt|chờ thực hiện liên thông|đã bổ sung"
    "|đã bổ sung - chờ tiếp nhận|processing",
    Status.TO_ADD: "yêu cầu bổ sung giấy tờ|yêu cầu bổ sung|yêu cầu bổ sung hồ sơ|chờ bổ sung|chờ bổ sung hồ sơ"
    "|đang chờ bổ sung|waiting",
    Status.TO_PAY: "yêu cầu thực hiện nghĩa vụ tài chính|thực hiện nghĩa vụ tài chính"
    "|chờ thực hiện nghĩa vụ tài chính|chờ thực hiện nvtc|yêu cầu thanh toán|chờ thanh toán|paying",
    Status.WITHDRAWN: "công dân yêu cầu rút hồ sơ|yêu cầu rút|công dân yêu cầu rút|xin rút hồ sơ|rút hồ sơ"
    "|đã rút hồ sơ|công dân rút hồ sơ|cancelled",
    Status.STOPPED: "dừng xử lý|đã dừng xử lý|dừng giải quyết|unresolved",
    Status.DONE: "đã xử lý xong|đã có kết quả|đã hoàn thành|releasing",
    Status.HANDED_OVER: "đã trả kết quả|đã trả|đã trả kq|đã trả kết quả cho công dân|done",
}
_CHANNEL_WORDS = {
    FilingChannel.DIRECT: "trực tiếp|tại quầy|nộp trực tiếp|tiếp nhận trực tiếp|trực tiếp tại quầy|tại bộ phận một cửa",
    FilingChannel.ONLINE: "trực tuyến|nộp trực tuyến|tiếp nhận trực tuyến|online|cổng dvc|cổng dvcqg|cổng dịch vụ công"
    "|cổng dịch vụ công quốc gia|dvc trực tuyến|dvctt|nộp qua cổng dvc|qua mạng",
    FilingChannel.POSTAL: "bưu chính|bưu chính công ích|bcci|bưu điện|qua bưu chính|qua bưu điện|qua bcci|dịch vụ bcci"
    "|dịch vụ bưu chính công ích|qua dịch vụ bưu chính công ích",
}
_NUMBER = re.compile(r"(\d{1,2})(?:\.0)?(?:[.):\s-].*)?")  # "10", "9. Đã xử lý xong"; a spreadsheet writes 4.0
_GAPS = re.compile(r"[\s\-–—_/]+")


def squeezed(text: str) -> str:
    """Folded, with one space for every gap or dash: what tables of words are compared by."""
    return _GAPS.sub(" ", fold(text)).strip(" .:;,")


def _by_word(words: dict[Status, str] | dict[FilingChannel, str]) -> dict[str, int]:
    return {squeezed(word): int(meaning) for meaning, all_words in words.items() for word in all_words.split("|")}


_STATUSES, _CHANNELS = _by_word(_STATUS_WORDS), _by_word(_CHANNEL_WORDS)


def status_of(text: str) -> int | None:
    """The national status that a number or an office's word stands for, None for any other."""
    number = _NUMBER.fullmatch(text.strip())
    if number:
        return int(number[1]) if int(number[1]) in set(Status) else None
    return _STATUSES.get(squeezed(text))


def channel_of(text: str) -> int | None:
    number = _NUMBER.fullmatch(text.strip())
    if number:
        return int(number[1]) if int(number[1]) in set(FilingChannel) else None
    return _CHANNELS.get(squeezed(text))
