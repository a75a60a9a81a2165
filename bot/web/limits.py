"""The rate limit as a dependency of questions and pages; styles and health stay outside it."""

from fastapi import Depends, Request

from bot.web.errors import waiting
from bot.web.rate import client_of
from bot.web.site import SiteOf


def within_rate(request: Request, site: SiteOf) -> None:
    seconds = site.buckets.take(client_of(request.client.host if request.client else ""))
    if seconds:
        raise waiting(seconds)


WITHIN_RATE = Depends(within_rate)
