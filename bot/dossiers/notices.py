"""A notice in plain words: what changed, or what is due."""

from bot.answers.actions import Action, ActionKind
from bot.answers.layout import lay_out
from bot.answers.wording import dossiers as words
from bot.conversation.messages import Answer, Choice, Ending
from knowledge.dossiers.dossier import Status
from knowledge.dossiers.following import Notice, NoticeKind


def told(notice: Notice) -> Answer:
    choices = (
        Choice(label="Xem hồ sơ", action=str(Action(ActionKind.DOSSIER, notice.code))),
        Choice(label="Thôi báo cho tôi", action=str(Action(ActionKind.UNFOLLOW, notice.code))),
    )
    blocks = lay_out("dossier_notice", notice=notice, lines=_lines(notice))
    return Answer(ending=Ending.DOSSIER_TOLD, blocks=blocks, choices=choices)


def _lines(notice: Notice) -> tuple[str, ...]:
    if notice.kind is NoticeKind.DUE_SOON:
        return (f"Sắp đến ngày hẹn trả: {words.by(notice.due or '')}.", _state(notice))
    moved = f"Ngày hẹn trả đổi từ {words.by(notice.due_before)}" if notice.due_before else ""
    due = f"{moved} sang {words.by(notice.due)}." if moved and notice.due else ""
    return tuple(line for line in (_state(notice), due) if line)


def _state(notice: Notice) -> str:
    if notice.status is None:
        return f"Cơ quan ghi: “{notice.status_raw}”." if notice.status_raw else ""
    whose, what = words.STATES[Status(notice.status)]
    return f"{whose}: {what}." if what else f"{whose}."
