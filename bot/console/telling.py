"""An answer of staff as those who asked will read it: wherever somebody waits, quoting his own question."""

from collections.abc import Iterable, Iterator

import msgspec

from bot.console.entering import Desk
from bot.console.look import names_of
from bot.console.preview import Form, forms_of
from bot.console.words import channel as named
from bot.conversation.messages import Answer
from bot.conversation.staff_told import staff_told
from knowledge.askers import Asker
from knowledge.faq.entry import FaqText
from knowledge.waiting_work import answer_word


class Told(msgspec.Struct, frozen=True):
    """What somebody in a channel is told: on the web as blocks, elsewhere as messages. `people` wait there."""

    label: str
    people: int
    answer: Answer
    form: Form | None


def told_to(askers: Iterable[Asker], text: FaqText, desk: Desk) -> Iterator[Told]:
    """For each channel what its first asker reads."""
    by_channel: dict[str, list[Asker]] = {}
    for asker in askers:
        by_channel.setdefault(asker.channel, []).append(asker)
    word = answer_word(text, names_of(desk, text), desk.act)
    for name, there in by_channel.items():
        answer = staff_told(msgspec.structs.replace(word, question=there[0].question))
        forms = forms_of(answer, answer, desk.site.settings)
        form = next((each for each in forms if each.channel == name), None)
        yield Told(named(name), len(there), answer, form)
