"""On Zalo an answer is said to be wrong in words and by commands, in private and in groups."""

import pytest
from sqlmodel import select

from bot.app import App
from knowledge.tables import Exchange

from .bot_people import BotPeople
from .oa_people import NAME, OaPeople

ASK = "làm giấy khai sinh cho con cần giấy tờ gì"


def noted(app: App) -> int:
    with app.database.session() as session:
        return len(session.exec(select(Exchange).where(Exchange.ending == "feedback")).all())


@pytest.mark.parametrize("said", ["chưa đúng", "/gopy", "#gopy phí sai"])
async def test_of_the_bot_in_private(people: BotPeople, said: str) -> None:
    before = noted(people.service.app)
    await people.write(ASK)
    assert "Góp ý đã được ghi lại" in (await people.write(said))[0]
    assert noted(people.service.app) == before + 1


@pytest.mark.parametrize("said", ["chưa đúng", "/gopy", "#goopy phí sai"])
async def test_of_the_account_in_private(oa: OaPeople, said: str) -> None:
    before = noted(oa.service.app)
    await oa.write(ASK)
    assert "Góp ý đã được ghi lại" in (await oa.write(said))[0]
    assert noted(oa.service.app) == before + 1


@pytest.mark.parametrize("said", [f"{NAME} chưa đúng", "/gopy phí sai", f"{NAME} /gopy phí sai", "#gopy"])
async def test_in_a_group_of_the_account_a_command_needs_no_name(oa: OaPeople, said: str) -> None:
    before = noted(oa.service.app)
    await oa.say(f"{NAME} {ASK}")
    (answer,) = await oa.say(said)
    assert answer.endswith("Góp ý đã được ghi lại để cán bộ xem và sửa, cảm ơn bạn.")
    assert noted(oa.service.app) == before + 1


@pytest.mark.parametrize("said", ["chưa đúng", "phí sai rồi mọi người ạ", "gopy"])
async def test_in_a_group_of_the_account_talk_is_none(oa: OaPeople, said: str) -> None:
    before = noted(oa.service.app)
    await oa.say(f"{NAME} {ASK}")
    assert await oa.say(said) == []
    assert noted(oa.service.app) == before


async def test_who_wants_to_be_forgotten_in_a_group_of_the_account_needs_no_name(oa: OaPeople) -> None:
    await oa.say(f"{NAME} {ASK}")
    (answer,) = await oa.say("/xoa")
    assert "Đã xóa những gì trợ lý tự động còn giữ về bạn trong nhóm này" in answer
