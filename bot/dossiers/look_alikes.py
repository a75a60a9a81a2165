"""Numbers beside which codes of dossiers stand in messages: each told by its shape, never taken for a code."""

import re

# Codes and numbers that belong to nobody: they survive where personal data is masked.
PROCEDURE = r"(?<![\w.])\d\.\d{6}(?:\.\d{2})?(?:\.000\.00\.00\.[A-Z]\d{2}|\.[A-Z]\d{2}(?:\.\d{2})?)?(?![\w]|\.\d)"
PAPER = r"(?<![\w.])(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3}){0,3}-KQ\d{4,6}(?!\w)"
RESULT = r"(?<![\w.])KQ\.[A-Z]\d{2}(?:\.\d{1,3}){0,3}\.\d{4,6}(?!\w)"
FIELD = r"(?<![\w.])[A-Z]\d{2}-[A-Z]{2}\d{2}(?!\w)"
DOCUMENT = r"(?<![\w/])\d{1,6}/(?:20\d\d/|19\d\d/)?(?=[A-ZĐ]{2})[A-ZĐ0-9]+(?:-[A-ZĐ0-9]+)*(?!\w)"

_REASONS = (
    (PROCEDURE, "the code of a procedure"),
    (PAPER, "the code of a paper or a result"),
    (RESULT, "the code of a result"),
    (FIELD, "the code of a field"),
    (DOCUMENT, "the number of a document"),
    (r"(?i)(?:\bstk|tài khoản|tai khoan)\D{0,25}\d(?:[ .-]?\d){5}", "a bank account"),
    (r"(?<!\d)0(?:[ .-]?\d){11}(?!\d)", "an identity number"),
    (r"(?<!\d)(?:0|\(?\+?84\)?)(?:[ .-]?\d){9,10}(?!\d)", "a phone number"),
    (r"(?i)\b\d{2}[a-zđ]{1,2}\d?[ -]\d{3}\.?\d{2}\b", "a vehicle's plate"),
    (r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b", "a date"),
)
_SHAPES = tuple((re.compile(shape), reason) for shape, reason in _REASONS)
NOTHING = "no code of a dossier: ask for the one on the receipt"


def what_it_is(text: str) -> str:
    """Why a message without any code or near miss holds none, in the words of operators."""
    reason = next((reason for shape, reason in _SHAPES if shape.search(text)), "")
    return f"{reason}, not a dossier" if reason else NOTHING
