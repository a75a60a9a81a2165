"""How a look-up at the dossier desk is told: the ending it has, its blocks, and what is offered to tap."""

from bot.answers.actions import Action, ActionKind
from bot.answers.buttons import OFFICER
from bot.answers.layout import lay_out
from bot.answers.wording import dossiers as words
from bot.conversation.messages import Block, Choice, Ending
from bot.dossiers.outcomes import (
    Closed,
    CodeAsked,
    Elsewhere,
    FactorAsked,
    Missing,
    Outcome,
    Paused,
    Private,
    Told,
    Wish,
)
from knowledge.dossiers.dossier import Status

ENDINGS: dict[type, Ending] = {
    Closed: Ending.DOSSIER,
    CodeAsked: Ending.DOSSIER_CODE,
    Private: Ending.DOSSIER_PRIVATE,
    Elsewhere: Ending.DOSSIER_ELSEWHERE,
    Paused: Ending.DOSSIER_PAUSED,
    Missing: Ending.DOSSIER_MISSING,
    FactorAsked: Ending.DOSSIER_FACTOR,
    Told: Ending.DOSSIER_TOLD,
}

Written = tuple[tuple[Block, ...], tuple[Choice, ...]]


def told(outcome: Outcome, public_url: str = "") -> Written:
    """`public_url` is where citizens reach this server."""
    ending = ENDINGS[type(outcome)]
    if isinstance(outcome, Told):
        return _told(outcome, public_url), _under(outcome)
    if isinstance(outcome, Private):
        link = (Choice(label="Hỏi riêng", url=public_url),) if public_url else ()
        return lay_out(ending), link
    return lay_out(ending, outcome=outcome), (OFFICER,)


def _told(outcome: Told, public_url: str) -> tuple[Block, ...]:
    dossier = outcome.dossier
    whose, what = words.state(outcome)
    return lay_out(
        Ending.DOSSIER_TOLD,
        told=outcome,
        done={Wish.FOLLOW: outcome.is_followed, Wish.STOP: not outcome.is_followed}.get(outcome.wish, False),
        whose=whose,
        what=what,
        to_do=words.to_do(outcome),
        due=words.due(outcome),
        office=words.office(dossier),
        procedure=outcome.procedure.rstrip(". "),
        to_add=dossier.to_add if outcome.is_proven and dossier.status == Status.TO_ADD else (),
        to_pay=dossier.to_pay if outcome.is_proven and dossier.status == Status.TO_PAY else (),
        page=f"{public_url.rstrip('/')}/theo-doi/{outcome.follow_page}" if outcome.follow_page else "",
        source=words.source(outcome),
    )


def _under(outcome: Told) -> tuple[Choice, ...]:
    code, choices = outcome.dossier.code, []
    if outcome.can_prove and not outcome.is_proven and (label := _more(outcome)):
        choices.append(_choice(label, ActionKind.DOSSIER_MORE, code))
    if outcome.is_followed:
        choices.append(_choice("Thôi báo cho tôi", ActionKind.UNFOLLOW, code))
    elif outcome.can_prove:
        choices.append(_choice("Báo cho tôi khi có thay đổi", ActionKind.FOLLOW, code))
    others = [_choice(f"Xem hồ sơ {other}", ActionKind.DOSSIER, other) for other in outcome.other_codes[:2]]
    return (*choices, *others, OFFICER)


def _more(outcome: Told) -> str:
    """What the second factor would show besides, "" if nothing."""
    dossier = outcome.dossier
    if dossier.status == Status.TO_ADD and dossier.to_add:
        return "Xem cần bổ sung gì"
    if dossier.status == Status.TO_PAY and dossier.to_pay:
        return "Xem cần nộp gì"
    return "Xem tên thủ tục" if dossier.procedure and not outcome.procedure else ""


def _choice(label: str, kind: ActionKind, code: str) -> Choice:
    return Choice(label=label, action=str(Action(kind, code)))
