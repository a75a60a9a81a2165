"""“@bot khai sinh” in any chat, and a place sent instead of a name."""

from itertools import count
from typing import Any

import pytest

from bot.channels.telegram.inline import MOST

from .conftest import People

QUERIES = count(1)


async def offered(people: People, text: str) -> dict[str, Any]:
    """What our answer to an inline query holds."""
    number = next(QUERIES)
    query = {"id": str(number), "from": {"id": people.private, "is_bot": False, "first_name": "Lan"}}
    update = {"update_id": 10_000_000 + number, "inline_query": {**query, "query": text, "offset": ""}}
    await people.send(update)
    (fields,) = [each for each in people.server.named("answerInlineQuery") if each["inline_query_id"] == str(number)]
    return fields


async def test_a_few_words_offer_short_answers_to_drop_into_any_chat(people: People) -> None:
    results = (await offered(people, "khai sinh"))["results"]
    assert 1 <= len(results) <= MOST
    assert results[0]["id"] == "1.001193"
    assert "khai sinh" in results[0]["title"].lower()
    content = results[0]["input_message_content"]
    assert "/tthc/1.001193" in content["message_text"]
    assert len(content["message_text"]) < 600
    assert people.server.sent == []


async def test_what_is_asked_about_it_is_in_the_first_words(people: People) -> None:
    results = (await offered(people, "lệ phí đăng ký kết hôn"))["results"]
    assert "phí" in results[0]["description"].lower()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing yet"),
        pytest.param("k", id="a letter"),
        pytest.param("giá vàng hôm nay", id="not ours"),
        pytest.param("số căn cước 031095012345 khai sinh", id="personal data"),
        pytest.param("hồ sơ H24.999-261110-0001 đến đâu rồi", id="a dossier"),
    ],
)
async def test_where_no_procedure_is_meant_a_button_leads_to_a_private_chat(people: People, text: str) -> None:
    fields = await offered(people, text)
    assert fields["results"] == []
    assert fields["button"]["start_parameter"] == "hoi"


async def test_nothing_typed_there_changes_what_the_private_chat_speaks_of(people: People) -> None:
    await people.write("đăng ký kết hôn cần gì")
    await offered(people, "khai sinh")
    (answer,) = await people.write("mất bao nhiêu tiền")
    assert "kết hôn" in answer.lower()


async def test_a_place_on_the_map_is_not_guessed_at_but_asked_for_by_name(people: People) -> None:
    place = {"latitude": 20.85, "longitude": 106.68}
    update = people.update(people.private, location=place)
    await people.send(update)
    (answer,) = people.server.texts(people.private)
    assert "/xa An Phong" in answer
    assert people.buttons() == {"Danh sách xã, phường": "https://motcua.example.vn/xa-phuong"}
    (chosen,) = await people.write("/xa Vĩnh Bảo", entities=[{"type": "bot_command", "offset": 0, "length": 3}])
    assert "Vĩnh Bảo" in chosen
