"""THE path of a question: understand, find, decide, facts, render, record. No step calls another."""

import re
import time
import traceback

import msgspec
import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.answers.as_of import as_of_in, day_kept
from bot.answers.case import Case, open_case
from bot.answers.decide import decide
from bot.answers.facts import gather
from bot.answers.faqs import with_faq
from bot.answers.filing import filing_in
from bot.answers.filing_day import FilingDay, filing_meant
from bot.answers.render import render, render_error
from bot.answers.verdict import Unreadable, Verdict
from bot.app import App
from bot.conversation.commands import read_command
from bot.conversation.feedback import asked_of_us, doubted
from bot.conversation.handing_on import staff_of
from bot.conversation.memory import Memory, with_dossier
from bot.conversation.messages import Answer, Choice, Ending, Family, Question, family_of
from bot.conversation.privacy import hashed, mask
from bot.operation.standing_aside import left_to_staff, refusal
from bot.outbox.reach import REACHED
from knowledge.calendar_edits import calendar_now
from knowledge.clock import vietnam_day
from knowledge.deadlines import read_hours
from knowledge.questions import MaskedExchange, record
from knowledge.waiting import why_waiting

LETTERS = 4  # longest letters read from their end, in lengths of a question; beyond, nobody wrote it by hand
LONGEST_SAID = 300  # characters kept of what brought a subject up, for the next message to be read on from
TOO_LONG = Verdict(ending=Ending.UNREADABLE, unreadable=Unreadable.TOO_LONG)

FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")

log = structlog.get_logger()


def reply_to(question: Question, app: App) -> Answer:
    """The answer to a question. Whatever goes wrong inside ends in a polite answer and is reported."""
    started, question = time.perf_counter(), read_command(question)
    try:
        answer = (
            asked_of_us(question, app)
            or refusal(question.chat, app)
            or left_to_staff(question, app)
            or doubted(question, app)
            or _walk(question, app)
        )
        _record(question, answer, app, milliseconds=1000 * (time.perf_counter() - started))
    except Exception:  # noqa: BLE001  the outer ring: it is reported, and somebody waits for an answer
        _report(question)
        return render_error()
    return answer


def _report(question: Question) -> None:
    """Log the failure with its plain trace: prettier ones print local variables, the unmasked text among them."""
    log.error(
        "a turn failed",
        channel=question.chat.channel,
        question=mask(question.text),
        exception=mask(traceback.format_exc()),
    )


def _walk(question: Question, app: App) -> Answer:
    snapshot = app.library.current()
    memory = app.memories.recall(question.chat.key, question.asked_at)
    text = question.text[-app.settings.question_characters :]  # the ask stands at the end of a long letter
    meant = filing_meant(text, question.asked_at, memory.subject)
    as_of = None if meant else as_of_in(text)
    told = meant or as_of
    case = open_case(
        told.rest if told else text,
        question.action,
        memory,
        snapshot.index,
        is_group=question.chat.is_group,
        faqs=snapshot.of_staff(question.commune or memory.commune or app.settings.commune),
    )
    is_too_long = len(question.text) > LETTERS * app.settings.question_characters
    verdict = TOO_LONG if is_too_long else decide(case)
    as_of_day = as_of.day if as_of else None if meant else day_kept(case, verdict)
    named = case.communes[0] if len(case.communes) == 1 else ""
    commune = verdict.commune or named or question.commune or memory.commune or app.settings.commune
    with app.database.session() as session:
        facts = gather(
            session,
            verdict,
            day=as_of_day or vietnam_day(question.asked_at),
            commune=commune,
            edition=snapshot.edition,
            look_up=app.library.procedure,
            names=snapshot.index.plain_names,
            filing=filing_in(case.text.folded),
            is_as_of=as_of_day is not None,
            announcements=app.ordered.announced(question.chat.channel, commune, app.clock()),
        )
        staff = staff_of(session, verdict.ending, question, commune, app)
        facts = msgspec.structs.replace(facts, staff=staff)
        if meant:
            filing_day = FilingDay(meant.at, facts.day, calendar_now(session), read_hours(app.settings.office_hours))
            facts = msgspec.structs.replace(facts, filing_day=filing_day)
    if verdict.faq:
        facts = with_faq(facts, snapshot.faqs.get(verdict.faq), snapshot.index)
    if verdict.dossier:
        outcome = app.desk.serve(verdict.dossier, question, question.asked_at)
        facts = msgspec.structs.replace(facts, dossier=outcome)
    answer = render(verdict, facts, is_group=question.chat.is_group, public_url=app.settings.public_url)
    remembered = msgspec.structs.replace(_remembered(case, verdict, answer.choices, commune), as_of=as_of_day)
    if verdict.dossier:
        remembered = with_dossier(remembered, verdict.dossier, facts.dossier)
    app.memories.remember(question.chat.key, remembered, question.asked_at)
    return answer


def _remembered(case: Case, verdict: Verdict, choices: tuple[Choice, ...], commune: str) -> Memory:
    """What the chat speaks of after this turn: a thanks ends it, small talk leaves it as it was."""
    if verdict.ending is Ending.THANKS:
        return Memory(commune=commune)
    if not (verdict.options or verdict.parts):
        return msgspec.structs.replace(
            case.memory, choices=choices, commune=commune, rounds=0, wish="", awaits_code=False, is_doubted=False
        )
    subject = verdict.parts[0].code if verdict.parts else next(iter(verdict.candidates), "")
    return Memory(
        subject=subject,
        said=case.memory.said if subject == case.memory.subject else case.text.clean[:LONGEST_SAID],
        aspect=verdict.aspect,
        aspects=verdict.aspects,
        offered=verdict.options or verdict.others,
        choices=choices,
        rounds=case.memory.rounds + 1 if verdict.options else 0,
        commune=commune,
        proven=case.memory.proven,
    )


def _kept(text: str, ending: Ending) -> str:
    """What is stored of a question: masked, and at the dossier desk without any four digits, a second factor's."""
    masked = mask(text)
    return FOUR_DIGITS.sub("****", masked) if family_of(ending) is Family.DOSSIER else masked


def _shown(answer: Answer) -> str:
    """What is stored of an answer. All but those about a dossier hold published facts and our own words alone."""
    return mask(answer.plain) if family_of(answer.ending) is Family.DOSSIER else answer.plain


def address_of(question: Question, ending: Ending) -> str:
    """Where who asked can be told later, "" where nobody is to: his question does not wait for staff."""
    waits = question.chat.channel in REACHED and why_waiting(ending, question.text) is not None
    return question.chat.address if waits else ""


def _record(question: Question, answer: Answer, app: App, *, milliseconds: float) -> None:
    if not app.is_recording or answer.ending is Ending.FORGOTTEN:
        return
    known = app.memories.recall(question.chat.key, question.asked_at)
    exchange = MaskedExchange(
        asked_at=question.asked_at,
        channel=question.chat.channel,
        chat=hashed(question.chat.key, app.secret),
        question=_kept(question.text, answer.ending),
        ending=answer.ending,
        commune=question.commune or known.commune,
        action=mask(question.action) if question.action else "",
        procedures=answer.procedures,
        faq=answer.faq or "",
        aspect=answer.aspect,
        confidence=answer.confidence,
        edition=answer.edition,
        shown=_shown(answer),
        milliseconds=milliseconds,
    )
    try:
        with app.database.session() as session:
            record(session, exchange, address_of(question, answer.ending))
    except SQLAlchemyError as error:  # a full disk or a lost server: the citizen has an answer all the same
        log.warning("an exchange was not recorded", reason=type(error).__name__)
