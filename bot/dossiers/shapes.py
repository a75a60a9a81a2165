"""What codes look like in a folded message, with the slips of people's fingers; see bot.dossiers.folding."""

import re

from bot.dossiers.doubts import Doubt

DIGIT = "[0-9OQIL|]"  # what people type for one
GAP = "[ .,:;/-]{1,3}"
DAY = f"(?:2[0OQ]{DIGIT}{{6}}|{DIGIT}{{6}})"
# A bar after four digits is the border of a table, not a one.
NUMBER = rf"(?:{DIGIT}{{3,6}}[0-9OQIL]|{DIGIT}{{3}}\|)"
_LEVELS = f"(?:{GAP}{DIGIT}{{1,3}}){{0,3}}"
_AGENCY = f"[A-Z]{DIGIT}{{2}}{_LEVELS}"
# Before the letter: 000.00.01. The three zeros may stand apart; other digits there may be a phone number's last.
_OLD = f"(?:{DIGIT}{{3}}(?:[.,/-]{DIGIT}{{2}}){{2}}[.,/-]|[0OQ]{{3}}(?:{GAP}{DIGIT}{{2}}){{2}}{GAP})"

CODE = re.compile(
    rf"(?<!\w)(?:(?P<old>{_OLD})(?=[A-Z]{DIGIT}{{2}}{GAP}{DAY}{GAP}))?"
    rf"(?P<first>[A-Z]{DIGIT}{{2}})(?P<levels>{_LEVELS}){GAP}(?P<day>{DAY}){GAP}(?P<number>{NUMBER})(?!\w)"
)
INSURANCE = re.compile(
    rf"(?<!\w)(?P<number>{DIGIT}{{4,6}}) ?/ ?(?P<year>2[0OQ]{DIGIT}{{2}}) ?/ ?(?P<office>{DIGIT}{{4,6}})(?!\w)"
)
# A letter and all groups of digits that follow it, however they are parted.
RUN = re.compile(rf"(?<!\w)(?P<letter>[A-Z])(?P<groups>[ .,:;/-]{{0,3}}{DIGIT}++(?:{GAP}{DIGIT}++(?!\w))*+)(?!\w)")
GROUP = re.compile(f"{DIGIT}+")
# Two groups of an older id before the letter, its first one lost: the id is not whole.
HALF_OLD = re.compile(r"\d[.,]\d{2}[.,]\Z")

LINK = re.compile(r"(?<!\S)\S*?[?&;]MAHOSO=(?P<code>[^&#;\s]*)\S*")

PAYMENT = re.compile(rf"(?<!\w)G22{GAP}99{GAP}\d{GAP}\d{{12}}(?!\w)")
_UNCLEAR = "[0-9OQIL|BSZ]"

# Asked in order; the first that fits a part of the message says what is doubtful about it. A `day` must exist.
NEAR_SHAPES = (
    (
        Doubt.UNCLEAR_LETTER,
        re.compile(
            rf"(?<!\w)(?=(?:\D{{0,6}}\d){{6}})[A-Z]{_UNCLEAR}{{2}}(?:{GAP}{_UNCLEAR}{{1,3}}){{0,3}}{GAP}"
            rf"{_UNCLEAR}{{6,8}}{GAP}{_UNCLEAR}{{4,7}}(?!\w)"
        ),
    ),
    (Doubt.MASKED, re.compile(rf"(?<!\w){_AGENCY}{GAP}{DAY}{GAP}?(?:[*#]+|[X]{{2,}}|…)")),
    (Doubt.LONG_NUMBER, re.compile(rf"(?<!\w){_AGENCY}{GAP}{DAY}{GAP}{DIGIT}{{8,}}(?!\w)")),
    (Doubt.SHORT_NUMBER, re.compile(rf"(?<!\w){_AGENCY}{GAP}{DAY}[./-]{DIGIT}{{1,3}}(?!\w)")),
    (Doubt.NO_NUMBER, re.compile(rf"(?<!\w){_AGENCY}{GAP}(?P<day>{DAY})(?!\w)")),
)
# These are also what other numbers look like: only with a day that exists.
NO_LETTER = re.compile(
    rf"(?<!\w)(?P<first>\d\d)(?P<levels>{_LEVELS}){GAP}(?P<day>{DAY}){GAP}(?P<number>{NUMBER})(?!\w)"
)
NO_AGENCY = re.compile(rf"(?<!\w)(?P<day>{DAY})[ ./-]{{1,3}}(?P<number>{NUMBER})(?!\w)")
