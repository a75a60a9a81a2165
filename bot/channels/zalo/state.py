"""How the channels of Zalo stand, in the operator's English and the staff's Vietnamese."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlmodel import Session

from bot.channels.names import CHANNEL_NAMES
from bot.channels.zalo.ledger import LEFT, SENT, WARN_AT, Reason
from bot.channels.zalo_bot.form import CHANNEL as BOT
from bot.channels.zalo_oa.form import CHANNEL as OA
from bot.settings import Settings
from knowledge.channel_ledger import Trouble, counts, troubles
from knowledge.channel_tokens import kept
from knowledge.clock import VIETNAM

CONNECT = "motcua zalo-oa connect"
REFUSED = "refused_"  # what webhooks turned away is counted under kinds that begin so


class Remedy(msgspec.Struct, frozen=True):
    found: str
    remedy: str
    told: str  # to staff, with what to do


REMEDIES = {
    Reason.TOKEN: Remedy(
        "its token is refused",
        "set a good token and start the server again",
        "mã truy cập bị từ chối. Người vận hành cần đặt lại mã và khởi động lại",
    ),
    Reason.QUOTA: Remedy(
        "the messages of its plan are used up",
        "raise the plan, or wait; it is tried again each day, and at each start",
        "đã hết số tin của gói. Người vận hành cần nâng gói, hoặc chờ; trợ lý thử lại mỗi ngày",
    ),
    Reason.PACKAGE: Remedy(
        "the account's package or verification does not allow sending",
        "buy the package or verify the account, then start the server again",
        "gói dịch vụ hoặc việc xác thực của tài khoản không cho gửi tin. Người vận hành cần mua gói rồi khởi động lại",
    ),
    Reason.CONSENT: Remedy(
        "its consent is lost: no new token can be had",
        CONNECT,
        "quyền gửi tin đã mất. Người vận hành cần đồng ý lại cho tài khoản",
    ),
}


class Note(msgspec.Struct, frozen=True):
    """Something found of a channel; `is_broken` where it sends nothing."""

    channel: str
    found: str
    remedy: str = ""
    is_broken: bool = False


def notes(settings: Settings, session: Session, now: datetime) -> Iterator[Note]:
    """Of each channel that is configured, one note at least."""
    stopped = {trouble.channel: trouble for trouble in troubles(session, now)}
    if settings.zalo_bot_token:
        yield _stopped(stopped[BOT]) if BOT in stopped else _used(settings, session, now)
        yield from _turned_away(BOT, session, now)
    if settings.zalo_oa:
        yield _stopped(stopped[OA]) if OA in stopped else _rights(settings, session, now)
        yield from _turned_away(OA, session, now)


def told_to_staff(session: Session, now: datetime) -> tuple[str, ...]:
    """A sentence for each channel that is stopped."""
    return tuple(
        f"{CHANNEL_NAMES[trouble.channel]} đang dừng gửi từ {_moment(trouble.since)}: "
        f"{REMEDIES[Reason(trouble.reason)].told}."
        for trouble in troubles(session, now)
    )


def _stopped(trouble: Trouble) -> Note:
    words = REMEDIES[Reason(trouble.reason)]
    found = f"stopped since {_moment(trouble.since)}: {words.found} ({trouble.detail})"
    return Note(trouble.channel, found, words.remedy, is_broken=True)


def _used(settings: Settings, session: Session, now: datetime) -> Note:
    sent, quota = counts(session, BOT, now).get(SENT, 0), settings.zalo_bot_quota
    is_much = quota and 100 * sent >= WARN_AT[0] * quota
    found = f"{sent:,} of {quota:,} messages of this month" if quota else f"{sent:,} messages this month"
    return Note(BOT, found, "raise the plan before it is used up" if is_much else "")


def _rights(settings: Settings, session: Session, now: datetime) -> Note:
    rights = kept(session, settings.zalo_oa)
    if rights is None:
        return Note(OA, "nobody has consented yet", CONNECT, is_broken=True)
    if rights.expires_at <= now:
        return Note(OA, f"its token ended {_moment(rights.expires_at)}", "start the server: it renews it")
    shown = [(kind, number) for kind, number in counts(session, OA, now).items() if kind == LEFT or SENT in kind]
    numbers = ", ".join(f"{kind} {number:,}" for kind, number in shown)
    return Note(OA, f"token until {_moment(rights.expires_at)}; this month: {numbers or 'nothing sent'}")


def _turned_away(channel: str, session: Session, now: datetime) -> Iterator[Note]:
    refused = {kind: number for kind, number in counts(session, channel, now).items() if kind.startswith(REFUSED)}
    if refused:
        found = ", ".join(f"{number:,} by {kind.removeprefix(REFUSED)}" for kind, number in refused.items())
        yield Note(
            channel, f"requests turned away this month: {found}", "many of them: compare the secrets on both sides"
        )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
