"""A world in memory for the editors' commands: sources, no history, files that remember what was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.errors import HistoryError
from tests.fakes import FakeCache, FakeFiles, FakeTree, FixedClock


class NoHistory:
    """A folder that is no repository yet."""

    def __getattr__(self, name: str) -> Any:
        message = f"no repository: {name}"
        raise HistoryError(message)


@dataclass
class MemoryWorld:
    """The ports that editors' commands use."""

    tree: Any  # a FakeTree: frozen, where the port has plain attributes
    files: FakeFiles = field(default_factory=FakeFiles)
    cache: FakeCache = field(default_factory=FakeCache)
    clock: FixedClock = field(default_factory=FixedClock)
    history: Any = field(default_factory=NoHistory)
    markup: Any = None
    printer: Any = None
    store: Any = None


def world_of(sources: Mapping[str, bytes]) -> MemoryWorld:
    """The world with these sources below content/."""
    return MemoryWorld(FakeTree({path: data.decode() for path, data in sources.items()}))
