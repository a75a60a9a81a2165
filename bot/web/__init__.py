from bot.web.application import build_web

__all__ = ["build_web"]
