"""One of several processes that `motcua serve --workers` keeps running; uvicorn makes each anew, so it imports this."""

from fastapi import FastAPI

from bot.app import build_app
from bot.logs import log_to_stderr
from bot.settings import Settings
from bot.steady import settle
from bot.web.application import build_web

FACTORY = "bot.web.worker:make_worker"


def make_worker() -> FastAPI:
    settings = Settings()
    log_to_stderr(settings.log_level)
    web = build_web(build_app(settings))
    settle()
    return web
