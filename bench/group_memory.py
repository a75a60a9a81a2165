"""Whether a group stays small: 100,000 messages of 20,000 people through its manners, memory looked at on the way.

The lines of a recorded group are said again and again by other people, in another order each round.
"""

import argparse
import gc
import random
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import msgspec
import psutil

from bot.app import build_app
from bot.replay.lines import Line, read_lines
from bot.replay.replaying import replay
from bot.settings import Settings

SEED = 7
RECORDED = Path(__file__).parents[1] / "tests" / "files" / "groups" / "two_days.jsonl"


def said_again(lines: list[Line], draw: random.Random, people: int = 20_000) -> Iterator[Line]:
    """One endless day: staff and administrators stay who they are, citizens are drawn anew."""
    numbers = count(1)
    while True:
        for line in draw.sample(lines, len(lines)):
            author = line.author if not line.author.startswith("citizen") else f"citizen_{draw.randrange(people)}"
            yield msgspec.structs.replace(line, day=1, seq=next(numbers), author=author, reply_to=None)


def megabytes() -> float:
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "file", type=Path, nargs="?", default=RECORDED, help="recorded messages, as for motcua group-replay"
    )
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=20_000)
    chosen = parser.parse_args()
    settings = Settings() if "data_dir" in Settings().model_fields_set else Settings(data_dir=Path(tempfile.mkdtemp()))
    app = build_app(settings, is_recording=False)
    replayed = replay(said_again(list(read_lines(chosen.file)), random.Random(SEED), chosen.people), app)
    print(f"{'messages':>9} {'spoke':>7} {'MB':>7} {'ms a message':>13}")
    spoken, part, sizes = 0, chosen.messages // 10, list[float]()
    for at in range(1, 11):
        begun = time.process_time()
        spoken += sum(each.spoke for each in islice(replayed, part))
        took = time.process_time() - begun
        sizes.append(megabytes())
        print(f"{at * part:>9,} {spoken:>7,} {sizes[-1]:>7.1f} {1000 * took / part:>13.2f}", flush=True)
    print(f"from half of them on it grew by {sizes[-1] - sizes[4]:.1f} MB")
    app.close()


if __name__ == "__main__":
    main()
