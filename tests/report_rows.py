"""Rows for tests of reports: turns and dossiers of a made-up month."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from knowledge.database import Database
from knowledge.dossiers.dossier import Entry
from knowledge.dossiers.ledger import Update
from knowledge.dossiers.taking_in import take_in
from knowledge.questions import MaskedExchange, record
from staff_people import OTHER_WARD, WARD

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
ENDINGS = ("procedure", "aspect", "faq", "choice", "unsure", "dossier_told", "complaint", "unknown", "greeting", "new")


def turn(at: datetime = NOW, ending: str = "procedure", **fields: Any) -> MaskedExchange:
    given = {"channel": "web", "chat": "a", "question": "làm khai sinh cần gì", "shown": "Mang theo …", **fields}
    return MaskedExchange(asked_at=at, ending=ending, **given)


def put_turns(database: Database, turns: Iterable[MaskedExchange]) -> None:
    with database.session() as session:
        for each in turns:
            record(session, each)


def random_turns(count: int, seed: int = 1) -> Iterator[MaskedExchange]:
    """From the end of October to the beginning of December, day and night."""
    random = Random(seed)
    for _ in range(count):
        ending = random.choice(ENDINGS)
        code = random.choice(("1.001193", "1.004772", "9.000001"))
        yield turn(
            NOW + timedelta(minutes=random.randrange(-25 * 1440, 12 * 1440)),
            ending,
            channel=random.choice(("web", "telegram")),
            chat=f"c{random.randrange(12)}",
            commune=random.choice(("", WARD, OTHER_WARD)),
            action=random.choice(("", "", "", "pick:1.001193", "view:fees")),
            procedures=(code, "1.000894") if ending in {"procedure", "aspect"} else (),
            faq="faq-1" if ending == "faq" else "",
            question=f"câu hỏi {random.randrange(5)}",
        )


def entry(number: int, received: str | None = "2026-11-03", **fields: Any) -> Entry:
    """Received on a day, due a week later unless said otherwise, in work."""
    given = {"due": "2026-11-10", "status": 4, "channel": 1, "agency": "UBND phường", "procedure_code": "1.001193"}
    return Entry(code=f"H24.999-261101-{number:04}", received=received, **{**given, **fields})


def put_dossiers(database: Database, *entries: Entry) -> None:
    with database.session() as session:
        take_in(session, [Update(entries=(each,)) for each in entries], NOW)
