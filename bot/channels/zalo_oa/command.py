"""`motcua zalo-oa`: giving the account's consent, and looking at what it may do."""

import asyncio
import base64
import hmac
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, NoReturn
from urllib.parse import parse_qs, urlencode, urlsplit

import typer

from bot.channels.ledger import Ledger
from bot.channels.zalo.door import Door, make_client
from bot.channels.zalo_oa.form import CHANNEL
from bot.channels.zalo_oa.tokens import NoTokenError, Tokens
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app import App  # brings the whole index with it

zalo_oa = typer.Typer(name="zalo-oa", help="The Zalo Official Account.", no_args_is_help=True)


def verifier_of(secret: str) -> str:
    """The console keeps one challenge for all consents, so that its verifier is always the same: 43 letters."""
    digest = hmac.new(secret.encode(), b"zalo oa consent", sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def consent_address(settings: Settings, challenge: str, state: str, redirect: str) -> str:
    asked = {
        "app_id": settings.zalo_oa_app,
        "redirect_uri": redirect,
        "code_challenge": challenge,
        "state": state,
    }
    return f"{settings.zalo_oa_login.rstrip('/')}/v4/oa/permission?{urlencode(asked)}"


def code_in(address: str, state: str, oa: str) -> str:
    """The code in the address to which the browser was sent back. Raises ValueError with a remedy."""
    found = parse_qs(urlsplit(address.strip()).query)
    code, given, account = (found.get(name, [""])[0] for name in ("code", "state", "oa_id"))
    if not code:
        raise ValueError("there is no code in this address; copy the whole address from the browser")
    if given and not hmac.compare_digest(given.encode(), state.encode()):
        raise ValueError("this address belongs to another attempt; start again")
    if account and account != oa:
        raise ValueError(f"consent was given for the account {account}, but MOTCUA_ZALO_OA is {oa}")
    return code


@zalo_oa.command()
def connect(
    redirect: Annotated[
        str, typer.Option(help="Callback address set in Zalo's console; default MOTCUA_PUBLIC_URL.")
    ] = "",
) -> None:
    """Give the consent of the Official Account: once, and again when the doctor says so."""
    from bot.app import build_app

    settings = Settings()
    if not (settings.zalo_oa and settings.zalo_oa_app and settings.zalo_oa_app_secret):
        _end("set MOTCUA_ZALO_OA, MOTCUA_ZALO_OA_APP and MOTCUA_ZALO_OA_APP_SECRET first", 2)
    app = build_app(settings)
    verifier, state = verifier_of(app.secret), secrets.token_urlsafe(16)
    typer.echo(instructions(settings, challenge_of(verifier), state, redirect or settings.public_url))
    try:
        code = code_in(typer.prompt("4. Paste the address at which the browser ended"), state, settings.zalo_oa)
        asyncio.run(exchange(app, code, verifier))
    except (ValueError, NoTokenError) as error:
        _end(str(error), 1)
    finally:
        app.close()
    typer.echo("The account is connected; the server renews its token from now on.")


def instructions(settings: Settings, challenge: str, state: str, redirect: str) -> str:
    return (
        f"1. In Zalo's console, among the app's settings for Official Accounts, set the code challenge: {challenge}\n"
        f"   and the callback address: {redirect}\n"
        f"2. Open {consent_address(settings, challenge, state, redirect)}\n"
        "3. Log in as an administrator of the account, and agree. The code holds for 10 minutes."
    )


async def exchange(app: "App", code: str, verifier: str) -> None:
    """Store the tokens for a code; what had stopped the account is over then. Raises NoTokenError."""
    async with make_client() as client:
        ledger = Ledger(app, CHANNEL)
        await Tokens(app, Door(client), ledger).exchange(code, verifier)
        ledger.go_on()


def _end(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
