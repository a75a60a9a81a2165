"""Zalo Bot: `service` receives and answers, `running` starts it by webhook or polling."""

from bot.channels.zalo_bot.form import ZALO_BOT

__all__ = ["ZALO_BOT"]
