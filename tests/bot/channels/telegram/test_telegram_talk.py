"""Conversations over HTTP with the real client: private chats, groups, pictures, commands."""

import io
from typing import Any

import pytest
import segno
from sqlmodel import select

from bot.app import App
from bot.channels.commands import code_of_start
from bot.channels.telegram.wording import private_link
from knowledge.tables import Exchange
from telegram_server import ME

from .conftest import People

BIRTH = "1.001193"
ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
NUMBER = "000000000000"


async def test_a_question_is_answered_with_buttons_that_lead_on(people: People) -> None:
    (answer,) = await people.write(ASK)
    assert "khai sinh" in answer
    assert "trợ lý tự động" in answer
    views = [action for action in people.buttons().values() if action.startswith("show:")]
    (told,) = await people.tap(views[0])
    assert told != answer
    assert people.server.named("answerCallbackQuery")


async def test_the_introduction_comes_once(people: People) -> None:
    first, second = await people.write("xin chào"), await people.write("xin chào")
    assert "gửi /xoa để xóa" in first[0]
    assert "gửi /xoa để xóa" not in second[0]


async def test_a_follow_up_leans_on_what_was_spoken_of(people: People) -> None:
    await people.write(ASK)
    (fee,) = await people.write("mất bao nhiêu tiền")
    assert "khai sinh" in fee
    assert "phí" in fee.lower()


@pytest.mark.parametrize("payload", ["1_001193", "tt_1_001193"])
async def test_a_poster_opens_its_procedure(people: People, payload: str) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 6}]
    (answer,) = await people.write(f"/start {payload}", entities=entities)
    assert "khai sinh" in answer


@pytest.mark.parametrize("payload", ["", "hoi", "1_1", "tt_x_001193", "²_001193"])
async def test_any_other_start_is_a_greeting(people: People, payload: str) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 6}]
    (answer,) = await people.write(f"/start {payload}".strip(), entities=entities)
    assert "Bạn cần làm việc gì" in answer


def test_links_carry_codes_without_dots() -> None:
    link = private_link("tro_ly_bot", BIRTH)
    assert link == "https://t.me/tro_ly_bot?start=1_001193"
    assert code_of_start(link.partition("start=")[2]) == BIRTH


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/hoi khai sinh cho con cần gì", "khai sinh"),
        ("/hoi", "Viết việc cần làm"),
        ("/trogiup", "Viết việc cần làm"),
        ("/tracuu", "hồ sơ"),
        ("/xa An Phong", "An Phong"),
        ("/xa Không Có Đâu", "Chưa thấy xã, phường"),
        ("/gopy lệ phí ghi chưa đúng", "Góp ý đã được ghi lại"),
        ("/la_lam", "Viết việc cần làm"),
    ],
)
async def test_commands(people: People, command: str, said: str) -> None:
    length = len(command.split(maxsplit=1)[0])
    answers = await people.write(command, entities=[{"type": "bot_command", "offset": 0, "length": length}])
    assert said in answers[0]


async def test_who_says_it_is_wrong_is_noted_with_the_procedure(people: People, app: App) -> None:
    await people.write(ASK)
    (answer,) = await people.write("chưa đúng")
    assert "Góp ý đã được ghi lại" in answer
    with app.database.session() as session:
        rows = session.exec(select(Exchange).where(Exchange.ending == "feedback")).all()
    assert rows[-1].procedures == BIRTH


async def test_deleting_forgets_the_subject_and_what_was_recorded(people: People, app: App) -> None:
    await people.write(ASK)
    with app.database.session() as session:
        before = len(session.exec(select(Exchange)).all())
    (answer,) = await people.write("/xoa", entities=[{"type": "bot_command", "offset": 0, "length": 4}])
    assert answer.startswith("Đã xóa")
    with app.database.session() as session:
        assert len(session.exec(select(Exchange)).all()) == before - 1
    assert "gửi /xoa để xóa" in (await people.write("mất bao nhiêu tiền"))[0]


def picture(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text).save(out, kind="png", scale=6)
    return out.getvalue()


PHOTO: dict[str, Any] = {
    "photo": [
        {"file_id": "small", "file_unique_id": "s", "width": 9, "height": 9},
        {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 900},
    ]
}


async def test_a_photo_of_a_receipt_asks_for_its_dossier(people: People) -> None:
    people.server.files["large"] = picture("H24.999-261120-0007")
    await people.send(people.update(people.private, **PHOTO))
    assert people.server.named("getFile") == [{"file_id": "large"}]
    assert "hồ sơ" in people.server.texts(people.private)[-1].lower()


async def test_a_photo_without_a_code_says_so_and_an_album_says_nothing(people: People) -> None:
    people.server.files["large"] = picture("xin chào")
    await people.send(people.update(people.private, **PHOTO))
    assert "mã hồ sơ" in people.server.texts(people.private)[-1].lower()
    await people.send(people.update(people.private, **PHOTO, media_group_id="1"))
    assert len(people.server.texts(people.private)) == 1


async def test_what_is_written_beside_a_photo_is_answered(people: People) -> None:
    people.server.files["large"] = b"no picture"
    await people.send(people.update(people.private, **PHOTO, caption=ASK))
    assert "khai sinh" in people.server.texts(people.private)[-1]


async def test_a_sticker_gets_a_word_in_private_and_none_in_a_group(people: People) -> None:
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
    sticker |= {"is_animated": False, "is_video": False}
    for chat in (people.private, people.group):
        await people.send(people.update(chat, sticker=sticker))
    assert len(people.server.texts(people.private)) == 1
    assert people.server.texts(people.group) == []


async def test_an_edited_question_is_answered_anew_and_quoted(people: People) -> None:
    await people.write(ASK)
    update = people.update(people.private, text="đăng ký tạm trú cần gì")
    update["edited_message"] = update.pop("message")
    await people.send(update)
    last = people.server.sent[-1]
    assert "tạm trú" in last["text"]
    assert last["reply_parameters"]["allow_sending_without_reply"] is True


# Groups


async def test_a_group_is_answered_by_mention_quoting_and_short(people: People) -> None:
    answers = await people.call(ASK, 11)
    assert len(answers[0]) < 500
    assert people.server.sent[-1]["reply_parameters"]["message_id"]


async def test_an_unasked_question_is_answered_after_the_wait(people: People) -> None:
    answers = await people.write(f"{ASK} ạ", people.group, user=11)
    assert 20.0 in people.paused
    assert "khai sinh" in answers[0]


async def test_talk_commands_of_other_bots_and_other_bots_get_silence(people: People) -> None:
    assert await people.write("chiều nay mưa to quá", people.group, user=11) == []
    other = {"entities": [{"type": "bot_command", "offset": 0, "length": 13}]}
    assert await people.write("/hoi@other_bo khai sinh cần gì", people.group, user=11, **other) == []
    bot = {"from": {"id": 5, "is_bot": True, "first_name": "Bot"}}
    assert await people.write(ASK, people.group, **bot) == []


async def test_an_administrator_speaks_and_we_do_not(people: People) -> None:
    people.server.administrators[people.group] = [77]
    assert await people.write(f"{ASK} ạ", people.group, user=77) == []
    await people.write("bot im lặng 30 phút nhé", people.group, user=77)
    assert await people.write(f"{ASK} ạ", people.group, user=11) == []
    assert await people.call(ASK, 11) != []


async def test_an_unnamed_administrator_is_one(people: People) -> None:
    sender = {"sender_chat": {"id": people.group, "type": "supergroup", "title": "Nhóm"}}
    assert await people.write(f"{ASK} ạ", people.group, user=1_087_968_824, **sender) == []


async def test_a_number_in_a_group_is_warned_of_for_its_author_alone_where_we_may(people: People) -> None:
    people.server.administrators[people.group] = [ME["id"]]
    (warning,) = await people.write(f"căn cước em {NUMBER} đây", people.group, user=11)
    assert NUMBER not in warning
    assert people.server.sent[-1]["ephemeral_message_parameters"] == {"receiver_user_id": 11}


async def test_without_that_right_the_warning_is_said_openly_with_the_way(people: People) -> None:
    (warning,) = await people.write(f"căn cước em {NUMBER} đây", people.group, user=11)
    assert NUMBER not in warning
    assert people.buttons() == {"Hỏi riêng": "https://t.me/tro_ly_bot?start=hoi"}


async def test_a_dossier_is_told_in_private_only(people: People) -> None:
    answers = await people.call("hồ sơ H24.999-261120-0007 đến đâu rồi", 11)
    assert "0007" not in answers[0]
    assert "riêng" in answers[0]
    assert "Hỏi riêng" in people.buttons()


async def test_each_presser_gets_his_own_answer(people: People) -> None:
    await people.call("khai sinh", 11)
    (answer,) = await people.tap(f"show:{BIRTH}:fee", people.group, user=12)
    assert "khai sinh" in answer


async def test_a_forum_topic_is_kept_and_its_opening_is_no_reply(people: People) -> None:
    opening = people.update(people.group, 11)["message"] | {
        "forum_topic_created": {"name": "Hỏi đáp", "icon_color": 7322096},
        "message_thread_id": 42,
    }
    topic = {"message_thread_id": 42, "is_topic_message": True, "reply_to_message": opening}
    answers = await people.write(f"{ASK} ạ", people.group, user=11, **topic)
    assert answers
    assert people.server.sent[-1]["message_thread_id"] == "42"


async def test_a_reply_to_us_is_for_us(people: People) -> None:
    ours = people.update(people.group)["message"] | {"from": ME, "text": "Đăng ký khai sinh"}
    assert await people.write("đăng ký tạm trú cần gì", people.group, user=11, reply_to_message=ours)


async def test_messages_from_before_a_restart_are_left_alone_in_groups(people: People) -> None:
    old = {"date": int(people.clock().timestamp()) - 600}
    assert await people.call(ASK, 11, **old) == []
    assert await people.write(ASK, **old) != []


async def test_added_to_a_group_we_say_what_we_are(people: People) -> None:
    member = {"user": ME, "status": "member"}
    change = {
        "chat": {"id": people.group, "type": "supergroup", "title": "Nhóm"},
        "from": {"id": 11, "is_bot": False, "first_name": "Lan"},
        "date": 1,
        "old_chat_member": {"user": ME, "status": "left"},
        "new_chat_member": member,
    }
    await people.send({"update_id": people.update(1)["update_id"], "my_chat_member": change})
    assert "trợ lý tự động" in people.server.texts(people.group)[0]


# Choosing a commune by buttons


async def test_a_commune_is_chosen_by_its_letter_and_its_name(people: People) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 3}]
    (asked,) = await people.write("/xa", entities=entities)
    assert "chữ cái đầu" in asked
    await people.tap(people.buttons()["A"])
    (action,) = [action for label, action in people.buttons().items() if label.endswith("An Phong")]
    (chosen,) = await people.tap(action)
    assert "An Phong" in chosen
