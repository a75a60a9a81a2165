"""The roll of the console's pages."""

from fastapi import APIRouter, FastAPI

from bot.console import (
    account,
    answering,
    auditing,
    clipboard,
    editions,
    faq_list,
    faq_work,
    home,
    login,
    operation,
    people,
    petitions,
    reports,
    sample,
    second_step,
    talks,
    waiting,
    waiting_list,
    waiting_tasks,
    word_work,
    workbooks,
)
from bot.console.late import NotEnteredError, on_not_entered

CONSOLE: tuple[APIRouter, ...] = (
    login.router,
    second_step.router,
    account.router,
    people.router,
    home.router,
    faq_list.router,
    workbooks.router,  # before what takes any name or number in its place
    faq_work.router,
    waiting_list.router,
    waiting.router,
    waiting_tasks.router,
    answering.router,
    word_work.router,
    talks.router,
    editions.router,
    auditing.router,
    operation.router,
    clipboard.router,
    reports.router,
    sample.router,
    petitions.router,
)


def open_console(web: FastAPI) -> None:
    for router in CONSOLE:
        web.include_router(router)
    web.add_exception_handler(NotEnteredError, on_not_entered)
