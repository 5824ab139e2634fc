"""The content folder as it lies on disk."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.adapters.files import storage_error
from generator.adapters.names import refuse_unusual
from generator.errors import StorageError

_LONG = 64  # digits of an id where git names by SHA-256


def blob_id(data: bytes, like: str = "") -> str:
    """The id that git gives these bytes, in a repository that has such ids."""
    digest = hashlib.sha256 if len(like) == _LONG else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data).hexdigest()


class WorkTree:
    """The files below `root` of a folder, with the ids git would give them. Raises HistoryError and StorageError."""

    commit = ""

    def __init__(self, directory: str, root: str = "content/", *, ids_like: str = "") -> None:
        self.root = root
        self._ids_like = ids_like  # an id of the repository; none: SHA-1
        self._folder = Path(directory) / root

    def files(self) -> Mapping[str, str]:
        """Path -> blob id of every file; a symbolic link or an unusual name raises HistoryError."""
        if not self._folder.is_dir():
            raise StorageError(
                f"there is no folder {self._folder}", remedy="`roadmap init` makes one", reason="NO_CONTENT"
            )
        found = sorted(_found(str(self._folder), ""))
        regular = [path for path, plain in found if plain]
        refuse_unusual(regular, [path for path, plain in found if not plain])
        return {path: blob_id(data, self._ids_like) for path, data in self.read(regular).items()}

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        """The bytes of these files."""
        return {path: self._bytes(path) for path in paths}

    def _bytes(self, path: str) -> bytes:
        try:
            descriptor = os.open(self._folder / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(descriptor, "rb") as file:
                return file.read()
        except OSError as error:
            raise storage_error(self.root + path, "read", error) from error


def _is_leftover(name: str) -> bool:
    """Whether an editor or file manager left it beside an open file; in a commit it is refused all the same."""
    return name == ".DS_Store" or name.startswith((".~lock.", "~$", ".#")) or name.endswith(("~", ".swp", ".swo"))


def _found(folder: str, below: str) -> Iterator[tuple[str, bool]]:
    """Every path below a folder and whether it is a regular file; .git is git's own."""
    try:
        with os.scandir(folder) as entries:
            listed = list(entries)
    except OSError as error:
        raise storage_error(folder, "list", error) from error
    for entry in listed:
        if entry.name == ".git" or _is_leftover(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _found(entry.path, f"{below}{entry.name}/")
        else:
            yield below + entry.name, entry.is_file(follow_symlinks=False)
