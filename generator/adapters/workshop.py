"""The hidden folder beside a target in which a site is built, and what a killed build left of one.

    .site.1a2b3c4d/
        roadmap-build    says that the folder is ours; locked as long as its build lives, even if that is killed
        site/            the site that is being built
        old/             the site that was replaced, for a moment
        sources-…/       the settings and hand-written pages that MkDocs reads

A later build removes a workshop that carries the marker and whose lock is free. Anything else beside the target,
whatever its name, stays.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.adapters.files import storage_error
from generator.adapters.site_folder import MANIFEST, OLD, remove_site
from generator.errors import StorageError

MARKER = "roadmap-build"
SOURCES = "sources-"
"""How the folder with what MkDocs reads begins."""

_SITE = "site"
_TEXT = b"An unfinished build of roadmap. The next build into the same place removes this folder.\n"


@dataclass(frozen=True, slots=True)
class Workshop:
    """An empty folder to build in, and the lock that says that its build lives."""

    folder: Path
    target: Path
    lock: int

    @property
    def site(self) -> str:
        """Where the site is built."""
        return str(self.folder / _SITE)

    def close(self) -> None:
        """Remove what is left, and give the lock back."""
        with suppress(OSError, StorageError):  # the next build tries again
            _settle(self.folder, self.target)
        os.close(self.lock)


def opened(target: Path) -> Workshop:
    """A workshop beside the target, on the same file system. Raises StorageError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=_prefix(target)))
        try:
            (folder / _SITE).mkdir()
            return Workshop(folder, target, _marked(folder))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)  # made a moment ago: nobody has put anything in it
            raise
    except OSError as error:
        raise storage_error(str(target.parent), "write", error) from error


def _marked(folder: Path) -> int:
    lock = os.open(folder / MARKER, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o644)
    with suppress(OSError):  # a file system without locks: then no build clears what another left
        fcntl.flock(lock, fcntl.LOCK_EX)
    os.write(lock, _TEXT)
    return lock


def clear_abandoned(target: Path) -> None:
    """Remove the workshops of builds that were killed; give the old site back where one was killed in mid-swap."""
    if not target.parent.is_dir():
        return
    prefix = _prefix(target)
    for folder in sorted(target.parent.iterdir()):
        if folder.name.startswith(prefix) and not folder.is_symlink() and folder.is_dir():
            with suppress(OSError, StorageError):  # not ours to remove, or not now
                _clear(folder, target)


def _clear(folder: Path, target: Path) -> None:
    lock = os.open(folder / MARKER, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.read(lock, len(_TEXT) + 1) == _TEXT:
            _settle(folder, target)
    finally:
        os.close(lock)


def _settle(folder: Path, target: Path) -> None:
    if (folder / OLD / MANIFEST).is_file() and not target.exists():
        (folder / OLD).rename(target)
    for place in (folder / _SITE, folder / OLD):
        _remove(place)
    for place in folder.glob(f"{SOURCES}????????"):
        shutil.rmtree(place)
    if [path.name for path in folder.iterdir()] in ([], [MARKER]):
        (folder / MARKER).unlink(missing_ok=True)
        folder.rmdir()


def _remove(place: Path) -> None:
    """A whole site as its manifest lists it; what was never finished as a whole."""
    if not place.is_dir():
        return
    if place.name == OLD or (place / MANIFEST).is_file():
        remove_site(place)
    else:
        shutil.rmtree(place)


def _prefix(target: Path) -> str:
    return f".{target.name}."
