"""A cache in one SQLite file: a broken, locked or unwritable one is no cache, never a failure.

SQLite does not notice a flipped bit inside a value, and history read from one would be wrong without a word: each
value carries a checksum, against accidents. Against malice a build for publication takes no cache of another's.
"""

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path

_BATCH = 500  # bound variables in one statement
_WAIT = 2.0  # seconds for another process to finish its write
_SUM = 4  # bytes of the checksum before each value


def cache_folder() -> str:
    """Where this user's caches lie: below XDG_CACHE_HOME, or ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return str((Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "roadmap-portal")


class SqliteCache:
    """Pure results by key, in `parsed.sqlite` of a folder."""

    def __init__(self, folder: str) -> None:
        self._path = Path(folder) / "parsed.sqlite"

    def many(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        """The values that are there."""
        found: dict[str, bytes] = {}
        with suppress(sqlite3.Error, OSError):
            if self._path.is_file():
                with self._opened() as database:
                    for batch in _batches(keys):
                        marks = ",".join("?" * len(batch))
                        rows = database.execute(f"SELECT key, value FROM parsed WHERE key IN ({marks})", batch)  # noqa: S608 - marks only
                        found.update((key, value[_SUM:]) for key, value in rows if _is_whole(value))
        return found

    def put(self, values: Mapping[str, bytes]) -> None:
        """Keep these values if possible."""
        if not values:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._opened() as database, database:
                database.execute("CREATE TABLE IF NOT EXISTS parsed (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
                database.executemany("INSERT OR REPLACE INTO parsed VALUES (?, ?)", _rows(values))
        except (sqlite3.OperationalError, OSError):
            return  # locked, full or read-only: it may work next time
        except sqlite3.DatabaseError:
            with suppress(OSError):
                self._path.unlink()  # not a database (any more): begin again

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_WAIT)) as database:
            database.execute("PRAGMA synchronous = OFF")
            yield database


class NoCache:
    """Keeps nothing."""

    def many(self, keys: Iterable[str]) -> Mapping[str, bytes]:  # noqa: ARG002 - the port's signature
        """Nothing."""
        return {}

    def put(self, values: Mapping[str, bytes]) -> None:
        """Forgets them."""


def _rows(values: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for key, value in sorted(values.items()):
        yield key, _checksum(value) + value


def _is_whole(stored: object) -> bool:
    """What was put there, and nothing else: values without a checksum are of an older program."""
    return isinstance(stored, bytes) and stored[:_SUM] == _checksum(memoryview(stored)[_SUM:])


def _checksum(value: bytes | memoryview) -> bytes:
    return zlib.crc32(value).to_bytes(_SUM)


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(keys)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
