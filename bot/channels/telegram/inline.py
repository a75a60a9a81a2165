"""Inline mode: “@bot khai sinh” in any chat offers short answers to drop into it. Nothing of it is kept: somebody types
it letter by letter."""

import msgspec
from aiogram.methods import AnswerInlineQuery
from aiogram.types import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.answers.case import open_case
from bot.answers.decide import decide
from bot.answers.facts import gather
from bot.answers.render import render
from bot.answers.verdict import Part, Verdict
from bot.app import App
from bot.channels.telegram.wording import CHANNEL
from bot.channels.telegram.writing import pieces
from bot.conversation.group_warning import ASK_IN_PRIVATE, holds_personal_data
from bot.conversation.memory import NOTHING
from bot.conversation.messages import Answer, Ending, Family, family_of
from bot.operation.standing_aside import is_off
from knowledge.clock import vietnam_day
from knowledge.procedure import Aspect

MOST = 5
FEWEST_LETTERS = 2
TITLE, DESCRIPTION = 60, 120  # characters that a list shows
CACHED_SECONDS = 60  # Telegram's servers repeat what a query got; an edition published meanwhile waits so long


class Offer(msgspec.Struct, frozen=True):
    """`title` is the procedure's name as people say it."""

    code: str
    title: str
    answer: Answer


def offers_for(text: str, app: App) -> tuple[Offer, ...]:
    """Short answers, as in a group, to what a text may mean; none where it means no procedure."""
    if len(text) < FEWEST_LETTERS or holds_personal_data(text) or is_off(CHANNEL, app):
        return ()
    index = app.library.current().index
    case = open_case(text[: app.settings.question_characters], "", NOTHING, index, is_group=True)
    verdict = decide(case)
    if family_of(verdict.ending) not in {Family.ANSWER, Family.CHOOSE}:
        return ()
    meant = [part.code for part in verdict.parts] or [option.code for option in verdict.options]
    codes = [code for code in dict.fromkeys((*meant, *case.held)) if index.holds(code)][:MOST]
    asked = case.findings.asked.aspect.aspect
    about = (Part(code, asked, aspects=case.aspects) for code in codes)
    return tuple(Offer(part.code, index.name_of(part.code), _short(part, app)) for part in about)


def answer_inline(query: str, offers: tuple[Offer, ...]) -> AnswerInlineQuery:
    return AnswerInlineQuery(
        inline_query_id=query,
        results=[_article(offer) for offer in offers],
        cache_time=CACHED_SECONDS,
        button=None if offers else InlineQueryResultsButton(text=ASK_IN_PRIVATE, start_parameter="hoi"),
    )


def _short(part: Part, app: App) -> Answer:
    snapshot, ending = app.library.current(), Ending.PROCEDURE if part.aspect is Aspect.GENERAL else Ending.ASPECT
    verdict = Verdict(ending=ending, aspect=part.aspect, parts=(part,), candidates=(part.code,))
    with app.database.session() as session:
        facts = gather(
            session,
            verdict,
            day=vietnam_day(app.clock()),
            commune=app.settings.commune,
            edition=snapshot.edition,
            look_up=app.library.procedure,
            names=snapshot.index.plain_names,
        )
    return render(verdict, facts, is_group=True, public_url=app.settings.public_url)


def _article(offer: Offer) -> InlineQueryResultArticle:
    (piece, *_) = pieces(msgspec.structs.replace(offer.answer, choices=()))
    return InlineQueryResultArticle(
        id=offer.code,
        title=offer.title[:TITLE],
        description=" ".join(piece.plain.split())[:DESCRIPTION],
        input_message_content=InputTextMessageContent(
            message_text=piece.html, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
    )
