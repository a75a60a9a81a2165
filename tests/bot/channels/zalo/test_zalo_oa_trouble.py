"""What Zalo does wrong to an Official Account, or tells us to stop: nothing doubled, nobody told what he may not be."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from anyio import to_thread
from structlog.testing import capture_logs

from bot.answers.render import render_error
from bot.channels.ledger import Reason
from bot.channels.zalo_oa.form import CHANNEL
from bot.channels.zalo_oa.outbox import ZaloOaSender
from bot.channels.zalo_oa.post import until_morning
from bot.outbox.sender import SendFailedError
from knowledge.channel_ledger import counts
from knowledge.clock import VIETNAM
from knowledge.dossiers.following import Notice, NoticeKind
from knowledge.outbox import Message, put
from zalo_oa_server import APP_SECRET, CHAT, CUT, HALF, OA_SECRET, PAGE, TEMPLATE, failure, sign

from .conftest import MakeOa
from .oa_people import OaPeople

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
NOTICE = Notice(NoticeKind.CHANGED, "H24.999-261110-0001", status=8, due="2026-11-27")


def counted(oa: OaPeople) -> dict[str, int]:
    oa.service.tally.flush()
    with oa.service.app.database.session() as session:
        return counts(session, CHANNEL, oa.clock())


# What comes in


async def test_an_event_is_answered_once_however_often_it_comes(oa: OaPeople) -> None:
    event = oa.event("user_send_text", message={"text": ASK})
    assert await asyncio.gather(*(oa.push(event) for _ in range(5))) == [200] * 5
    assert len(oa.server.texts(oa.lan)) == 1


async def test_two_servers_with_one_database_answer_an_event_once(oa: OaPeople, make_oa: MakeOa) -> None:
    other = await make_oa()
    event = oa.event("user_send_text", message={"text": ASK})
    await asyncio.gather(oa.push(event), other.push(event))
    assert len(oa.server.texts(oa.lan)) == 1


async def test_events_out_of_order_are_all_answered(oa: OaPeople) -> None:
    first = oa.event("user_send_text", message={"text": "xin chào"})
    oa.clock.move(seconds=9)
    second = oa.event("user_send_text", message={"text": ASK})
    for event in (second, first):
        await oa.push(event)
    assert len(oa.server.texts(oa.lan)) == 2


@pytest.mark.parametrize("header", ["", "mac=", "mac=" + "0" * 64, "x" * 5_000])
async def test_what_is_not_signed_is_refused_and_counted(oa: OaPeople, header: str) -> None:
    before = counted(oa).get("refused_signature", 0)
    assert await oa.push(oa.event("user_send_text", message={"text": ASK}), header=header) == 401
    assert oa.server.sent == []
    assert counted(oa)["refused_signature"] == before + 1


async def test_a_changed_body_is_refused(oa: OaPeople) -> None:
    event = oa.event("user_send_text", message={"text": ASK})
    signed = sign(json.dumps(event, ensure_ascii=False).encode(), event["timestamp"])
    event["sender"]["id"] = oa.hung
    assert await oa.push(event, header=signed) == 401


async def test_an_old_event_is_not_answered_again(oa: OaPeople) -> None:
    event = oa.event("user_send_text", message={"text": ASK})
    oa.clock.move(minutes=110)
    assert await oa.push(event) == 200
    assert len(oa.server.texts(oa.lan)) == 1
    oa.clock.move(days=3)
    oa.service.inbox.forget_old()
    assert await oa.push(event) == 200
    assert len(oa.server.texts(oa.lan)) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{}", 200), (b" { } ", 200), (b"", 401), (b"[]", 401), (b"null", 401), (b'{"a":1}', 401), (b"[" * 9_999, 401)],
    ids=["the console's probe", "with spaces", "nothing", "a list", "null", "anything", "nested without end"],
)
async def test_of_what_is_not_signed_only_the_probe_gets_200(oa: OaPeople, body: bytes, status: int) -> None:
    assert await oa.push(None, body=body, header="") == status


async def test_a_body_of_more_than_a_megabyte_is_refused(oa: OaPeople) -> None:
    assert await oa.push(None, body=b'{"x": "' + b"a" * 1_100_000 + b'"}') == 413


async def test_events_that_are_none_of_ours_get_200_and_nothing(oa: OaPeople) -> None:
    for name in ("user_seen_message", "some_future_event", "user_send_anonymous_text", "change_template_status"):
        assert await oa.push(oa.event(name)) == 200
    assert oa.server.calls[1:] == []


# What goes out


async def test_a_rate_refused_is_tried_again_in_order(oa: OaPeople) -> None:
    oa.server.next(CHAT, failure(-32), failure(-32))
    assert len(await oa.write(ASK)) == 1
    assert oa.paused == [1.0, 5.0]


async def test_a_storm_of_refused_rates_is_given_up_and_over(oa: OaPeople) -> None:
    oa.server.next(CHAT, *[failure(-32)] * 4)
    assert await oa.write(ASK) == []
    assert len(await oa.write("xin chào")) == 1


async def test_failed_once_is_tried_once_more(oa: OaPeople) -> None:
    oa.server.next(CHAT, failure(-200))
    assert len(await oa.write(ASK)) == 1
    oa.server.next(CHAT, failure(-200), failure(-200))
    assert await oa.write(ASK) == []


@pytest.mark.parametrize("answer", [CUT, PAGE, HALF, {}, {"error": "?"}, []], ids=str)
async def test_what_may_have_arrived_is_not_sent_again(oa: OaPeople, answer: Any) -> None:
    oa.server.next(CHAT, answer)
    assert await oa.write(ASK) == []
    assert len(oa.server.named(CHAT)) == 1
    assert len(await oa.write("xin chào")) == 1


@pytest.mark.parametrize(("code", "reason"), [(-224, Reason.PACKAGE), (-221, Reason.PACKAGE), (-211, Reason.QUOTA)])
async def test_what_concerns_the_whole_account_stops_it_and_tells_the_operator(
    oa: OaPeople, code: int, reason: Reason
) -> None:
    oa.server.next(CHAT, failure(code))
    with capture_logs() as lines:
        await oa.write(ASK)
    assert [line["reason"] for line in lines if line["log_level"] == "critical"] == [reason]
    tried = len(oa.server.calls)
    assert await oa.write(ASK, oa.hung) == []
    assert len(oa.server.calls) == tried
    oa.service.ledger.go_on_after_start()
    assert len(await oa.write(ASK)) == 1


async def test_a_spent_quota_is_tried_again_the_next_day(oa: OaPeople) -> None:
    oa.server.next(CHAT, failure(-211))
    await oa.write(ASK)
    oa.clock.at += timedelta(days=1)
    assert len(await oa.write(ASK)) == 1


@pytest.mark.parametrize("code", [-213, -244, -248, -227, -230, -210, -240, -999])
async def test_what_concerns_one_citizen_stops_nobody_else(oa: OaPeople, code: int) -> None:
    oa.server.next(CHAT, failure(code))
    assert await oa.write(ASK) == []
    assert len(await oa.write(ASK, oa.hung)) == 1


# Notices


async def send_notice(oa: OaPeople, *, is_repeat: bool = False) -> None:
    from bot.dossiers.notices import told

    key = f"notice-{oa.lan}-{len(oa.server.calls)}"
    body = json.dumps(
        {"kind": NOTICE.kind, "code": NOTICE.code, "status": NOTICE.status, "due": NOTICE.due}, ensure_ascii=False
    )
    message = Message(key=key, channel=CHANNEL, chat=oa.lan, body=body, not_before=oa.clock())
    with oa.service.app.database.session() as session:
        put(session, [message], oa.clock())
    sender = ZaloOaSender(oa.service)
    await to_thread.run_sync(lambda: sender.send(oa.lan, told(NOTICE), key, is_repeat=is_repeat))


async def test_within_two_days_a_notice_is_free_and_has_buttons(oa: OaPeople) -> None:
    await oa.write("xin chào")
    oa.clock.move(hours=47)
    await send_notice(oa)
    assert {button["title"] for button in oa.server.buttons()} == {"Xem hồ sơ", "Thôi báo cho tôi"}


async def test_a_notice_that_may_be_a_repeat_says_so(oa: OaPeople) -> None:
    await oa.write("xin chào")
    await send_notice(oa, is_repeat=True)
    assert oa.server.texts(oa.lan)[-1].startswith("Tin này có thể đã gửi trước đó.")


@pytest.mark.parametrize("hours", [49, 200], ids=["paid", "closed"])
async def test_afterwards_nothing_is_sent_unless_the_operator_pays(oa: OaPeople, hours: int) -> None:
    await oa.write("xin chào")
    oa.clock.move(hours=hours)
    tried = len(oa.server.calls)
    with pytest.raises(SendFailedError) as failed:
        await send_notice(oa)
    assert not failed.value.permanent  # he may write again, and then it goes out
    assert len(oa.server.calls) == tried


async def test_paid_notices_go_out_for_a_week_and_are_counted(make_oa: MakeOa) -> None:
    oa = await make_oa(zalo_oa_paid=True)
    await oa.write("xin chào")
    before = counted(oa).get("sent_paid", 0)
    oa.clock.move(days=6)
    await send_notice(oa)
    assert counted(oa)["sent_paid"] == before + 1
    oa.clock.move(days=2)
    with pytest.raises(SendFailedError):
        await send_notice(oa)


async def test_a_notice_to_who_never_wrote_is_kept(oa: OaPeople) -> None:
    with pytest.raises(SendFailedError):
        await send_notice(oa)


async def test_an_approved_template_tells_later_what_stands_in_the_notice(make_oa: MakeOa) -> None:
    oa = await make_oa(zalo_oa_template="300001")
    await oa.write("xin chào")
    oa.clock.move(days=9)
    await send_notice(oa)
    body = oa.server.named(TEMPLATE)[-1]
    assert body["template_data"] == {
        "ma_ho_so": "H24.999-261110-0001",
        "trang_thai": "Cơ quan đã dừng giải quyết hồ…",
        "ngay_tra": "27/11/2026",
    }
    assert "H24" not in body["tracking_id"]
    assert counted(oa)["sent_template"] >= 1
    assert counted(oa)["left"] == 499


async def test_at_night_a_template_waits_for_the_morning(make_oa: MakeOa) -> None:
    oa = await make_oa(zalo_oa_template="300001")
    oa.clock.move(days=9, hours=11)  # 23 o'clock in Việt Nam
    with pytest.raises(SendFailedError) as failed:
        await send_notice(oa)
    assert failed.value.wait == timedelta(hours=7)


@pytest.mark.parametrize(("code", "is_permanent"), [(-108, True), (-114, True), (-118, True), (-115, False)])
async def test_what_a_template_cannot_reach(make_oa: MakeOa, code: int, *, is_permanent: bool) -> None:
    oa = await make_oa(zalo_oa_template="300001")
    oa.server.next(TEMPLATE, failure(code))
    with pytest.raises(SendFailedError) as failed:
        await send_notice(oa)
    assert failed.value.permanent is is_permanent


async def test_a_notice_of_another_kind_has_no_template(make_oa: MakeOa) -> None:
    oa = await make_oa(zalo_oa_template="300001")
    sender = ZaloOaSender(oa.service)
    with pytest.raises(SendFailedError, match="no template"):
        await to_thread.run_sync(lambda: sender.send(oa.lan, render_error(), "unknown", is_repeat=False))


async def test_who_leaves_gets_no_notice_any_more(oa: OaPeople) -> None:
    await oa.write("xin chào")
    await oa.push({**oa.event("unfollow"), "follower": {"id": oa.lan}})
    with pytest.raises(SendFailedError):
        await send_notice(oa)


@pytest.mark.parametrize(("hour", "waits"), [(5, 1), (6, 24), (22, 8), (0, 6)])
def test_the_morning_is_at_six(hour: int, waits: int) -> None:
    from datetime import datetime

    assert until_morning(datetime(2026, 11, 22, hour, 0, tzinfo=VIETNAM)) == timedelta(hours=waits)


# The log


async def test_no_line_holds_a_token_a_secret_a_text_or_a_person(oa: OaPeople, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    with capture_logs() as lines:
        for answer in (CUT, PAGE, failure(-216), failure(-213), failure(-224)):
            oa.server.next(CHAT, answer)
            await oa.write("số của em 031099000000 làm khai sinh")
            oa.service.ledger.go_on()
        await oa.push(oa.event("user_send_text", message={"text": ASK}), header="mac=forged")
    said = f"{lines}{[record for record in caplog.records if record.name != 'aiohttp.access']}"
    secrets = (APP_SECRET, OA_SECRET, "access-", "refresh-", "031099000000", "khai sinh", oa.lan)
    assert lines
    assert not any(word in said for word in secrets)
