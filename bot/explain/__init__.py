"""`motcua ask --explain`: why this was answered, for operators, as sheets of plain text."""

from bot.answers.case import Case, open_case
from bot.app import App
from bot.conversation.memory import NOTHING
from bot.conversation.messages import Answer, Question
from bot.explain.candidates import candidates, confidence, features
from bot.explain.decision import answered, numbers, rules
from bot.explain.language import repairs, steps, understood, words
from bot.explain.sheet import Sheet

SHEETS = (steps, repairs, words, understood, candidates, features, confidence, rules, numbers)


def explained(question: Question, answer: Answer, app: App) -> list[Sheet]:
    """The way of a question that opened its chat; sheets that have nothing to tell are left out."""
    case = _case(question, app)
    sheets = [sheet(case) for sheet in SHEETS]
    return [*(sheet for sheet in sheets if sheet.rows), answered(answer)]


def _case(question: Question, app: App) -> Case:
    """What `reply_to` decided about, opened once more."""
    read = question.text[-app.settings.question_characters :]
    return open_case(read, question.action, NOTHING, app.library.index, is_group=question.chat.is_group)
