"""Template messages (ZBS, formerly ZNS) for notices of dossiers that come after the 48 hours: priced, and off until a
template of the account is approved (CHANNELS 3.5).

The template has three parameters: `ma_ho_so` (code), `trang_thai` (state, at most 30 letters), `ngay_tra` (due date).
"""

from typing import Protocol

import msgspec
from anyio import to_thread

from bot.answers.wording import dossiers as words
from bot.app import App
from bot.channels.zalo_oa.api import TEMPLATE
from bot.channels.zalo_oa.post import LATER, Post
from bot.conversation.privacy import hashed
from bot.outbox.sender import SendFailedError
from knowledge.dossiers.dossier import Status
from knowledge.dossiers.following import Notice
from knowledge.outbox import body_of

KIND = "sent_template"
MOST_OF_STATE, MOST_OF_DAY = 30, 20  # the platform's limits
NONE_YET = "chưa có"


class Templates(Protocol):
    """`is_on` where an approved template exists."""

    is_on: bool

    async def send(self, citizen: str, key: str) -> None:
        """The notice that stands in the outbox under a key. Raises SendFailedError."""


class NoTemplates:
    is_on = False

    async def send(self, citizen: str, key: str) -> None:
        raise NotImplementedError("off: nobody asks")


class ApprovedTemplate:
    is_on = True

    def __init__(self, app: App, post: Post) -> None:
        self._app, self._post = app, post

    async def send(self, citizen: str, key: str) -> None:
        notice = await to_thread.run_sync(self._notice, key)
        body = {
            "user_id": citizen,
            "template_id": self._app.settings.zalo_oa_template,
            "template_data": data_of(notice),
            "tracking_id": hashed(key, self._app.secret),  # it comes back in receipts: nothing personal
        }
        await self._post.call(TEMPLATE, body, KIND)

    def _notice(self, key: str) -> Notice:
        with self._app.database.session() as session:
            body = body_of(session, key)
        try:
            return msgspec.json.decode(body, type=Notice)
        except msgspec.DecodeError:
            raise SendFailedError("no template is for this kind of notice", wait=LATER) from None


def data_of(notice: Notice) -> dict[str, str]:
    state = words.STATES[Status(notice.status)][0] if notice.status is not None else notice.status_raw
    due = words.day(notice.due) if notice.due else NONE_YET
    return {
        "ma_ho_so": notice.code,
        "trang_thai": _cut(state or NONE_YET, MOST_OF_STATE),
        "ngay_tra": _cut(due, MOST_OF_DAY),
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
