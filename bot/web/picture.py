"""The photo or PDF of a receipt in the web chat: read for its code while it is in memory, and dropped."""

from functools import partial

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.responses import RedirectResponse, Response

from bot.channels.pictures import answer_codes, told_trouble
from bot.conversation.messages import Answer, Chat
from bot.conversation.reply import reply_to
from bot.dossiers.pictures import read_picture
from bot.web.asking import question_of
from bot.web.body_limit import most_bytes
from bot.web.chat import answered
from bot.web.limits import WITHIN_RATE
from bot.web.pages import CHANNEL
from bot.web.rate import client_of
from bot.web.seal import new_chat_id
from bot.web.site import Site, SiteOf
from bot.web.transcripts import Turn
from bot.web.visitor import VisitorOf, keep_chat
from knowledge.clock import vietnam_day

PATH, FIELD = "/anh", "anh"
SENT = "Ảnh giấy tiếp nhận hồ sơ"
READERS = CapacityLimiter(2)  # a photo unpacks to some 100 MB

router = APIRouter(dependencies=[WITHIN_RATE], include_in_schema=False)


@router.post(PATH)
async def ask_by_picture(request: Request, site: SiteOf, visitor: VisitorOf) -> Response:
    content = await _uploaded(request)
    if not content:
        return RedirectResponse("/", 303)
    chat = Chat(CHANNEL, visitor.chat or new_chat_id())
    user = client_of(request.client.host if request.client else "")
    shown, answer = await to_thread.run_sync(_asked, site, chat, user, content, limiter=READERS)
    turns = site.transcripts.add(chat.id, Turn(shown, answer, site.app.clock()))
    response = answered(request, visitor, turns, is_fragment="X-Fragment" in request.headers)
    if not visitor.chat:
        keep_chat(response, request, site.seal, chat.id)
    return response


async def _uploaded(request: Request) -> bytes:
    """The file sent; b"" if there is none. It is never written to a disk, not even for a moment."""
    parser = MultiPartParser(request.headers, request.stream(), max_files=1)
    parser.spool_max_size = most_bytes(PATH)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError):
        return b""
    file = form.get(FIELD)
    return await file.read() if isinstance(file, UploadFile) else b""


def _asked(site: Site, chat: Chat, user: str, content: bytes) -> tuple[str, Answer]:
    """What the citizen sees as said, the number of the dossier left out, and the answer."""
    app = site.app
    read = read_picture(content, vietnam_day(app.clock()))
    if read.trouble is not None:
        return SENT, told_trouble(read.trouble)
    said = f"{SENT} {', '.join(code.masked for code in read.codes)}"
    act = partial(question_of, site, chat, "", user=user)
    return said, answer_codes(read.codes, lambda action: reply_to(act(action=action), app))
