"""Choosing one's commune in a private chat: by its name, by the letter it begins with, by a position where the operator
has told where the centres lie. A position is used for that one answer and stored nowhere."""

import unicodedata
from pathlib import Path

import structlog

from bot.answers.actions import Action, ActionKind
from bot.answers.layout import lay_out
from bot.conversation.messages import Answer, Choice, Ending
from bot.settings import Settings
from knowledge.commune_places import Place, PlacesError, nearest, read_places
from knowledge.communes import Commune, commune_of, communes, find_communes

MOST_COMMUNES = 6
LETTER = "letter:"  # before the letter that a button stands for

Position = tuple[float, float]  # latitude, longitude

log = structlog.get_logger()


def ask_commune(settings: Settings, *, has_buttons: bool) -> Answer:
    """Which commune somebody lives in; letters where there are buttons for all of them."""
    letters = sorted({letter_of(each) for each in communes()}, key=lambda letter: (letter.replace("Đ", "D~"), letter))
    choices = tuple(Choice(label=letter, action=LETTER + letter) for letter in letters) if has_buttons else ()
    blocks = lay_out("ask_commune", has_buttons=has_buttons, has_places=bool(_places(settings)))
    return Answer(ending=Ending.CHOICE, blocks=blocks, choices=choices)


def communes_of_letter(action: str, settings: Settings) -> Answer:
    letter = action.removeprefix(LETTER)
    found = [each for each in communes() if letter_of(each) == letter]
    return _offered(found, "which_commune_of_letter") if found else ask_commune(settings, has_buttons=True)


def communes_named(text: str) -> Answer:
    """What a name may mean; the one that it means for sure is chosen at once, see bot.channels.private."""
    found = find_communes(text)[:MOST_COMMUNES]
    return _offered(found, "which_commune") if found else _unknown("no_commune")


def communes_near(position: Position | None, settings: Settings) -> Answer:
    """Without a table of centres a position says nothing: we ask for the name, and guess none."""
    places = _places(settings)
    if not places or position is None:
        url = settings.public_url
        choices = (Choice(label="Danh sách xã, phường", url=f"{url.rstrip('/')}/xa-phuong"),) if url else ()
        return _unknown("name_commune", choices)
    found = [commune for code in nearest(places, *position) if (commune := commune_of(code))]
    return _offered(found, "near_communes") if found else _unknown("far_from_communes")


def letter_of(commune: Commune) -> str:
    """Đ is a letter of its own, Ái Quốc stands under A."""
    first = commune.name[0].upper()
    return first if first == "Đ" else unicodedata.normalize("NFD", first)[0]


def _places(settings: Settings) -> tuple[Place, ...]:
    try:
        return read_places(Path(settings.commune_places)) if settings.commune_places else ()
    except PlacesError as error:
        log.warning("places of communes are not used", reason=str(error))
        return ()


def _offered(found: list[Commune] | tuple[Commune, ...], template: str) -> Answer:
    choices = tuple(Choice(label=each.full_name, action=str(Action(ActionKind.COMMUNE, each.code))) for each in found)
    return Answer(ending=Ending.CHOICE, blocks=lay_out(template), choices=choices)


def _unknown(template: str, choices: tuple[Choice, ...] = ()) -> Answer:
    return Answer(ending=Ending.UNKNOWN, blocks=lay_out(template), choices=choices)
