"""Telegram: the form of its messages; `bot.channels.telegram.service` receives and sends.

Only the latter need aiogram, which takes a second to import.
"""

from bot.channels.telegram.writing import TELEGRAM

__all__ = ["TELEGRAM"]
