"""Conversations with the Zalo bot over HTTP: private chats, menus by number, groups."""

import io
import re

import pytest
import segno

from bot.app import App

from .bot_people import BotPeople

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
LAN, HUNG = "a" * 20, "b" * 20
OTHER_GROUP_MEMBER = "c" * 20


async def test_a_question_gets_one_message_with_what_we_are_and_a_menu(people: BotPeople) -> None:
    (said,) = await people.write(ASK)
    assert said.startswith("Đây là trợ lý tự động")
    assert "Đăng ký khai sinh cho con" in said
    assert "Bạn trả lời bằng số" in said
    (again,) = await people.write(ASK)
    assert not again.startswith("Đây là trợ lý tự động")


async def test_headings_go_out_bold_as_styles(people: BotPeople) -> None:
    await people.write("xin chào")
    await people.write(ASK)
    sent = people.server.sent[-1]
    starts = [sent["text"].encode("utf-16-le")[2 * each["start"] :][: 2 * each["len"]] for each in sent["text_styles"]]
    assert starts[0].decode("utf-16-le") == "Đăng ký khai sinh cho con"


@pytest.mark.parametrize("typed", ["{}", "số {}", "{}.", "{} nhé"])
async def test_a_number_takes_what_stood_under_it(people: BotPeople, typed: str) -> None:
    (said,) = await people.write(ASK)
    number = re.search(r"^(\d)\. Các bước$", said, re.MULTILINE)
    assert number
    (steps,) = await people.write(typed.format(number[1]))
    assert steps.startswith("Cách làm: Đăng ký khai sinh cho con")


async def test_full_width_digits_are_digits(people: BotPeople) -> None:
    await people.write("khai sinh")
    assert "hết hạn" not in (await people.write("２"))[0]


async def test_a_choice_a_number_and_a_follow_up(people: BotPeople) -> None:
    (offered,) = await people.write("căn cước")
    (taken,) = await people.write("1")
    (fee,) = await people.write("hết bao nhiêu tiền")
    assert "1. Mất thẻ, thẻ hỏng" in offered
    assert "căn cước" in taken.lower()
    assert "phí" in fee.lower()


async def test_a_menu_of_before_is_over_after_ten_minutes_and_its_subject_is_not(people: BotPeople) -> None:
    await people.write(ASK)
    people.clock.move(minutes=11)
    assert (await people.write("1"))[0].startswith("Lựa chọn này đã hết hạn.")
    assert "khai sinh" in (await people.write("mất bao nhiêu tiền"))[0].lower()


async def test_a_number_of_nothing_gets_a_short_word_back(people: BotPeople) -> None:
    (said,) = await people.write("3")
    assert said.startswith("Lựa chọn này đã hết hạn.")


@pytest.mark.parametrize("number", ["9", "0", "số 8"])
async def test_a_number_beyond_the_menu_is_told_so_and_the_menu_stays(people: BotPeople, number: str) -> None:
    await people.write(ASK)
    (said,) = await people.write(number)
    assert said.startswith("Chỉ có các số từ 1 đến ")
    assert (await people.write("4"))[0].startswith("Cách làm: Đăng ký khai sinh cho con")


async def test_after_an_hour_a_menu_is_over(people: BotPeople) -> None:
    await people.write(ASK)
    people.clock.move(minutes=61)
    assert (await people.write("1"))[0].startswith("Lựa chọn này đã hết hạn.")


async def test_a_code_of_four_digits_is_no_number_of_a_menu(people: BotPeople) -> None:
    await people.write("tra cứu hồ sơ")
    assert "hết hạn" not in (await people.write("1234"))[0]


@pytest.mark.parametrize("typed", ["/xa An Phong", "#xa an phong", "/xa Vĩnh Bảo"])
async def test_a_commune_is_chosen_by_words(people: BotPeople, typed: str) -> None:
    (said,) = await people.write(typed)
    assert "An Phong" in said or "Vĩnh Bảo" in said


async def test_who_wants_to_be_forgotten_is(people: BotPeople, bot_app: App) -> None:
    await people.write(ASK)
    (said,) = await people.write("/xoa")
    assert said.startswith("Đã xóa")
    assert (await people.write("xin chào"))[0].startswith("Đây là trợ lý tự động")


async def test_feedback_is_noted(people: BotPeople) -> None:
    await people.write(ASK)
    assert "Góp ý đã được ghi lại" in (await people.write("/gopy sai mức phí"))[0]
    assert "Góp ý đã được ghi lại" in (await people.write("chưa đúng"))[0]


async def test_the_picture_of_a_receipt_gives_its_code(people: BotPeople) -> None:
    content = io.BytesIO()
    segno.make("H24.999-261110-0001").save(content, kind="png", scale=8)
    people.server.media["receipt"] = content.getvalue()
    (said,) = await people.write("", photo_url=f"{people.server.base}/media/receipt")
    assert "chưa tra được hồ sơ" in said


async def test_a_picture_that_cannot_be_fetched_is_told_so(people: BotPeople) -> None:
    people.server.media["x"] = b"no picture"
    assert "không mở được" in (await people.write("", photo_url=f"{people.server.base}/media/x"))[0]


@pytest.mark.parametrize(("kind", "field"), [("sticker", "sticker"), ("voice", "voice_url"), ("unsupported", "x")])
async def test_what_cannot_be_read_is_answered_in_private_and_not_in_a_group(
    people: BotPeople, kind: str, field: str
) -> None:
    await people.push(people.event(kind=kind, **{field: "0e07"}))
    assert len(people.server.texts(people.private)) == 1
    await people.push(people.event(people.group, LAN, kind=kind, **{field: "0e07"}))
    assert people.server.texts(people.group) == []


# Groups


async def test_a_group_gets_a_short_answer_when_we_are_called(people: BotPeople) -> None:
    (said,) = await people.call(ASK, LAN)
    assert said.startswith("Đây là trợ lý tự động")
    assert "https://motcua.example.vn/tthc/1.001193" in said
    (again,) = await people.call("đăng ký thường trú cần gì", HUNG)
    assert len(again) < 500


async def test_two_people_with_menus_in_one_group_each_get_their_own(people: BotPeople) -> None:
    (first,) = await people.call("chứng thực", LAN)
    (second,) = await people.call("sổ đỏ", HUNG)
    assert all(said.endswith("Trả lời (reply) tin này bằng số.") for said in (first, second))
    (of_lan,), (of_hung,) = await people.call("1", LAN), await people.call("1", HUNG)
    assert "bản sao" in of_lan.lower()
    assert "sổ đỏ" in of_hung


async def test_somebody_else_may_answer_the_last_menu_of_a_group(people: BotPeople) -> None:
    await people.call("sổ đỏ", LAN)
    (said,) = await people.call("1", OTHER_GROUP_MEMBER)
    assert "hết hạn" not in said
    assert "Chưa tìm thấy" not in said


async def test_personal_data_in_a_group_is_warned_of_and_not_repeated(people: BotPeople) -> None:
    (said,) = await people.call("số căn cước của em 031099000000 thì làm gì", LAN)
    assert "031099000000" not in said
    assert "thu hồi" in said


async def test_a_dossier_in_a_group_is_for_private(people: BotPeople) -> None:
    (said,) = await people.call("hồ sơ H24.999-261110-0001 của tôi đến đâu rồi", LAN)
    assert "261110" not in said
    assert "riêng" in said


async def test_talk_and_other_bots_get_nothing(people: BotPeople) -> None:
    assert await people.call("cảm ơn nhé", LAN) == []
    bot = {"id": "1" * 20, "display_name": "Bot khác", "is_bot": True}
    assert await people.write("@Bot Phường Mẫu chào bạn", people.group, **{"from": bot}) == []


async def test_what_a_group_asked_long_ago_is_left(people: BotPeople) -> None:
    event = people.event(people.group, LAN, text=f"@Bot Phường Mẫu {ASK}")
    people.clock.move(minutes=6)
    await people.push(event)
    assert people.server.texts(people.group) == []


async def test_in_private_what_is_old_is_answered_all_the_same(people: BotPeople) -> None:
    event = people.event(text=ASK)
    people.clock.move(minutes=30)
    await people.push(event)
    assert len(people.server.texts(people.private)) == 1


async def test_forgetting_in_a_group_concerns_its_author(people: BotPeople) -> None:
    await people.call("sổ đỏ", LAN)
    assert (await people.call("/xoa", LAN))[0].startswith("Đã xóa")
