"""How the channels stand, in the operator's English and the staff's Vietnamese."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlmodel import Session

from bot.channels.ledger import LEFT, SENT, WARN_AT, Reason
from bot.channels.names import CHANNEL_NAMES
from bot.channels.telegram.wording import WEBHOOK
from bot.channels.telegram.writing import TELEGRAM
from bot.channels.zalo_bot.form import CHANNEL as BOT
from bot.channels.zalo_oa.form import CHANNEL as OA
from bot.settings import Settings
from knowledge.channel_ledger import Trouble, counts, troubles
from knowledge.channel_tokens import kept
from knowledge.clock import VIETNAM

CONNECT = "motcua zalo-oa connect"
REFUSED = "refused_"  # what webhooks turned away is counted under kinds that begin so
MET = {  # what else was met, in the operator's words
    "too_large": "too large",
    "ignored": "foreign or of unknown kinds",
    "unreadable": "not to be read",
    "repeated": "repeated",
    "unanswered": "unanswered while stopped",
}


class Remedy(msgspec.Struct, frozen=True):
    found: str
    remedy: str
    told: str  # to staff, with what to do
    stands: str = "đang dừng gửi"


REMEDIES = {
    Reason.TOKEN: Remedy(
        "its token is refused",
        "set a good token and start the server again",
        "mã truy cập bị từ chối. Người vận hành cần đặt lại mã và khởi động lại",
    ),
    Reason.POLLED: Remedy(
        "it hears nothing, another program asks for the updates of the same bot",
        "stop the other program, or serve by a webhook; then start the server again",
        "một chương trình khác đang dùng cùng bot này. Người vận hành cần tắt chương trình đó và khởi động lại",
        "không nhận được tin",
    ),
    Reason.WEBHOOK: Remedy(
        "updates do not reach its webhook",
        "check MOTCUA_PUBLIC_URL, its certificate and the proxy, and that nobody else set a webhook; then start again",
        "tin của người dân không tới được máy chủ. Người vận hành cần kiểm tra địa chỉ nhận tin và khởi động lại",
        "không nhận được tin",
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
    if settings.telegram_token:
        yield _stopped(stopped[TELEGRAM.name]) if TELEGRAM.name in stopped else _received(settings)
        yield from _counted(TELEGRAM.name, session, now)
    if settings.zalo_bot_token:
        yield _stopped(stopped[BOT]) if BOT in stopped else _used(settings, session, now)
        yield from _counted(BOT, session, now)
    if settings.zalo_oa:
        yield _stopped(stopped[OA]) if OA in stopped else _rights(settings, session, now)
        yield from _counted(OA, session, now)


def told_to_staff(session: Session, now: datetime) -> tuple[str, ...]:
    """A sentence for each channel that is stopped."""
    return tuple(map(_told, troubles(session, now)))


def _told(trouble: Trouble) -> str:
    words = REMEDIES[Reason(trouble.reason)]
    return f"{CHANNEL_NAMES[trouble.channel]} {words.stands} từ {_moment(trouble.since)}: {words.told}."


def _stopped(trouble: Trouble) -> Note:
    words = REMEDIES[Reason(trouble.reason)]
    found = f"stopped since {_moment(trouble.since)}: {words.found} ({trouble.detail})"
    return Note(trouble.channel, found, words.remedy, is_broken=True)


def _received(settings: Settings) -> Note:
    by = f"by webhook at {settings.public_url.rstrip('/')}{WEBHOOK}" if settings.telegram_secret else "by polling"
    return Note(TELEGRAM.name, f"configured, {by}")


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


def _counted(channel: str, session: Session, now: datetime) -> Iterator[Note]:
    """What was turned away and what was left alone."""
    found = counts(session, channel, now)
    refused = [f"{n:,} by {kind.removeprefix(REFUSED)}" for kind, n in found.items() if kind.startswith(REFUSED)]
    if refused:
        told = f"requests turned away this month: {', '.join(refused)}"
        yield Note(channel, told, "many of them: compare the secrets on both sides")
    met = [f"{found[kind]:,} {words}" for kind, words in MET.items() if kind in found]
    if met:
        yield Note(channel, f"left alone this month: {', '.join(met)}")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
