"""`roadmap demo`: the sample bank as a repository with a past."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.demo import entries, fast_import, replay
from generator.demo.failure import ReplayError
from generator.kinds import KINDS
from generator.kinds.seat import Seat
from generator.load import form, is_source, parse
from generator.load.extract import file_records
from generator.ports import Repositories, Sample

_CONTENT = "content/"
_IGNORED = "# what the portal writes\nsite/\n.roadmap/\n"
_COMMIT = re.compile(rb"(?m)^commit refs/")


@dataclass(frozen=True, slots=True)
class DemoRepository:
    """The repository that was written: its folder, head commit and how many commits it has."""

    directory: str
    head: str
    commits: int


def write_demo(sample: Sample, repositories: Repositories, directory: str) -> DemoRepository:
    """Write the sample bank's repository into a new or empty folder: the same commit ids everywhere."""
    stream = demo_stream(sample)
    head = repositories.create(directory, stream)
    return DemoRepository(directory, head, len(_COMMIT.findall(stream)))


def demo_stream(sample: Sample) -> bytes:
    """The repository as a fast-import stream. Raises ReplayError when the history does not fit the content."""
    files = sample.files()
    content = {path.removeprefix(_CONTENT): _text(path, files[path]) for path in files if path.startswith(_CONTENT)}
    beside = {path: data for path, data in files.items() if not path.startswith(_CONTENT)}
    history = replay(content, entries(sample.history(), content))
    return fast_import(history, {".gitignore": _IGNORED.encode(), **beside}, _seat_titles(content))


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise ReplayError(f"{path} is not text: the history can hold text only") from error


def _seat_titles(content: Mapping[str, str]) -> dict[str, str]:
    """Seat id -> its title, the name under which it commits."""
    titles: dict[str, str] = {}
    for path, text in content.items():
        if is_source(path) and form(path) == "yaml":
            records = file_records(path, parse("yaml", text.encode()), KINDS)
            titles.update({e.key: e.record.title for e in records.entries if isinstance(e.record, Seat)})
    return titles
