"""Where log lines go: standard error, one a line, masked, from the level of the settings on."""

import logging
import sys

import structlog

from bot.conversation.privacy import mask_event


def log_to_stderr(level: str) -> None:
    """`level` is DEBUG, INFO, WARNING or ERROR; an unknown one counts as INFO."""
    threshold = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            mask_event,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
