"""What is looked at before an entry is published: its figures against the record, and a trial run."""

import msgspec

from bot.console.doubts import Look, doubts_in, look_at
from bot.console.entering import Desk
from bot.console.look import differences
from bot.console.trial import Trial, try_entry
from knowledge.faq.desk import Card
from knowledge.faq.entry import code_of


class Checked(msgspec.Struct, frozen=True):
    """`trial` is None where the form carries what came of it."""

    look: Look
    trial: Trial | None


def check(desk: Desk, card: Card) -> Checked:
    """Of the newest text of an entry."""
    tried: list[Trial] = []

    def doubts() -> tuple[str, ...]:
        tried.append(try_entry(card.text, desk.site.app, card.id))
        return (*differences(card.text, desk), *doubts_in(tried[0]))

    look = look_at(desk, code_of(card.id), card.text, doubts)
    return Checked(look, tried[0] if tried else None)


def may_publish(desk: Desk, card: Card) -> bool:
    """Whether the newest text waits for this member of staff, as far as a page can tell."""
    is_own = card.newest.author == desk.who.login and not desk.allows_own
    return card.awaits_approval and desk.who.may_approve and desk.who.serves(card.text.commune) and not is_own
