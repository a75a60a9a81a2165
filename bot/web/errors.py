"""Every failure as a page in plain Vietnamese, and for the API as JSON with the same words."""

import math
from collections.abc import Awaitable, Callable

import msgspec
import sqlalchemy as sa
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.pages import page
from knowledge.database import DatabaseError

API_PREFIX = "/api/"


class Trouble(msgspec.Struct, frozen=True):
    """What a person reads about a failure: what it is, why, and what to do."""

    code: str
    title: str
    reason: str
    remedy: str
    offers_search: bool = False


TROUBLES = {
    400: Trouble("bad_request", "Chưa đọc được yêu cầu", "Yêu cầu gửi đến bị hỏng trên đường truyền.",
                 "Bạn mở lại trang rồi gửi lại giúp."),
    404: Trouble("not_found", "Không có trang này", "Địa chỉ có thể đã cũ hoặc thiếu một ký tự.",
                 "Bạn tìm thủ tục theo tên hoặc mã ở ô dưới đây.", offers_search=True),
    405: Trouble("method_not_allowed", "Trang này không nhận yêu cầu như vậy", "Trang được mở theo cách nó không hiểu.",
                 "Bạn quay về trang đầu và bắt đầu lại."),
    413: Trouble("too_large", "Nội dung gửi lên quá dài", "Một câu hỏi chỉ cần vài dòng chữ.",
                 "Bạn viết ngắn lại, hỏi từng việc một."),
    422: Trouble("invalid", "Có chỗ chưa điền đúng", "Một ô còn thiếu hoặc không đúng dạng.",
                 "Bạn quay lại, xem các ô đã điền rồi gửi lại."),
    429: Trouble("too_many_requests", "Bạn hỏi nhanh quá", "Máy chủ cần nghỉ một chút để phục vụ mọi người.",
                 "Bạn chờ rồi thử lại; những gì đã hỏi vẫn còn."),
    500: Trouble("server_error", "Có lỗi ở phía máy chủ", "Lỗi này không do bạn, và đã được ghi lại để sửa.",
                 "Bạn thử lại sau ít phút, hoặc hỏi Trung tâm Phục vụ hành chính công nơi bạn ở."),
    503: Trouble("unavailable", "Tạm thời chưa trả lời được", "Máy chủ đang không đọc được kho dữ liệu.",
                 "Bạn thử lại sau ít phút, hoặc hỏi Trung tâm Phục vụ hành chính công nơi bạn ở."),
}  # fmt: skip


LARGE_PICTURE = Trouble("too_large", "Ảnh quá lớn", "Ảnh gửi lên lớn hơn 32 MB.",
                        "Bạn chụp lại riêng phần mã QR trên giấy tiếp nhận, hoặc gõ mã hồ sơ.")  # fmt: skip

NO_WORK = Trouble("not_found", "Không có trang này", "Mục này không còn, hoặc không thuộc nơi bạn phụ trách.",
                  "Bạn mở lại từ danh sách.")  # fmt: skip

LARGE_WORK = Trouble("too_large", "Nội dung gửi lên quá dài",
                     "Một mục hỏi đáp có nhiều nhất 3.000 chữ, một tệp bảng tính nhiều nhất 16 MB.",
                     "Bạn bấm nút quay lại của trình duyệt để lấy lại những gì đã gõ, bớt đi rồi gửi lại.")  # fmt: skip

SPECIAL = ((413, "/anh", LARGE_PICTURE), (413, "/can-bo/", LARGE_WORK), (404, "/can-bo/", NO_WORK))
FOLDERS = {"/kiosk": "kiosk/", "/can-bo": "can-bo/"}  # pages that look otherwise


async def on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  what it is registered for, said to mypy
    return refusal(request, error.status_code, dict(error.headers or {}))


async def on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  the same
    places = [".".join(str(part) for part in problem["loc"]) for problem in error.errors()]
    return refusal(request, 422, {}, places)


async def on_database_error(request: Request, _error: Exception) -> Response:
    return refusal(request, 503, {"Retry-After": "60"})


async def on_unforeseen(request: Request, _error: Exception) -> Response:
    """The framework raises the error again behind this answer, so it is logged with its trace."""
    return refusal(request, 500, {})


HANDLERS: tuple[tuple[type[Exception], Callable[[Request, Exception], Awaitable[Response]]], ...] = (
    (HTTPException, on_http_error),
    (RequestValidationError, on_invalid),
    (DatabaseError, on_database_error),
    (sa.exc.OperationalError, on_database_error),
    (Exception, on_unforeseen),
)


def handle_errors(web: FastAPI) -> None:
    for error, handler in HANDLERS:
        web.add_exception_handler(error, handler)


def refusal(request: Request, status: int, headers: dict[str, str], places: list[str] | None = None) -> Response:
    trouble = TROUBLES.get(status, TROUBLES[500 if status >= 500 else 400])  # noqa: PLR2004  servers' own errors
    path = request.url.path
    trouble = next((each for code, start, each in SPECIAL if (code, path[: len(start)]) == (status, start)), trouble)
    if not path.startswith(API_PREFIX):
        folder = next((each for start, each in FOLDERS.items() if path.startswith(start)), "")
        return page(request, f"{folder}error.html.j2", status_code=status, headers=headers, trouble=trouble, who=None)
    body = {"code": trouble.code, "message": f"{trouble.title}. {trouble.remedy}", "fields": places or []}
    return JSONResponse({"error": body}, status, headers)


def waiting(seconds: float) -> HTTPException:
    return HTTPException(429, headers={"Retry-After": str(math.ceil(seconds))})
