"""What the pages share, made once by `build_web` and found on the running application."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, cast

import jinja2
from anyio import CapacityLimiter
from fastapi import Depends, Request

from bot.app import App
from bot.settings import Settings
from bot.web.seal import Seal
from bot.web.slowing import Slowdown
from bot.web.templating import make_templates
from bot.web.transcripts import Transcripts
from bot.workers.buckets import TokenBuckets

LOGINS_PER_MINUTE, LOGINS_PER_ADDRESS = 5, 30  # of one account from one address; of a whole office behind one
SLOWEST_PASSWORD = timedelta(minutes=1)  # 1,440 guesses a day, of passwords of ten letters and more
SLOWEST_CODE = timedelta(minutes=15)  # 96 a day, each right with 3 in 1,000,000: he has the password already
ANSWERING_THREADS = 8  # answering is CPU and short reads: more threads only queue at the interpreter lock


@dataclass(frozen=True)
class Site:
    app: App
    seal: Seal
    transcripts: Transcripts
    buckets: TokenBuckets
    logins: TokenBuckets  # attempts to log in, by account and address
    addresses: TokenBuckets  # and by address alone
    passwords: Slowdown  # attempts at an account, from wherever they come
    codes: Slowdown  # the same for the second step
    templates: jinja2.Environment
    threads: CapacityLimiter  # of reply_to only: a slow dossier source cannot hold up the pages

    @property
    def settings(self) -> Settings:
        return self.app.settings


def make_site(app: App) -> Site:
    return Site(
        app=app,
        seal=Seal(app.secret.encode()),
        transcripts=Transcripts(timedelta(minutes=app.settings.memory_minutes), app.clock, app.shelf),
        buckets=TokenBuckets(app.settings.rate_per_minute, app.clock, app.shelf, "asks"),
        logins=TokenBuckets(LOGINS_PER_MINUTE, app.clock, app.shelf, "logins"),
        addresses=TokenBuckets(LOGINS_PER_ADDRESS, app.clock, app.shelf, "addresses"),
        passwords=Slowdown("passwords", SLOWEST_PASSWORD, app.clock, app.shelf),
        codes=Slowdown("codes", SLOWEST_CODE, app.clock, app.shelf),
        templates=make_templates(),
        threads=CapacityLimiter(ANSWERING_THREADS),
    )


def site_of(request: Request) -> Site:
    return cast("Site", request.app.state.site)


SiteOf = Annotated[Site, Depends(site_of)]
