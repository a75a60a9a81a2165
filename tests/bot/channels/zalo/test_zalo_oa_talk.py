"""Conversations with the Official Account over HTTP: buttons and their fall-back, officials, groups."""

import io
from typing import Any

import pytest
import segno

from bot.channels.zalo_oa.form import in_buttons, in_numbers
from bot.channels.zalo_oa.window import Window
from bot.conversation.messages import Answer, Block, BlockKind, Choice, Ending, Span
from zalo_oa_server import CODE, OA

from .conftest import MakeOa
from .oa_people import OaPeople

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"


async def press(oa: OaPeople, title: str) -> list[str]:
    (button,) = [button for button in oa.server.buttons() if button["title"] == title]
    return await oa.write(button["payload"])


@pytest.mark.parametrize("form", ["buttons", "list"])
async def test_a_question_a_button_and_a_follow_up(make_oa: MakeOa, form: str) -> None:
    oa = await make_oa(zalo_oa_menu=form)
    oa.server.forms = {form}
    (said,) = await oa.write(ASK)
    assert said.startswith("Đây là trợ lý tự động")
    assert "Nộp trực tuyến: https://" in said
    (steps,) = await press(oa, "Các bước")
    assert steps.startswith("Cách làm: Đăng ký khai sinh cho con")
    (fee,) = await oa.write("hết bao nhiêu tiền")
    assert "phí" in fee.lower()


async def test_a_button_works_after_everything_is_forgotten(oa: OaPeople) -> None:
    await oa.write(ASK)
    (button,) = [button for button in oa.server.buttons() if button["title"] == "Các bước"]
    oa.clock.move(days=20)
    (steps,) = await oa.write(button["payload"])
    assert "Đăng ký khai sinh cho con" in steps


@pytest.mark.parametrize("payload", ["#chon:7f3a:2", "#chon:", "#chon:show:../../x", "#chon:officer:" + "a" * 900])
async def test_a_forged_or_old_press_is_answered_politely(oa: OaPeople, payload: str) -> None:
    assert len(await oa.write(payload)) == 1


@pytest.mark.parametrize("form", ["buttons", "list"])
async def test_where_buttons_are_refused_numbers_are_sent_and_it_is_remembered(make_oa: MakeOa, form: str) -> None:
    oa = await make_oa(zalo_oa_menu=form)
    oa.server.forms = set()
    (said,) = await oa.write(ASK)
    assert "Bạn trả lời bằng số" in said
    tried = len(oa.server.calls)
    (taken,) = await oa.write("1")
    assert "hết hạn" not in taken
    assert len(oa.server.calls) == tried + 1


async def test_the_next_month_buttons_are_tried_again(oa: OaPeople) -> None:
    oa.server.forms = set()
    await oa.write(ASK)
    oa.server.forms = {"buttons"}
    await oa.write(ASK)
    assert oa.server.buttons() == []
    oa.clock.move(days=31)
    oa.server.issue()
    await oa.service.tokens.exchange(CODE, "verifier")
    await oa.write(ASK)
    assert oa.server.buttons()


async def test_a_shape_that_is_refused_even_as_plain_text_is_not_remembered(oa: OaPeople) -> None:
    from zalo_oa_server import CHAT, failure

    oa.server.next(CHAT, failure(-201), failure(-201))
    assert await oa.write(ASK) == []
    await oa.write(ASK)
    assert oa.server.buttons()


async def test_numbers_may_be_chosen_from_the_start(make_oa: MakeOa) -> None:
    oa = await make_oa(zalo_oa_menu="numbers")
    (said,) = await oa.write("căn cước")
    assert "1. Mất thẻ, thẻ hỏng" in said
    assert oa.server.buttons() == []


def answer(*choices: Choice) -> Answer:
    return Answer(ending=Ending.PROCEDURE, blocks=(Block(BlockKind.PARAGRAPH, ((Span("x"),),)),), choices=choices)


def test_more_than_five_choices_or_a_long_one_are_numbered() -> None:
    many = answer(*(Choice(label=str(number), action="officer") for number in range(6)))
    long = answer(Choice(label="a" * 101, action="officer"))
    assert in_buttons(many, "buttons") == in_buttons(long, "buttons") == in_buttons(answer(), "buttons") == ()
    assert in_numbers(many)[0].text.endswith("6. 5")


async def test_a_number_typed_where_buttons_stand_works_too(oa: OaPeople) -> None:
    await oa.write("căn cước")
    (taken,) = await oa.write("1")
    assert "căn cước" in taken.lower()


async def test_who_follows_is_greeted_once(oa: OaPeople) -> None:
    event = {**oa.event("follow"), "follower": {"id": oa.lan}, "oa_id": OA}
    for _ in range(2):
        await oa.push(event)
    (said,) = oa.server.texts(oa.lan)
    assert said.startswith("Đây là trợ lý tự động")


async def test_the_menu_of_the_account_sends_commands(oa: OaPeople) -> None:
    event = {**oa.event("user_submit_info"), "info": {"action_payload": "#tracuuhoso"}}
    await oa.push(event)
    assert "mã hồ sơ" in oa.server.texts(oa.lan)[0].lower()


async def test_details_that_somebody_submits_are_neither_read_nor_answered(oa: OaPeople) -> None:
    await oa.push({**oa.event("user_submit_info"), "info": {"name": "Nguyễn Lan", "phone": "84900000000"}})
    assert oa.server.sent == []


async def test_a_place_is_a_commune(oa: OaPeople) -> None:
    await oa.push(oa.event("user_send_location", message={"text": "xã Vĩnh Bảo, Hải Phòng"}))
    await oa.push(oa.event("user_send_location", message={"text": "Phường Mẫu, Quận Mẫu"}))
    first, second = oa.server.texts(oa.lan)
    assert "Vĩnh Bảo" in first
    assert second


async def test_the_picture_of_a_receipt_gives_its_code(oa: OaPeople) -> None:
    content = io.BytesIO()
    segno.make("H24.999-261110-0001").save(content, kind="png", scale=8)
    oa.server.media["r"] = content.getvalue()
    attachment = {"type": "image", "payload": {"url": f"{oa.server.base}/media/r"}}
    await oa.push(oa.event("user_send_image", message={"attachments": [attachment]}))
    assert "chưa tra được hồ sơ" in oa.server.texts(oa.lan)[0]


async def test_who_wants_to_be_forgotten_is(oa: OaPeople) -> None:
    await oa.write(ASK)
    assert (await oa.write("/xoa"))[0].startswith("Đã xóa")
    assert oa.service.windows.of(oa.lan) is Window.CLOSED


async def test_to_be_forgotten_waits_for_no_official(oa: OaPeople) -> None:
    await oa.official("Chào chị")
    assert (await oa.write("/xoa"))[0].startswith("Đã xóa")
    assert await oa.write(ASK) == []


# Officials


async def test_an_official_takes_over_and_the_bot_keeps_out_for_a_while(oa: OaPeople) -> None:
    await oa.official("Chào chị, cán bộ phường nghe ạ")
    assert await oa.write(ASK) == []
    assert len(await oa.write(ASK, oa.hung)) == 1
    oa.clock.move(minutes=29)
    assert await oa.write(ASK) == []
    oa.clock.move(minutes=2)
    assert len(await oa.write(ASK)) == 1


async def test_each_word_of_the_official_begins_the_time_anew(oa: OaPeople) -> None:
    await oa.official("Chào chị")
    oa.clock.move(minutes=20)
    await oa.official("Chị gửi ảnh nhé")
    oa.clock.move(minutes=20)
    assert await oa.write(ASK) == []


async def test_our_own_echo_mutes_nobody(oa: OaPeople) -> None:
    await oa.official("Đăng ký khai sinh cho con …", is_person=False)
    assert len(await oa.write(ASK)) == 1


async def test_a_restart_does_not_end_the_silence(oa: OaPeople, make_oa: MakeOa) -> None:
    await oa.official("Chào chị")
    again = await make_oa()
    again.lan = oa.lan
    assert await again.write(ASK) == []


# Groups of the account


async def test_a_group_is_told_once_what_we_are(oa: OaPeople) -> None:
    event = {**oa.event("create_group"), "group_id": oa.group, "oa_id": OA}
    del event["message"]
    await oa.push(event)
    (said,) = oa.server.texts(oa.group)
    assert "trợ lý tự động" in said
    (answered,) = await oa.say("@Phường Mẫu đăng ký thường trú cần gì")
    assert "trợ lý tự động" not in answered


async def test_who_calls_us_is_answered_by_his_mark(oa: OaPeople) -> None:
    (said,) = await oa.say(f"Phường Mẫu ơi, {ASK}")
    assert said.startswith(f"[@{oa.lan}] ")
    assert "tthc/1.001193" in said


async def test_unasked_a_sure_question_is_answered_after_a_wait(oa: OaPeople) -> None:
    (said,) = await oa.say("cho mình hỏi làm giấy khai sinh cho con cần giấy tờ gì ạ?")
    assert "khai sinh" in said
    assert 20.0 in oa.paused


async def test_talk_is_left_in_peace(oa: OaPeople) -> None:
    assert await oa.say("Chiều nay ai đi tập dưỡng sinh không?") == []


async def test_staff_who_are_faster_answer_alone(oa: OaPeople) -> None:
    async def faster(seconds: float) -> None:
        oa.paused.append(seconds)
        await oa.service._official(_official(oa))

    oa.service._pause = faster
    assert await oa.say("cho mình hỏi làm giấy khai sinh cho con cần giấy tờ gì ạ?") == []


def _official(oa: OaPeople) -> Any:
    from bot.channels.zalo_oa.reading import Incoming, Kind

    said = {"text": "Chị mang giấy chứng sinh nhé", "event": "x"}
    return Incoming(kind=Kind.OFFICIAL, chat=oa.group, at=oa.clock(), is_group=True, **said)


async def test_an_official_tells_the_bot_to_be_quiet_in_a_group(oa: OaPeople) -> None:
    await oa.official("bot im lặng 30 phút", is_group=True)
    assert await oa.say("cho mình hỏi làm giấy khai sinh cho con cần giấy tờ gì ạ?") == []


async def test_two_people_with_menus_in_one_group(oa: OaPeople) -> None:
    await oa.say("@Phường Mẫu chứng thực", oa.lan)
    (menu,) = await oa.say("@Phường Mẫu sổ đỏ", oa.hung)
    assert "reply" in menu
    (of_lan,) = await oa.say("@Phường Mẫu 1", oa.lan)
    quote = {"msg_id": "1", "text": menu, "sender": {"id": OA}}
    (of_hung,) = await oa.say("1", oa.hung, quote_msg=quote)
    assert "bản sao" in of_lan.lower()
    assert "sổ đỏ" in of_hung


async def test_marks_of_members_never_come_back_out_of_our_words(oa: OaPeople) -> None:
    from bot.channels.zalo_oa.post import _MENTION

    assert _MENTION.sub("", "chào [@123] và [@f414c8f76fa586fbdfb4] nhé [@") == "chào  và  nhé "


async def test_personal_data_in_a_group_is_warned_of_and_not_repeated(oa: OaPeople) -> None:
    (said,) = await oa.say("@Phường Mẫu số căn cước của em 031099000000 thì làm gì")
    assert "031099000000" not in said
    assert "https://zalo.me/" in said


async def test_a_group_that_is_gone_is_forgotten(oa: OaPeople) -> None:
    oa.server.groups.clear()
    assert await oa.say(f"@Phường Mẫu {ASK}") == []
    event = {**oa.event("delete_group"), "group_id": oa.group, "oa_id": OA}
    assert await oa.push(event) == 200
