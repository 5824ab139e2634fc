"""The ports in memory: fakes of our own interfaces, never patches of other people's code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from generator.adapters.work_tree import blob_id
from generator.errors import StorageError
from generator.model.judgement import Anchor


@dataclass(frozen=True)
class FakeTree:
    """A source tree of texts."""

    texts: Mapping[str, str]
    root: str = "content/"
    commit: str = ""

    def files(self) -> Mapping[str, str]:
        return {path: blob_id(text.encode()) for path, text in self.texts.items()}

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        return {path: self.texts[path].encode() for path in paths}


@dataclass
class FakeCache:
    """A cache that counts what it was asked for."""

    values: dict[str, bytes] = field(default_factory=dict)

    def many(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        return {key: self.values[key] for key in keys if key in self.values}

    def put(self, values: Mapping[str, bytes]) -> None:
        self.values.update(values)


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still."""

    instant: datetime = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


@dataclass
class FakeFiles:
    """Files in memory."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        if path not in self.contents:
            raise StorageError(f"there is no file {path}", reason="NO_FILE")
        return self.contents[path]

    def write(self, path: str, data: bytes) -> None:
        self.contents[path] = data

    def exists(self, path: str) -> bool:
        return path in self.contents


@dataclass(frozen=True)
class FakeAnchors:
    """Proven times that somebody wrote down."""

    known: tuple[Anchor, ...] = ()

    def anchors(self) -> tuple[Anchor, ...]:
        """They."""
        return self.known
