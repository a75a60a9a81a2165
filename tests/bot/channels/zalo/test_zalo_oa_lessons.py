"""What an official of the account answers first, after taking over, becomes a draft with the question before it."""

from knowledge.faq import desk

from .oa_people import OaPeople

ASKED = "bãi xe của trung tâm mình gửi qua đêm được không"
ANSWER = "Dạ không ạ, bãi xe đóng lúc 17 giờ 30."


def drafts(oa: OaPeople) -> list[tuple[str, str, str]]:
    with oa.service.app.database.session() as session:
        cards = [card for card in desk.cards(session) if card.newest.author == "can-bo-zalo"]
    return [(card.text.title, card.text.answer, card.newest.origin[:20]) for card in cards]


async def test_the_first_words_after_a_question_are_learned_and_nothing_after_them(oa: OaPeople) -> None:
    await oa.write(ASKED)
    await oa.official(ANSWER)
    await oa.official("Chị cần gì thêm thì nhắn em nhé.")
    assert drafts(oa) == [(ASKED, ANSWER, "Cán bộ trên Zalo OA ")]


async def test_a_greeting_out_of_the_blue_teaches_nothing(oa: OaPeople) -> None:
    before = drafts(oa)
    await oa.official("Chào chị, phường mời chị đến nhận kết quả.", oa.hung)
    await oa.write("xin chào", oa.hung)
    oa.clock.move(days=3)
    await oa.official("Chào anh, cán bộ phường nghe ạ.", oa.hung)
    assert drafts(oa) == before
