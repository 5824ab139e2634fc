"""A cache that is broken, locked or unwritable is no cache, never a failure."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from generator.adapters.cache import NoCache, SqliteCache, cache_folder


def test_values_are_found_again_by_another_cache(tmp_path: Path) -> None:
    SqliteCache(str(tmp_path)).put({f"key{i}": str(i).encode() for i in range(1200)})
    found = SqliteCache(str(tmp_path)).many(["key0", "key1199", "none"])
    assert found == {"key0": b"0", "key1199": b"1199"}


def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "parsed.sqlite").write_bytes(b"rubbish" * 1000)
    cache = SqliteCache(str(tmp_path))
    assert cache.many(["a"]) == {}
    cache.put({"a": b"1"})
    cache.put({"a": b"1"})
    assert cache.many(["a"]) == {"a": b"1"}


@pytest.mark.parametrize("damaged", [b"", b"1", b"abcd", b"value", "text", None, 7])
def test_a_value_that_is_not_what_was_put_there_is_none(tmp_path: Path, damaged: object) -> None:
    cache = SqliteCache(str(tmp_path))
    cache.put({"a": b"value", "b": b"", "c": b"other"})
    with closing(sqlite3.connect(tmp_path / "parsed.sqlite")) as database, database:
        database.execute("UPDATE parsed SET value = ? WHERE key = 'a'", [damaged])
    assert cache.many(["a", "b", "c"]) == {"b": b"", "c": b"other"}
    cache.put({"a": b"value"})
    assert cache.many(["a"]) == {"a": b"value"}


def test_a_flipped_bit_loses_one_value_and_no_other(tmp_path: Path) -> None:
    cache = SqliteCache(str(tmp_path))
    cache.put({"a": b"what is kept", "b": b"what is kept, too"})
    path = tmp_path / "parsed.sqlite"
    path.write_bytes(path.read_bytes().replace(b"kept, too", b"kept, uoo"))
    assert cache.many(["a", "b"]) == {"a": b"what is kept"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    cache = SqliteCache(str(tmp_path / "inner"))
    cache.put({"a": b"1"})
    assert cache.many(["a"]) == {}


def test_a_file_in_the_way_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    cache = SqliteCache(str(tmp_path / "cache"))
    cache.put({"a": b"1"})
    assert cache.many(["a"]) == {}


def test_no_cache_keeps_nothing() -> None:
    cache = NoCache()
    cache.put({"a": b"1"})
    assert cache.many(["a"]) == {}


def test_the_folder_follows_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == str(tmp_path / "roadmap-portal")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder().startswith(str(Path.home()))
