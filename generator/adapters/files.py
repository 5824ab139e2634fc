"""Files on disk: written whole or not at all."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from generator.errors import StorageError

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
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), _mode(target))
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def _mode(target: Path) -> int:
    """The permissions the file has, or those the process gives new files (mkstemp gives 0600)."""
    with suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
