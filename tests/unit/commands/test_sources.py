"""What is remembered of a file is what was read, whatever happens to it meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.adapters.work_tree import blob_id
from generator.commands.sources import source_files
from tests.fakes import FakeCache

PATH = "roadmap/roadmap.yaml"


@dataclass
class OneFile:
    """A tree of one file that an editor may save between the listing and the reading."""

    listed: bytes
    read_later: bytes
    root: str = "content/"
    commit: str = ""

    def files(self) -> Mapping[str, str]:
        return {PATH: blob_id(self.listed)}

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        return dict.fromkeys(paths, self.read_later)


def test_a_file_saved_while_it_is_read_is_never_taken_for_what_it_was() -> None:
    cache = FakeCache()
    during = source_files(OneFile(b"id: earlier\n", b"id: later\n"), cache)
    assert during.blobs[PATH] == blob_id(b"id: later\n")
    assert during.trees[PATH].value == {"id": "later"}
    assert source_files(OneFile(b"id: earlier\n", b"id: earlier\n"), cache).trees[PATH].value == {"id": "earlier"}
