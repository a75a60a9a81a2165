"""Zalo Official Account: `service` receives and answers, `tokens` keeps its rights, `running` starts it."""

from bot.channels.zalo_oa.form import ZALO_OA

__all__ = ["ZALO_OA"]
