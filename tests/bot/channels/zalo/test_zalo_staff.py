"""Staff on Zalo: made known by a code, heard in groups, speaking in private chats while the bot keeps out."""

from collections.abc import Iterator

import pytest

from bot.app import App
from bot.conversation.linking import code_of
from knowledge.operation.switches import switch_off, switch_on
from knowledge.staff.accounts import Act, account_of, add_account
from knowledge.takeovers import give_back, take_over
from staff_people import LAN, MINH

from .bot_people import BotPeople
from .oa_people import OaPeople

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"
QUESTION = "cho mình hỏi làm giấy khai sinh cho con cần giấy tờ gì ạ?"
OFFICER = "d" * 20


@pytest.fixture(autouse=True)
def accounts(zalo_built: App) -> None:
    with zalo_built.database.session(writing=True) as session:
        for who in (LAN, MINH):
            if account_of(session, who.login) is None:
                add_account(session, who, "a-long-password", zalo_built.clock())


def act(app: App) -> Act:
    return Act(MINH, app.clock())


async def test_an_officer_is_known_by_a_code_and_quiets_a_group(people: BotPeople, bot_app: App) -> None:
    code = code_of("lan", bot_app.secret, bot_app.clock())
    (said,) = await people.write(f"/canbo {code}", OFFICER)
    assert "lan" in said
    assert await people.call("bot im lặng 30 phút", OFFICER) == []
    assert len(await people.call(ASK, "citizen")) == 1  # who calls is answered even then


async def test_a_wrong_code_makes_nobody_an_officer(oa: OaPeople) -> None:
    await oa.write("/canbo lan-aaaaaaaaaa", oa.hung)
    await oa.say("bot im lặng 30 phút", oa.hung)
    assert len(await oa.say(QUESTION, oa.lan)) == 1


async def test_an_officer_in_a_group_of_the_account_is_heard_as_staff(oa: OaPeople) -> None:
    code = code_of("lan", oa.service.app.secret, oa.clock())
    await oa.write(f"/canbo {code}", oa.hung)
    assert await oa.say("bot im lặng 30 phút", oa.hung) == []
    assert await oa.say(QUESTION, oa.lan) == []


async def test_unasked_nothing_is_said_while_an_officer_answers(oa: OaPeople) -> None:
    code = code_of("lan", oa.service.app.secret, oa.clock())
    await oa.write(f"/canbo {code}", oa.hung)
    quote = {"msg_id": "1", "text": QUESTION, "sender": {"id": oa.lan}}
    assert await oa.say("Chị mang giấy chứng sinh nhé", oa.hung, quote_msg=quote) == []


# Chats that staff have taken over in the console


@pytest.fixture
def taken(people: BotPeople, bot_app: App) -> Iterator[None]:
    from datetime import timedelta

    with bot_app.database.session(writing=True) as session:
        number = take_over(session, "zalo_bot", people.private, act(bot_app), bot_app.clock() + timedelta(minutes=30))
    bot_app.orders.forget()
    yield
    with bot_app.database.session(writing=True) as session:
        give_back(session, number, act(bot_app))
    bot_app.orders.forget()


@pytest.mark.parametrize("text", [ASK, "2", "chưa đúng"])
async def test_where_an_officer_speaks_the_bot_keeps_out(people: BotPeople, taken: None, text: str) -> None:
    assert await people.write(text) == []


async def test_danger_waits_for_nobody(people: BotPeople, taken: None, oa: OaPeople) -> None:
    assert "114" in (await people.write("cháy nhà rồi cứu với"))[0]
    await oa.official("Chào chị")
    assert "114" in (await oa.write("cháy nhà rồi cứu với"))[0]
    assert await oa.write(ASK) == []


# Channels that are switched off


@pytest.fixture
def off(zalo_built: App) -> Iterator[None]:
    for channel in ("zalo_bot", "zalo_oa"):
        with zalo_built.database.session(writing=True) as session:
            switch_off(session, channel, "bảo trì", act(zalo_built))
    yield
    for channel in ("zalo_bot", "zalo_oa"):
        with zalo_built.database.session(writing=True) as session:
            switch_on(session, channel, "xong", act(zalo_built))
    zalo_built.orders.forget()


async def test_a_channel_that_is_off_says_so_in_private_and_nothing_in_groups(
    people: BotPeople, oa: OaPeople, off: None
) -> None:
    for app in (people.service.app, oa.service.app):
        app.orders.forget()
    for said in (await people.write(ASK), await oa.write(ASK), await people.write("7")):
        assert len(said) == 1
        assert "giấy chứng sinh" not in said[0].lower()
    assert await people.call(ASK, "citizen") == []
    assert await oa.say(f"@Phường Mẫu {ASK}") == []
    await oa.push({**oa.event("create_group"), "group_id": oa.group})
    assert oa.server.texts(oa.group) == []
