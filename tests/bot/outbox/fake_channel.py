"""A channel whose far end is a file: it keeps what it was shown, once a key, as a messenger that knows keys does.

Run as a program it delivers one round and, if asked, dies by SIGKILL before or after the n-th message.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.conversation.messages import Answer
from bot.outbox.delivering import deliver
from knowledge.database import open_database
from knowledge.outbox import Limits


class FileChannel:
    name = "fake"

    def __init__(self, path: Path, before: Callable[[int], None], after: Callable[[int], None]) -> None:
        self.path, self.before, self.after, self.count = path, before, after, 0
        self.limits = Limits(per_second=100)

    def send(self, chat: str, answer: Answer, key: str, *, is_repeat: bool, parts: int = 0) -> None:
        self.count += 1
        self.before(self.count)
        shown = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
        if not any(line.startswith(f"{key}\t") for line in shown):
            with self.path.open("a", encoding="utf-8") as file:
                file.write(f"{key}\t{chat}\t{answer.blocks[1].plain.splitlines()[0]}\n")
        self.after(self.count)


def dying_at(number: int) -> Callable[[int], None]:
    def die(count: int) -> None:
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return die


def main() -> None:
    url, path, at, before, after = sys.argv[1:]
    database = open_database(url)
    channel = FileChannel(Path(path), dying_at(int(before)), dying_at(int(after)))
    while deliver(database, channel, lambda: datetime.fromisoformat(at)):
        pass


if __name__ == "__main__":
    main()
