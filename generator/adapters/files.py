"""Files on disk: written whole or not at all."""

import errno
import fcntl
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from generator.errors import StorageError

_SUFFIX = ".roadmap-part"
_SHOWN = 40  # characters of the target's name in its part's: a name has at most 255 bytes
_PART = re.compile(r"\..+\.[a-z0-9_]{8}\.roadmap-part", re.DOTALL)
_REASONS = {
    errno.ENOSPC: ("DISK_FULL", "the disk is full", "free some space and run again"),
    errno.EDQUOT: ("DISK_FULL", "the quota is used up", "free some space and run again"),
    errno.EROFS: ("READ_ONLY", "the file system is read-only", "name another folder"),
    errno.EACCES: ("READ_ONLY", "no permission", "name another folder, or make this one writable"),
    errno.EPERM: ("READ_ONLY", "no permission", "name another folder, or make this one writable"),
    errno.ENOENT: ("NOT_FOUND", "no such file", "look how the path is spelt"),
    errno.EISDIR: ("NOT_FOUND", "it is a folder", "name a file"),
    errno.ENOTDIR: ("NOT_FOUND", "part of the path is no folder", "name another path"),
    errno.EEXIST: ("NOT_FOUND", "part of the path is a file, not a folder", "name another path"),
    errno.ENAMETOOLONG: ("NOT_FOUND", "the path is too long", "name a shorter path"),
    errno.ELOOP: ("NOT_FOUND", "its symbolic links lead in a circle", "name another path"),
    errno.EMFILE: ("STORAGE", "too many files are open", "raise the limit: ulimit -n 1024"),
}


def storage_error(path: str, doing: str, error: OSError) -> StorageError:
    """The failure in plain words, with its reason code: DISK_FULL, READ_ONLY, NOT_FOUND or STORAGE."""
    reason, why, remedy = _REASONS.get(
        error.errno or 0, ("", os.strerror(error.errno) if error.errno else str(error), "")
    )
    return StorageError(f"cannot {doing} {path}: {why}", remedy=remedy, reason=reason)


class DiskFiles:
    """Files by path, relative to the current folder or absolute."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises StorageError."""
        try:
            return Path(path).read_bytes()
        except OSError as error:
            raise storage_error(path, "read", error) from error

    def write(self, path: str, data: bytes) -> None:
        """Write a file whole or not at all, making its folder; raises StorageError."""
        target = Path(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, data)
        except OSError as error:
            raise storage_error(path, "write", error) from error

    def exists(self, path: str) -> bool:
        """Whether there is such a file or folder."""
        return Path(path).exists()


def _replace(target: Path, data: bytes) -> None:
    """Write a part beside the target, hand it to the disk, and give it the target's name in one step."""
    _clear_abandoned(target.parent)
    descriptor, temporary = _part(target)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), _mode(target))
            os.fsync(file.fileno())
            temporary.replace(target)
        _reach_disk(target.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _part(target: Path) -> tuple[int, Path]:
    """A new file beside the target, locked as long as its writer lives, even if that is killed."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:_SHOWN]}.", suffix=_SUFFIX)
        with suppress(OSError):  # a file system without locks: then nobody clears what another left
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor, Path(name)
        os.close(descriptor)  # somebody took it for abandoned before it was locked


def _clear_abandoned(folder: Path) -> None:
    """Remove the parts in a folder whose writers were killed; anything else stays, whatever its name."""
    with suppress(OSError):  # a folder that may be written to and not read
        for path in folder.iterdir():
            if _PART.fullmatch(path.name):
                with suppress(OSError):  # a living writer's, no plain file, or not ours to remove
                    _remove_unlocked(path)


def _remove_unlocked(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
    finally:
        os.close(descriptor)


def _reach_disk(folder: Path) -> None:
    """Hand the new name to the disk, so that a power cut does not bring the old file back."""
    with suppress(OSError):  # the file is whole either way; some file systems cannot do more
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mode(target: Path) -> int:
    """The permissions the file has, or those the process gives new files (mkstemp gives 0600)."""
    with suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
