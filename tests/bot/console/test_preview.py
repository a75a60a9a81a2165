"""The preview of an entry is what each channel sends once it is approved: the same functions, the same words."""

import dataclasses
import re
from collections.abc import Callable
from html import unescape
from typing import cast

import pytest
from fastapi import Request
from markupsafe import Markup

from bot.app import App
from bot.channels import CHANNELS
from bot.channels.names import CHANNEL_NAMES
from bot.channels.telegram.writing import pieces as telegram_pieces
from bot.channels.zalo.writing import Piece
from bot.channels.zalo_bot import ZALO_BOT
from bot.channels.zalo_oa.form import in_buttons
from bot.console.entering import Desk
from bot.console.look import Look, look_of
from bot.console.preview import FORMS, Form, Message, _styled, forms_of
from bot.conversation.messages import Answer, Block, BlockKind, Chat, Choice, Ending, Question, Span
from bot.conversation.reply import reply_to
from bot.settings import Settings
from bot.web.site import Site
from console_officer import Officer, words_of
from knowledge.faq.entry import FaqText
from staff_people import LAN, WARD, publish_faq

Enter = Callable[[str], Officer]
FULL = FaqText(
    wordings=("Trung tâm có chỗ gửi xe không", "gửi xe máy ở đâu khi đi làm giấy tờ"),
    answer="**Có**, bãi xe ở <cổng sau> & sân trước.\n\n- xe máy\n- ô tô\n\nXem [bản đồ](https://example.org/a?b=1&c=2).",
    procedures=("1.001193", "1.000894"),
)
LONG = FaqText(wordings=FULL.wordings, answer="Một câu dài về chỗ gửi xe ở Trung tâm. " * 70)
OF_WARD = FaqText(wordings=FULL.wordings, answer="Ở sân sau của phường.", commune=WARD)
TEXTS = {"rich": FULL, "long": LONG, "of a commune": OF_WARD}


def look(app: App, text: FaqText, settings: Settings | None = None) -> Look:
    own = dataclasses.replace(app, settings=settings) if settings else app
    site = Site.__new__(Site)
    object.__setattr__(site, "app", own)
    return look_of(text, Desk(cast("Request", None), site, LAN, "", {}))


def sent(app: App, commune: str, *, is_group: bool) -> Answer:
    """What a citizen gets who asks."""
    chat = Chat("telegram", "a", is_group=is_group)
    asked = Question(text=FULL.title, chat=chat, asked_at=app.clock(), commune=commune)
    answer = reply_to(asked, app)
    assert answer.ending is Ending.FAQ
    return answer


def form(found: Look, channel: str, *, is_short: bool = False) -> Form:
    at = next(at for at, (name, short, _) in enumerate(FORMS) if (name, short) == (channel, is_short))
    return found.forms[at]


def read(message: Message) -> str:
    return unescape(re.sub(r"<[^>]+>", "", message.html))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_was_looked_at_is_what_is_sent(app: App, text: FaqText) -> None:
    found = look(app, text)
    publish_faq(app.database, text, app.clock())
    app.library.refresh(app.clock())
    private, group = (sent(app, text.commune, is_group=is_group) for is_group in (False, True))
    assert (found.answer.blocks, found.answer.choices) == (private.blocks, private.choices)
    assert (found.group.blocks, found.group.choices) == (group.blocks, group.choices)
    telegram = form(found, "telegram").messages
    assert [message.html for message in telegram] == [piece.html for piece in telegram_pieces(private)]
    assert [len(message.rows) for message in telegram] == [len(piece.rows) for piece in telegram_pieces(private)]
    assert tuple(map(read, form(found, "zalo_bot").messages)) == ZALO_BOT.messages(private)
    assert [read(each) for each in form(found, "clipboard", is_short=True).messages] == [group.plain]
    assert [read(each) for each in form(found, "clipboard").messages] == [private.plain]
    if text.commune:
        assert "Phường" in read(telegram[-1]) or "Xã" in read(telegram[-1])  # where the answer comes from


def test_every_channel_has_its_form() -> None:
    assert {channel.name for channel in CHANNELS} <= {name for name, _, _ in FORMS}
    assert {name for name, _, _ in FORMS} - {"terminal"} <= CHANNEL_NAMES.keys()


@pytest.mark.parametrize("menu", ["buttons", "list", "numbers"])
def test_the_oa_shows_its_choices_as_they_are_set(app: App, menu: str) -> None:
    settings = app.settings.model_copy(update={"zalo_oa_menu": menu})
    found = look(app, FULL, settings)
    (message,) = form(found, "zalo_oa").messages
    labels = [choice.label for choice in found.answer.choices]
    if menu == "numbers":
        assert message.rows == ()
        assert all(f"{at}. {label}" in read(message) for at, label in enumerate(labels, start=1))
    else:
        assert [row[0] for row in message.rows] == labels
        assert read(message) == in_buttons(found.answer, menu)[-1]["text"]
        assert "1. " not in read(message)


def test_more_buttons_than_zalo_takes_are_numbered() -> None:
    blocks = (Block(BlockKind.PARAGRAPH, ((Span("Bạn hỏi gì?"),),)),)
    choices = tuple(Choice(label=f"Việc {at}", action=f"pick:{at}") for at in range(9))
    answer = Answer(ending=Ending.FAQ, blocks=blocks, choices=choices)
    forms = {each.label: each for each in forms_of(answer, answer, Settings())}
    (message,) = forms["Zalo OA"].messages
    assert message.rows == ()
    assert "9. Việc 8" in read(message)


def test_silence_is_no_message() -> None:
    silent = Answer(ending=Ending.FAQ, blocks=())
    shown = {each.label: each.messages for each in forms_of(silent, silent, Settings())}
    assert {label for label, messages in shown.items() if messages and read(messages[0])} == set()


@pytest.mark.parametrize(
    ("text", "bold", "html"),
    [
        ("một hai", (), "một hai"),
        ("một hai", ((0, 3),), "<b>một</b> hai"),
        ("một hai", ((4, 3),), "một <b>hai</b>"),
        ("😀 một <b>", ((3, 3),), "😀 <b>một</b> &lt;b&gt;"),
        ("a&b", ((0, 3),), "<b>a&amp;b</b>"),
        ("một hai ba", ((0, 3), (8, 2)), "<b>một</b> hai <b>ba</b>"),
    ],
)
def test_bold_of_zalo_is_shown_where_it_stands(text: str, bold: tuple[tuple[int, int], ...], html: str) -> None:
    assert _styled(Piece(text, bold)).html == Markup(html)


def test_the_page_shows_each_form_and_runs_nothing_in_it(enter: Enter) -> None:
    fields = {"wordings": FULL.title, "answer": FULL.answer + "\n\n<script>alert(1)</script>", "viec": "xem"}
    page = enter("lan").send("/can-bo/hoi-dap/moi", **fields)
    for label in ("Telegram", "Telegram, trong nhóm", "Zalo bot", "Zalo OA", "Chép để dán vào nhóm, bản ngắn"):
        assert f"<summary>{label}</summary>" in page.text
    assert "<script>alert" not in page.text
    assert "Hỏi cán bộ" in words_of(page)
