"""What is offered to tap under an answer: at most six, the way to a person always last."""

from collections.abc import Collection, Iterable, Iterator

from bot.answers.actions import Action, ActionKind, View, show
from bot.answers.pages import PAGES
from bot.answers.verdict import Option
from bot.answers.wording import details
from bot.conversation.messages import Choice
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Channel

MOST = 6
MOST_OTHERS = 2  # other cases of the family beside the buttons of the procedure itself

OFFICER = Choice(label="Hỏi cán bộ", action=str(Action(ActionKind.OFFICER)))
NONE_OF_THESE = Choice(label="Không phải, hỏi cán bộ", action=str(Action(ActionKind.OFFICER)))
FIRST_VIEWS = (View.STEPS, View.ALL_PAPERS, View.CONDITIONS)
FILED_ONLINE = frozenset({View.ONLINE, View.PLACE, View.FORM, View.STEPS})  # who asks for them may file at once
LATER_VIEWS = (View.FORM, View.RESULT, View.LEGAL, View.WHO)


def under_summary(known: KnownProcedure, said: str, others: Iterable[Option] = ()) -> tuple[Choice, ...]:
    """`said` is the answer's text: the views it speaks of (“Lệ phí”) come first."""
    wanted = dict.fromkeys((*_spoken_of(said), *FIRST_VIEWS))
    views = [view for view in wanted if view is not View.CONDITIONS or details.has_conditions(known)]
    picks = [pick(option) for option in others][:MOST_OTHERS]
    return _closed([*_online(known), *picks, *(_view(known, view) for view in views)])


def under_aspects(
    known: KnownProcedure, said: str, views: Collection[View], others: Iterable[Option] = ()
) -> tuple[Choice, ...]:
    summary = Choice(label=PAGES[View.DOCUMENTS].button, action=show(known.procedure.code))
    more = _spoken_of(said)
    link = () if FILED_ONLINE.isdisjoint(views) else _online(known)
    picks = [pick(option) for option in others][:MOST_OTHERS]
    return _closed([*link, summary, *picks, *(_view(known, each) for each in more)])


def under_page(known: KnownProcedure, view: View) -> tuple[Choice, ...]:
    views = [each for each in (*FIRST_VIEWS[:1], *LATER_VIEWS) if each is not view]
    summary = Choice(label="Tóm tắt", action=show(known.procedure.code))
    return _closed([summary, *(_online(known) if view is View.ONLINE else ()), *(_view(known, each) for each in views)])


def pick(option: Option) -> Choice:
    return Choice(label=option.label, action=str(Action(ActionKind.PICK, option.code)))


def _closed(choices: list[Choice]) -> tuple[Choice, ...]:
    return (*choices[: MOST - 1], OFFICER)


def _view(known: KnownProcedure, view: View) -> Choice:
    return Choice(label=PAGES[view].button, action=show(known.procedure.code, view))


def _online(known: KnownProcedure) -> Iterator[Choice]:
    if Channel.ONLINE in {row.channel for row in known.procedure.channels}:
        yield Choice(label="Nộp trực tuyến", url=known.procedure.listing_link)


def _spoken_of(said: str) -> list[View]:
    return [view for view, page in PAGES.items() if f"“{page.button}”" in said]
