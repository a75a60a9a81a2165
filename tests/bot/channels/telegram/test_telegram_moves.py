"""A group that becomes a supergroup gets another id: what was ordered, counted and remembered there goes with it."""

from datetime import timedelta
from typing import Any

import pytest
from anyio import to_thread

from bot.app import App
from bot.channels.telegram.moves import Moves
from bot.channels.telegram.outbox import TelegramSender
from bot.channels.telegram.service import Service
from bot.outbox.delivering import deliver
from knowledge.group_digest import is_wanted
from knowledge.moved_groups import names

from .conftest import People

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
ADMIN, LAN = 77, 11


def to(people: People) -> int:
    return people.group - 1_000_000


async def moved(people: People, *, is_told_there: bool = False) -> None:
    """Telegram tells it in the group that was, or in the one that is."""
    told: tuple[int, dict[str, Any]] = (people.group, {"migrate_to_chat_id": to(people)})
    if is_told_there:
        told = to(people), {"migrate_from_chat_id": people.group}
    await people.send(people.update(told[0], LAN, **told[1]))


@pytest.fixture
async def ordered(people: People) -> People:
    """A group whose administrator ordered a digest and that we speak only when called."""
    people.server.administrators[people.group] = people.server.administrators[to(people)] = [ADMIN]
    await people.call("bot tổng kết cuối ngày", ADMIN)
    await people.call("bot chỉ trả lời khi được gọi", ADMIN)
    return people


def restarted(people: People) -> None:
    """Another process answers from now on: it knows what the database knows."""
    before = people.service
    people.service = Service(before.app, before.bot, before.me, people.pause)


@pytest.mark.parametrize("is_told_there", [False, True], ids=["told in the old group", "told in the new one"])
@pytest.mark.parametrize("is_restarted", [False, True], ids=["the same process", "after a restart"])
async def test_orders_hold_in_the_new_place(ordered: People, *, is_told_there: bool, is_restarted: bool) -> None:
    await moved(ordered, is_told_there=is_told_there)
    if is_restarted:
        restarted(ordered)
    assert await ordered.write(f"{ASK} ạ?", to(ordered), LAN) == []
    ordered.group = to(ordered)
    assert len(await ordered.call(ASK, LAN)) == 1


async def test_without_the_move_the_new_group_would_know_nothing(ordered: People) -> None:
    assert len(await ordered.write(f"{ASK} ạ?", to(ordered), LAN)) == 1


async def test_what_was_spoken_of_is_remembered(people: People) -> None:
    await people.call(ASK, LAN)
    await moved(people)
    people.group = to(people)
    (fee,) = await people.call("mất bao nhiêu tiền", LAN)
    assert "khai sinh" in fee


async def test_the_digest_is_still_wanted_counts_on_and_arrives_in_the_new_place(ordered: People, app: App) -> None:
    name = f"{ordered.group}:0"
    await ordered.call(ASK, LAN)
    await moved(ordered)
    restarted(ordered)
    ordered.group = to(ordered)
    await ordered.call("đăng ký tạm trú cần gì", LAN)
    with app.database.session() as session:
        assert is_wanted(session, "telegram", name)
    before = len(ordered.server.texts(ordered.group))
    later = ordered.clock() + timedelta(days=1)
    await to_thread.run_sync(deliver, app.database, TelegramSender(ordered.service), lambda: later, name)
    (digest,) = ordered.server.texts(ordered.group)[before:]
    assert "khai sinh" in digest
    assert "tạm trú" in digest


async def test_an_order_given_in_the_new_place_holds_there(ordered: People) -> None:
    await moved(ordered)
    ordered.group = to(ordered)
    await ordered.call("bot hoạt động lại", ADMIN)
    restarted(ordered)
    assert len(await ordered.write(f"{ASK} ạ?", to(ordered), LAN)) == 1


async def test_a_move_learned_from_a_refusal_is_kept_as_well(ordered: People, app: App) -> None:
    refused = {"ok": False, "error_code": 400, "description": "?", "parameters": {"migrate_to_chat_id": to(ordered)}}
    ordered.server.next("sendMessage", refused)
    await ordered.call(ASK, LAN)
    assert len(ordered.server.texts(to(ordered))) == 1
    with app.database.session() as session:
        assert names(session, "telegram")[str(to(ordered))] == str(ordered.group)


async def test_being_taken_out_of_the_old_group_is_not_being_sent_away(ordered: People) -> None:
    await moved(ordered)
    change = {
        "chat": {"id": ordered.group, "type": "group", "title": "Nhóm"},
        "from": {"id": LAN, "is_bot": False, "first_name": "Lan"},
        "date": 1,
        "old_chat_member": {"user": {"id": 700, "is_bot": True, "first_name": "x"}, "status": "member"},
        "new_chat_member": {"user": {"id": 700, "is_bot": True, "first_name": "x"}, "status": "left"},
    }
    await ordered.send({"update_id": ordered.update(1)["update_id"], "my_chat_member": change})
    assert await ordered.write(f"{ASK} ạ?", to(ordered), LAN) == []


async def test_who_wants_to_be_forgotten_is_found_in_the_new_place(people: People) -> None:
    await people.call(ASK, LAN)
    await moved(people)
    people.group = to(people)
    entities = [{"type": "bot_command", "offset": 0, "length": 15}]
    await people.write("/xoa@tro_ly_bot", people.group, LAN, entities=entities)
    answers = await people.call("mất bao nhiêu tiền", LAN)
    assert not any("khai sinh" in answer for answer in answers)


def test_where_a_group_is_and_how_it_is_called(app: App) -> None:
    moves = Moves(app)
    moves.move(-31, -3001)
    moves.move(-3001, -3002)
    assert [moves.name_of(chat) for chat in (-31, -3001, -3002, -7)] == [-31, -31, -31, -7]
    assert [moves.id_of(chat) for chat in (-31, -3001, -3002, -7)] == [-3002, -3002, -3002, -7]
    assert [moves.has_left(chat) for chat in (-31, -3002, -7)] == [True, False, False]
    later = Moves(app)
    later.recall()
    assert (later.name_of(-3002), later.id_of(-31), later.is_known) == (-31, -3002, True)
