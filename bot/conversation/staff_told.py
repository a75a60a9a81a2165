"""What staff tell somebody who waits, as an answer: whose words they are always stands with them."""

from bot.answers.actions import show
from bot.answers.faqs import in_blocks
from bot.answers.layout import lay_out
from bot.answers.wording import amounts
from bot.conversation.messages import Answer, Block, Choice, Ending
from knowledge.clock import VIETNAM
from knowledge.communes import commune_of
from knowledge.staff_words import StaffWord

LONGEST_QUOTE = 200  # letters: who asked knows the rest


def staff_told(word: StaffWord) -> Answer:
    choices = tuple(Choice(label=name, action=show(code)) for code, name in word.procedures)
    return Answer(ending=Ending.OFFICER, blocks=_blocks(word), choices=choices)


def _blocks(word: StaffWord) -> tuple[Block, ...]:
    by = word.by.astimezone(VIETNAM) if word.by else None
    first, *rest = lay_out(
        f"staff_{word.kind}",
        question=_quoted(word.question),
        office=office_name(word.commune),
        at=f"{word.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
        by=f"{by:%H:%M} {amounts.weekday(by.date())}" if by else "",
    )
    return (first, *in_blocks(word.text), *rest)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rpartition(' ')[0]} …"


def office_name(commune: str) -> str:
    found = commune_of(commune)
    return found.full_name if found else "Thành phố Hải Phòng"
