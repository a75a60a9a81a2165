"""A member of staff tells the assistant who he is: a code from his own page in the console, sent in a private chat."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from bot.answers.layout import lay_out
from bot.app import App
from bot.conversation.messages import Answer, Ending
from knowledge.staff.accounts import BadAccountError
from knowledge.staff.links import link

SECONDS = 3_600  # a code holds for this hour and the next
LETTERS = 10  # 50 bits: nobody guesses that in two hours of messages


def code_of(login: str, secret: str, now: datetime) -> str:
    return f"{login}-{_mark(login, secret, now)}"


def login_in(code: str, secret: str, now: datetime) -> str:
    """Whose code it is, "" for none of ours or one that has ended."""
    login, _, mark = code.strip().lower().rpartition("-")
    hours = (now, now - timedelta(seconds=SECONDS))
    is_ours = any(hmac.compare_digest(mark.encode(), _mark(login, secret, at).encode()) for at in hours)
    return login if login and is_ours else ""


def answer_code(code: str, channel: str, user: str, app: App) -> Answer:
    """Link the account of a code; without one, say what the operator needs to know."""
    login = login_in(code, app.secret, app.clock())
    is_linked = bool(login) and _link(login, channel, user, app)
    blocks = lay_out("staff_linked", login=login if is_linked else "", user=f"{channel}:{user}", is_tried=bool(code))
    return Answer(ending=Ending.HELP, blocks=blocks)


def _link(login: str, channel: str, user: str, app: App) -> bool:
    try:
        with app.database.session(writing=True) as session:
            link(session, channel, user, login, app.clock())
    except BadAccountError:  # closed since the code was made
        return False
    return True


def _mark(login: str, secret: str, at: datetime) -> str:
    hour = int(at.timestamp()) // SECONDS
    mac = hmac.new(secret.encode(), f"motcua.staff.link:{login}:{hour}".encode(), hashlib.sha256).digest()
    return base64.b32encode(mac).decode().lower()[:LETTERS]
