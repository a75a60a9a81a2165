"""Every example answer and request of the shared facts: what servers say is understood, what we send looks so."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import App
from bot.channels.ledger import Ledger
from bot.channels.zalo.door import Door, UnclearError, make_client
from bot.channels.zalo.writing import Piece
from bot.channels.zalo_bot import api as bot_api
from bot.channels.zalo_bot.post import _styles
from bot.channels.zalo_oa import api as oa_api
from bot.channels.zalo_oa.form import in_buttons
from bot.channels.zalo_oa.templates import data_of
from bot.channels.zalo_oa.tokens import Tokens
from bot.conversation.messages import Answer, Block, BlockKind, Choice, Ending, Span
from bot.workers.inbox import NoTicket
from knowledge.dossiers.following import Notice, NoticeKind

from .conftest import MakeApp, MakeOa
from .oa_people import OaPeople

Said = Callable[[httpx.Request], Any]
BOT_ERRORS = {"400": 400, "401": 401, "403": 403, "404": 404, "426": 426, "426_camel": 426, "429": 429}
OWN_WORDS = "Đang trình ký lãnh đạo phòng chuyên môn"


def load(shared: Path, name: str) -> Any:
    return json.loads((shared / "channels" / "examples" / f"{name}.json").read_text("utf-8"))


def names(shared: Path, start: str) -> list[str]:
    found = sorted(path.stem for path in (shared / "channels" / "examples").glob(f"{start}*.json"))
    assert found
    return found


async def no_pause(_seconds: float) -> None: ...


def door_to(*answers: Any) -> tuple[Door, list[httpx.Request]]:
    """A door behind which a server gives these answers, the last one for ever; what it was sent."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json=answers[min(len(requests), len(answers)) - 1])

    return Door(httpx.AsyncClient(transport=httpx.MockTransport(answer)), no_pause), requests


# Zalo Bot


async def test_every_answer_of_the_bot_platform_is_a_result_or_a_refusal(shared: Path) -> None:
    for name in [*names(shared, "zalo_bot_response_"), *names(shared, "zalo_bot_getupdates_")]:
        body = load(shared, name)
        api = bot_api.Api(door_to(body)[0], "https://bot.test", "1:x")
        if body["ok"]:
            assert await api.call("x") == body.get("result"), name
        else:
            with pytest.raises(bot_api.RefusedError) as refused:
                await api.call("x")
            assert refused.value.code == body.get("error_code", body.get("errorCode")), name


@pytest.mark.parametrize(("name", "code"), BOT_ERRORS.items())
async def test_refusals_bear_their_code_in_either_spelling(shared: Path, name: str, code: int) -> None:
    api = bot_api.Api(door_to(load(shared, f"zalo_bot_response_error_{name}"))[0], "https://bot.test", "1:x")
    with pytest.raises(bot_api.RefusedError, match=str(code)):
        await api.call("sendMessage")


@pytest.mark.parametrize(
    ("name", "display_name", "joins_groups"),
    [("getMe", "", False), ("getMe_display_name", "Bot Phường Mẫu", True)],
)
async def test_what_the_platform_says_of_us(shared: Path, name: str, display_name: str, *, joins_groups: bool) -> None:
    me = await bot_api.Api(door_to(load(shared, f"zalo_bot_response_{name}"))[0], "https://bot.test", "1:x").me()
    assert (me.display_name, me.joins_groups) == (display_name, joins_groups)
    assert me.account.startswith("bot.")


@pytest.mark.parametrize("body", [[], "x", None, {}, {"result": 1}, 7], ids=repr)
async def test_an_answer_of_another_shape_is_unclear(body: Any) -> None:
    with pytest.raises(UnclearError):
        await bot_api.Api(door_to(body)[0], "https://bot.test", "1:x").call("sendMessage")


@pytest.mark.parametrize("code", [None, "x", [], -1])
async def test_a_refusal_without_a_code_counts_by_its_status(code: Any) -> None:
    api = bot_api.Api(door_to({"ok": False, "error_code": code})[0], "https://bot.test", "1:x")
    with pytest.raises(bot_api.RefusedError) as refused:
        await api.call("sendMessage")
    assert refused.value.code == 200


async def test_a_call_goes_where_the_example_says_and_with_its_fields(shared: Path) -> None:
    door, requests = door_to({"ok": True})
    api = bot_api.Api(door, "https://bot.test/", "1:x")
    for method, name in (
        ("sendMessage", "sendMessage_plain"),
        ("setWebhook", "setWebhook"),
        ("getUpdates", "getUpdates"),
    ):
        example = load(shared, f"zalo_bot_request_{name}")
        await api.call(method, **example)
        assert str(requests[-1].url) == f"https://bot.test/bot1:x/{method}"
        assert json.loads(requests[-1].content) == example


def test_bold_parts_go_out_as_in_the_example(shared: Path) -> None:
    example = load(shared, "zalo_bot_request_sendMessage_text_styles")
    first = example["text_styles"][0]
    piece = Piece(example["text"], ((first["start"], first["len"]),))
    assert _styles(piece) == {"text_styles": [first]}
    assert _styles(Piece("x")) == {}


# Official Account


def api_of(app: App, *answers: Any) -> tuple[oa_api.Api, list[httpx.Request]]:
    door, requests = door_to(*answers)
    return oa_api.Api(door, "https://oa.test/", Tokens(app, door, Ledger(app, "zalo_oa"))), requests


async def test_every_answer_of_the_account_is_data_or_a_refusal(shared: Path, oa: OaPeople) -> None:
    """Refusals for the moment and of tokens are tried in the tests of trouble."""
    for name in names(shared, "zalo_oa_response_"):
        body = load(shared, name)
        if "token" in name or body["error"] in {-32, -200, *oa_api.BAD_TOKEN}:
            continue
        api, _ = api_of(oa.service.app, body)
        if body["error"] == 0:
            data = await api.call("/x", {}, NoTicket())
            assert data == (body["data"] if isinstance(body["data"], dict) else {}), name
        else:
            with pytest.raises(oa_api.RefusedError) as refused:
                await api.call("/x", {}, NoTicket())
            assert refused.value.code == body["error"], name


async def test_a_refused_token_is_renewed_once_and_no_more(shared: Path, oa: OaPeople) -> None:
    bad = load(shared, "zalo_oa_response_cs_error_216")
    fresh = {"access_token": "a", "refresh_token": "b", "expires_in": "90000"}
    api, requests = api_of(oa.service.app, bad, fresh, bad, bad)
    with pytest.raises(oa_api.RefusedError):
        await api.call("/x", {}, NoTicket())
    assert [request.url.path for request in requests] == ["/x", "/v4/oa/access_token", "/x"]
    assert requests[-1].headers["access_token"] == "a"


@pytest.mark.parametrize("body", [[], "x", None, {}, {"error": "x"}, {"error": None}, {"data": {}}], ids=repr)
async def test_an_answer_of_the_account_of_another_shape_is_unclear(oa: OaPeople, body: Any) -> None:
    api, _ = api_of(oa.service.app, body)
    with pytest.raises(UnclearError):
        await api.call("/x", {}, NoTicket())


@pytest.mark.parametrize(("name", "field"), [("token_refresh", "refresh_token"), ("token_exchange", "code")])
async def test_tokens_are_asked_for_as_in_the_examples(shared: Path, make_oa: MakeOa, name: str, field: str) -> None:
    example = load(shared, f"zalo_oa_request_{name}")
    oa = await make_oa()
    app = oa.service.app
    app.settings.zalo_oa_app, app.settings.zalo_oa_login = example["form"]["app_id"], "https://oauth.zaloapp.com"
    app.settings.zalo_oa_app_secret = example["headers"]["secret_key"]
    door, requests = door_to({"access_token": "a", "refresh_token": "b"})
    tokens = Tokens(app, door, Ledger(app, "zalo_oa"))
    form = {key: value for key, value in example["form"].items() if key != "app_id"}
    await tokens._issue(**form)
    sent = requests[0]
    assert (sent.method, str(sent.url)) == (example["method"], example["url"])
    assert all(sent.headers[key] == value for key, value in example["headers"].items())
    assert dict(httpx.QueryParams(sent.content.decode())) == example["form"]
    assert field in example["form"]


def shape(value: Any) -> Any:
    """What is there, without what it says."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(each) for each in value[:1]] if isinstance(value, list) else type(value).__name__


CHOICES = (Choice(label="Hồ sơ cần nộp", action="show:1:documents"), Choice(label="Nộp ở đâu", action="show:1:place"))
MENU = Answer(
    ending=Ending.PROCEDURE,
    blocks=(Block(BlockKind.PARAGRAPH, ((Span("Anh/chị muốn xem mục nào?"),),)),),
    choices=CHOICES,
)


@pytest.mark.parametrize(("form", "name"), [("buttons", "cs_buttons"), ("list", "cs_list_with_buttons")])
def test_menus_have_the_shape_of_the_examples(shared: Path, form: str, name: str) -> None:
    (ours,) = in_buttons(MENU, form)
    assert shape(ours) == shape(load(shared, f"zalo_oa_request_{name}")["message"])


async def test_texts_and_groups_have_the_shape_of_the_examples(shared: Path, oa: OaPeople) -> None:
    await oa.write("cảm ơn")
    await oa.say("@Phường Mẫu đăng ký thường trú cần gì")
    for (_, body), name in zip(oa.server.sent, ("cs_text", "group_text"), strict=True):
        assert shape(body) == shape(load(shared, f"zalo_oa_request_{name}"))


def test_a_template_has_the_fields_that_the_example_fills(shared: Path) -> None:
    example = load(shared, "zalo_oa_request_zbs_uid")["template_data"]
    data = data_of(Notice(NoticeKind.CHANGED, example["ma_ho_so"], status=9, due="2026-11-24"))
    assert data["ma_ho_so"] == example["ma_ho_so"]
    assert data["ngay_tra"] == example["ngay_tra"]
    assert set(data) <= set(example)


@pytest.mark.parametrize(
    ("notice", "state", "day"),
    [
        (Notice(NoticeKind.CHANGED, "H24.999-261110-0001", status=9), "Đã có kết quả", "chưa có"),
        (
            Notice(NoticeKind.CHANGED, "x", status_raw="Đang trình ký lãnh đạo phòng chuyên môn"),
            "Đang trình ký lãnh đạo phòng…",
            "chưa có",
        ),
        (Notice(NoticeKind.DUE_SOON, "x", due="2026-11-27T16:30:00"), "chưa có", "27/11/2026"),
    ],
    ids=["a known state", "the office's own words", "only a day"],
)
def test_what_a_template_says(notice: Notice, state: str, day: str) -> None:
    data = data_of(notice)
    assert (data["trang_thai"], data["ngay_tra"]) == (state, day)
    assert len(data["trang_thai"]) <= 30


# The door


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_what_did_not_leave_is_tried_three_times(error: type[Exception]) -> None:
    tries: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        tries.append(str(request.url))
        if len(tries) < 3:
            raise error("https://x/bot1:secret")
        return httpx.Response(200, json={"ok": True})

    door = Door(httpx.AsyncClient(transport=httpx.MockTransport(answer)), no_pause)
    assert await door.post("https://x/bot1:secret") == (200, {"ok": True})
    assert len(tries) == 3


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError])
async def test_what_may_have_left_is_tried_once_and_its_error_names_no_address(error: type[Exception]) -> None:
    tries: list[int] = []

    def answer(_request: httpx.Request) -> httpx.Response:
        tries.append(1)
        raise error("https://x/bot1:secret")

    door = Door(httpx.AsyncClient(transport=httpx.MockTransport(answer)), no_pause)
    with pytest.raises(UnclearError) as unclear:
        await door.post("https://x/bot1:secret")
    assert len(tries) == 1
    assert "secret" not in f"{unclear.value!r}{unclear.value.__cause__!r}"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b'{"ok": tru', b"\xff", b'{"x": "' + b"a" * 1_100_000 + b'"}'],
    ids=["nothing", "a page", "half", "no text", "too long"],
)
async def test_what_cannot_be_read_is_unclear(content: bytes) -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, content=content))
    with pytest.raises(UnclearError):
        await Door(httpx.AsyncClient(transport=transport), no_pause).post("https://x")


async def test_the_http_library_logs_no_addresses(caplog: pytest.LogCaptureFixture, make: MakeApp) -> None:
    async with make_client() as client:
        caplog.set_level("DEBUG")
        with pytest.raises(Exception, match=r".*"):
            await client.get("http://127.0.0.1:9/bot1:secret")
    assert "secret" not in caplog.text
