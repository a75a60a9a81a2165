"""Rows of a file of any size, grouped into dossiers on disk: what shares a code, also over several rows, is one.

The scratch database has no name in the file system and is gone with the connection or the process; it may hold what
the product must not store.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

MOST_LINKED = 5  # codes that one code may be joined with; one that names more (a filled-down cell) joins nothing
CACHE_KIB = 32 * 1024
BATCH = 500

_TABLES = """
CREATE TABLE row (seq INTEGER PRIMARY KEY, code TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE link (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE label (code TEXT PRIMARY KEY, root TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE name (root TEXT PRIMARY KEY, code TEXT NOT NULL) WITHOUT ROWID;
"""
_NEAREST = """
UPDATE label SET root = nearest.root
FROM (SELECT link.one AS code, MIN(label.root) AS root FROM link JOIN label ON label.code = link.other GROUP BY 1)
  AS nearest
WHERE label.code = nearest.code AND nearest.root < label.root
"""
# Halves the way to the root, so that long chains take few rounds.
_JUMP = """
UPDATE label SET root = further.root FROM label AS further
WHERE further.code = label.root AND further.root < label.root
"""
_GROUPS = "SELECT label.root, row.body FROM row JOIN label ON label.code = row.code ORDER BY label.root, row.seq"
_NAMED_GROUPS = """
SELECT label.root, row.body FROM row JOIN label ON label.code = row.code JOIN name ON name.root = label.root
ORDER BY name.code, row.seq
"""


class Stage:
    """Add every row, then `join()` once, then walk the groups as often as needed."""

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None)
        self._scratch.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._scratch.executescript(_TABLES)
        self._scratch.execute("BEGIN")
        self._rows: list[tuple[str, bytes]] = []
        self._links: list[tuple[str, str]] = []

    def close(self) -> None:
        self._scratch.close()

    def add(self, codes: Iterable[str], body: bytes) -> None:
        """One row under its own code, the first, and the others that stand beside it."""
        own, *others = codes
        self._rows.append((own, body))
        self._links += [pair for other in others for pair in ((own, other), (other, own))]
        if len(self._rows) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self._scratch.executemany("INSERT INTO row (code, body) VALUES (?, ?)", self._rows)
        self._scratch.executemany("INSERT OR IGNORE INTO link VALUES (?, ?)", self._links)
        self._rows, self._links = [], []

    def join(self) -> tuple[str, ...]:
        """Find what belongs together; gives the codes that named too many others to join anything."""
        self._flush()
        run = self._scratch.execute
        crowded = [code for (code,) in run("SELECT one FROM link GROUP BY 1 HAVING COUNT(*) > ?", (MOST_LINKED,))]
        for code in crowded:
            run("DELETE FROM link WHERE one = ? OR other = ?", (code, code))
        run("INSERT OR IGNORE INTO label SELECT code, code FROM row UNION SELECT one, one FROM link")
        while run(_NEAREST).rowcount + run(_JUMP).rowcount > 0:
            pass
        return tuple(crowded)

    def groups(self, *, by_name: bool = False) -> Iterator[list[bytes]]:
        """The rows of each dossier, in the order of their coming; dossiers by the names given, if asked."""
        reading = self._scratch.cursor().execute(_NAMED_GROUPS if by_name else _GROUPS)
        for _root, rows in groupby(reading, key=lambda row: row[0]):
            yield [body for _, body in rows]

    def name(self, roots: Iterable[tuple[str, str]]) -> None:
        """Give dossiers (one of whose row codes is known) the code by which they are sorted."""
        self._scratch.executemany(
            "INSERT OR REPLACE INTO name SELECT root, ? FROM label WHERE code = ?",
            [(name, own) for own, name in roots],
        )
