"""Files that a command is about to write, and writing them."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.errors import UsageError
from generator.ports import Files


@dataclass(frozen=True, slots=True)
class Edit:
    """One file of the repository: its path, what it shall hold, and whether it must not be there yet."""

    path: str
    data: bytes
    is_new: bool = False


def written(files: Files, directory: str, edits: Iterable[Edit]) -> tuple[str, ...]:
    """Write all of them, or none when a new one is there already; their paths. Raises UsageError and StorageError."""
    wanted = tuple(edits)
    there = [edit.path for edit in wanted if edit.is_new and files.exists(f"{directory}/{edit.path}")]
    if there:
        more = f", and {len(there) - 1} more" if there[1:] else ""
        raise UsageError(
            f"{there[0]} is there already{more}; nothing is written",
            remedy="name another id or folder, or move it away",
        )
    for edit in wanted:
        files.write(f"{directory}/{edit.path}", edit.data)
    return tuple(edit.path for edit in wanted)
