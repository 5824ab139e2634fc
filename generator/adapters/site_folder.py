"""The folder a site stands in: replaced in one step, and only if every file in it came from an earlier build.

A build's target is a name that a person typed. Before anything is built, and again before anything moves:
1. The target is neither the repository nor a folder above it, nor the current folder or one above it, nor a home,
   nor inside the sources.
2. The target holds no repository and no sources.
3. What stands there is nothing, an empty folder, or a site with its manifest.json and no file beside those it lists.
The old site is removed file by file as its manifest lists them, never as a tree: what is not ours cannot be lost.
What a build needs beside the target is in `workshop`.
"""

import ctypes
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.adapters.files import storage_error
from generator.errors import StorageError, UsageError

MANIFEST = "manifest.json"
OLD = "old"
"""Where the site that was replaced stands for the moment until it is removed: beside the new one's first place."""

_SOURCES = (".git", "content", "mkdocs.yml", "pyproject.toml")
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def refuse_unsafe(directory: str, repository: Path) -> Path:
    """The target in full; raises UsageError or StorageError where a swap could touch what no build has written."""
    if not directory.strip():
        raise UsageError("the folder for the site has no name", remedy="name one, for example: site")
    target = Path(directory).resolve()
    for place, name in (
        (repository.resolve(), "the repository"),
        (_here(), "the current folder"),
        (Path.home(), "a home"),
    ):
        if target == place or target in place.parents:
            raise _unsafe(target, f"it is {name} or holds it")
    inside = next((name for name in (".git", "content") if target.is_relative_to(repository.resolve() / name)), "")
    if inside:
        raise _unsafe(target, f"it lies inside the sources, in {inside}")
    found = next((name for name in _SOURCES if (target / name).exists()), "")
    if found:
        raise _unsafe(target, f"it holds {found}")
    if target.exists() and not target.is_dir():
        raise _unsafe(target, "it is a file")
    if target.is_dir() and any(target.iterdir()):
        _listed(target)
    return target


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """One process at a time looks at or moves what stands at a target: a lock on the folder that holds it."""
    if not target.parent.is_dir():  # then nothing stands there either
        yield
        return
    try:
        descriptor = os.open(target.parent, os.O_RDONLY)
    except OSError as error:
        raise storage_error(str(target.parent), "read", error) from error
    try:
        with suppress(OSError):  # a file system without locks: the swap itself is still one step
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def swap(fresh: Path, target: Path) -> None:
    """Put the finished folder in the target's place; `target` has just passed `refuse_unsafe`."""
    try:
        fresh.chmod(0o755)
        if not target.exists():
            fresh.rename(target)
            return
        old = fresh.with_name(OLD)
        if _exchange(fresh, target):
            fresh.rename(old)
        else:
            target.rename(old)
            fresh.rename(target)
        remove_site(old)
    except OSError as error:
        raise storage_error(str(target), "write", error) from error


def remove_site(folder: Path) -> None:
    """Remove an earlier site, only the files its manifest lists; anything else stays where it is."""
    for path in _listed(folder) if (folder / MANIFEST).exists() else ():
        path.unlink(missing_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    below = sorted((path for path in folder.rglob("*") if path.is_dir()), key=lambda path: -len(path.parts))
    for path in (*below, folder):
        path.rmdir()  # refuses a folder that is not empty


def _listed(folder: Path) -> list[Path]:
    """The files that the folder's manifest lists; raises StorageError where there is none, or files beside them."""
    try:
        table = json.loads((folder / MANIFEST).read_bytes())
        names = set(table["files"])
    except FileNotFoundError:
        raise _unsafe(folder, f"it is not empty and has no {MANIFEST}") from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _unsafe(folder, f"its {MANIFEST} is not one of a site") from error
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    foreign = sorted(found.keys() - names - {MANIFEST})
    if foreign:
        raise _unsafe(folder, f"it holds files that no build has written: {', '.join(foreign[:3])}")
    return [path for name, path in found.items() if name != MANIFEST]


def _unsafe(target: Path, why: str) -> StorageError:
    return StorageError(
        f"{target} is not replaced: {why}",
        remedy="name a new folder, or empty this one yourself",
        reason="NOT_A_SITE",
    )


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise StorageError(
            "the current folder is gone", remedy="change to a folder that exists", reason="NOT_FOUND"
        ) from error


def reach_disk(folder: Path) -> None:
    """Hand every file and folder to the disk, so that a power cut leaves the old site or the whole new one."""
    try:
        for path in (*folder.rglob("*"), folder):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    except OSError as error:
        raise storage_error(str(folder), "write", error) from error


def _exchange(fresh: Path, target: Path) -> bool:
    """Whether the two folders changed places in one step (Linux, on most file systems)."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done = rename(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE)
    return bool(done == 0)
